//! What the examples are there to show: for each of them, `tests/examples/NAME.json` lists every rule that is neither met
//! nor beyond its scope, with the item that it speaks of and the day that it is due, and says how many are met. It does so
//! for `cn-algorithmic-recommendation`, or for each pack that stands under `packs`.
//!
//! These files are written by hand from the story beside the example and from the law. There is no way to bless them: a
//! difference is a mistake of the rule, of the story or of whoever derived it, and a person decides of which.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The day for which the stories are told.
const DAY: &str = "2026-11-24";
/// The pack of an expectation that names none.
const PACK: &str = "cn-algorithmic-recommendation";
/// What a file lists, beside the number that pass.
const LISTED: [&str; 6] = ["fail", "review", "unstated", "undetermined", "upcoming", "excepted"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        .unwrap()
}

/// The names of the examples that have outcomes to hold.
fn names() -> Vec<String> {
    let files = fs::read_dir(root().join("tests/examples")).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<_> = files.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn every_example_is_judged_as_its_story_says() {
    let mut differences = String::new();
    for name in names() {
        for (pack, wanted) in wanted(&name) {
            let found = found(&name, &pack);
            for outcome in LISTED.iter().copied().chain(["pass"]) {
                for more in found[outcome].difference(&wanted[outcome]) {
                    differences += &format!("{name}, {pack}: {outcome} {more} is found and not told\n");
                }
                for less in wanted[outcome].difference(&found[outcome]) {
                    differences += &format!("{name}, {pack}: {outcome} {less} is told and not found\n");
                }
            }
        }
    }
    assert!(differences.is_empty(), "\n{differences}");
}

#[test]
fn every_example_with_outcomes_has_a_story_in_both_languages() {
    for name in names() {
        let path: PathBuf = root().join("examples").join(format!("{name}.md"));
        let story = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let headings: Vec<_> = story.lines().filter(|line| line.starts_with("# ")).collect();
        assert_eq!(headings.len(), 2, "{name}: a story has a heading in English and one in Chinese");
        assert!(headings[0].is_ascii() && !headings[1].is_ascii(), "{name}: English first");
    }
}

/// `RULE`, `RULE ITEM` or `RULE ITEM DAY`, by outcome; what passes is counted.
type Outcomes = BTreeMap<&'static str, BTreeSet<String>>;

/// What is told of an example, by pack.
fn wanted(name: &str) -> Vec<(String, Outcomes)> {
    let file = json(&root().join("tests/examples").join(format!("{name}.json")));
    match file["packs"].as_object() {
        Some(packs) => packs.iter().map(|(pack, told)| (pack.clone(), outcomes(name, told))).collect(),
        None => vec![(PACK.to_owned(), outcomes(name, &file))],
    }
}

fn outcomes(name: &str, told: &Value) -> Outcomes {
    let list =
        |outcome: &str| told[outcome].as_array().unwrap_or_else(|| panic!("{name}.json lacks `{outcome}`")).clone();
    let mut outcomes: Outcomes = LISTED
        .map(|outcome| (outcome, list(outcome).iter().map(|line| line.as_str().unwrap().to_owned()).collect()))
        .into();
    outcomes.insert("pass", BTreeSet::from([told["pass"].as_u64().unwrap().to_string()]));
    outcomes
}

fn found(name: &str, pack: &str) -> Outcomes {
    let (manifest, pack) = (format!("examples/{name}.json"), format!("rules/{pack}"));
    let arguments = ["check", "--pack", &pack, "--as-of", DAY, "--format", "json", &manifest];
    let output = Command::new(env!("CARGO_BIN_EXE_govlint")).current_dir(root()).args(arguments).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{name}: {}", String::from_utf8_lossy(&output.stderr)));
    let mut outcomes: Outcomes = LISTED.map(|outcome| (outcome, BTreeSet::new())).into();
    let mut pass = 0;
    for result in report["manifests"][0]["results"].as_array().unwrap() {
        match outcome(result) {
            "pass" => pass += 1,
            "not-applicable" => {}
            outcome => assert!(outcomes.get_mut(outcome).unwrap().insert(line(result)), "{name}: {result} comes twice"),
        }
    }
    outcomes.insert("pass", BTreeSet::from([pass.to_string()]));
    outcomes
}

fn outcome(result: &Value) -> &str {
    if result["reason"] == "exception" { "excepted" } else { result["outcome"].as_str().unwrap() }
}

fn line(result: &Value) -> String {
    let rule = result["rule"].as_str().unwrap().split_once('/').unwrap().1;
    let more = [&result["item"]["id"], &result["due"]].into_iter().filter_map(Value::as_str);
    std::iter::once(rule).chain(more).collect::<Vec<_>>().join(" ")
}
