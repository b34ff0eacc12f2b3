//! The prover on small rules over the published schema.

use serde_json::json;

use super::*;
use crate::engine::Outcome;
use crate::manifest::BUILT_IN;
use crate::pack::{Pack, PackFile, Proof, load};

/// A pack of one rule, of which only what matters is written.
fn pack(rule: Value) -> Pack {
    let text = json!({ "en": "…" });
    let instrument = json!({
        "id": "law", "version": "1", "title": text, "short_title": text, "issuer": text, "languages": ["en"],
        "text_status": "text", "in_force": { "from": "2020-01-01" }, "tests": { "as_of": "2026-06-15" },
        "applies": { "/system/offered_in": { "contains": { "const": "CN" } } },
        "articles": [{ "article": "1", "title": text, "duties": [{ "summary": text, "checkable": "yes" }] }],
    });
    let mut whole = json!({
        "id": "1", "title": text, "cite": { "article": "1" }, "strength": "must", "topics": ["ethics"],
        "message": text, "help": text,
    });
    whole.as_object_mut().unwrap().extend(rule.as_object().unwrap().clone());
    let file = |name: &str, value: Value| PackFile { name: name.into(), bytes: value.to_string().into_bytes() };
    let files = vec![file("instrument.json", instrument), file("rules.json", json!({ "rules": [whole] }))];
    load(&BUILT_IN, files, Proof::Full).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn asked(rule: Value, goal: impl for<'p> Fn(Duty<'p>) -> Goal<'p>) -> Answer {
    let pack = pack(rule);
    let goal = goal(Duty::new(&pack, &pack.rules[0]));
    Prover::new(&BUILT_IN).find(&goal, Day::On("2026-06-15".parse().unwrap()))
}

/// Whether the rule can come to an outcome.
fn outcome(rule: Value, outcome: Outcome) -> Answer {
    asked(rule, |duty| duty.outcome(outcome))
}

#[track_caller]
fn manifest(answer: Answer) -> Value {
    match answer {
        Answer::Witness(witness) => witness.manifest,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_witness_says_only_what_matters() {
    let rule = json!({ "require": { "/system/stage": { "const": "deployed" } } });
    let expected = json!({ "manifest": "1", "system": { "stage": "deployed" } });
    assert_eq!(manifest(asked(rule.clone(), |duty| duty.requires(Truths::TRUE))), expected);
    let expected = json!({ "manifest": "1", "system": { "offered_in": ["CN"] } });
    assert_eq!(manifest(outcome(rule, Outcome::Unstated)), expected);
}

#[test]
fn a_contradiction_is_proven() {
    let rule = json!({
        "when": { "/system/stage": { "const": "retired" } },
        "require": { "/system/stage": { "const": "deployed" } },
    });
    assert_eq!(outcome(rule.clone(), Outcome::Pass), Answer::Never, "met without its scope");
    assert_eq!(outcome(rule, Outcome::Unstated), Answer::Never, "a rule that applies knows the stage");
}

#[test]
fn a_contradiction_of_patterns_stays_open() {
    let rule = json!({
        "when": { "/system/purpose": { "pattern": "^a" } },
        "require": { "/system/purpose": { "pattern": "^b" } },
    });
    let answer = asked(rule, |duty| duty.arises().and(duty.requires(Truths::TRUE)));
    assert_eq!(answer, Answer::Unknown(Why::Values));
}

#[test]
fn a_market_is_one_in_which_the_system_is_offered() {
    let rule = json!({
        "applies": { "/markets/CN/status": { "const": "offered" } },
        "require": { "/system/offered_in": { "not": { "contains": { "const": "CN" } } } },
    });
    assert_eq!(outcome(rule, Outcome::NotApplicable).witness().map(|_| ()), Some(()));
    let rule = json!({
        "applies": { "/markets/CN/status": { "const": "offered" } },
        "require": { "/system/offered_in": { "not": { "contains": { "const": "CN" } } } },
    });
    let met = asked(rule, |duty| duty.scope(Truths::TRUE).and(duty.requires(Truths::TRUE)));
    assert_eq!(met, Answer::Never);
}

#[test]
fn a_document_is_there_where_a_rule_reads_through_it() {
    let rule = json!({ "require": { "/assessments/ai_impact/document/issued_on": { "not_before": "2026-01-01" } } });
    let found = manifest(asked(rule, |duty| duty.requires(Truths::TRUE)));
    let key = found.pointer("/assessments/ai_impact/document").and_then(Value::as_str).unwrap();
    assert_eq!(found.pointer(&format!("/documents/{key}/issued_on")), Some(&json!("2026-01-01")));
}

#[test]
fn what_all_items_have_none_lacks() {
    let reported = |walk: &str, value: bool| json!({ walk: { "in": "/governance/waivers", "hold": { "./reported": { "const": value } } } });
    let rule = json!({ "when": reported("each", true), "require": reported("some", false) });
    assert_eq!(asked(rule, |duty| duty.arises().and(duty.requires(Truths::TRUE))), Answer::Never);
    let rule = json!({ "when": reported("some", true), "require": reported("some", false) });
    let found = manifest(asked(rule, |duty| duty.arises().and(duty.requires(Truths::TRUE))));
    assert_eq!(found.pointer("/governance/waivers").and_then(Value::as_array).map(Vec::len), Some(2));
}

#[test]
fn an_array_that_is_not_stated_is_seen_too() {
    let rule = json!({ "for": "/governance/waivers", "require": { "./reported": { "const": true } } });
    let pack = pack(rule);
    let ways = Duty::all(&pack, &pack.rules[0]);
    let prover = Prover::new(&BUILT_IN);
    let find = |duty: &Duty<'_>, outcome| prover.find(&duty.outcome(outcome), Day::On("2026-06-15".parse().unwrap()));
    assert_eq!(ways.len(), 2);
    assert!(matches!(find(&ways[0], Outcome::Fail), Answer::Witness(_)));
    assert_eq!(find(&ways[1], Outcome::Fail), Answer::Never);
    assert!(matches!(find(&ways[1], Outcome::Undetermined), Answer::Witness(_)));
}

#[test]
fn the_runs_date_is_found_where_it_is_free() {
    let pack = pack(json!({
        "in_force": { "from": "2027-03-01" },
        "require": { "/system/started_on": { "not_after": "2027-01-31" } },
    }));
    let goal = Duty::new(&pack, &pack.rules[0]).outcome(Outcome::Fail);
    let prover = Prover::new(&BUILT_IN);
    assert_eq!(prover.find(&goal, Day::On("2027-02-28".parse().unwrap())), Answer::Never);
    let Answer::Witness(witness) = prover.find(&goal, Day::Any { best: "2026-06-15".parse().unwrap() }) else {
        panic!()
    };
    assert_eq!(witness.as_of, "2027-03-01".parse().unwrap());
}

#[test]
fn days_that_count_from_each_other_are_put_in_order() {
    let late = json!({ "not_after": { "fact": "/system/started_on", "plus": "10 working days CN" } });
    let rule = json!({ "require": { "/filings/ai_inventory/submitted_on": late } });
    for wanted in [Truths::TRUE, Truths::FALSE, Truths::UNKNOWN] {
        assert!(matches!(asked(rule.clone(), |duty| duty.requires(wanted)), Answer::Witness(_)), "{wanted:?}");
    }
}
