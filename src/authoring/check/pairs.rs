//! Rules that apply together and cannot both be met.

use std::collections::{BTreeMap, BTreeSet};

use crate::pack::uses;
use crate::prove::{Answer, Goal, Truths};

use super::problem::{Finding, Member};
use super::{Inquiry, Subject};

/// The pairs of rules that ask for a fact in common.
pub(super) fn pairs(subjects: &[Subject<'_>]) -> Vec<(usize, usize)> {
    let mut readers: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (number, subject) in subjects.iter().enumerate() {
        let mut facts = BTreeSet::new();
        uses::condition_facts(&subject.rule.require, &mut facts);
        facts.into_iter().for_each(|fact| readers.entry(fact).or_default().push(number));
    }
    let mut pairs = BTreeSet::new();
    for readers in readers.values() {
        for (position, one) in readers.iter().enumerate() {
            pairs.extend(readers[position + 1..].iter().map(|other| (*one, *other)));
        }
    }
    pairs.into_iter().collect()
}

pub(super) fn check(inquiry: &mut Inquiry<'_>, one: &Subject<'_>, other: &Subject<'_>) {
    const ANALYSIS: &str = "conflict";
    // To meet one of them may be what excepts from the other.
        let both_met = content(one).and(content(other));
    if inquiry.ask(ANALYSIS, (one, Some(other)), &both_met) != Answer::Never {
        return;
    }
    let together = one.duty.arises().and(other.duty.arises());
    let Answer::Witness(witness) = inquiry.ask(ANALYSIS, (one, Some(other)), &together) else { return };
    // A rule that cannot be met has been reported by itself.
    let each_can = [one, other]
        .into_iter()
        .all(|subject| matches!(inquiry.ask(ANALYSIS, (one, Some(other)), &content(subject)), Answer::Witness(_)));
    if each_can {
        let place = other.places.member(other.rule, Member::Require);
        inquiry.report_at(other, Finding::Conflict(one.rule.id.clone()), place, Some(witness));
    }
}

/// A rule applies, and is met or excepted.
fn content<'p>(subject: &Subject<'p>) -> Goal<'p> {
    let met = subject.duty.requires(Truths::TRUE).or(subject.duty.unless(Truths::TRUE));
    Goal::All(vec![subject.duty.is_there(), subject.duty.scope(Truths::TRUE), met])
}
