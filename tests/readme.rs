//! The README shows what is really printed. `GOVLINT_BLESS=1 cargo test --test readme` rewrites its first screen, and the
//! pictures of a terminal.

#[path = "support/readme/picture.rs"]
mod picture;
#[path = "support/readme/screen.rs"]
mod screen;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

/// The pictures: file, language, and what is run.
const PICTURES: [(&str, &str, &str); 2] = [
    (
        "docs/pictures/short-video-feed.en.svg",
        "en",
        "check examples/short-video-feed.json --pack cn-algorithmic-recommendation --as-of 2026-11-24 --max-findings 3",
    ),
    (
        "docs/pictures/short-video-feed.zh.svg",
        "zh-Hans",
        "check examples/short-video-feed.json --pack cn-algorithmic-recommendation --as-of 2026-11-24 --max-findings 3 --lang zh",
    ),
];

/// How wide the terminal is.
const COLUMNS: usize = 100;

fn govlint(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_govlint"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments);
    command.env_clear().env("LANG", "C.UTF-8").env("COLUMNS", COLUMNS.to_string());
    command
}

#[test]
fn the_first_screen_is_what_is_printed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let page = fs::read_to_string(&path).expect("the README");
    let (head, rest) = page.split_once("$ govlint check ").expect("the README shows a check");
    let (arguments, rest) = rest.split_once('\n').expect("a command is a line");
    let (shown, tail) = rest.split_once("$ echo $?\n").expect("the exit code is shown");
    let mut all = vec!["check"];
    all.extend(arguments.split(' '));
    let output = govlint(&all).output().expect("govlint runs");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(output.status.code().map(|code| code.to_string()).as_deref(), tail.lines().next());
    if std::env::var_os("GOVLINT_BLESS").is_some() {
        fs::write(&path, format!("{head}$ govlint check {arguments}\n{printed}$ echo $?\n{tail}"))
            .expect("the README is written");
    } else {
        assert_eq!(shown, printed, "run GOVLINT_BLESS=1 cargo test --test readme");
    }
}

#[test]
fn the_pictures_are_what_is_printed() {
    for (file, lang, arguments) in PICTURES {
        let words: Vec<_> = arguments.split(' ').collect();
        let output = govlint(&words).env("CLICOLOR_FORCE", "1").output().expect("govlint runs");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "govlint {arguments}");
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        let title = format!("govlint {arguments}");
        let lines = screen::lines(&format!("\u{1b}[32;1m$\u{1b}[0m {}\n{printed}", typed(&title)));
        let drawn = picture::Picture { title: &title, lang, columns: COLUMNS, lines: &lines }.to_string();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        if std::env::var_os("GOVLINT_BLESS").is_some() {
            fs::write(&path, drawn).expect("the picture is written");
        } else {
            let kept = fs::read_to_string(&path).unwrap_or_default();
            assert!(kept == drawn, "{file} is out of date: run GOVLINT_BLESS=1 cargo test --test readme");
        }
    }
}

/// A command as one types it where it is longer than a line: an option stays with its value.
fn typed(command: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (number, part) in command.split(" --").enumerate() {
        let part = if number == 0 { part.to_owned() } else { format!("--{part}") };
        match lines.last_mut() {
            // Before the first line stands the prompt, after each but the last a backslash.
            Some(line) if line.len() + 1 + part.len() + 4 <= COLUMNS => *line += &format!(" {part}"),
            Some(_) => lines.push(format!("    {part}")),
            None => lines.push(part),
        }
    }
    lines.join(" \\\n")
}

#[cfg(unix)]
#[test]
fn a_gate_whose_reader_goes_away_is_not_passed() {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..9 {
        let copy = folder.path().join(format!("{number}.json"));
        fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/us-omb-m-25-21/example.json"), copy).expect("a copy");
    }
    let path = folder.path().to_string_lossy().into_owned();
    let mut child = govlint(&["check", &path, "--as-of", "2026-11-24", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("govlint starts");
    let mut reader = child.stdout.take().expect("it has an output");
    // The report is larger than a pipe holds, so the writer is still at it when the reader leaves.
    reader.read_exact(&mut [0; 1]).expect("it writes something");
    drop(reader);
    assert_eq!(child.wait().expect("it ends").code(), Some(2));
}
