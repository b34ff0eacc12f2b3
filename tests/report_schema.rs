//! The report that machines read keeps `schemas/report.schema.json`, whatever is checked.
//!
//! What is checked is everything that `tests/ui` has: manifests of every outcome, broken ones, streams, other files.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use govlint::json::{Limits, read};
use govlint::schema::{Validator, compile};
use serde_json::{Value, json};

const SCHEMA: &str = include_str!("../schemas/report.schema.json");

fn govlint(arguments: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_govlint")).args(arguments).current_dir(root).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Checks all of `tests/ui`.
fn report(more: &[&str]) -> String {
    let all = ["check", "tests/ui", "--as-of", "2026-01-01"];
    let packs = ["--pack", "tests/ui/_packs/example-law", "--pack", "us-omb-m-25-21"];
    govlint(&[&all, &packs, more].concat())
}

/// The schema, or the part of it that this name has.
fn validator(part: Option<&str>) -> Validator {
    let mut schema: Value = serde_json::from_str(SCHEMA).unwrap();
    if let Some(part) = part {
        schema = json!({ "$defs": schema["$defs"], "$ref": format!("#/$defs/{part}") });
    }
    compile(&schema).unwrap()
}

#[track_caller]
fn keeps(validator: &Validator, text: &str) {
    let document = read(text.into(), &Limits::default()).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(document.root())
        .map(|error| format!("{}: {error}", error.instance_path().as_str()))
        .collect();
    assert!(errors.is_empty(), "{:#?}", &errors[..errors.len().min(5)]);
}

#[test]
fn the_schema_is_the_one_that_is_printed() {
    assert_eq!(govlint(&["schema", "report"]), SCHEMA);
}

#[test]
fn a_document_keeps_the_schema() {
    let validator = validator(None);
    for lang in ["en", "zh"] {
        keeps(&validator, &report(&["--format", "json", "--lang", lang]));
        keeps(
            &validator,
            &report(&["--format", "json", "--lang", lang, "--redact", "--allow", "unstated,not-applicable"]),
        );
    }
    keeps(&validator, &govlint(&["check", "no-such-file.json", "--format", "json"]));
}

#[test]
fn every_line_keeps_the_schema() {
    let (line, frame) = (validator(Some("ndjson_line")), validator(Some("frame")));
    for more in [&["--lang", "en"][..], &["--lang", "zh", "--redact"]] {
        let report = report(&[&["--format", "ndjson"], more].concat());
        report.lines().for_each(|text| keeps(&line, text));
        keeps(&frame, report.lines().last().unwrap());
    }
}

#[test]
fn lines_say_what_the_document_says() {
    let mut document: Value = serde_json::from_str(&report(&["--format", "json"])).unwrap();
    let lines = report(&["--format", "ndjson"]);
    let mut lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let frame = lines.pop().unwrap();
    let (manifests, errors): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.get("results").is_some());
    let object = document.as_object_mut().unwrap();
    assert_eq!(object.remove("manifests").unwrap(), Value::Array(manifests));
    assert_eq!(object.remove("errors").unwrap(), Value::Array(errors));
    assert_eq!(document, frame);
}

#[test]
fn what_is_checked_has_everything_that_a_report_can_say() {
    let report: Value = serde_json::from_str(&report(&["--format", "json"])).unwrap();
    let manifests = report["manifests"].as_array().unwrap();
    let words = |list: &str, member: &str| -> BTreeSet<String> {
        let elements = manifests.iter().flat_map(|manifest| manifest[list].as_array().unwrap());
        elements.filter_map(|element| element[member].as_str().map(str::to_owned)).collect()
    };
    assert_eq!(words("results", "outcome").len(), 7);
    assert_eq!(words("results", "reason").len(), 3);
    assert_eq!(words("findings", "outcome").len(), 4);
    assert_eq!(words("findings", "severity").len(), 3);
    assert_eq!(words("findings", "strength").len(), 4);
    let text = report.to_string();
    for word in [
        "\"indicated\":true",
        "\"role\":\"because\"",
        "\"role\":\"contradicts\"",
        "\"role\":\"unstated\"",
        "\"item\":{",
    ] {
        assert!(text.contains(word), "{word}");
    }
    let errors = report["errors"].as_array().unwrap();
    assert!(
        errors.iter().any(|error| error.get("line").is_some())
            && errors.iter().any(|error| error.get("line").is_none())
    );
    assert!(manifests.iter().any(|manifest| manifest.get("line").is_some()), "no stream");
}

#[test]
fn the_schema_is_closed() {
    let validator = validator(None);
    let text = govlint(&[
        "check",
        "tests/ui/every-outcome",
        "tests/ui/a-bad-date",
        "--pack",
        "tests/ui/_packs/example-law",
        "--format",
        "json",
    ]);
    keeps(&validator, &text);
    let report: Value = serde_json::from_str(&text).unwrap();
    let mut objects = Vec::new();
    collect(&report, String::new(), &mut objects);
    assert!(objects.len() > 50);
    for pointer in objects.iter().filter(|pointer| *pointer != "/totals/rules") {
        let mut strange = report.clone();
        strange.pointer_mut(pointer).unwrap()["strange"] = json!(1);
        let document = read(strange.to_string().into_bytes(), &Limits::default()).unwrap();
        assert!(!validator.is_valid(document.root()), "{pointer} is open");
    }
}

/// The places of all objects.
fn collect(value: &Value, at: String, objects: &mut Vec<String>) {
    let escaped = |name: &str| name.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, member)| collect(member, format!("{at}/{}", escaped(name)), objects));
            objects.push(at);
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(number, item)| collect(item, format!("{at}/{number}"), objects));
        }
        _ => {}
    }
}
