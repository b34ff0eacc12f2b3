//! What `docs/rule-language.md` holds for a machine: its examples, its refused rules and its tables.

use serde::Deserialize;
use serde_json::{Map, Value};

/// The page.
pub const PAGE: &str = include_str!("../../docs/rule-language.md");

/// A rule, and what comes out of it on some manifests.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The line on which it begins.
    #[serde(skip)]
    pub line: usize,
    /// The members of the rule that matter.
    pub rule: Map<String, Value>,
    /// The members of the instrument that matter.
    #[serde(default)]
    pub instrument: Map<String, Value>,
    /// The manifest's schema, if it is not the built-in one.
    pub schema: Option<Value>,
    /// The run's date of the cases that have none.
    pub as_of: Option<String>,
    /// Manifests with their outcomes.
    pub cases: Vec<Case>,
}

/// A manifest, and what comes out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The manifest.
    pub manifest: Value,
    /// The run's date.
    pub as_of: Option<String>,
    /// An outcome, or one per item, as a rule's test writes it.
    pub expect: Value,
    /// The day that an upcoming outcome names.
    pub on: Option<String>,
}

/// A rule that is no rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// The line on which it begins.
    #[serde(skip)]
    pub line: usize,
    /// The members of the rule that matter.
    pub rule: Map<String, Value>,
    /// The members of the instrument that matter.
    #[serde(default)]
    pub instrument: Map<String, Value>,
    /// What is said.
    pub message: String,
}

/// The examples, in order.
pub fn examples() -> Vec<Example> {
    let read = |(line, text): (usize, String)| Example { line, ..parsed(line, &text) };
    blocks("json example").into_iter().map(read).collect()
}

/// The refused rules, in order.
pub fn refused() -> Vec<Refused> {
    let read = |(line, text): (usize, String)| Refused { line, ..parsed(line, &text) };
    blocks("json refused").into_iter().map(read).collect()
}

/// The cells of the table that follows `<!-- table: NAME -->`, its head first, without emphasis.
pub fn table(name: &str) -> Vec<Vec<String>> {
    let mark = format!("<!-- table: {name} -->");
    let lines = PAGE.lines().skip_while(|line| *line != mark).skip(1).skip_while(|line| line.is_empty());
    let rows = lines.take_while(|line| line.starts_with('|'));
    let cells = |row: &str| {
        row.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('*').to_owned()).collect::<Vec<_>>()
    };
    rows.map(cells).filter(|row| row.iter().any(|cell| !cell.starts_with("---"))).collect()
}

fn blocks(kind: &str) -> Vec<(usize, String)> {
    let mut blocks = Vec::new();
    let mut lines = PAGE.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line.strip_prefix("```") == Some(kind) {
            let text: Vec<_> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
            blocks.push((number + 1, text.join("\n")));
        }
    }
    blocks
}

fn parsed<T: for<'de> Deserialize<'de>>(line: usize, text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("docs/rule-language.md:{line}: {error}"))
}
