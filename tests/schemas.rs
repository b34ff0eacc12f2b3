//! The published JSON Schemas of rule files and instruments say what the reader of packs says: an editor and govlint
//! refuse the same files.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::fs;
use std::path::{Path, PathBuf};

use govlint::json::{Document, Limits, read};
use govlint::manifest::BUILT_IN;
use govlint::pack::{self, PackFile};
use govlint::schema::{Validator, compile};
use serde_json::{Value, json};

const RULE: &str = include_str!("../schemas/rule.schema.json");
const INSTRUMENT: &str = include_str!("../schemas/instrument.schema.json");

fn validator(schema: &str) -> Validator {
    compile(&serde_json::from_str(schema).unwrap()).unwrap()
}

fn document(text: &str) -> Document {
    read(text.into(), &Limits::default()).unwrap()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

#[test]
fn every_built_in_pack_is_valid() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (rules, instruments) = (validator(RULE), validator(INSTRUMENT));
    let packs = files_below(&root.join("rules")).into_iter().chain(files_below(&root.join("tests/mistakes/_base")));
    for path in packs.filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
        let validator = match path.file_name().and_then(|name| name.to_str()) {
            Some("example.json") => continue,
            Some("instrument.json") => &instruments,
            _ => &rules,
        };
        let text = document(&fs::read_to_string(&path).unwrap());
        let errors: Vec<_> = validator.iter_errors(text.root()).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
    }
}

#[test]
fn what_the_two_have_in_common_is_the_same() {
    let parts = |schema: &str| serde_json::from_str::<Value>(schema).unwrap()["$defs"].as_object().unwrap().clone();
    let (rule, instrument) = (parts(RULE), parts(INSTRUMENT));
    for (name, part) in rule.iter().filter(|(name, _)| instrument.contains_key(*name)) {
        assert_eq!(part, &instrument[name], "{name}");
    }
}

#[test]
fn keywords_topics_and_outcomes_are_the_readers() {
    let rule: Value = serde_json::from_str(RULE).unwrap();
    let leaf = rule["$defs"]["leaf_in_require"]["properties"].as_object().unwrap();
    let mut keywords: Vec<_> = leaf.keys().map(String::as_str).collect();
    let mut expected: Vec<_> = pack::SCHEMA_KEYWORDS.into_iter().chain(pack::OWN_KEYWORDS).chain(["not"]).collect();
    keywords.sort_unstable();
    expected.sort_unstable();
    assert_eq!(keywords, expected);
    assert_eq!(rule["$defs"]["rule"]["properties"]["topics"]["items"]["enum"], json!(pack::TOPICS));
    let outcome = compile(&rule["$defs"]["outcome"]).unwrap();
    for word in pack::OUTCOMES {
        assert!(outcome.is_valid(document(&format!("\"{word}\"")).root()), "{word}");
    }
}

#[test]
fn every_member_explains_itself() {
    fn check(schema: &Value, at: &str) {
        let Value::Object(members) = schema else { return };
        for (name, member) in members.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let told = member.get("title").is_some() || member.get("$ref").is_some();
            let shape_only = member
                .as_object()
                .is_some_and(|member| member.keys().all(|key| key == "contains" || key == "enum" || key == "minItems"));
            assert!(told || shape_only, "{at}/{name} has no title");
        }
        members.iter().for_each(|(name, part)| check(part, &format!("{at}/{name}")));
    }
    for schema in [RULE, INSTRUMENT] {
        check(&serde_json::from_str(schema).unwrap(), "");
    }
}

/// A rule that uses everything that a rule can have.
fn rule() -> Value {
    json!({
        "id": "4(b)(i).1", "title": { "en": "…" }, "cite": { "article": "1", "paragraph": 1, "item": "1", "part": "a", "also": [{ "article": "1", "paragraph": 1, "item": "1", "part": "a" }] },
        "strength": "must", "topics": ["accountability"], "text_status": "memory", "in_force": { "from": "2025-01-01", "until": "2025-12-31" },
        "decides": ["pass"], "for": "/governance/waivers", "applies": "shared", "when": ["shared", { "./ground": { "const": "other" } }],
        "unless": { "not": { "/system/stage": { "enum": ["retired"] } } },
        "require": {
            "/system/name": { "stated": true },
            "./granted_on": { "not_after": { "fact": "/system/started_on", "plus": "10 working days CN" }, "max_age": "12 months" },
            "./practices": { "items": { "enum": ["appeal"] }, "minItems": 1 },
            "any": [{ "each": { "in": "/governance/waivers", "hold": { "./reported": { "const": true } } } }, { "some": { "in": "/governance/waivers", "hold": "shared" } }]
        },
        "due": { "date": "as-of", "minus": "1 day" }, "review": { "en": "…" }, "help": { "en": "…" },
        "tests": [{ "name": "a", "patch": {}, "expect": { "one": "pass/indicated" } }, { "name": "b", "ops": [], "as_of": "2025-01-01", "expect": "fail/error" }],
        "notes": "…"
    })
}

/// An instrument that uses everything that an instrument can have.
fn instrument() -> Value {
    json!({
        "$schema": "x", "id": "a-law", "version": "1", "title": { "en": "…" }, "short_title": { "en": "…" }, "issuer": { "en": "…" },
        "document_number": "1", "url": "https://example.org", "languages": ["en"], "text_status": "text", "in_force": { "from": "2025-01-01" },
        "applies": { "/markets/US/federal_agency": { "const": true } }, "conditions": { "shared": { "/system/stage": { "const": "deployed" } } },
        "tests": { "as_of": "2026-01-01" }, "notes": [],
        "articles": [
            { "article": "1", "title": { "en": "…" }, "duties": [{ "paragraph": 1, "item": "1", "part": "a", "summary": { "en": "…" }, "checkable": "partly", "reason": { "en": "…" } }] },
            { "article": "2", "title": { "en": "…" }, "reason": { "en": "…" } }
        ]
    })
}

fn loads(instrument: &Value, rules: &Value) -> bool {
    let file = |name: &str, value: &Value| PackFile { name: name.into(), bytes: value.to_string().into_bytes() };
    let files = vec![file("instrument.json", instrument), file("1.json", rules)];
    pack::load(&BUILT_IN, files, pack::Proof::Full)
        .map_err(|errors| errors.iter().for_each(|error| eprintln!("{error}")))
        .is_ok()
}

/// Changes a value at a pointer: a new value, or `null` to take it away.
fn changed(mut value: Value, pointer: &str, to: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let name = name.replace("~1", "/");
    match value.pointer_mut(parent).unwrap() {
        Value::Object(members) if to.is_null() => drop(members.remove(&name)),
        Value::Object(members) => drop(members.insert(name, to)),
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = to,
        _ => panic!("{pointer} leads nowhere"),
    }
    value
}

#[test]
fn a_rule_with_everything_is_valid_to_both() {
    let rules = json!({ "rules": [rule()] });
    assert!(loads(&instrument(), &rules));
    let errors = |validator: Validator, value: &Value| {
        validator.iter_errors(document(&value.to_string()).root()).map(|error| error.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(errors(validator(RULE), &rules), [""; 0]);
    assert_eq!(errors(validator(INSTRUMENT), &instrument()), [""; 0]);
}

#[test]
fn a_mistake_in_a_rule_is_refused_by_both() {
    let validator = validator(RULE);
    let leaf = |leaf: Value| ("/require", json!({ "/system/stage": { "const": "pilot" }, "/system/sectors": leaf }));
    let date = |date: Value| ("/due", date);
    let mistakes = [
        ("/requird", json!({})),
        ("/id", json!("1 / 1")),
        ("/title", json!("…")),
        ("/title", json!({ "fr": "…" })),
        ("/title/en", json!("")),
        ("/cite/paragraph", json!(0)),
        ("/cite/artcle", json!("1")),
        ("/cite/also/0/also", json!([])),
        ("/strength", json!("shall")),
        ("/topics", json!([])),
        ("/topics/0", json!("poetry")),
        ("/text_status", json!("official")),
        ("/in_force/from", json!("2025-02-29")),
        ("/in_force/to", json!("2025-12-31")),
        ("/decides/0", json!("passes")),
        ("/for", json!("governance/waivers")),
        ("/when", json!([])),
        ("/when", json!({})),
        ("/when", json!({ "an": [] })),
        ("/when", json!({ "any": {} })),
        ("/when", json!({ "system/stage": { "const": "pilot" } })),
        ("/when", json!({ "/system/stage": "pilot" })),
        ("/when", json!({ "/system/name": { "stated": true } })),
        ("/when", json!({ "each": { "in": "/governance/waivers" } })),
        ("/when", json!({ "each": { "in": "/governance/waivers", "hold": { "./ground": { "cosnt": "other" } } } })),
        ("/require", json!({ "/system/stage": { "const": "pilot" }, "not": { "/system/name": { "stated": true } } })),
        leaf(json!({})),
        leaf(json!({ "cosnt": [] })),
        leaf(json!({ "type": "array" })),
        leaf(json!({ "contains": {} })),
        leaf(json!({ "contains": { "stated": true } })),
        leaf(json!({ "contains": { "type": "string" } })),
        leaf(json!({ "allOf": [] })),
        leaf(json!({ "minItems": "1" })),
        leaf(json!({ "items": { "enum": ["health"] } })),
        leaf(json!({ "not": { "items": { "enum": ["health"] } } })),
        leaf(json!({ "stated": false })),
        date(json!("today")),
        date(json!("30 days")),
        date(json!({ "plus": "1 day" })),
        date(json!({ "fact": "/system/started_on", "date": "as-of" })),
        date(json!({ "date": "as-of", "plus": "1 day", "minus": "1 day" })),
        date(json!({ "date": "as-of", "plus": "1 days" })),
        date(json!({ "date": "as-of", "plus": "3 weeks" })),
        date(json!({ "date": "as-of", "plus": "10 working days" })),
        ("/review", json!(null)),
        ("/help", json!(null)),
        ("/require", json!(null)),
        ("/tests/0/ops", json!([])),
        ("/tests/0/patch", json!([])),
        ("/tests/0/expect", json!({})),
        ("/tests/0/expect", json!("violated")),
        ("/tests/0/expect", json!("pass/error")),
        ("/tests/0/expects", json!("pass")),
        ("/tests/0/name", json!(null)),
    ];
    for (pointer, to) in mistakes {
        let rules = json!({ "rules": [changed(rule(), pointer, to.clone())] });
        assert!(!validator.is_valid(document(&rules.to_string()).root()), "the schema accepts {to} at {pointer}");
        assert!(!loads(&instrument(), &rules), "the reader accepts {to} at {pointer}");
    }
}

#[test]
fn a_mistake_in_an_instrument_is_refused_by_both() {
    let validator = validator(INSTRUMENT);
    let mistakes = [
        ("/titel", json!({ "en": "…" })),
        ("/id", json!("A Law")),
        ("/version", json!(null)),
        ("/issuer", json!("…")),
        ("/languages", json!([])),
        ("/languages/0", json!("fr")),
        ("/text_status", json!("official")),
        ("/in_force", json!({})),
        ("/applies", json!(null)),
        ("/applies", json!({ "markets/US": {} })),
        ("/conditions", json!([])),
        ("/conditions/shared", json!({})),
        ("/conditions/shared", json!({ "/system/stage": { "is": "pilot" } })),
        ("/conditions/shared", json!({ "not": { "/system/name": { "stated": true } } })),
        ("/tests", json!({})),
        ("/tests/as_of", json!("2026-1-1")),
        ("/articles/0/duties/0/checkable", json!("maybe")),
        ("/articles/0/duties/0/reason", json!(null)),
        ("/articles/0/duties/0/paragraph", json!("1")),
        ("/articles/0/duties/0/text", json!({ "en": "…" })),
        ("/articles/1/reason", json!(null)),
        ("/articles/1/title", json!(null)),
    ];
    for (pointer, to) in mistakes {
        let instrument = changed(instrument(), pointer, to.clone());
        assert!(!validator.is_valid(document(&instrument.to_string()).root()), "the schema accepts {to} at {pointer}");
        assert!(!loads(&instrument, &json!({ "rules": [rule()] })), "the reader accepts {to} at {pointer}");
    }
}
