//! What to suppose next: what the goal hangs on first, in the order in which it is tried.

use crate::engine::Truth;

use super::super::domain::Sample;
use super::super::formula::{ArrayId, Node, NodeId, SlotId, Wanted};
use super::super::goal::Truths;
use super::{Next, Rest, Search, Size, Supposed, outlook};

impl Search<'_> {
    /// What a goal that is still open hangs on first.
    pub(super) fn next(&self, goal: &Wanted, wanted: bool, truths: &[Truths]) -> Option<Next> {
        if !matches!(outlook(goal, truths), (true, true)) {
            return None;
        }
        match goal {
            Wanted::Is(node, those) => self.below(*node, if wanted { *those } else { those.other() }, truths),
            Wanted::Not(goal) => self.next(goal, !wanted, truths),
            Wanted::All(goals) | Wanted::Any(goals) => goals.iter().find_map(|goal| self.next(goal, wanted, truths)),
        }
    }

    fn below(&self, node: NodeId, wanted: Truths, truths: &[Truths]) -> Option<Next> {
        if truths[node].is_one() {
            return None;
        }
        let first = |parts: &[NodeId], wanted: Truths| {
            let fitting = parts.iter().filter(|part| truths[**part].meets(wanted));
            let others = parts.iter().filter(|part| !truths[**part].meets(wanted));
            fitting.chain(others).find_map(|part| self.below(*part, wanted, truths))
        };
        match &self.formula.nodes[node] {
            Node::Unknown => None,
            Node::Not(part) => self.below(*part, wanted.negate(), truths),
            Node::All(parts) | Node::Any(parts) => first(parts, wanted),
            Node::Listed(array) => self.array(*array, wanted),
            Node::Walk { array, items, .. } => match self.arrays[*array] {
                None => self.array(*array, wanted),
                Some(Size::Unstated) => None,
                Some(Size::Items(count)) => first(&items[..count], wanted),
            },
            Node::Stated(slot) => self.fact(*slot, wanted, &|_| Truth::True),
            Node::Schema { slot, check } => {
                self.fact(*slot, wanted, &|choice| Truth::from(self.domains[*slot].choices[choice].truths[*check]))
            }
            Node::Related(id) => {
                let known = wanted.among(Truths::UNKNOWN).with(if wanted.meets(Truths::UNKNOWN.other()) {
                    Truths::TRUE
                } else {
                    Truths::NONE
                });
                let slot =
                    self.formula.relations[*id].slots().find_map(|slot| self.fact(slot, known, &|_| Truth::True));
                let holds = wanted.has(Truth::True);
                slot.or_else(|| self.relations[*id].is_none().then_some(Next::Relation(*id, [holds, !holds])))
            }
        }
    }

    fn array(&self, array: ArrayId, wanted: Truths) -> Option<Next> {
        let mut sizes = self.sizes(array, Rest::Open);
        // Without items, `each` and `some` say nothing about anybody.
        sizes.sort_by_key(|size| wanted == Truths::UNKNOWN && *size != Size::Unstated);
        self.arrays[array].is_none().then_some(Next::Array(array, sizes))
    }

    /// A fact that is not supposed yet, or the document's key that leads to it.
    fn fact(&self, slot: SlotId, wanted: Truths, truth: &dyn Fn(usize) -> Truth) -> Option<Next> {
        let known = wanted.meets(Truths::UNKNOWN.other());
        if let Some(needs) = self.formula.slots[slot].needs {
            let there = if known { Truths::TRUE } else { Truths::UNKNOWN };
            if let Some(next) = self.fact(needs, there, &|_| Truth::True) {
                return Some(next);
            }
        }
        if self.facts[slot].is_some() {
            return None;
        }
        let choices = (0..self.domains[slot].choices.len()).map(Supposed::Choice);
        let silent = (!self.formula.slots[slot].must).then_some(Supposed::Unstated);
        let mut options: Vec<_> = choices.chain(silent).collect();
        options.sort_by_key(|option| match option {
            Supposed::Unstated => (!wanted.has(Truth::Unknown), false),
            Supposed::Choice(choice) => {
                let unknown = self.domains[slot].choices[*choice].value == Sample::Unknown;
                (!wanted.has(truth(*choice)), unknown)
            }
        });
        Some(Next::Fact(slot, options))
    }
}
