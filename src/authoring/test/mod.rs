//! The tests that stand in rules: patches of the pack's example with the outcome they must have.
//!
//! Every test is decided twice, by the plan and by the reference evaluator.

mod difference;
mod draw;

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::engine::{
    Decided, Outcome, Plan, Severity,
    reference::{Judged, Reference},
};
use crate::json::{Limits, NodeRef};
use crate::lang::Lang;
use crate::manifest::{Manifest, ManifestSchema, Origin, ProblemKind};
use crate::pack::{Change, Expect, Expected, Instrument, Pack, Rule, RuleTest};
use crate::time::Date;

/// Why a rule's test does not hold.
#[derive(Clone, Debug, PartialEq)]
pub enum TestFailure {
    /// The patch cannot be applied.
    Patch(String),
    /// The patched example is no manifest: what stands there, and what is wrong with it.
    Manifest(Vec<(String, ProblemKind)>),
    /// Another outcome came out.
    Outcome {
        /// What the test expects.
        expected: Expect,
        /// What came out.
        found: Vec<CameOut>,
    },
    /// The two evaluators do not agree: a fault of govlint.
    Disagreement {
        /// The plan's answer.
        plan: Vec<CameOut>,
        /// The reference evaluator's.
        reference: Vec<CameOut>,
    },
}

impl TestFailure {
    /// The failure in a sentence.
    pub fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Patch(why), Lang::En) => format!("the patch cannot be applied: {why}"),
            (Self::Patch(why), Lang::Zh) => format!("无法应用补丁：{why}"),
            (Self::Manifest(problems), _) => {
                let problems = problems.iter().map(|(text, kind)| match lang {
                    Lang::En => format!("{text}: {}", kind.say(lang)),
                    Lang::Zh => format!("{text}：{}", kind.say(lang)),
                });
                let problems = problems.collect::<Vec<_>>().join(lang.pick("; ", "；"));
                format!(
                    "{}{problems}",
                    lang.pick("the patched example is not a system manifest: ", "修改后的示例不是系统清单：")
                )
            }
            (Self::Outcome { expected, found }, Lang::En) => {
                format!("expected {}, found {}", wanted(expected), written(found))
            }
            (Self::Outcome { expected, found }, Lang::Zh) => {
                format!("预期为 {}，实际为 {}", wanted(expected), written(found))
            }
            (Self::Disagreement { plan, reference }, Lang::En) => format!(
                "a fault of govlint: the plan says {} and the reference evaluator {}",
                written(plan),
                written(reference)
            ),
            (Self::Disagreement { plan, reference }, Lang::Zh) => {
                format!("govlint 自身有误：执行计划得出 {}，参照求值器得出 {}", written(plan), written(reference))
            }
        }
    }
}

impl fmt::Display for TestFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

impl std::error::Error for TestFailure {}

pub use difference::{Changed, Question, apply};
pub use draw::failed;

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

    /// The manifest's schema.
    pub fn schema(&self) -> &ManifestSchema {
        self.plan.schema()
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
        let manifest = patched(&self.pack, test, false)?;
        let as_of = self.as_of(test);
        let [plan, reference] = self.outcomes(rule, manifest.root(), as_of);
        if plan != reference {
            return Err(TestFailure::Disagreement { plan, reference });
        }
        if test.expect.is_met_by(&plan) {
            return Ok(());
        }
        Err(TestFailure::Outcome { expected: test.expect.clone(), found: plan })
    }

    /// The example as a test changes it, on many lines.
    ///
    /// # Errors
    /// Where that cannot be done, or what comes out is no manifest.
    pub fn patched(&self, test: &RuleTest) -> Result<Manifest, TestFailure> {
        patched(&self.pack, test, true)
    }

    /// The smallest difference between a patched example and one of which the test would hold.
    pub fn smallest_difference(&self, rule: &Rule, test: &RuleTest, manifest: &Manifest) -> Vec<Vec<Changed>> {
        let question = Question {
            schema: self.schema(),
            instrument: &self.pack.instrument,
            rule,
            expect: &test.expect,
            manifest: manifest.root(),
            as_of: self.as_of(test),
        };
        question.smallest()
    }

    /// The run's date of a test.
    pub fn as_of(&self, test: &RuleTest) -> Date {
        test.as_of.unwrap_or(self.pack.instrument.tests_as_of)
    }

    /// What a rule comes to on a manifest: as the plan decides it, and as the reference evaluator does.
    pub fn outcomes(&self, rule: &Rule, root: NodeRef<'_>, as_of: Date) -> [Vec<CameOut>; 2] {
        let results = self.plan.check(root, as_of);
        let planned = results.iter().filter(|result| self.plan.rule(result.rule).1.id == rule.id);
        let planned = planned.map(|result| CameOut::new(rule, result.item(), result.decided)).collect();
        [planned, came_out(self.plan.schema(), &self.pack.instrument, rule, root, as_of)]
    }
}

/// What a rule comes to on a manifest, as the reference evaluator decides it.
pub fn came_out(
    schema: &ManifestSchema,
    instrument: &Instrument,
    rule: &Rule,
    root: NodeRef<'_>,
    as_of: Date,
) -> Vec<CameOut> {
    let judged = Reference { schema, root, as_of }.judge(instrument, rule);
    if judged.is_empty() {
        // An array that is empty has no item to judge.
        let outcome = Expected { outcome: Outcome::NotApplicable.word().to_owned(), detail: None };
        return vec![CameOut { item: String::new(), outcome, due: None }];
    }
    let one = |judged: &Judged<'_>| CameOut::new(rule, judged.item.as_ref().and_then(|item| item.node), judged.decided);
    judged.iter().map(one).collect()
}

/// A test with the example as it changes it.
#[derive(Debug)]
pub struct Prepared {
    /// Which of its rule's tests.
    pub test: usize,
    /// The patched example.
    pub manifest: Manifest,
    /// The run's date.
    pub as_of: Date,
}

impl Prepared {
    /// Patches the example.
    ///
    /// # Errors
    /// Where that cannot be done, or what comes out is no manifest.
    pub fn new(pack: &Pack, rule: &Rule, test: usize) -> Result<Self, TestFailure> {
        let named = &rule.tests[test];
        let as_of = named.as_of.unwrap_or(pack.instrument.tests_as_of);
        Ok(Self { test, manifest: patched(pack, named, false)?, as_of })
    }
}

/// What one rule came to on one manifest or item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameOut {
    /// The item's id; empty where the rule speaks of the manifest, or the array is not stated.
    pub item: String,
    /// The outcome, with its severity or `indicated`.
    pub outcome: Expected,
    /// The day from which it counts, of an upcoming one.
    pub due: Option<Date>,
}

impl CameOut {
    fn new(rule: &Rule, item: Option<NodeRef<'_>>, decided: Decided) -> Self {
        let item = item.and_then(|item| item.get("id")?.as_str()).unwrap_or_default().into_owned();
        Self { item, outcome: expected(rule, decided), due: decided.due }
    }
}

impl Expect {
    /// Whether this is what came out. A severity that is not written may be any; a plain `pass` is not an indicated one.
    pub fn is_met_by(&self, found: &[CameOut]) -> bool {
        let meets = |wanted: &Expected, found: &CameOut| {
            let any = wanted.detail.is_none() && wanted.outcome != Outcome::Pass.word();
            wanted.outcome == found.outcome.outcome && (any || wanted.detail == found.outcome.detail)
        };
        match self {
            Self::One(wanted) => matches!(found, [only] if meets(wanted, only)),
            Self::Items(items) => {
                let met = |(id, wanted): &(String, Expected)| {
                    found.iter().any(|found| found.item == *id && meets(wanted, found))
                };
                items.len() == found.len() && items.iter().all(met)
            }
        }
    }
}

/// The pack's example as a test changes it, as a text on one line or on many.
fn patched(pack: &Pack, test: &RuleTest, lines: bool) -> Result<Manifest, TestFailure> {
    let mut value = pack.example.clone();
    match &test.change {
        Change::Nothing => {}
        Change::Merge(patch) => json_patch::merge(&mut value, patch),
        Change::Operations(operations) => operate(&mut value, operations)?,
    }
    let text = if lines { serde_json::to_vec_pretty(&value) } else { serde_json::to_vec(&value) };
    let text = text.expect("a JSON value can be written");
    Manifest::read(Origin::file("the patched example"), text, &Limits::default()).map_err(|broken| {
        let slice = |span| broken.file.source.slice(span).to_owned();
        TestFailure::Manifest(broken.problems.into_iter().map(|problem| (slice(problem.span), problem.kind)).collect())
    })
}

fn operate(value: &mut Value, operations: &Value) -> Result<(), TestFailure> {
    let failure = |error: &dyn std::fmt::Display| TestFailure::Patch(error.to_string());
    let patch: json_patch::Patch = serde_json::from_value(operations.clone()).map_err(|error| failure(&error))?;
    json_patch::patch(value, &patch).map_err(|error| failure(&error))
}

fn expected(rule: &Rule, decided: Decided) -> Expected {
    let detail = match decided.outcome {
        Outcome::Pass => decided.indicated.then_some("indicated"),
        outcome if outcome.is_finding() => Some(Severity::of(rule.strength, rule.text_status, outcome).word()),
        _ => None,
    };
    Expected { outcome: decided.outcome.word().to_owned(), detail: detail.map(str::to_owned) }
}

/// What a test expects, in a line.
pub fn wanted(expect: &Expect) -> String {
    match expect {
        Expect::One(wanted) => word(wanted),
        Expect::Items(items) => {
            items.iter().map(|(id, wanted)| format!("{id}: {}", word(wanted))).collect::<Vec<_>>().join(", ")
        }
    }
}

/// An outcome as a test writes it.
pub fn word(expected: &Expected) -> String {
    expected.detail.as_ref().map_or_else(|| expected.outcome.clone(), |detail| format!("{}/{detail}", expected.outcome))
}

/// What came out, in a line.
pub fn written(found: &[CameOut]) -> String {
    let one = |found: &CameOut| {
        let word = word(&found.outcome);
        if found.item.is_empty() { word } else { format!("{}: {word}", found.item) }
    };
    found.iter().map(one).collect::<Vec<_>>().join(", ")
}
