//! What mutants are made of a rule that has one of everything.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Apart, Mutant, Subject, apart, make};
use crate::manifest::BUILT_IN;
use crate::pack::{Pack, PackFile, Proof, load};
use crate::prove::Prover;

/// A pack of one rule, with shared conditions.
fn pack(rule: &Value, conditions: &Value) -> Arc<Pack> {
    let text = json!({ "en": "…" });
    let mut instrument = json!({
        "id": "law", "version": "1", "title": text, "short_title": text, "issuer": text, "languages": ["en"],
        "text_status": "text", "in_force": { "from": "2025-01-01" }, "tests": { "as_of": "2026-01-01" },
        "applies": { "/system/offered_in": { "contains": { "const": "US" } } },
        "articles": [{ "article": "1", "title": text, "duties": [{ "summary": text, "checkable": "yes" }] }],
    });
    if conditions.as_object().is_some_and(|conditions| !conditions.is_empty()) {
        instrument["conditions"] = conditions.clone();
    }
    let mut whole = json!({
        "id": "1", "title": text, "cite": { "article": "1" }, "topics": ["ethics"], "strength": "must",
        "message": text, "review": text, "help": text,
    });
    whole.as_object_mut().unwrap().extend(rule.as_object().unwrap().clone());
    let file = |name: &str, value: &Value| PackFile { name: name.into(), bytes: value.to_string().into_bytes() };
    let files = vec![file("instrument.json", &instrument), file("1.json", &json!({ "rules": [whole] }))];
    Arc::new(load(&BUILT_IN, files, Proof::Full).unwrap())
}

fn told(mutant: &Mutant) -> String {
    let side = |text: &Option<String>| text.as_deref().unwrap_or("nothing").replace('"', "");
    format!("{} => {}", side(&mutant.change.before), side(&mutant.change.after))
}

/// The mutants of the rule itself, but for those of what it decides and of its strength, in order.
#[track_caller]
fn expect(rule: &Value, expected: &[&str]) {
    let pack = pack(rule, &json!({}));
    let mutants = make::mutants(&BUILT_IN, &pack, |subject| *subject == Subject::Rule(0));
    let other = |mutant: &&Mutant| !["decides", "strength"].contains(&mutant.change.kind.word());
    let mut made: Vec<_> = mutants.iter().filter(other).collect();
    made.sort_by_key(|mutant| mutant.place.span.start);
    assert_eq!(made.into_iter().map(told).collect::<Vec<_>>(), expected);
}

#[test]
fn one_of_several_conditions_goes_or_is_turned() {
    expect(
        &json!({ "require": { "/system/source_code/custom": { "const": true }, "/system/stage": { "const": "retired" } } }),
        &[
            "{ /system/source_code/custom: { const: true }, /system/stage: { const: retired } } => { any: [{ \
             /system/source_code/custom: { const: true } }, { /system/stage: { const: retired } }] }",
            "/system/source_code/custom: { const: true } => nothing",
            "/system/source_code/custom: { const: true } => not: { /system/source_code/custom: { const: true } }",
            "/system/stage: { const: retired } => nothing",
            "/system/stage: { const: retired } => not: { /system/stage: { const: retired } }",
        ],
    );
}

#[test]
fn what_is_stated_beside_a_keyword_stays_stated_in_the_contrary() {
    expect(
        &json!({ "require": { "/system/sectors": { "stated": true, "contains": { "const": "health" } } } }),
        &[
            "/system/sectors: { stated: true, contains: { const: health } } => /system/sectors: { not: { contains: \
             { const: health } }, stated: true }",
            "stated: true => nothing",
        ],
    );
}

#[test]
fn alternatives_walks_and_members_are_changed() {
    expect(
        &json!({
            "when": { "some": { "in": "/governance/waivers", "hold": { "./reported": { "const": true } } } },
            "unless": { "/system/national_security_system": { "const": true } },
            "require": { "any": [{ "/system/stage": { "const": "retired" } }, { "/filings/ai_inventory/listed": { "const": true } }] },
            "due": { "fact": "/system/started_on", "plus": "1 month" },
        }),
        &[
            "when: { some: { in: /governance/waivers, hold: { ./reported: { const: true } } } } => nothing",
            "some: { in: /governance/waivers, hold: { ./reported: { const: true } } } => each: { in: \
             /governance/waivers, hold: { ./reported: { const: true } } }",
            "./reported: { const: true } => not: { ./reported: { const: true } }",
            "unless: { /system/national_security_system: { const: true } } => nothing",
            "/system/national_security_system: { const: true } => not: { /system/national_security_system: { const: \
             true } }",
            "any: [{ /system/stage: { const: retired } }, { /filings/ai_inventory/listed: { const: true } }] => all: \
             [{ /system/stage: { const: retired } }, { /filings/ai_inventory/listed: { const: true } }]",
            "{ /system/stage: { const: retired } } => nothing",
            "/system/stage: { const: retired } => not: { /system/stage: { const: retired } }",
            "{ /filings/ai_inventory/listed: { const: true } } => nothing",
            "/filings/ai_inventory/listed: { const: true } => not: { /filings/ai_inventory/listed: { const: true } }",
            "due: { fact: /system/started_on, plus: 1 month } => nothing",
            "1 month => 0 months",
            "1 month => 2 months",
        ],
    );
}

#[test]
fn numbers_words_and_days_are_shifted_by_one() {
    expect(
        &json!({
            "in_force": { "from": "2026-03-01", "until": "2026-03-01" },
            "require": {
                "/system/stage": { "enum": ["pilot", "deployed"] },
                "/system/sectors": { "minItems": 2 },
                "/system/started_on": { "not_before": "2024-02-29" },
            },
        }),
        &[
            "2026-03-01 => 2026-02-28",
            "2026-03-01 => 2026-03-02",
            "{ /system/stage: { enum: [pilot, deployed] }, /system/sectors: { minItems: 2 }, /system/started_on: { \
             not_before: 2024-02-29 } } => { any: [{ /system/stage: { enum: [pilot, deployed] } }, { \
             /system/sectors: { minItems: 2 } }, { /system/started_on: { not_before: 2024-02-29 } }] }",
            "/system/stage: { enum: [pilot, deployed] } => nothing",
            "/system/stage: { enum: [pilot, deployed] } => not: { /system/stage: { enum: [pilot, deployed] } }",
            "enum: [pilot, deployed] => enum: [deployed]",
            "enum: [pilot, deployed] => enum: [pilot]",
            "/system/sectors: { minItems: 2 } => nothing",
            "/system/sectors: { minItems: 2 } => not: { /system/sectors: { minItems: 2 } }",
            "minItems: 2 => minItems: 1",
            "minItems: 2 => minItems: 3",
            "/system/started_on: { not_before: 2024-02-29 } => nothing",
            "/system/started_on: { not_before: 2024-02-29 } => not: { /system/started_on: { not_before: 2024-02-29 } }",
            "not_before: 2024-02-29 => not_after: 2024-02-29",
            "2024-02-29 => 2024-02-28",
            "2024-02-29 => 2024-03-01",
        ],
    );
}

#[test]
fn what_the_loader_refuses_is_not_made() {
    expect(
        &json!({ "require": { "/system/sectors": { "minItems": 1 } } }),
        &[
            "/system/sectors: { minItems: 1 } => not: { /system/sectors: { minItems: 1 } }",
            "minItems: 1 => minItems: 2",
        ],
    );
}

#[test]
fn what_is_the_same_formula_is_not_made() {
    let pack = pack(
        &json!({ "when": ["used"], "require": { "/system/stage": { "const": "retired" } } }),
        &json!({ "used": { "all": [{ "/system/source_code/custom": { "const": true } }] } }),
    );
    let of = |subject: Subject| {
        let mutants = make::mutants(&BUILT_IN, &pack, |other| *other == subject);
        mutants.iter().map(told).collect::<Vec<_>>()
    };
    assert_eq!(
        of(Subject::Shared("used".to_owned())),
        ["/system/source_code/custom: { const: true } => not: { /system/source_code/custom: { const: true } }"]
    );
}

#[test]
fn a_strength_changes_only_where_a_severity_does() {
    let strengths = |strength: &str, status: &str| {
        let pack = pack(
            &json!({ "strength": strength, "text_status": status, "require": { "/system/stage": { "const": "retired" } } }),
            &json!({}),
        );
        let mutants = make::mutants(&BUILT_IN, &pack, |subject| *subject == Subject::Rule(0));
        let told = mutants.iter().filter(|mutant| mutant.change.kind.word() == "strength").map(told);
        told.collect::<Vec<_>>()
    };
    assert_eq!(strengths("must", "text"), ["strength: must => strength: should"]);
    assert_eq!(strengths("must-not", "secondary"), Vec::<String>::new());
    assert_eq!(
        strengths("should", "text"),
        ["strength: should => strength: must", "strength: should => strength: encouraged"]
    );
    assert_eq!(strengths("should", "memory"), ["strength: should => strength: encouraged"]);
    assert_eq!(strengths("encouraged", "text"), ["strength: encouraged => strength: should"]);
}

#[test]
fn what_another_condition_covers_is_proven_equivalent() {
    let retired = json!({ "/system/stage": { "const": "retired" } });
    let more = json!({ "/system/stage": { "const": "retired" }, "/filings/ai_inventory/listed": { "const": true } });
    let pack = pack(&json!({ "require": { "any": [retired, more] } }), &json!({}));
    let prover = Prover::new(&BUILT_IN);
    let mutants = make::mutants(&BUILT_IN, &pack, |subject| *subject == Subject::Rule(0));
    let (mut equivalent, mut others) = (Vec::new(), 0);
    for mutant in &mutants {
        match apart(&prover, &BUILT_IN, &pack, mutant) {
            Apart::Never => equivalent.push(told(mutant)),
            Apart::By(suggestion) => {
                assert_ne!(suggestion.found, suggestion.instead, "{}", told(mutant));
                others += 1;
            }
            Apart::Unknown => panic!("{} is not decided", told(mutant)),
        }
    }
    assert_eq!(
        equivalent,
        [
            "{ /system/stage: { const: retired }, /filings/ai_inventory/listed: { const: true } } => nothing",
            "/filings/ai_inventory/listed: { const: true } => not: { /filings/ai_inventory/listed: { const: true } }",
        ]
    );
    assert_eq!(equivalent.len() + others, mutants.len());
}
