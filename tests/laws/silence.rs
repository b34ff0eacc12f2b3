//! Silence never helps: what is not stated is unknown, and only what is stated can decide.
//!
//! The laws hold for every member that is taken away, even one whose absence the manifest's reader would refuse.

use std::collections::BTreeMap;

use govlint::engine::reference::Reference;
use govlint::engine::{Decided, Outcome, Plan, Reason, Severity, Truth};
use govlint::pack::{Condition, Pack};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

use crate::agreement::same_cases;
use crate::author::Written;
use crate::case::{Case, Results, document, small};
use crate::cases;
use crate::edit::{events, without};
use crate::vocabulary::SMALL;

/// The manifest as it is, and with less said.
struct Silenced {
    gone: String,
    less: Value,
}

fn silenced(case: &Case, place: &Index) -> Silenced {
    let gone = place.get(&case.named_members()).clone();
    let less = without(&case.manifest, &gone);
    Silenced { gone, less }
}

/// The outcomes with all said and with less said, item by item.
///
/// Where an array is no longer stated, its one judgement stands beside each of the items that there were.
fn pairs(case: &Case, pack: &Pack, less: &Value) -> Vec<(Decided, Decided)> {
    let each = pack.rules.iter().flat_map(|rule| {
        let (before, after) = (case.judge(pack, rule, &case.manifest), case.judge(pack, rule, less));
        before.into_iter().map(move |(item, more)| {
            let mut same = after.iter().filter(|(other, _)| is_part(other, &item));
            (more, same.next().expect("an item does not vanish").1)
        })
    });
    each.collect()
}

/// Whether a pointer is another one with some positions left out.
fn is_part(part: &str, whole: &str) -> bool {
    let mut whole = whole.split('/');
    part.split('/').all(|segment| whole.any(|other| other == segment))
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn silence_does_not_turn_failure_into_anything_but_a_question(
        case in small(),
        places in prop::collection::vec(any::<Index>(), 1..5),
    ) {
        let pack = case.pack();
        for place in &places {
            let Silenced { gone, less } = silenced(&case, place);
            for (more, less) in pairs(&case, &pack, &less) {
                if more.outcome == Outcome::Fail {
                    let asked = [Outcome::Fail, Outcome::Unstated, Outcome::Undetermined];
                    prop_assert!(asked.contains(&less.outcome), "without {}: {:?}", gone, less);
                }
                if less.outcome == Outcome::Fail && more.outcome != Outcome::Fail {
                    prop_assert_eq!(more.reason, Some(Reason::Exception), "with {}: {:?}", gone, more);
                }
            }
        }
    }

    #[test]
    fn silence_opens_no_gate(case in small(), places in prop::collection::vec(any::<Index>(), 1..10)) {
        let plan = case.plan();
        let before = case.check(&plan, &case.manifest);
        for place in &places {
            let Silenced { gone, less } = silenced(&case, place);
            let after = case.check(&plan, &less);
            for threshold in [Severity::Error, Severity::Warning, Severity::Advice] {
                if has_findings(&plan, &before, threshold) {
                    prop_assert!(!passes(&plan, &after, threshold), "at {}, without {}", threshold.word(), gone);
                }
            }
        }
    }

    #[test]
    fn an_event_that_lies_ahead_is_as_good_as_unstated(case in small(), chosen in any::<u64>()) {
        let schema = case.vocabulary.schema;
        let (mut ahead, mut gone) = (case.manifest.clone(), case.manifest.clone());
        for (number, pointer) in events(schema, schema.root(), &case.manifest).iter().enumerate() {
            if chosen >> (number % 64) & 1 == 1 {
                *ahead.pointer_mut(pointer).unwrap() = "2026-10-01".into();
                gone = without(&gone, pointer);
            }
        }
        let plan = case.plan();
        prop_assert_eq!(case.check(&plan, &ahead), case.check(&plan, &gone));
    }

    #[test]
    fn what_is_decided_in_silence_stays_so_whatever_is_stated(
        case in small(),
        places in prop::collection::vec(any::<Index>(), 1..10),
    ) {
        let pack = case.pack();
        for place in &places {
            let Silenced { gone, less } = silenced(&case, place);
            let (before, after) = (truths(&case, &pack, &less), truths(&case, &pack, &case.manifest));
            for (less, more) in before.into_iter().zip(after) {
                prop_assert!(less == Truth::Unknown || less == more, "with {}: {:?}, then {:?}", gone, less, more);
            }
        }
    }
}

fn truths(case: &Case, pack: &Pack, manifest: &Value) -> Vec<Truth> {
    let document = document(manifest);
    let reference = Reference { schema: case.vocabulary.schema, root: document.root(), as_of: case.as_of };
    let of_rules = pack
        .rules
        .iter()
        .filter(|rule| rule.each.is_none())
        .flat_map(|rule| [&rule.applies, &rule.when, &rule.unless].into_iter().flatten().chain([&rule.require]));
    let conditions: Vec<&Condition> = of_rules.chain([&pack.instrument.applies]).collect();
    conditions.into_iter().map(|condition| reference.condition(condition).truth).collect()
}

/// Whether there is a finding at or above the threshold, where nothing is allowed.
fn has_findings(plan: &Plan, results: &Results, threshold: Severity) -> bool {
    results.iter().any(|(number, decided)| {
        let (_, _, rule) = plan.rules().nth(*number as usize).unwrap();
        decided.outcome.is_finding() && Severity::of(rule.strength, rule.text_status, decided.outcome) >= threshold
    })
}

/// Whether the gate lets a run pass: no findings, and not nothing that applies.
fn passes(plan: &Plan, results: &Results, threshold: Severity) -> bool {
    let applies = results.iter().any(|(_, decided)| decided.outcome != Outcome::NotApplicable);
    applies && !has_findings(plan, results, threshold)
}

#[test]
fn silence_makes_a_difference_often() {
    let mut counts: BTreeMap<(Outcome, Outcome), usize> = BTreeMap::new();
    for case in same_cases(600, small()) {
        let pack = case.pack();
        for gone in case.named_members() {
            for (more, less) in pairs(&case, &pack, &without(&case.manifest, &gone)) {
                *counts.entry((more.outcome, less.outcome)).or_default() += 1;
            }
        }
    }
    let wanted = [
        (Outcome::Fail, Outcome::Unstated),
        (Outcome::Fail, Outcome::Undetermined),
        (Outcome::NotApplicable, Outcome::Fail),
        (Outcome::Pass, Outcome::Unstated),
    ];
    for pair in wanted {
        let count = counts.get(&pair).copied().unwrap_or_default();
        assert!(count >= 10, "{pair:?} occurs {count} times: {counts:#?}");
    }
}

/// A rule that met facts settle, on a system outside its scope.
fn out_of_scope() -> Case {
    let object = |value: Value| -> Map<String, Value> { value.as_object().cloned().unwrap() };
    let instrument = json!({ "in_force": { "from": "2020-01-01" }, "applies": { "/stage": { "const": "in-use" } } });
    let rule = json!({ "strength": "must", "require": { "/live": { "const": true } } });
    Case {
        vocabulary: &SMALL,
        written: Written { instrument: object(instrument), rules: vec![object(rule)] },
        manifest: json!({ "manifest": "1", "stage": "draft", "live": true }),
        as_of: "2026-06-15".parse().unwrap(),
    }
}

/// A run in which nothing applies does not pass, and silence about the scope can make it pass: what a rule asks for is
/// there, so the rule is met whether it applies or not. Hence the law of the gate speaks of findings.
#[test]
fn a_met_rule_passes_whether_or_not_its_scope_is_stated() {
    let case = out_of_scope();
    let plan = case.plan();
    let outcomes = [&case.manifest, &without(&case.manifest, "/stage")].map(|manifest| {
        let results = case.check(&plan, manifest);
        (results[0].1.outcome, passes(&plan, &results, Severity::Warning))
    });
    assert_eq!(outcomes, [(Outcome::NotApplicable, false), (Outcome::Pass, true)]);
}
