//! Days on which it hangs whether a duty arises, and which no rule asks for: nobody is ever told that they are missing.
//!
//! What `require` or `due` reads is asked for where it is not stated. What only `applies` or `when` reads leaves the
//! rule undetermined, which is no finding.

use std::collections::BTreeSet;

use crate::manifest::{FactId, FactKind, ManifestSchema};
use crate::pack::{Check, Leaf, Place, uses};

use super::Subject;
use super::problem::{Finding, Problem};

pub(super) fn check(schema: &ManifestSchema, subjects: &[Subject<'_>]) -> Vec<Problem> {
    let asked = asked(subjects);
    let mut problems = Vec::new();
    for subject in subjects {
        let conditions = [&subject.rule.applies, &subject.rule.when];
        let mut days: Vec<(String, Place)> = Vec::new();
        for condition in conditions.into_iter().flatten() {
            uses::leaves(condition, &mut |leaf| {
                for fact in compared(leaf) {
                    let is_day = schema.fact(fact.fact).kind == FactKind::Date;
                    if is_day && !asked.contains(&fact.fact) && !days.iter().any(|(text, _)| *text == fact.text) {
                        days.push((fact.text.clone(), leaf.place));
                    }
                }
            });
        }
        problems.extend(days.into_iter().map(|(day, place)| subject.problem(Finding::UnaskedDay(day), place)));
    }
    problems
}

/// The facts that some rule asks for where they are not stated.
fn asked(subjects: &[Subject<'_>]) -> BTreeSet<FactId> {
    let mut asked = BTreeSet::new();
    for subject in subjects {
        uses::condition_facts(&subject.rule.require, &mut asked);
        asked.extend(subject.rule.due.iter().filter_map(uses::date_fact).map(|fact| fact.fact));
    }
    asked
}

/// The facts of a leaf that compares days.
fn compared(leaf: &Leaf) -> impl Iterator<Item = &crate::pack::FactPath> {
    let is_compared = leaf.checks.iter().any(|check| !matches!(check, Check::Schema(_) | Check::Stated));
    let own = is_compared.then_some(&leaf.fact);
    own.into_iter().chain(leaf.checks.iter().filter_map(uses::other_fact))
}
