//! A whole run: what came out altogether, and whether the gate lets it pass.

use crate::engine::{Outcome, Plan, Severity};

use super::build::waiting;
use super::finding::{Counts, Finding, ManifestReport, NamedFact, Waiting};

/// From which severity on findings fail the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// From this severity on.
    At(Severity),
    /// None does.
    Never,
}

/// The outcomes that fail nothing, whatever their severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allow {
    /// Duties whose facts are not stated.
    pub unstated: bool,
    /// Duties of which it is open whether they apply.
    pub undetermined: bool,
    /// Duties that a person must judge.
    pub review: bool,
    /// A run in which nothing applies.
    pub not_applicable: bool,
}

impl Allow {
    /// What is allowed, in the order of reports.
    pub fn outcomes(self) -> Vec<Outcome> {
        let outcomes = [
            (self.unstated, Outcome::Unstated),
            (self.undetermined, Outcome::Undetermined),
            (self.review, Outcome::Review),
            (self.not_applicable, Outcome::NotApplicable),
        ];
        outcomes.into_iter().filter_map(|(allowed, outcome)| allowed.then_some(outcome)).collect()
    }

    fn allows(self, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Unstated => self.unstated,
            Outcome::Undetermined => self.undetermined,
            Outcome::Review => self.review,
            _ => false,
        }
    }
}

/// What the gate says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Nothing stands in the way.
    Passed,
    /// There are findings at or above the bound.
    Failed,
    /// Something could not be checked, or nothing applied.
    Error,
}

impl Gate {
    /// The word that reports use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Error => "error",
        }
    }

    /// The exit code.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Passed => 0,
            Self::Failed => 1,
            Self::Error => 2,
        }
    }
}

/// What a run came to.
#[derive(Debug)]
pub struct Totals {
    fail_on: FailOn,
    allow: Allow,
    /// How many manifests were checked.
    pub manifests: u64,
    /// How many inputs could not be checked.
    pub errors: u64,
    /// All results.
    pub outcomes: Counts,
    /// The results of each rule, in the plan's order.
    pub by_rule: Vec<Counts>,
    /// How many findings there are.
    pub findings: u64,
    /// How many of them fail the gate.
    pub failing: u64,
    /// How many findings wait for each unstated fact; `*` stands for any item.
    pub waiting: Waiting,
    /// How many findings each unstated fact would settle.
    pub settled: Waiting,
}

impl Totals {
    /// The totals of a run that has not begun.
    pub fn new(plan: &Plan, fail_on: FailOn, allow: Allow) -> Self {
        Self {
            fail_on,
            allow,
            manifests: 0,
            errors: 0,
            outcomes: Counts::default(),
            by_rule: vec![Counts::default(); plan.len()],
            findings: 0,
            failing: 0,
            waiting: Waiting::new(),
            settled: Waiting::new(),
        }
    }

    /// Adds one manifest.
    pub fn add(&mut self, report: &ManifestReport) {
        self.manifests += 1;
        self.outcomes.add_all(&report.outcomes);
        for (rule, outcome, reason) in &report.by_rule {
            self.by_rule[rule.0 as usize].add(*outcome, *reason);
        }
        self.findings += report.findings.len() as u64;
        self.failing += report.findings.iter().filter(|finding| self.fails(finding)).count() as u64;
        for (fact, count) in waiting(&report.findings) {
            *self.waiting.entry(any_item(&fact)).or_default() += count;
        }
        for finding in &report.findings {
            for position in &finding.settled_by {
                *self.settled.entry(any_item(&finding.facts[*position])).or_default() += 1;
            }
        }
    }

    /// Whether a finding fails the gate.
    pub fn fails(&self, finding: &Finding) -> bool {
        let grave = match self.fail_on {
            FailOn::At(least) => finding.severity >= least,
            FailOn::Never => false,
        };
        grave && !self.allow.allows(finding.outcome)
    }

    /// What the gate says now.
    pub fn gate(&self) -> Gate {
        if self.errors > 0 || (self.nothing_applied() && !self.allow.not_applicable) {
            Gate::Error
        } else if self.failing > 0 {
            Gate::Failed
        } else {
            Gate::Passed
        }
    }

    /// Whether every result is not-applicable, or there is none.
    pub fn nothing_applied(&self) -> bool {
        self.outcomes.of(Outcome::NotApplicable) == self.outcomes.all()
    }

    /// What is allowed.
    pub fn allow(&self) -> Allow {
        self.allow
    }
}

/// A fact of any item of its array.
fn any_item(fact: &NamedFact) -> NamedFact {
    let segment = |segment: &str| if segment.parse::<u32>().is_ok() { "*".to_owned() } else { segment.to_owned() };
    NamedFact { id: fact.id, pointer: fact.pointer.split('/').map(segment).collect::<Vec<_>>().join("/") }
}

/// The facts of a count, most first; of equals, the schema's first.
pub fn most_first(counts: &Waiting) -> Vec<(&NamedFact, u64)> {
    let mut facts: Vec<_> = counts.iter().map(|(fact, count)| (fact, *count)).collect();
    facts.sort_by_key(|(fact, count)| (std::cmp::Reverse(*count), (*fact).clone()));
    facts
}
