//! `expect`: what must be found, line by line, asked of the report as JSON.
//!
//! ```text
//! fail PACK/RULE at /a/b              a finding with that label; `in /list/0` names the item, `as error` its severity
//! pass PACK/RULE                      a result; `due 2030-01-01`, `because exception`, `indicated` say more of it
//! error a.json:3:5 did you mean       an element of `errors`, and perhaps a part of its message
//! gate failed
//! says some words                     they are printed, on either stream
//! never some words                    they stand nowhere: not in what is printed, not in the JSON
//! …                                   there are findings beyond those that are listed
//! ```
//!
//! All findings must be listed, unless `…` says that they are not.

use std::fmt;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::sandbox::Printed;

/// What must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Result { outcome: String, rule: String, more: Vec<(String, String)> },
    Error { at: String, says: String },
    Gate(String),
    Says(String),
    Never(String),
    AndMore,
}

const FINDINGS: [&str; 4] = ["fail", "review", "unstated", "undetermined"];
const OTHERS: [&str; 3] = ["pass", "upcoming", "not-applicable"];

/// Reads an `expect`.
pub fn read(text: &str) -> Result<Vec<Wanted>, String> {
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let wanted: Result<Vec<_>, _> =
        lines.map(|line| one(line).ok_or(format!("expect: `{line}` is not understood"))).collect();
    let wanted = wanted?;
    if wanted.is_empty() { Err("expect asks for nothing".to_owned()) } else { Ok(wanted) }
}

fn one(line: &str) -> Option<Wanted> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    Some(match word {
        "…" => Wanted::AndMore,
        "gate" => Wanted::Gate(rest.to_owned()),
        "says" => Wanted::Says(rest.to_owned()),
        "never" => Wanted::Never(rest.to_owned()),
        "error" => {
            let (at, says) = rest.split_once(' ').unwrap_or((rest, ""));
            Wanted::Error { at: at.to_owned(), says: says.trim().to_owned() }
        }
        _ if FINDINGS.contains(&word) || OTHERS.contains(&word) => {
            let mut words = rest.split_whitespace().map(str::to_owned);
            let rule = words.next()?;
            let mut more = Vec::new();
            while let Some(key) = words.next() {
                let value = if key == "indicated" { "true".to_owned() } else { words.next()? };
                // The whole manifest is named by an empty pointer, which is hard to see.
                let value = if value == "/" { String::new() } else { value };
                more.push((key, value));
            }
            Wanted::Result { outcome: word.to_owned(), rule, more }
        }
        _ => return None,
    })
}

/// Holds what was printed, and the report, against what must hold.
pub fn hold(wanted: &[Wanted], stdout: &str, stderr: &str, json: Option<&Printed>) -> Result<(), Failed> {
    let report: Value = match json {
        Some(json) => serde_json::from_str(&json.stdout).unwrap_or_default(),
        None => Value::Null,
    };
    let printed = [stdout, stderr].concat();
    let everything = json
        .map_or_else(|| printed.clone(), |json| [&printed, &json.stdout, &json.stderr].map(String::as_str).concat());
    let mut claimed = Vec::new();
    for wanted in wanted {
        let holds = match wanted {
            Wanted::AndMore => true,
            Wanted::Gate(word) => report["gate"] == **word,
            Wanted::Says(words) => printed.contains(words),
            Wanted::Never(words) => !everything.contains(words),
            Wanted::Error { at, says } => list(&report["errors"]).iter().any(|error| is_error(error, at, says)),
            Wanted::Result { .. } => claim(wanted, &report, &mut claimed),
        };
        if !holds {
            return Err(format!("expect: `{wanted}` does not hold\n{}", told(&report)).into());
        }
    }
    let findings = all(&report, "findings");
    let left = findings.iter().enumerate().find(|(number, _)| !claimed.contains(number));
    match left {
        Some((_, finding)) if !wanted.contains(&Wanted::AndMore) => {
            Err(format!("expect: nothing asks for {}\n{}", short(finding), told(&report)).into())
        }
        _ => Ok(()),
    }
}

/// Finds a result, and claims its finding.
fn claim(wanted: &Wanted, report: &Value, claimed: &mut Vec<usize>) -> bool {
    let Wanted::Result { outcome, rule, more } = wanted else { return false };
    let is = |value: &Value| {
        value["outcome"] == **outcome && value["rule"] == **rule && more.iter().all(|(key, word)| has(value, key, word))
    };
    if !FINDINGS.contains(&outcome.as_str()) {
        return all(report, "results").into_iter().any(is);
    }
    let findings = all(report, "findings");
    let found = (0..findings.len()).find(|number| !claimed.contains(number) && is(findings[*number]));
    claimed.extend(found);
    found.is_some()
}

fn has(value: &Value, key: &str, word: &str) -> bool {
    match key {
        "at" => list(&value["labels"]).iter().any(|label| label["pointer"] == *word && label["role"] != "because"),
        "line" => list(&value["labels"])
            .iter()
            .any(|label| label["line"].as_u64() == word.parse().ok() && label["role"] != "because"),
        "for" => list(&value["facts"]).iter().any(|fact| *fact == *word),
        "in" => value["item"]["pointer"] == *word,
        "as" => value["severity"] == *word,
        "due" => value["due"] == *word,
        "because" => value["reason"] == *word,
        "indicated" => value["indicated"] == true,
        _ => false,
    }
}

fn is_error(error: &Value, at: &str, says: &str) -> bool {
    let place = match (&error["path"], &error["line"], &error["column"]) {
        (Value::String(path), Value::Null, _) => path.clone(),
        (Value::String(path), line, column) => format!("{path}:{line}:{column}"),
        _ => String::new(),
    };
    place == at && error["message"].as_str().is_some_and(|message| message.contains(says))
}

fn all<'r>(report: &'r Value, member: &str) -> Vec<&'r Value> {
    list(&report["manifests"]).iter().flat_map(|manifest| list(&manifest[member])).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The report in the words of an `expect`, for whoever writes one.
fn told(report: &Value) -> String {
    let findings = all(report, "findings").into_iter().map(short);
    let errors = list(&report["errors"]).iter().map(|error| {
        format!(
            "error {}:{}:{} {}",
            error["path"].as_str().unwrap_or_default(),
            error["line"],
            error["column"],
            error["message"]
        )
    });
    format!("there is:\n{}\ngate {}", findings.chain(errors).take(30).collect::<Vec<_>>().join("\n"), report["gate"])
}

fn short(finding: &Value) -> String {
    let label = list(&finding["labels"]).iter().find(|label| label["role"] != "because");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let item = finding["item"]["pointer"].as_str().map(|item| format!(" in {item}")).unwrap_or_default();
    let at = label.map(|label| text(&label["pointer"])).filter(|at| !at.is_empty()).unwrap_or("/".to_owned());
    format!("{} {} at {at}{item} as {}", text(&finding["outcome"]), text(&finding["rule"]), text(&finding["severity"]))
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AndMore => f.write_str("…"),
            Self::Gate(word) => write!(f, "gate {word}"),
            Self::Says(words) => write!(f, "says {words}"),
            Self::Never(words) => write!(f, "never {words}"),
            Self::Error { at, says } => write!(f, "error {at} {says}"),
            Self::Result { outcome, rule, more } => {
                write!(f, "{outcome} {rule}")?;
                more.iter().try_for_each(|(key, word)| write!(f, " {key} {word}"))
            }
        }
    }
}
