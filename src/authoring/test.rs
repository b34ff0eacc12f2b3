//! The tests that stand in rules: patches of the pack's example with the outcome they must have.
//!
//! Every test is decided twice, by the plan and by the reference evaluator.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use crate::engine::{Decided, Outcome, Plan, Severity, reference::Reference};
use crate::json::{Limits, NodeRef};
use crate::lang::Lang;
use crate::manifest::{Manifest, ManifestSchema, Origin};
use crate::pack::{Change, Expect, Expected, Pack, Rule, RuleTest};

/// Why a rule's test does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TestFailure {
    /// The patch cannot be applied.
    #[error("the patch cannot be applied: {0}")]
    Patch(String),
    /// The patched example is no manifest.
    #[error("the patched example is not a system manifest: {0}")]
    Manifest(String),
    /// Another outcome came out.
    #[error("expected {expected}, found {found}")]
    Outcome {
        /// What the test expects.
        expected: String,
        /// What came out.
        found: String,
    },
    /// The two evaluators do not agree: a fault of govlint.
    #[error("the plan says {plan} and the reference evaluator {reference}")]
    Disagreement {
        /// The plan's answer.
        plan: String,
        /// The reference evaluator's.
        reference: String,
    },
}

/// A pack with its plan, ready to run its tests.
#[derive(Debug)]
pub struct Bench {
    plan: Plan,
    pack: Arc<Pack>,
}

impl Bench {
    /// Prepares a pack.
    pub fn new(schema: &'static ManifestSchema, pack: Arc<Pack>) -> Self {
        Self { plan: Plan::new(schema, vec![Arc::clone(&pack)]), pack }
    }

    /// The pack.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// Runs one test of one rule.
    ///
    /// # Errors
    /// Where it does not hold.
    pub fn run(&self, rule: &Rule, test: &RuleTest) -> Result<(), TestFailure> {
        let manifest = patched(&self.pack, test)?;
        let as_of = test.as_of.unwrap_or(self.pack.instrument.tests_as_of);
        let results = self.plan.check(manifest.root(), as_of);
        let planned: Vec<_> = results.iter().filter(|result| self.plan.rule(result.rule).1.id == rule.id).collect();
        let found = named(planned.iter().map(|result| (result.item, result.decided)), rule);
        let reference = Reference { schema: self.plan.schema(), root: manifest.root(), as_of };
        let judged = reference.judge(&self.pack.instrument, rule);
        let judged =
            named(judged.iter().map(|judged| (judged.item.as_ref().and_then(|item| item.node), judged.decided)), rule);
        let same = judged == found
            || (judged.is_empty() && planned.iter().all(|result| result.decided.outcome == Outcome::NotApplicable));
        if !same {
            return Err(TestFailure::Disagreement { plan: written(&found), reference: written(&judged) });
        }
        compare(&test.expect, &found)
    }
}

/// The pack's example as a test changes it.
fn patched(pack: &Pack, test: &RuleTest) -> Result<Manifest, TestFailure> {
    let mut value = pack.example.clone();
    match &test.change {
        Change::Nothing => {}
        Change::Merge(patch) => json_patch::merge(&mut value, patch),
        Change::Operations(operations) => operate(&mut value, operations)?,
    }
    let text = serde_json::to_vec(&value).expect("a JSON value can be written");
    Manifest::read(Origin::file("the patched example"), text, &Limits::default()).map_err(|broken| {
        let sentences = broken
            .problems
            .iter()
            .map(|problem| format!("{}: {}", broken.file.source.slice(problem.span), problem.kind.say(Lang::En)));
        TestFailure::Manifest(sentences.collect::<Vec<_>>().join("; "))
    })
}

fn operate(value: &mut Value, operations: &Value) -> Result<(), TestFailure> {
    let failure = |error: &dyn std::fmt::Display| TestFailure::Patch(error.to_string());
    let patch: json_patch::Patch = serde_json::from_value(operations.clone()).map_err(|error| failure(&error))?;
    json_patch::patch(value, &patch).map_err(|error| failure(&error))
}

type Found = BTreeMap<String, Expected>;

/// Outcomes by the item's id; the empty name stands for the manifest as a whole.
fn named<'a>(results: impl Iterator<Item = (Option<NodeRef<'a>>, Decided)>, rule: &Rule) -> Found {
    let name =
        |item: Option<NodeRef<'a>>| item.and_then(|item| item.get("id")?.as_str()).unwrap_or_default().into_owned();
    results.map(|(item, decided)| (name(item), expected(rule, decided))).collect()
}

fn expected(rule: &Rule, decided: Decided) -> Expected {
    let detail = match decided.outcome {
        Outcome::Pass => decided.indicated.then_some("indicated"),
        outcome if outcome.is_finding() => Some(Severity::of(rule.strength, rule.text_status, outcome).word()),
        _ => None,
    };
    Expected { outcome: decided.outcome.word().to_owned(), detail: detail.map(str::to_owned) }
}

fn compare(expect: &Expect, found: &Found) -> Result<(), TestFailure> {
    let meets = |wanted: &Expected, found: &Expected| {
        wanted.outcome == found.outcome
            && wanted.detail.as_ref().is_none_or(|detail| found.detail.as_ref() == Some(detail))
    };
    let (holds, expected) = match expect {
        Expect::One(wanted) => (found.len() == 1 && found.values().all(|found| meets(wanted, found)), word(wanted)),
        Expect::Items(items) => {
            let wanted: Found = items.iter().cloned().collect();
            let all = wanted.iter().all(|(id, wanted)| found.get(id).is_some_and(|found| meets(wanted, found)));
            (all && wanted.len() == found.len(), written(&wanted))
        }
    };
    if holds { Ok(()) } else { Err(TestFailure::Outcome { expected, found: written(found) }) }
}

fn word(expected: &Expected) -> String {
    expected.detail.as_ref().map_or_else(|| expected.outcome.clone(), |detail| format!("{}/{detail}", expected.outcome))
}

fn written(found: &Found) -> String {
    let one = |(id, expected): (&String, &Expected)| {
        if id.is_empty() { word(expected) } else { format!("{id}: {}", word(expected)) }
    };
    if found.is_empty() { "nothing".to_owned() } else { found.iter().map(one).collect::<Vec<_>>().join(", ") }
}
