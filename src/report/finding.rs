//! What a report says of one manifest, before it has a format.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::{Outcome, Reason, RuleNumber, Severity};
use crate::json::Span;
use crate::manifest::FactId;
use crate::source::SourceFile;
use crate::time::Date;

/// One checked manifest.
#[derive(Debug)]
pub struct ManifestReport {
    /// Its name and text.
    pub file: Arc<SourceFile>,
    /// Whether it is one of several in its file, so that its line tells it apart.
    pub in_stream: bool,
    /// What it states of its system.
    pub system: System,
    /// How many results there are of each kind.
    pub outcomes: Counts,
    /// The outcome of every result, in the order of the rules and of the items.
    pub by_rule: Vec<(RuleNumber, Outcome, Option<Reason>)>,
    /// Every result with what belongs to it, where that was asked for.
    pub results: Vec<ResultLine>,
    /// What a person must act on, in the same order.
    pub findings: Vec<Finding>,
}

/// What a manifest states of its system.
#[derive(Clone, Debug, Default)]
pub struct System {
    /// `/system/id`
    pub id: Option<String>,
    /// `/system/name`
    pub name: Option<String>,
    /// `/system/version`
    pub version: Option<String>,
    /// `/system/offered_in`
    pub offered_in: Vec<String>,
}

/// How many results there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    by_outcome: [u64; 7],
    /// How many are not-applicable by an exception.
    pub excepted: u64,
    /// How many of the failed ones are encouragements that were not taken up: advice, no violations.
    pub advice: u64,
}

impl Counts {
    /// Counts one result.
    pub fn add(&mut self, outcome: Outcome, reason: Option<Reason>) {
        self.by_outcome[outcome as usize] += 1;
        self.excepted += u64::from(reason == Some(Reason::Exception));
    }

    /// Counts all of another.
    pub fn add_all(&mut self, other: &Self) {
        for (own, others) in self.by_outcome.iter_mut().zip(other.by_outcome) {
            *own += others;
        }
        self.excepted += other.excepted;
        self.advice += other.advice;
    }

    /// How many results have this outcome.
    pub fn of(&self, outcome: Outcome) -> u64 {
        self.by_outcome[outcome as usize]
    }

    /// How many results there are.
    pub fn all(&self) -> u64 {
        self.by_outcome.iter().sum()
    }

    /// How many duties apply and are decided, or wait for facts.
    pub fn applying(&self) -> u64 {
        [Outcome::Pass, Outcome::Fail, Outcome::Review, Outcome::Unstated]
            .into_iter()
            .map(|outcome| self.of(outcome))
            .sum()
    }
}

/// One result.
#[derive(Clone, Debug)]
pub struct ResultLine {
    /// The rule.
    pub rule: RuleNumber,
    /// The outcome.
    pub outcome: Outcome,
    /// The item that it concerns.
    pub item: Option<ItemName>,
    /// The day from which it counts, of an upcoming one.
    pub due: Option<Date>,
    /// Met, without settling that the duty is met.
    pub indicated: bool,
    /// Why it does not apply.
    pub reason: Option<Reason>,
    /// The stated facts that decided it.
    pub because: Vec<String>,
}

/// An item of an array, as people name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemName {
    /// Where it stands.
    pub pointer: String,
    /// Its identifier.
    pub id: Option<String>,
}

/// Something that a person must act on.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: RuleNumber,
    /// The outcome.
    pub outcome: Outcome,
    /// How grave it is.
    pub severity: Severity,
    /// The item that it concerns.
    pub item: Option<ItemName>,
    /// What to point at; the first is the one to start from.
    pub labels: Vec<Label>,
    /// How many more places there are than labels.
    pub omitted: usize,
    /// The facts it is about, as pointers: contradicting ones, or those that are not stated.
    pub facts: Vec<NamedFact>,
    /// The unstated fact that it is told under: its place in `facts`.
    pub told_under: Option<usize>,
    /// The unstated facts whose every value would settle the rule: their places in `facts`.
    pub settled_by: Vec<usize>,
    /// Further sentences: exceptions that could be claimed, calendars that ended.
    pub notes: Vec<Note>,
}

/// A fact with its place in the schema's order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NamedFact {
    /// Its place in the schema's order.
    pub id: FactId,
    /// Where it stands, or would stand.
    pub pointer: String,
}

/// A place in the manifest, and what is said there.
#[derive(Clone, Debug)]
pub struct Label {
    /// The fact, or the object that is silent about it.
    pub pointer: String,
    /// The bytes.
    pub span: Span,
    /// What it is there for.
    pub role: Role,
    /// What is said there.
    pub message: String,
}

/// What a label is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// What breaks the duty.
    Contradicts,
    /// What does not say what is asked.
    Unstated,
    /// Why the duty applies.
    Because,
}

impl Role {
    /// The word that reports use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Contradicts => "contradicts",
            Self::Unstated => "unstated",
            Self::Because => "because",
        }
    }
}

/// A further sentence of a finding, in the report's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note(pub String);

/// How many findings wait for each unstated fact.
pub type Waiting = BTreeMap<NamedFact, u64>;
