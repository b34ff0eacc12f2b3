//! Outcomes, and the one table that decides them.
//!
//! Knows truths and dates. Knows nothing of facts or of how a condition came to be true.

use crate::pack::{Decides, InForce, Strength, TextStatus};
use crate::time::Date;

use super::truth::Truth;

/// What one rule comes to on one manifest, or on one item of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The manifest states facts that meet the duty.
    Pass,
    /// The manifest states facts that break the duty.
    Fail,
    /// The manifest states facts that only a person can judge.
    Review,
    /// The duty applies; facts that would show it are not stated.
    Unstated,
    /// Facts that decide whether the duty applies are not stated.
    Undetermined,
    /// The duty is not in force yet, or there is still time to comply.
    Upcoming,
    /// The duty does not apply.
    NotApplicable,
}

impl Outcome {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 7] =
        [Self::Pass, Self::Fail, Self::Review, Self::Unstated, Self::Undetermined, Self::Upcoming, Self::NotApplicable];

    /// The word that rules, reports and the command line use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Review => "review",
            Self::Unstated => "unstated",
            Self::Undetermined => "undetermined",
            Self::Upcoming => "upcoming",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// Whether a person must act on it.
    pub const fn is_finding(self) -> bool {
        matches!(self, Self::Fail | Self::Review | Self::Unstated | Self::Undetermined)
    }
}

/// Why a duty does not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// It is no longer in force.
    Repealed,
    /// `applies` or `when` is false, or there is no item it could concern.
    Scope,
    /// The law's exception is stated to hold.
    Exception,
}

impl Reason {
    /// The word that reports use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Repealed => "repealed",
            Self::Scope => "scope",
            Self::Exception => "exception",
        }
    }
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth doing.
    Advice,
    /// To be looked at.
    Warning,
    /// A duty.
    Error,
}

impl Severity {
    /// The word that reports use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity of a finding: the law's strength, softened where only a person can judge, or where the text behind
    /// the rule was not read.
    pub fn of(strength: Strength, status: TextStatus, outcome: Outcome) -> Self {
        let own = match strength {
            Strength::Must | Strength::MustNot => Self::Error,
            Strength::Should => Self::Warning,
            Strength::Encouraged => Self::Advice,
        };
        if outcome == Outcome::Review || status != TextStatus::Text { own.min(Self::Warning) } else { own }
    }
}

/// Until when there is time to comply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// There is no such time.
    None,
    /// What it counts from is not stated.
    Unknown,
    /// The last day.
    Day(Date),
}

/// Everything that decides an outcome.
#[derive(Clone, Copy, Debug)]
pub struct Inputs {
    /// Whether the instrument, and the rule's own scope, concern the system.
    pub applies: Truth,
    /// Whether the duty arises.
    pub when: Truth,
    /// Whether the law's exception is stated to hold.
    pub unless: Truth,
    /// Whether what it asks for is there.
    pub require: Truth,
    /// When it is in force.
    pub in_force: InForce,
    /// Until when there is time.
    pub due: Due,
    /// What it settles.
    pub decides: Decides,
    /// The run's date.
    pub as_of: Date,
}

/// An outcome with what belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The outcome.
    pub outcome: Outcome,
    /// Why the duty does not apply, where it does not.
    pub reason: Option<Reason>,
    /// The later of the first day in force and the last day of `due`, where it is upcoming.
    pub due: Option<Date>,
    /// Met, without settling that the duty is met.
    pub indicated: bool,
}

/// The first line of the table that fits.
pub fn decide(inputs: &Inputs) -> Decided {
    let Inputs { in_force, as_of, require, .. } = *inputs;
    let plain = |outcome| Decided { outcome, reason: None, due: None, indicated: false };
    let not_applicable = |reason| Decided { reason: Some(reason), ..plain(Outcome::NotApplicable) };
    let scope = inputs.applies.and(inputs.when);
    let last_day = match inputs.due {
        Due::Day(day) if day >= as_of => Some(day),
        _ => None,
    };
    if in_force.until.is_some_and(|until| until < as_of) {
        not_applicable(Reason::Repealed)
    } else if scope == Truth::False {
        not_applicable(Reason::Scope)
    } else if inputs.unless == Truth::True {
        not_applicable(Reason::Exception)
    } else if require == Truth::True {
        Decided { indicated: !inputs.decides.pass, ..plain(Outcome::Pass) }
    } else if in_force.from > as_of || last_day.is_some() {
        let known = if let Due::Day(day) = inputs.due { day.max(in_force.from) } else { in_force.from };
        Decided { due: Some(known), ..plain(Outcome::Upcoming) }
    } else if scope == Truth::Unknown {
        plain(Outcome::Undetermined)
    } else if require == Truth::Unknown || inputs.due == Due::Unknown {
        plain(Outcome::Unstated)
    } else if inputs.decides.breach {
        plain(Outcome::Fail)
    } else {
        plain(Outcome::Review)
    }
}
