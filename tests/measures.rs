//! `docs/governance-measures.md` is true: above each of its tables stand pairs of small manifests, and every row comes to
//! what it says on one of them, by the fact that it shows. The manifests are under `examples/measures`.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use govlint::lang::Lang;
use govlint::manifest::BUILT_IN;
use govlint::pack::built_in;
use serde_json::Value;

const DAY: &str = "2026-11-24";
/// How the page calls what a rule comes to on the manifest that breaks it.
const VERDICTS: [(&str, &str); 2] = [("violated 违反", "fail"), ("for a person 人工判断", "review")];

/// What one row of the page says, and the pairs of manifests above its table.
struct Row {
    rule: String,
    title: String,
    fact: String,
    breaks: Value,
    meets: Value,
    verdict: &'static str,
    pairs: Vec<String>,
}

#[test]
fn every_row_names_a_rule_by_its_title_and_a_fact() {
    let packs = built_in::all(&BUILT_IN);
    let titles: BTreeMap<String, String> = packs
        .iter()
        .flat_map(|pack| &pack.rules)
        .map(|rule| (rule.id.to_string(), format!("{} · {}", rule.title.get(Lang::En), rule.title.get(Lang::Zh))))
        .collect();
    for row in rows() {
        assert_eq!(titles.get(&row.rule), Some(&row.title), "{}", row.rule);
        assert!(BUILT_IN.facts().any(|(_, fact)| fact.pointer == row.fact), "there is no fact {}", row.fact);
    }
}

#[test]
fn every_row_is_so_on_the_manifests_above_it() {
    let outcomes = outcomes();
    for row in rows() {
        let holds = |pair: &String| {
            let [violating, compliant] = ["violating", "compliant"].map(|kind| format!("{pair}.{kind}.json"));
            outcomes[&violating].get(&row.rule).is_some_and(|found| found.contains(row.verdict))
                && outcomes[&compliant].get(&row.rule).is_some_and(|found| found.iter().all(|word| word == "pass"))
                && values(&violating, &row.fact).contains(&row.breaks)
                && values(&compliant, &row.fact).iter().any(|value| holds_all(value, &row.meets))
        };
        assert!(row.pairs.iter().any(holds), "{} is not {} on {:?}", row.rule, row.verdict, row.pairs);
    }
}

#[test]
fn every_small_manifest_stands_on_the_page() {
    let shown: BTreeSet<String> = rows().into_iter().flat_map(|row| row.pairs).collect();
    let there: BTreeSet<String> = files().iter().filter_map(|file| file.split('.').next()).map(str::to_owned).collect();
    assert_eq!(shown, there);
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rows() -> Vec<Row> {
    let page = fs::read_to_string(root().join("docs/governance-measures.md")).unwrap();
    let (mut rows, mut pairs) = (Vec::new(), Vec::new());
    for line in page.lines() {
        if line.starts_with("## ") {
            pairs.clear();
        } else if line.starts_with("| `") {
            rows.push(row(line, &pairs));
        }
        let links = line.split("examples/measures/").skip(1).filter_map(|rest| rest.split_once(".violating.json"));
        pairs.extend(links.map(|(pair, _)| pair.to_owned()));
    }
    assert!(!rows.is_empty());
    rows
}

fn row(line: &str, pairs: &[String]) -> Row {
    let quoted: Vec<_> = line.split('`').skip(1).step_by(2).collect();
    let [rule, fact, breaks, meets] = quoted[..] else { panic!("{line}") };
    let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
    let json = |text: &str| serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let verdict = VERDICTS.iter().find(|(words, _)| cells.last() == Some(words)).unwrap_or_else(|| panic!("{line}"));
    Row {
        rule: rule.to_owned(),
        title: cells[1].to_owned(),
        fact: fact.to_owned(),
        breaks: json(breaks),
        meets: json(meets),
        verdict: verdict.1,
        pairs: pairs.to_vec(),
    }
}

fn files() -> Vec<String> {
    let entries = fs::read_dir(root().join("examples/measures")).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// What each rule comes to on each manifest, on the items for which it speaks.
fn outcomes() -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_govlint"));
    command.current_dir(root()).args(["check", "--as-of", DAY, "--format", "json"]);
    let output = command.args(files().iter().map(|file| format!("examples/measures/{file}"))).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut outcomes = BTreeMap::new();
    for manifest in report["manifests"].as_array().unwrap() {
        let path = manifest["path"].as_str().unwrap();
        let results = manifest["results"].as_array().unwrap_or_else(|| panic!("{path} is no manifest"));
        let mut rules: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for result in results.iter().filter(|result| result["outcome"] != "not-applicable") {
            let found = rules.entry(result["rule"].as_str().unwrap().to_owned()).or_default();
            found.insert(result["outcome"].as_str().unwrap().to_owned());
        }
        outcomes.insert(path.rsplit('/').next().unwrap().to_owned(), rules);
    }
    outcomes
}

/// The values of a fact in a small manifest, one for each item of the arrays on its way.
fn values(file: &str, fact: &str) -> Vec<Value> {
    let text = fs::read_to_string(root().join("examples/measures").join(file)).unwrap();
    let mut found: Vec<Value> = vec![serde_json::from_str(&text).unwrap()];
    for part in fact.split('/').skip(1) {
        found = match part {
            "*" => found.iter().filter_map(Value::as_array).flatten().cloned().collect(),
            key => found.iter().filter_map(|value| value.get(key)).cloned().collect(),
        };
    }
    found
}

/// Whether a value is the one shown, or a list that holds all that is shown.
fn holds_all(value: &Value, shown: &Value) -> bool {
    match (value.as_array(), shown.as_array()) {
        (Some(value), Some(shown)) => shown.iter().all(|word| value.contains(word)),
        _ => value == shown,
    }
}
