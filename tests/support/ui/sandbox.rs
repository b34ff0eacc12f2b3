//! A copy of a promise's folder to run in, with a clean environment.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::command::{Command, Grow};

/// How long a manifest is made, in bytes.
const LONG: usize = 5_000_000;

/// What a run printed, with the folder's place taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    pub stdout: String,
    pub stderr: String,
}

/// A copy of a folder, beside a copy of the packs that folders share.
#[derive(Debug)]
pub struct Sandbox {
    root: TempDir,
    folder: PathBuf,
}

impl Sandbox {
    /// Copies a folder. `_gitignore` becomes `.gitignore`, which would speak to git here.
    pub fn new(from: &Path) -> Self {
        let root = tempfile::tempdir().unwrap();
        copy(&from.parent().unwrap().join("_packs"), &root.path().join("_packs"));
        let folder = root.path().join("folder");
        copy(from, &folder);
        for own in ["cmd", "expect", "stdout", "stderr"] {
            let _ = fs::remove_file(folder.join(own));
        }
        let _ = fs::rename(folder.join("_gitignore"), folder.join(".gitignore"));
        Self { root, folder }
    }

    /// Runs a command.
    ///
    /// # Errors
    /// Where the exit code is another.
    pub fn run(&self, command: &Command) -> Result<Printed, String> {
        command.grow.iter().for_each(|grow| self.grow(grow));
        if command.git {
            fs::create_dir_all(self.folder.join(".git")).unwrap();
        }
        let mut process = self.process(command).spawn().unwrap();
        let stderr = process.stderr.take().unwrap();
        let errors = std::thread::spawn(move || text(stderr));
        let stdout = process.stdout.take().map(text).unwrap_or_default();
        let stderr = errors.join().unwrap();
        let code = process.wait().unwrap().code();
        let printed = Printed { stdout: self.placeless(&stdout), stderr: self.placeless(&stderr) };
        if code == Some(command.exit) {
            return Ok(printed);
        }
        let (out, err) = (&printed.stdout, &printed.stderr);
        Err(format!("`{command}` ended with {code:?} instead of {}\nstdout:\n{out}\nstderr:\n{err}", command.exit))
    }

    fn process(&self, command: &Command) -> Process {
        let mut process = Process::new(env!("CARGO_BIN_EXE_govlint"));
        process.args(&command.arguments).current_dir(&self.folder).env_clear();
        process.env("LANG", "C.UTF-8").env("HOME", self.root.path());
        if let Some(system) = std::env::var_os("SystemRoot") {
            process.env("SystemRoot", system);
        }
        process.envs(command.environment.iter().map(|(name, value)| (name, value)));
        let stdin = command.stdin.as_ref().map(|file| fs::File::open(self.folder.join(file)).unwrap());
        process.stdin(stdin.map_or_else(Stdio::null, Stdio::from));
        process.stdout(if command.closed { nobody() } else { Stdio::piped() }).stderr(Stdio::piped());
        process
    }

    /// A text without the name of the temporary folder.
    fn placeless(&self, text: &str) -> String {
        let here = self.folder.canonicalize().unwrap();
        text.replace(&*here.to_string_lossy(), "[FOLDER]")
    }

    /// Makes a manifest long: everything that it says comes after five megabytes that say nothing.
    fn grow(&self, grow: &Grow) {
        let text = fs::read_to_string(self.folder.join(&grow.from)).unwrap();
        let text = if grow.one_line {
            serde_json::from_str::<Value>(&text).unwrap().to_string()
        } else {
            text.trim_end().to_owned()
        };
        let end = if grow.one_line { "," } else { ",\n" };
        let filler =
            format!("\"a list of nothing but sixty-four bytes of filler in each of it\"{end}").repeat(LONG / 66);
        let filler = filler.trim_end_matches(['\n', ',']);
        let rest = text.strip_prefix('{').unwrap();
        fs::write(self.folder.join(&grow.to), format!("{{\"extensions\":{{\"filler\":[{filler}]}},{rest}")).unwrap();
    }
}

/// A pipe that nobody reads.
fn nobody() -> Stdio {
    let (_, writer) = std::io::pipe().unwrap();
    writer.into()
}

fn text(mut stream: impl Read) -> String {
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (from, to) = (entry.as_ref().unwrap().path(), to.join(entry.as_ref().unwrap().file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}
