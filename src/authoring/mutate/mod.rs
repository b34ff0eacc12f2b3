//! Mutation testing of rules: small changes that a rule's tests must notice.
//!
//! A mutant is a rule, or all the rules that an instrument's `applies` or shared condition stands in, with one small
//! change. It is killed by a test that holds of the rule and not of the mutant. Of those that survive, some are proven
//! equivalent; for most others there is a test that would kill them. Knows nothing of terminals.

mod apart;
mod change;
mod conditions;
mod draw;
mod formula;
mod leaves;
mod make;
mod say;

use std::sync::Arc;

use rayon::prelude::*;

pub use apart::{Apart, Suggestion, apart};
pub use change::{Change, Joined, Kind};
pub use draw::survivor;
pub use make::mutants;

use super::test::{Prepared, came_out};
use crate::manifest::ManifestSchema;
use crate::pack::{Pack, Place, Rule};
use crate::prove::Prover;

/// What a mutant is a change of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A rule, by its position in the pack.
    Rule(usize),
    /// A shared condition.
    Shared(String),
    /// The instrument's `applies`.
    Applies,
}

impl Subject {
    /// Its name, as `-k` searches it and as reports say it.
    pub fn name(&self, pack: &Pack) -> String {
        let id = &pack.instrument.id;
        match self {
            Self::Rule(number) => pack.rules[*number].id.to_string(),
            Self::Shared(name) => format!("{id}/conditions/{name}"),
            Self::Applies => format!("{id}/applies"),
        }
    }
}

/// A small change of a pack.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// What is changed.
    pub subject: Subject,
    /// The change.
    pub change: Change,
    /// Where it is.
    pub place: Place,
    /// The rules that the change makes other rules, by their position in the pack, as they are with it.
    pub rules: Vec<(usize, Rule)>,
}

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// A test noticed it.
    Killed {
        /// The rule whose test it is.
        rule: usize,
        /// Which of the rule's tests.
        test: usize,
    },
    /// No test noticed it; perhaps with a test that would.
    Survived(Option<Suggestion>),
    /// Nothing could notice it: on every manifest and day it comes to what the rules come to.
    Equivalent,
}

/// The mutants of a pack, and what became of them.
#[derive(Debug)]
pub struct Mutation {
    /// The pack.
    pub pack: Arc<Pack>,
    /// Every mutant, in the order of the files.
    pub mutants: Vec<(Mutant, Fate)>,
    /// How many tests do not hold of the rules as they are, and so notice nothing.
    pub failing: usize,
}

impl Mutation {
    /// How many mutants are proven equivalent.
    pub fn equivalent(&self) -> usize {
        self.mutants.iter().filter(|(_, fate)| *fate == Fate::Equivalent).count()
    }

    /// The mutants that no test noticed, each perhaps with a test that would.
    pub fn survivors(&self) -> impl Iterator<Item = (&Mutant, Option<&Suggestion>)> {
        self.mutants.iter().filter_map(|(mutant, fate)| match fate {
            Fate::Survived(suggestion) => Some((mutant, suggestion.as_ref())),
            Fate::Killed { .. } | Fate::Equivalent => None,
        })
    }
}

/// Makes the mutants of a pack whose subjects' names contain `named`, and runs the tests of the rules that each touches.
pub fn mutate(schema: &'static ManifestSchema, pack: &Arc<Pack>, named: &str) -> Mutation {
    let made = mutants(schema, pack, |subject| subject.name(pack).contains(named));
    let mut touched: Vec<_> = made.iter().flat_map(|mutant| mutant.rules.iter().map(|(number, _)| *number)).collect();
    touched.sort_unstable();
    touched.dedup();
    let prepared: Vec<_> = touched.par_iter().map(|number| (*number, ready(schema, pack, *number))).collect();
    let mut tests: Vec<Vec<Prepared>> = pack.rules.iter().map(|_| Vec::new()).collect();
    for (number, ready) in prepared {
        tests[number] = ready;
    }
    let failing = touched.iter().map(|number| pack.rules[*number].tests.len() - tests[*number].len()).sum();
    let prover = Prover::new(schema);
    let fate = |mutant: Mutant| {
        let killer = mutant.rules.iter().find_map(|(rule, mutated)| {
            let noticed = |prepared: &Prepared| {
                let expect = &pack.rules[*rule].tests[prepared.test].expect;
                !expect.is_met_by(&came_out(
                    schema,
                    &pack.instrument,
                    mutated,
                    prepared.manifest.root(),
                    prepared.as_of,
                ))
            };
            let test = tests[*rule].iter().find(|prepared| noticed(prepared))?.test;
            Some(Fate::Killed { rule: *rule, test })
        });
        let fate = killer.unwrap_or_else(|| match apart(&prover, schema, pack, &mutant) {
            Apart::By(suggestion) => Fate::Survived(Some(suggestion)),
            Apart::Never => Fate::Equivalent,
            Apart::Unknown => Fate::Survived(None),
        });
        (mutant, fate)
    };
    let mut mutants: Vec<_> = made.into_par_iter().map(fate).collect();
    mutants.sort_by_key(|(mutant, _)| (mutant.place.file, mutant.place.span.start));
    Mutation { pack: Arc::clone(pack), mutants, failing }
}

/// The tests of a rule that hold, ready to run on its mutants.
fn ready(schema: &'static ManifestSchema, pack: &Pack, number: usize) -> Vec<Prepared> {
    let rule = &pack.rules[number];
    let holds = |prepared: &Prepared| {
        let found = came_out(schema, &pack.instrument, rule, prepared.manifest.root(), prepared.as_of);
        rule.tests[prepared.test].expect.is_met_by(&found)
    };
    (0..rule.tests.len()).filter_map(|test| Prepared::new(pack, rule, test).ok()).filter(holds).collect()
}

#[cfg(test)]
mod tests;
