//! The prover: is there a manifest, and a run's date, for which conditions have these truths?
//!
//! A question is a [`Goal`]: a combination of the three-valued truths of conditions, seen from the manifest or from one
//! and the same item of a rule's `for`. [`Prover::find`] answers with a [`Witness`] that the reference evaluator has
//! confirmed, with [`Answer::Never`], which is proven, or with [`Answer::Unknown`]. Questions about rules are put through
//! a [`Duty`], which knows the table of outcomes:
//!
//! ```text
//! let prover = Prover::new(&BUILT_IN);
//! let duty = Duty::new(&pack, &rule);
//! let goal = Goal::All(vec![duty.arises(), duty.requires(Truths::FALSE)]);
//! match prover.find(&goal, Day::Any { best: pack.instrument.tests_as_of }) {
//!     Answer::Witness(witness) => …, // witness.manifest, witness.as_of
//!     Answer::Never => …,
//!     Answer::Unknown(why) => …,
//! }
//! ```
//!
//! How it works: `ground` expands walks over as many items as can matter and makes a formula of atoms, each a fact
//! with one check; `domain` splits a fact's values by the truths that its checks have together; `search` looks for
//! truths that meet the goal, depth first; `days` finds days that stand in the wanted order; `build` writes the
//! manifest, and `confirm` asks the reference evaluator. What is left out errs on the side of more manifests than
//! there are, so that only a proof can say never.
//!
//! A prover may be shared between threads. It knows packs and the engine; it knows nothing of reports.

mod build;
mod confirm;
mod days;
mod domain;
mod duty;
mod formula;
mod goal;
mod ground;
mod pattern;
mod search;
mod values;

use serde_json::Value;

use crate::manifest::ManifestSchema;
use crate::time::Date;

pub use duty::Duty;
pub use goal::{At, Goal, Part, Truths, What};

/// What may be asked, and what is remembered between questions.
#[derive(Debug)]
pub struct Prover<'s> {
    schema: &'s ManifestSchema,
    domains: domain::Domains,
    judge: confirm::Judge<'s>,
}

/// The run's date of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// This day.
    On(Date),
    /// Any day; this one if it will do.
    Any {
        /// The day that is tried first.
        best: Date,
    },
}

/// What a question comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// There is such a manifest.
    Witness(Witness),
    /// There is none, and that is proven.
    Never,
    /// Neither was found.
    Unknown(Why),
}

/// A manifest that was asked for; the reference evaluator has confirmed it.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// The manifest, with little more than what matters.
    pub manifest: Value,
    /// The run's date.
    pub as_of: Date,
}

/// Why a question stayed open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// More items of an array might matter than are tried.
    Items,
    /// The search took too many steps.
    Steps,
    /// No value of a fact was found with certain truths, and none was proven impossible.
    Values,
    /// Days that count from each other were not found, and not proven impossible.
    Days,
    /// A manifest was found, but the reference evaluator did not confirm it.
    Unconfirmed,
}

impl Why {
    /// The word that JSON uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Steps => "steps",
            Self::Values => "values",
            Self::Days => "days",
            Self::Unconfirmed => "unconfirmed",
        }
    }
}

impl Answer {
    /// The witness, where there is one.
    pub fn witness(self) -> Option<Witness> {
        match self {
            Self::Witness(witness) => Some(witness),
            Self::Never | Self::Unknown(_) => None,
        }
    }
}

impl<'s> Prover<'s> {
    /// A prover over manifests of this schema.
    pub fn new(schema: &'s ManifestSchema) -> Self {
        Self { schema, domains: domain::Domains::default(), judge: confirm::Judge::new(schema) }
    }

    /// Looks for a manifest that meets the goal.
    pub fn find(&self, goal: &Goal<'_>, day: Day) -> Answer {
        let formula = ground::ground(self.schema, goal);
        let domains = self.domains.of(self.schema, &formula);
        let realize = |found: &search::Found<'_>| {
            let manifest = build::manifest(self.schema, &formula, found);
            self.judge
                .confirms(goal, &manifest, found.days.as_of)
                .then_some(Witness { manifest, as_of: found.days.as_of })
        };
        search::Search::new(&formula, &domains, day).run(&realize)
    }
}

#[cfg(test)]
mod tests;
