//! The inputs that must not be green, and the README's table of what govlint says to them.

use std::path::Path;
use std::process::Command;

/// An input, and what it must come to.
pub struct Row {
    /// What it is, for people.
    pub input: &'static str,
    /// The arguments of `govlint check`, in `tests/never_green`.
    pub arguments: &'static [&'static str],
    /// The exit code.
    pub exit: i32,
}

pub const ROWS: &[Row] = &[
    Row { input: "a violating manifest with two members misspelt", arguments: &["two-misspelt-members.json"], exit: 2 },
    Row { input: "`{}`", arguments: &["empty-object.json"], exit: 2 },
    Row { input: "a member twice: `[\"US\"]`, then `[]`", arguments: &["duplicate-member.json"], exit: 2 },
    Row { input: "not JSON: a comma too many", arguments: &["not-json.json"], exit: 2 },
    Row { input: "an empty file", arguments: &["empty.json"], exit: 2 },
    Row { input: "`null`", arguments: &["null.json"], exit: 2 },
    Row { input: "a folder without manifests", arguments: &["stays-green"], exit: 2 },
    Row { input: "a pattern that matches nothing", arguments: &["manifests/*.json"], exit: 2 },
    Row { input: "a manifest to which no rule applies", arguments: &["nothing-applies.json"], exit: 2 },
    Row { input: "a manifest that states nothing", arguments: &["says-nothing.json"], exit: 1 },
    Row { input: "an empty rule file", arguments: &["violating.json", "--pack", "empty-rule-file"], exit: 2 },
    Row {
        input: "a rule with a member misspelt (`requird`)",
        arguments: &["violating.json", "--pack", "misspelt-rule-member"],
        exit: 2,
    },
    Row {
        input: "a rule whose condition can never hold",
        arguments: &["violating.json", "--pack", "never-holds"],
        exit: 2,
    },
    Row {
        input: "one whose two conditions exclude each other",
        arguments: &["violating.json", "--pack", "never-holds-together"],
        exit: 2,
    },
];

/// Runs `govlint check` in `tests/never_green`.
pub fn govlint(arguments: &[&str]) -> (i32, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/never_green");
    let mut command = Command::new(env!("CARGO_BIN_EXE_govlint"));
    command.arg("check").args(arguments).args(["--as-of", "2026-01-01"]).current_dir(folder);
    command.env("COLUMNS", "400").env("LANG", "C.UTF-8").env("NO_COLOR", "1");
    let output = command.output().unwrap();
    let printed = [output.stderr, output.stdout].concat();
    (output.status.code().unwrap(), String::from_utf8(printed).unwrap())
}

/// The table.
pub fn markdown() -> String {
    let mut table = "| input | exit code | govlint says |\n| --- | --- | --- |\n".to_owned();
    for row in ROWS {
        let (code, printed) = govlint(row.arguments);
        table += &format!("| {} | {code} | {} |\n", row.input, says(&printed).replace('|', "\\|"));
    }
    table
}

/// The first thing that is said with what its labels say, or, of a rule pack, everything that is said.
fn says(printed: &str) -> String {
    let is_told = |line: &&str| line.starts_with("  × ") || line.starts_with("error: ") || line.starts_with("Nothing");
    let heads =
        || printed.lines().filter(is_told).map(|line| line.trim_start_matches("  × ").trim_start_matches("error: "));
    let first = printed.lines().skip_while(|line| !is_told(line)).skip(1).take_while(|line| !line.is_empty());
    let said = |line: &str| match line.split_once("╰── ") {
        Some((_, label)) => Some(label.to_owned()),
        None => line.trim().strip_prefix("at: ")?.split_once("  ").map(|(_, sentence)| sentence.to_owned()),
    };
    let labels = first.filter_map(said);
    let labels: Vec<_> = labels.filter(|label| label != "the first one").collect();
    match labels.as_slice() {
        [] => heads().next().unwrap().to_owned(),
        [only] if only == "here" => heads().collect::<Vec<_>>().join("; "),
        labels => format!("{}: {}", heads().next().unwrap(), labels.join("; ")),
    }
}
