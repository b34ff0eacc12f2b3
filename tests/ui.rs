//! What is really printed: each folder of `tests/ui` is a promise, held byte for byte.
//!
//! A folder has its input files and
//! - `cmd`: what is run (see `support/ui/command.rs`),
//! - `expect`: what must be found (see `support/ui/expect.rs`), asked of `--format json`, so that a wrong report that is
//!   accepted by mistake is noticed,
//! - `stdout`, `stderr`: what is printed. `GOVLINT_BLESS=1 cargo test --test ui` writes these two, and nothing else.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

#[path = "support/ui/command.rs"]
mod command;
#[path = "support/ui/expect.rs"]
mod expect;
#[path = "support/ui/sandbox.rs"]
mod sandbox;

use std::fs;
use std::path::{Path, PathBuf};

use command::Command;
use libtest_mimic::{Arguments, Failed, Trial};
use sandbox::{Printed, Sandbox};
use snapbox::{Assert, Data};

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    let mut folders: Vec<PathBuf> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir() && !name(path).starts_with('_'));
    folders.sort();
    let trials = folders.into_iter().map(|folder| Trial::test(name(&folder), move || promise(&folder)));
    libtest_mimic::run(&arguments, trials.collect()).exit();
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// Runs one folder.
fn promise(folder: &Path) -> Result<(), Failed> {
    let commands = command::read(&read(&folder.join("cmd")))?;
    let wanted = expect::read(&read(&folder.join("expect")))?;
    let (mut stdout, mut stderr) = (String::new(), String::new());
    let mut before: Option<Printed> = None;
    let sandbox = Sandbox::new(folder);
    for command in &commands {
        let printed = sandbox.run(command)?;
        if command.same {
            let before = before.as_ref().ok_or("`same` needs a command before it")?;
            if *before != printed {
                return Err(format!("`{command}` printed something else than the command before it").into());
            }
        } else {
            stdout += &printed.stdout;
            stderr += &printed.stderr;
        }
        before = Some(printed);
    }
    compare(&folder.join("stdout"), &stdout)?;
    compare(&folder.join("stderr"), &stderr)?;
    let report = commands.iter().find_map(Command::as_json).map(|command| sandbox.run(&command));
    expect::hold(&wanted, &stdout, &stderr, report.transpose()?.as_ref())
}

/// Compares what was printed, or accepts it. A file that holds nothing is not kept.
fn compare(path: &Path, actual: &str) -> Result<(), Failed> {
    if std::env::var_os("GOVLINT_BLESS").is_some() {
        if actual.is_empty() {
            let _ = fs::remove_file(path);
        } else {
            fs::write(path, actual)?;
        }
        return Ok(());
    }
    let expected = Data::text(read(path)).raw();
    let same = Assert::new().try_eq(Some(&path.display()), Data::text(actual.to_owned()).raw(), expected);
    same.map_err(|error| format!("{error}\nGOVLINT_BLESS=1 cargo test --test ui accepts this").into())
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}
