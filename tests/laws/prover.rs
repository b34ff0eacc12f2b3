//! What the prover says never is, is not seen in any manifest; what it finds, the evaluators see.

use std::collections::BTreeMap;

use govlint::authoring::check::check;
use govlint::engine::Outcome;
use govlint::prove::{Answer, Day, Duty, Prover};
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value;

use crate::agreement::same_cases;
use crate::case::{Case, published, small};
use crate::cases;
use crate::choices::{Choices, numbers};
use crate::declarer::Declarer;

/// How each outcome of each rule of a case is answered.
fn answers(case: &Case, mut visit: impl FnMut(Outcome, usize, Answer)) {
    let prover = Prover::new(case.vocabulary.schema);
    let pack = case.pack();
    for (number, rule) in pack.rules.iter().enumerate() {
        for outcome in Outcome::ALL {
            let ways = Duty::all(&pack, rule).into_iter().map(|duty| duty.outcome(outcome));
            for goal in ways {
                let t = std::time::Instant::now();
                let answer = prover.find(&goal, Day::On(case.as_of));
                let e = t.elapsed().as_micros();
                if std::env::var_os("SLOW").is_some() && e > 20_000 {
                    eprintln!(
                        "{e} us {outcome:?} {number} {}",
                        match &answer {
                            Answer::Witness(_) => "witness",
                            Answer::Never => "never",
                            Answer::Unknown(w) => w.word(),
                        }
                    );
                }
                visit(outcome, number, answer);
            }
        }
    }
}

fn outcomes(case: &Case, rule: usize, manifest: &Value) -> Vec<Outcome> {
    let pack = case.pack();
    case.judge(&pack, &pack.rules[rule], manifest).into_iter().map(|(_, decided)| decided.outcome).collect()
}

fn assert_true(case: &Case, manifests: &[Value]) -> Result<(), TestCaseError> {
    let mut never: BTreeMap<(usize, Outcome), bool> = BTreeMap::new();
    let mut seen = Ok(());
    answers(case, |outcome, rule, answer| {
        *never.entry((rule, outcome)).or_insert(true) &= answer == Answer::Never;
        if let Answer::Witness(witness) = answer
            && !outcomes(case, rule, &witness.manifest).contains(&outcome)
        {
            let what = format!("rule {rule} is not {outcome:?} on {:#}", witness.manifest);
            seen = Err(TestCaseError::fail(what));
        }
    });
    seen?;
    for ((rule, outcome), _) in never.into_iter().filter(|(_, never)| *never) {
        for manifest in manifests {
            let found = outcomes(case, rule, manifest);
            prop_assert!(!found.contains(&outcome), "rule {} is {:?} on {:#}", rule, outcome, manifest);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(Config { max_shrink_iters: 200, ..cases(40) })]

    #[test]
    fn what_is_never_is_not_seen_and_what_is_found_is(
        case in small(),
        more in prop::collection::vec(numbers(300), 30).no_shrink(),
    ) {
        let declare = |numbers| Declarer::declare(case.vocabulary.schema, Choices::new(numbers));
        let manifests: Vec<_> = more.into_iter().map(declare).chain([case.manifest.clone()]).collect();
        assert_true(&case, &manifests)?;
    }
}

proptest! {
    #![proptest_config(Config { max_shrink_iters: 200, ..cases(10) })]

    #[test]
    fn so_it_is_on_the_published_schema(case in published(), more in prop::collection::vec(numbers(1_000), 5)) {
        let declare = |numbers| Declarer::declare(case.vocabulary.schema, Choices::new(numbers));
        let manifests: Vec<_> = more.into_iter().map(declare).chain([case.manifest.clone()]).collect();
        assert_true(&case, &manifests)?;
    }
}

#[test]
fn few_questions_stay_open() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for case in same_cases(60, small()) {
        answers(&case, |_, _, answer| {
            let kind = match answer {
                Answer::Witness(_) => "witness".to_owned(),
                Answer::Never => "never".to_owned(),
                Answer::Unknown(why) => why.word().to_owned(),
            };
            *counts.entry(kind).or_default() += 1;
        });
    }
    let count = |kind: &str| counts.get(kind).copied().unwrap_or_default();
    let open: usize = counts.values().sum::<usize>() - count("witness") - count("never");
    assert!(open * 8 < count("witness") + count("never"), "{counts:?}");
    assert!(count("never") > 300, "{counts:?}");
}

#[test]
fn rules_are_checked_whatever_they_say() {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for case in same_cases(40, small()) {
        let report = check(case.vocabulary.schema, &[case.pack()]);
        for problem in &report.problems {
            *found.entry(problem.finding.word()).or_default() += 1;
        }
    }
    for kind in ["never-met", "covered", "idle-part"] {
        assert!(found.contains_key(kind), "{found:?}");
    }
}
