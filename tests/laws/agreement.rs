//! The plan and the reference evaluator agree on every outcome, and the cases give them much to disagree about.

use std::collections::BTreeMap;

use govlint::engine::{Decided, Outcome, Reason};
use govlint::json::Limits;
use govlint::manifest::{Manifest, Origin};
use govlint::pack::{OWN_KEYWORDS, SCHEMA_KEYWORDS};
use govlint::schema::compile;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::case::{Case, both, document, published, small};
use crate::cases;

fn assert_agreement(case: &Case) -> Result<(), TestCaseError> {
    let plan = case.plan();
    for (number, (planned, judged)) in both(case, &plan, &document(&case.manifest)).into_iter().enumerate() {
        prop_assert_eq!(planned, judged, "rule {}: the plan, then the reference evaluator", number);
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(2_500))]

    #[test]
    fn the_plan_agrees_with_the_reference_evaluator(case in small()) {
        assert_agreement(&case)?;
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn they_agree_on_the_published_schema_too(case in published()) {
        assert_agreement(&case)?;
    }
}

/// The same cases in every run.
pub fn same_cases(number: usize, strategy: impl Strategy<Value = Case>) -> impl Iterator<Item = Case> {
    let mut runner = TestRunner::deterministic();
    (0..number).map(move |_| strategy.new_tree(&mut runner).unwrap().current())
}

#[test]
fn random_manifests_keep_their_schema() {
    for case in same_cases(50, small()) {
        let validator = compile(case.vocabulary.schema.value()).unwrap();
        assert!(validator.is_valid(document(&case.manifest).root()), "{case:?}");
    }
    for case in same_cases(10, published()) {
        let text = case.manifest.to_string().into_bytes();
        if let Err(broken) = Manifest::read(Origin::file("random"), text, &Limits::default()) {
            panic!("{:#}\n{:#?}", case.manifest, broken.problems);
        }
    }
}

/// What an outcome is counted as.
fn kind(decided: Decided) -> String {
    let reason = decided.reason.map(|reason| format!("/{}", reason.word())).unwrap_or_default();
    let indicated = if decided.indicated { "/indicated" } else { "" };
    format!("{}{reason}{indicated}", decided.outcome.word())
}

#[test]
fn every_outcome_occurs_often() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for case in same_cases(2_000, small()) {
        for (_, decided) in case.check(&case.plan(), &case.manifest) {
            *counts.entry(kind(decided)).or_default() += 1;
        }
    }
    let mut kinds: Vec<_> = Outcome::ALL.iter().map(|outcome| outcome.word().to_owned()).collect();
    kinds.retain(|kind| kind != "not-applicable");
    let reasons = [Reason::Repealed, Reason::Scope, Reason::Exception];
    kinds.extend(reasons.map(|reason| format!("not-applicable/{}", reason.word())));
    kinds.push("pass/indicated".into());
    for kind in kinds {
        let count = counts.get(&kind).copied().unwrap_or_default();
        assert!(count >= 100, "{kind} occurs {count} times: {counts:#?}");
    }
}

#[test]
fn every_keyword_occurs() {
    let mut text = String::new();
    for case in same_cases(500, small()) {
        text.push_str(&format!("{:?}", case.written));
    }
    let members = ["all", "any", "not", "each", "some", "in", "hold", "stated", "fact", "date", "plus", "minus"];
    let rule = ["for", "applies", "when", "unless", "require", "due", "in_force", "until", "decides", "conditions"];
    for word in SCHEMA_KEYWORDS.iter().chain(&OWN_KEYWORDS).chain(&members).chain(&rule) {
        assert!(text.contains(&format!("\"{word}\":")), "no rule has `{word}`");
    }
    let paths = [
        "\"/",
        "\"./",
        "\"../",
        "/*/",
        "\"./paper/issued_on",
        "/report/replaces/issued_on",
        "/markets/CN/",
        "\"shared-0\"",
    ];
    for part in paths.into_iter().chain(["\"as-of\"", "working days CN", "month", " days\""]) {
        assert!(text.contains(part), "no rule has `{part}`");
    }
}
