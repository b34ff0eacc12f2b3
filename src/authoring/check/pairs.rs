//! Rules that apply together and cannot both be met.

use std::collections::{BTreeMap, BTreeSet};

use crate::pack::uses;
use crate::prove::{Answer, Goal, Truths};

use super::problem::Finding;
use super::{Inquiry, Subject};

/// More pairs than this are not compared.
const MOST_PAIRS: usize = 20_000;

/// The pairs of rules that ask for a fact in common, and how many of them are left out because they are too many: those
/// whose facts most rules ask for.
pub(super) fn pairs(subjects: &[Subject<'_>]) -> (Vec<(usize, usize)>, usize) {
    let mut readers: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (number, subject) in subjects.iter().enumerate() {
        let mut facts = BTreeSet::new();
        uses::condition_facts(&subject.rule.require, &mut facts);
        facts.into_iter().for_each(|fact| readers.entry(fact).or_default().push(number));
    }
    let mut readers: Vec<_> = readers.into_values().collect();
    readers.sort_by_key(Vec::len);
    let (mut pairs, mut left_out) = (BTreeSet::new(), 0);
    for readers in readers {
        for (position, one) in readers.iter().enumerate() {
            let room = MOST_PAIRS.saturating_sub(pairs.len());
            let others = &readers[position + 1..];
            left_out += others.len().saturating_sub(room);
            pairs.extend(others.iter().take(room).map(|other| (*one, *other)));
        }
    }
    (pairs.into_iter().collect(), left_out)
}

pub(super) fn check(inquiry: &mut Inquiry<'_>, one: &Subject<'_>, other: &Subject<'_>) {
    const ANALYSIS: &str = "conflict";
    // A question to a person asks for nothing that another rule could forbid.
    if !(one.rule.decides.breach && other.rule.decides.breach) {
        return;
    }
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
        inquiry.report_pair(other, one, Finding::Conflict(one.rule.id.clone()), witness);
    }
}

/// A rule applies, and is met or excepted.
fn content<'p>(subject: &Subject<'p>) -> Goal<'p> {
    let met = subject.duty.requires(Truths::TRUE).or(subject.duty.unless(Truths::TRUE));
    Goal::All(vec![subject.duty.is_there(), subject.duty.scope(Truths::TRUE), met])
}
