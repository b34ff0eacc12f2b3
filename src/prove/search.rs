//! The search for truths that meet a goal: depth first, with what can still come out after each step.
//!
//! What is not supposed yet can be anything. Where a goal is met though all of that be unstated, a manifest is built;
//! where it cannot be met any more, the search turns back. Facts are supposed in the order in which the goal hangs on
//! them, and as the goal would have them first.

mod next;

use std::sync::Arc;

use crate::engine::Truth;
use crate::time::Date;

use super::days::{self, Days};
use super::domain::{Domain, Sample};
use super::formula::{ArrayId, Formula, Node, NodeId, RelationId, SlotId, Wanted};
use super::goal::Truths;
use super::{Answer, Day, Why, Witness};

/// A search that takes more steps stays open.
const MOST_STEPS: usize = 20_000;

/// So many manifests are built that turn out not to be witnesses.
const MOST_TRIED: usize = 8;

/// What is supposed of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Supposed {
    Unstated,
    /// It comes to this choice of its domain.
    Choice(usize),
}

/// What is supposed of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    Unstated,
    Items(usize),
}

/// What meets a goal.
pub(super) struct Found<'f> {
    /// What each fact comes to; of those that nothing hangs on, nothing.
    pub facts: Vec<Option<&'f Sample>>,
    /// How many items each array has, where it is stated.
    pub arrays: Vec<Option<usize>>,
    pub days: Days,
}

/// Makes a witness of what was found.
type Realize<'r> = &'r dyn Fn(&Found<'_>) -> Option<Witness>;

/// What to suppose next, in the order in which it is tried.
enum Next {
    Fact(SlotId, Vec<Supposed>),
    Array(ArrayId, Vec<Size>),
    Relation(RelationId, [bool; 2]),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    /// What is not supposed can be anything.
    Open,
    /// What is not supposed is unstated.
    Silent,
}

pub(super) struct Search<'f> {
    formula: &'f Formula,
    domains: &'f [Arc<Domain>],
    /// The truths that each check can have, by fact.
    possible: Vec<Vec<Truths>>,
    day: Day,
    facts: Vec<Option<Supposed>>,
    arrays: Vec<Option<Size>>,
    relations: Vec<Option<bool>>,
    steps: usize,
    tried: usize,
    /// Why what was passed over may hold a witness all the same.
    doubt: Option<Why>,
}

impl<'f> Search<'f> {
    pub fn new(formula: &'f Formula, domains: &'f [Arc<Domain>], day: Day) -> Self {
        let incomplete = domains.iter().any(|domain| !domain.complete);
        let doubt = if !formula.complete { Some(Why::Items) } else { incomplete.then_some(Why::Values) };
        Self {
            formula,
            domains,
            possible: formula
                .slots
                .iter()
                .zip(domains)
                .map(|(slot, domain)| possible(slot.checks.len(), domain))
                .collect(),
            day,
            facts: vec![None; formula.slots.len()],
            arrays: vec![None; formula.arrays.len()],
            relations: vec![None; formula.relations.len()],
            steps: 0,
            tried: 0,
            doubt,
        }
    }

    pub fn run(mut self, realize: Realize<'_>) -> Answer {
        match (self.step(realize), self.doubt) {
            (Some(witness), _) => Answer::Witness(witness),
            (None, None) => Answer::Never,
            (None, Some(why)) => Answer::Unknown(why),
        }
    }

    fn doubts(&mut self, why: Why) {
        self.doubt.get_or_insert(why);
    }

    fn is_over(&self) -> bool {
        self.steps >= MOST_STEPS || self.tried >= MOST_TRIED
    }

    fn step(&mut self, realize: Realize<'_>) -> Option<Witness> {
        self.steps += 1;
        if self.is_over() {
            self.doubts(Why::Steps);
            return None;
        }
        let open = self.truths(Rest::Open);
        if !outlook(&self.formula.goal, &open).0 {
            return None;
        }
        if !outlook(&self.formula.goal, &self.truths(Rest::Silent)).1 {
            return self.realized(realize);
        }
        let Some(next) = self.next(&self.formula.goal, true, &open) else {
            self.doubts(Why::Steps);
            return None;
        };
        self.suppose(next, realize)
    }

    fn suppose(&mut self, next: Next, realize: Realize<'_>) -> Option<Witness> {
        let mut found = None;
        match next {
            Next::Fact(slot, options) => {
                for option in options {
                    self.facts[slot] = Some(option);
                    found = found.or_else(|| self.step(realize));
                }
                self.facts[slot] = None;
            }
            Next::Array(array, options) => {
                for option in options {
                    self.arrays[array] = Some(option);
                    found = found.or_else(|| self.step(realize));
                }
                self.arrays[array] = None;
            }
            Next::Relation(relation, options) => {
                for option in options {
                    self.relations[relation] = Some(option);
                    let never = found.is_none() && self.days() == days::Found::Never;
                    found = found.or_else(|| if never { None } else { self.step(realize) });
                }
                self.relations[relation] = None;
            }
        }
        found
    }

    /// Days for what is supposed.
    fn days(&self) -> days::Found {
        let mut wanted = days::Wanted::default();
        for (slot, supposed) in self.facts.iter().enumerate() {
            let Some(Supposed::Choice(choice)) = supposed else { continue };
            let choice = &self.domains[slot].choices[*choice];
            let past = self.formula.slots[slot].past;
            match &choice.value {
                Sample::Value(value) => match value.as_str().and_then(|text| text.parse::<Date>().ok()) {
                    Some(day) if self.formula.slots[slot].is_day => wanted.fixed.push((slot, day, past)),
                    _ => {
                        let count = value.as_u64().and_then(|count| u32::try_from(count).ok());
                        wanted.counts.push((slot, count));
                    }
                },
                Sample::Any | Sample::Unknown if self.formula.slots[slot].is_day => wanted.free.push((slot, past)),
                Sample::Any | Sample::Unknown => wanted.counts.push((slot, None)),
            }
        }
        for (relation, holds) in self.formula.relations.iter().zip(&self.relations) {
            let known = relation.slots().all(|slot| self.state(slot, Rest::Silent) == (true, false));
            wanted.relations.extend(holds.filter(|_| known).map(|holds| (relation, holds)));
        }
        days::find(&wanted, self.day)
    }

    /// Builds what meets the goal, and has it confirmed.
    fn realized(&mut self, realize: Realize<'_>) -> Option<Witness> {
        let days = match self.days() {
            days::Found::Days(days) => days,
            days::Found::Never => return None,
            days::Found::Unknown => {
                self.doubts(Why::Days);
                return None;
            }
        };
        let domains = self.domains;
        let sample = |(slot, supposed): (SlotId, &Option<Supposed>)| match supposed {
            Some(Supposed::Choice(choice)) if self.state(slot, Rest::Silent).0 => {
                Some(&domains[slot].choices[*choice].value)
            }
            _ => None,
        };
        let facts: Vec<_> = self.facts.iter().enumerate().map(sample).collect();
        if facts.iter().flatten().any(|sample| **sample == Sample::Unknown) {
            self.doubts(Why::Values);
            return None;
        }
        let arrays = self.formula.arrays.iter().zip(&self.arrays).map(|(array, size)| match size {
            Some(Size::Items(count)) => Some(*count),
            Some(Size::Unstated) => None,
            None => array.has_item.then_some(1),
        });
        self.tried += 1;
        let witness = realize(&Found { facts, arrays: arrays.collect(), days });
        if witness.is_none() {
            self.doubts(Why::Unconfirmed);
        }
        witness
    }

    /// Whether a fact may be stated, and whether it may be unstated.
    fn state(&self, slot: SlotId, rest: Rest) -> (bool, bool) {
        let must = self.formula.slots[slot].must;
        let (stated, unstated) = match self.facts[slot] {
            Some(Supposed::Unstated) => (false, true),
            Some(Supposed::Choice(_)) => (true, false),
            None if rest == Rest::Silent && !must => (false, true),
            None => (!self.domains[slot].choices.is_empty(), !must),
        };
        match self.formula.slots[slot].needs {
            Some(needs) => {
                let (there, absent) = self.state(needs, rest);
                (stated && there, unstated || absent)
            }
            None => (stated, unstated),
        }
    }

    /// The truths that each node can have.
    fn truths(&self, rest: Rest) -> Vec<Truths> {
        let mut all = Vec::with_capacity(self.formula.nodes.len());
        for node in &self.formula.nodes {
            all.push(self.truth(node, &all, rest));
        }
        all
    }

    fn truth(&self, node: &Node, parts: &[Truths], rest: Rest) -> Truths {
        let when = |may: bool, truths: Truths| if may { truths } else { Truths::NONE };
        let all = |parts_of: &[NodeId]| parts_of.iter().fold(Truths::TRUE, |all, part| all.and(parts[*part]));
        let any = |parts_of: &[NodeId]| parts_of.iter().fold(Truths::FALSE, |any, part| any.or(parts[*part]));
        match node {
            Node::Schema { slot, check } => {
                let (stated, unstated) = self.state(*slot, rest);
                let known = match self.facts[*slot] {
                    Some(Supposed::Choice(choice)) => {
                        Truths::only(Truth::from(self.domains[*slot].choices[choice].truths[*check]))
                    }
                    _ => self.possible[*slot][*check],
                };
                when(stated, known).with(when(unstated, Truths::UNKNOWN))
            }
            Node::Stated(slot) => {
                let (stated, unstated) = self.state(*slot, rest);
                when(stated, Truths::TRUE).with(when(unstated, Truths::UNKNOWN))
            }
            Node::Related(id) => {
                let states: Vec<_> = self.formula.relations[*id].slots().map(|slot| self.state(slot, rest)).collect();
                let known = match self.relations[*id] {
                    Some(holds) => Truths::only(Truth::from(holds)),
                    None => Truths::UNKNOWN.other(),
                };
                let (stated, unstated) = (states.iter().all(|state| state.0), states.iter().any(|state| state.1));
                when(stated, known).with(when(unstated, Truths::UNKNOWN))
            }
            Node::Unknown => Truths::UNKNOWN,
            Node::All(parts_of) => all(parts_of),
            Node::Any(parts_of) => any(parts_of),
            Node::Not(part) => parts[*part].negate(),
            Node::Listed(array) => self.sizes(*array, rest).into_iter().fold(Truths::NONE, |truths, size| {
                truths.with(if size == Size::Unstated { Truths::UNKNOWN } else { Truths::TRUE })
            }),
            Node::Walk { each, array, items } => {
                self.sizes(*array, rest).into_iter().fold(Truths::NONE, |truths, size| {
                    truths.with(match size {
                        Size::Unstated => Truths::UNKNOWN,
                        Size::Items(count) if *each => all(&items[..count]),
                        Size::Items(count) => any(&items[..count]),
                    })
                })
            }
        }
    }

    /// The sizes that an array may have.
    fn sizes(&self, array: ArrayId, rest: Rest) -> Vec<Size> {
        let known = &self.formula.arrays[array];
        match self.arrays[array] {
            Some(size) => vec![size],
            None if rest == Rest::Silent && !known.has_item => vec![Size::Unstated],
            None => {
                let mut sizes = vec![Size::Items(1), Size::Items(0), Size::Unstated];
                if known.most > 1 {
                    sizes.insert(1, Size::Items(known.most));
                }
                // An item that the goal speaks of is there; an array that it says is not stated is not.
                let fits = |size: &Size| match size {
                    Size::Unstated => !known.has_item,
                    Size::Items(count) => !known.is_absent && (*count > 0 || !known.has_item),
                };
                sizes.retain(fits);
                sizes
            }
        }
    }
}

/// The truths that each check of a fact can have while it is stated.
fn possible(checks: usize, domain: &Domain) -> Vec<Truths> {
    let each = |check: usize| {
        let truths = domain.choices.iter().map(|choice| Truths::only(Truth::from(choice.truths[check])));
        truths.fold(Truths::NONE, Truths::with)
    };
    (0..checks).map(each).collect()
}

/// Whether a goal can still be met, and whether it can still be missed.
fn outlook(goal: &Wanted, truths: &[Truths]) -> (bool, bool) {
    match goal {
        Wanted::Is(node, wanted) => (truths[*node].meets(*wanted), truths[*node].meets(wanted.other())),
        Wanted::Not(goal) => {
            let (met, missed) = outlook(goal, truths);
            (missed, met)
        }
        Wanted::All(goals) => goals
            .iter()
            .map(|goal| outlook(goal, truths))
            .fold((true, false), |(met, missed), one| (met && one.0, missed || one.1)),
        Wanted::Any(goals) => goals
            .iter()
            .map(|goal| outlook(goal, truths))
            .fold((false, true), |(met, missed), one| (met || one.0, missed && one.1)),
    }
}
