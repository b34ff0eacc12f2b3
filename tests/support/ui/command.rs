//! `cmd`: what is run in a folder, line by line.
//!
//! ```text
//! $ check system.json --as-of 2026-01-01     what follows `govlint`; '…' keeps spaces
//! exit 1                                     the exit code, 0 unless said
//! env COLUMNS=60                             further environment; LANG is C.UTF-8 unless said
//! stdin system.json                          a file for standard input
//! closed                                     nobody reads standard output
//! same                                       prints the same as the command before
//! git                                        the folder is a git repository
//! grow a.json b.json one-line|many-lines     before all: a.json, made 5 MB long, as b.json
//! ```

use std::fmt;

/// One run of govlint.
#[derive(Clone, Debug, Default)]
pub struct Command {
    pub arguments: Vec<String>,
    pub exit: i32,
    pub environment: Vec<(String, String)>,
    pub stdin: Option<String>,
    pub closed: bool,
    pub same: bool,
    pub git: bool,
    pub grow: Vec<Grow>,
}

/// A manifest to be made long.
#[derive(Clone, Debug)]
pub struct Grow {
    pub from: String,
    pub to: String,
    pub one_line: bool,
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "govlint {}", self.arguments.join(" "))
    }
}

impl Command {
    /// The same check as `--format json` on standard output, if it is a check that somebody reads.
    pub fn as_json(&self) -> Option<Self> {
        if self.closed || self.arguments.first().is_none_or(|command| command != "check") {
            return None;
        }
        let mut command = Self { same: false, ..self.clone() };
        let mut kept = Vec::new();
        let mut arguments = command.arguments.into_iter();
        while let Some(argument) = arguments.next() {
            if argument == "--format" || argument == "--output" {
                arguments.next();
            } else {
                kept.push(argument);
            }
        }
        kept.extend(["--format".to_owned(), "json".to_owned()]);
        command.arguments = kept;
        Some(command)
    }
}

/// Reads a `cmd`.
pub fn read(text: &str) -> Result<Vec<Command>, String> {
    let mut commands: Vec<Command> = Vec::new();
    let mut before = Command::default();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        if word == "$" {
            let first = std::mem::take(&mut before);
            commands.push(Command { arguments: words(rest), ..first });
            continue;
        }
        let command = commands.last_mut().unwrap_or(&mut before);
        match (word, words(rest).as_slice()) {
            ("exit", [code]) => command.exit = code.parse().map_err(|_| format!("no exit code: {code}"))?,
            ("env", pairs) => {
                let pairs = pairs.iter().filter_map(|pair| pair.split_once('='));
                command.environment.extend(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
            }
            ("stdin", [file]) => command.stdin = Some(file.clone()),
            ("closed", []) => command.closed = true,
            ("same", []) => command.same = true,
            ("git", []) => command.git = true,
            ("grow", [from, to, lines]) => {
                command.grow.push(Grow { from: from.clone(), to: to.clone(), one_line: lines == "one-line" });
            }
            _ => return Err(format!("cmd: `{line}` is not understood")),
        }
    }
    if commands.is_empty() { Err("cmd runs nothing".to_owned()) } else { Ok(commands) }
}

/// Words between spaces; what stands between single quotes is one word.
fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for (number, part) in line.split('\'').enumerate() {
        if number % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}
