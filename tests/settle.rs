//! A fact that is said to settle a rule settles it: whatever word is stated, the rule is decided.

use govlint::engine::{Outcome, Plan};
use govlint::json::Limits;
use govlint::lang::Lang;
use govlint::manifest::{BUILT_IN, FactKind, Manifest, Origin};
use govlint::pack::built_in;
use govlint::report::{Making, report};
use serde_json::{Value, json};

#[test]
fn every_word_of_a_settling_fact_decides_the_rule() {
    let plan = Plan::new(&BUILT_IN, built_in::all(&BUILT_IN));
    let as_of = "2026-11-24".parse().expect("a date");
    let making = Making { as_of, lang: Lang::En, results: false, settle: true, redact: false };
    let mut tried = 0;
    for start in starts() {
        let made = report(&plan, &read(&start), false, making);
        for finding in &made.findings {
            for position in &finding.settled_by {
                let fact = &finding.facts[*position];
                for word in words(BUILT_IN.fact(fact.id)) {
                    let mut stated = start.clone();
                    state(&mut stated, &fact.pointer, word.clone());
                    let results = plan
                        .check(read(&stated).root(), as_of)
                        .into_iter()
                        .filter(|result| result.rule == finding.rule)
                        .map(|result| result.decided.outcome)
                        .collect::<Vec<_>>();
                    let open = |outcome: &Outcome| matches!(outcome, Outcome::Unstated | Outcome::Undetermined);
                    let rule = &plan.rule(finding.rule).1.id;
                    assert!(!results.iter().any(open), "{} = {word} does not settle {rule}: {results:?}", fact.pointer);
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 50, "only {tried} answers were tried");
}

/// Manifests that say more and more.
fn starts() -> Vec<Value> {
    let mut all = vec![json!({ "manifest": "1" })];
    let facts = [
        ("/system/offered_in", json!(["US"])),
        ("/markets/US/federal_agency", json!(true)),
        ("/markets/US/high_impact/determination", json!("high-impact")),
        ("/system/stage", json!("deployed")),
        ("/governance/waivers", json!([])),
    ];
    for (pointer, value) in facts {
        let mut next = all.last().expect("there is a first").clone();
        state(&mut next, pointer, value);
        all.push(next);
    }
    all
}

/// The words that a fact can be, where they can be listed and it stands at a fixed place.
fn words(fact: &govlint::manifest::Fact) -> Vec<Value> {
    match fact.kind {
        _ if fact.pointer.contains('*') => Vec::new(),
        FactKind::Boolean => vec![json!(false), json!(true)],
        FactKind::Word => fact.schema["enum"].as_array().cloned().unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn state(manifest: &mut Value, pointer: &str, value: Value) {
    let mut at = manifest;
    for name in pointer.split('/').skip(1) {
        at = &mut at[name];
    }
    *at = value;
}

fn read(value: &Value) -> Manifest {
    let text = value.to_string().into_bytes();
    Manifest::read(Origin::file("system.json"), text, &Limits::default()).expect("a manifest")
}
