//! Which facts made a condition come out as it did.
//!
//! Read off the reference evaluator's trees: of a conjunction that is false, the parts that are false; of a disjunction
//! that is unknown, the parts that are unknown; and so on down to the leaves.

use crate::engine::Truth;
use crate::engine::reference::{Evaluated, EvaluatedLeaf, FactValue, Of, State};
use crate::json::Span;

/// A part of a condition that decided it.
#[derive(Clone, Copy, Debug)]
pub enum Decisive<'e, 'a> {
    /// A leaf, and whether it stands under a `not`.
    Leaf(&'e EvaluatedLeaf<'a>, bool),
    /// An array: it is not stated, or it is empty, or what is asked of an item holds of none.
    Array(&'e FactValue<'a>),
}

/// The parts that made `evaluated` come out as it did, in order.
pub fn decisive<'e, 'a>(evaluated: &'e Evaluated<'a>) -> Vec<Decisive<'e, 'a>> {
    let mut found = Vec::new();
    collect(evaluated, false, &mut found);
    found
}

fn collect<'e, 'a>(evaluated: &'e Evaluated<'a>, negated: bool, found: &mut Vec<Decisive<'e, 'a>>) {
    let truth = evaluated.truth;
    match &evaluated.of {
        Of::All(parts) => collect_like(parts, truth, negated, found),
        Of::Any(parts) => {
            let before = found.len();
            collect_like(parts, truth, negated, found);
            if truth == Truth::False {
                ask_once(found, before);
            }
        }
        Of::Not(part) => collect(part, !negated, found),
        Of::Named(_, part) => collect(part, negated, found),
        Of::Each(array, items) | Of::Some(array, items) => {
            let settles_on_all = matches!(evaluated.of, Of::Some(..)) == (truth == Truth::False);
            if items.is_empty() || array.state.value().is_none() {
                found.push(Decisive::Array(array));
            } else if settles_on_all && truth == Truth::False {
                // No item will do: the list is to blame, not each of its items.
                found.push(Decisive::Array(array));
            } else {
                collect_like(items, truth, negated, found);
            }
        }
        Of::Leaf(leaf) => found.push(Decisive::Leaf(leaf, negated)),
    }
}

fn collect_like<'e, 'a>(parts: &'e [Evaluated<'a>], truth: Truth, negated: bool, found: &mut Vec<Decisive<'e, 'a>>) {
    parts.iter().filter(|part| part.truth == truth).for_each(|part| collect(part, negated, found));
}

/// Of alternatives, leaves what one would ask for: the first of those on one fact, and none that says that something is
/// not so, if another says what should be.
fn ask_once(found: &mut Vec<Decisive<'_, '_>>, from: usize) {
    let alternatives = found.split_off(from);
    let exempts = |part: &Decisive<'_, '_>| matches!(part, Decisive::Leaf(_, true));
    let only_exempts = alternatives.iter().all(exempts);
    for part in alternatives {
        let same_fact = |known: &Decisive<'_, '_>| known.fact().pointer == part.fact().pointer;
        if (only_exempts || !exempts(&part)) && !found[from..].iter().any(same_fact) {
            found.push(part);
        }
    }
}

impl<'e, 'a> Decisive<'e, 'a> {
    /// The fact that it stands on.
    pub fn fact(self) -> &'e FactValue<'a> {
        match self {
            Self::Leaf(leaf, _) => &leaf.fact,
            Self::Array(array) => array,
        }
    }

    /// The facts that it waits for: those that are not stated.
    pub fn waits_for(self) -> Vec<&'e FactValue<'a>> {
        let unstated = |fact: &&FactValue<'_>| fact.state.value().is_none();
        match self {
            Self::Array(array) => Some(array).filter(unstated).into_iter().collect(),
            Self::Leaf(leaf, _) => {
                let others = leaf.checks.iter().filter(|check| check.truth == Truth::Unknown);
                let others = others.filter_map(|check| check.other.as_ref());
                std::iter::once(&leaf.fact).chain(others).filter(unstated).collect()
            }
        }
    }
}

/// Where to point for a fact: at its value where that is short, else at its key.
pub fn place(fact: &FactValue<'_>, is_short: impl Fn(Span) -> bool) -> Option<Span> {
    let head = |span: Span| Span { start: span.start, end: span.end.min(span.start + 1) };
    match fact.state {
        State::Stated(value) | State::Future(value) => {
            let span = value.span();
            Some(if is_short(span) { span } else { fact.key.unwrap_or_else(|| head(span)) })
        }
        State::Unstated => fact.key.or_else(|| fact.nearest.map(|node| head(node.span()))),
    }
}
