//! Laws of the tools that authors run: what they say of random rules is so.

use std::collections::HashSet;

use govlint::authoring::mutate::{Apart, apart, mutants};
use govlint::authoring::test::{Question, apply, came_out};
use govlint::engine::Outcome;
use govlint::pack::{Expect, Expected};
use govlint::prove::Prover;
use proptest::prelude::*;
use serde_json::Value;

use crate::case::{Case, document, published, small};
use crate::cases;

fn expected(outcome: Outcome) -> Expect {
    let detail = None;
    Expect::One(Expected { outcome: outcome.word().to_owned(), detail })
}

/// Each smallest difference, applied, gives what is expected; how many there were.
fn differences_hold(case: &Case) -> Result<usize, TestCaseError> {
    let pack = case.pack();
    let mut found = 0;
    for (rule, outcome) in pack.rules.iter().flat_map(|rule| Outcome::ALL.map(|outcome| (rule, outcome))) {
        let manifest = document(&case.manifest);
        let schema = case.vocabulary.schema;
        let (instrument, expect) = (&pack.instrument, &expected(outcome));
        if expect.is_met_by(&came_out(schema, instrument, rule, manifest.root(), case.as_of)) {
            continue;
        }
        let question = Question { schema, instrument, rule, expect, manifest: manifest.root(), as_of: case.as_of };
        for changes in question.smallest() {
            let mut changed = case.manifest.clone();
            prop_assert!(changes.iter().all(|change| apply(&mut changed, change)));
            let outcomes = came_out(schema, instrument, rule, document(&changed).root(), case.as_of);
            prop_assert!(expect.is_met_by(&outcomes), "{:?} gives {:?} in place of {:?}", changes, outcomes, outcome);
            found += 1;
        }
    }
    Ok(found)
}

#[test]
fn the_smallest_difference_gives_what_is_expected() {
    let cases = crate::agreement::same_cases(6, published());
    let found: usize = cases.map(|case| differences_hold(&case).unwrap()).sum();
    assert!(found >= 10, "{found} differences were found");
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn a_mutant_stands_at_its_place_and_is_another_formula(case in small()) {
        let pack = case.pack();
        let mut seen = HashSet::new();
        for mutant in mutants(case.vocabulary.schema, &pack, |_| true) {
            prop_assert!(!mutant.rules.is_empty());
            let change = &mutant.change;
            prop_assert!(change.before != change.after, "{:?}", change);
            let text = &pack.files[mutant.place.file].source.text()[change.span.range()];
            let known = change.before.as_ref().or(change.after.as_ref()).unwrap();
            prop_assert!(stands_in(text, known) || change.before.is_none(), "{} is not {}", text, known);
            prop_assert!(seen.insert(format!("{:?}", mutant.rules)), "made twice: {:?}", change);
        }
    }
}

#[test]
fn what_is_proven_equivalent_comes_to_the_same() {
    let mut proven = 0;
    for case in crate::agreement::same_cases(60, small()) {
        let (pack, schema) = (case.pack(), case.vocabulary.schema);
        let (prover, manifest) = (Prover::new(schema), document(&case.manifest));
        for mutant in mutants(schema, &pack, |_| true).iter().step_by(5).take(4) {
            if apart(&prover, schema, &pack, mutant) == Apart::Never {
                proven += 1;
                for (number, mutated) in &mutant.rules {
                    let come = |rule| came_out(schema, &pack.instrument, rule, manifest.root(), case.as_of);
                    let [own, other] = [&pack.rules[*number], mutated].map(|rule| {
                        come(rule).into_iter().map(|found| (found.item, found.outcome)).collect::<Vec<_>>()
                    });
                    assert_eq!(own, other, "{:?} is no equivalent of {case:?}", mutant.change);
                }
            }
        }
    }
    assert!(proven > 0, "nothing was proven");
}

/// Whether a text is the JSON that a change says it is, or the part of it that is pointed at.
fn stands_in(text: &str, told: &str) -> bool {
    let whole = |text: &str| {
        let member = format!("{{{text}}}");
        serde_json::from_str::<Value>(text).or_else(|_| serde_json::from_str(&member)).ok()
    };
    let close = |value: Option<Value>| value.map(|value| value.to_string());
    let (text, told) = (close(whole(text)), close(whole(told)));
    text.zip(told).is_some_and(|(text, told)| told.contains(text.trim_matches(['{', '}'])))
}
