//! Questions about rules: whether they arise, are met, and come to an outcome.
//!
//! Knows the table of outcomes, which `docs/rule-language.md` defines.

use crate::engine::Outcome;
use crate::pack::{Condition, Instrument, Pack, Rule};
use crate::time::Date;

use super::goal::{At, Goal, Part, Truths, What};

/// A rule as questions are put about it: on the system or, with `for`, on one item.
#[derive(Clone, Copy, Debug)]
pub struct Duty<'p> {
    /// The rule.
    pub rule: &'p Rule,
    /// What it speaks of.
    pub at: At<'p>,
    instrument: &'p Instrument,
}

impl<'p> Duty<'p> {
    /// A rule on the system or, with `for`, on an item that is stated.
    pub fn new(pack: &'p Pack, rule: &'p Rule) -> Self {
        Self { rule, at: rule.each.as_ref().map_or(At::System, At::Item), instrument: &pack.instrument }
    }

    /// A rule in all the ways that it can be judged: on the system or, with `for`, on an item, or on none because the
    /// array of one of the levels is not stated.
    pub fn all(pack: &'p Pack, rule: &'p Rule) -> Vec<Self> {
        let stated = Self::new(pack, rule);
        let levels = rule.each.iter().flat_map(|array| (0..array.levels.len()).map(move |level| (array, level)));
        let absent = levels.map(|(array, level)| Self { at: At::Absent(array, level), ..stated });
        std::iter::once(stated).chain(absent).collect()
    }

    /// The condition that says which systems the rule concerns, and where it is seen from.
    pub fn applies(&self) -> (&'p Condition, At<'p>) {
        self.rule.applies.as_ref().map_or((&self.instrument.applies, At::System), |own| (own, self.at))
    }

    /// The scope, `applies` and `when`, has one of these truths.
    pub fn scope(&self, truths: Truths) -> Goal<'p> {
        let (applies, at) = self.applies();
        let parts = [Some((applies, at)), self.rule.when.as_ref().map(|when| (when, self.at))];
        let each = |truth| -> Vec<Goal<'p>> {
            parts.iter().flatten().map(|(condition, at)| Goal::condition(condition, *at, truth)).collect()
        };
        let absent = matches!(self.at, At::Absent(..));
        let is_true = if absent { Goal::NEVER } else { Goal::All(each(Truths::TRUE)) };
        let is_false = Goal::Any(each(Truths::FALSE));
        let neither = !is_true.clone().or(is_false.clone());
        chosen(truths, [(Truths::FALSE, is_false), (Truths::UNKNOWN, neither), (Truths::TRUE, is_true)])
    }

    /// The exception has one of these truths; without one it is false.
    pub fn unless(&self, truths: Truths) -> Goal<'p> {
        match &self.rule.unless {
            Some(unless) => Goal::condition(unless, self.at, truths),
            None if truths.meets(Truths::FALSE) => Goal::ALWAYS,
            None => Goal::NEVER,
        }
    }

    /// What it speaks of is there: the system, the item, or an array that is not stated. Whoever puts a question in which
    /// none of its own conditions may occur asks for this beside.
    pub fn is_there(&self) -> Goal<'p> {
        match self.at {
            At::System => Goal::ALWAYS,
            at => Goal::Is(Part { what: What::Since(Date::MIN), at }, Truths::TRUE),
        }
    }

    /// The scope holds and the exception is not claimed.
    pub fn arises(&self) -> Goal<'p> {
        Goal::All(vec![self.is_there(), self.scope(Truths::TRUE), self.unless(Truths::TRUE.other())])
    }

    /// What it asks for has one of these truths.
    pub fn requires(&self, truths: Truths) -> Goal<'p> {
        Goal::condition(&self.rule.require, self.at, truths)
    }

    /// There is time to comply, with one of these truths; without `due` there is none.
    pub fn open(&self, truths: Truths) -> Goal<'p> {
        match &self.rule.due {
            Some(due) => Goal::Is(Part { what: What::Open(due), at: self.at }, truths),
            None if truths.meets(Truths::FALSE) => Goal::ALWAYS,
            None => Goal::NEVER,
        }
    }

    /// It is in force on the run's date.
    pub fn in_force(&self) -> Goal<'p> {
        self.begun().and(!self.repealed())
    }

    fn begun(&self) -> Goal<'p> {
        Goal::Is(Part { what: What::Since(self.rule.in_force.from), at: At::System }, Truths::TRUE)
    }

    fn repealed(&self) -> Goal<'p> {
        let since = |until| Goal::Is(Part { what: What::Since(until), at: At::System }, Truths::TRUE);
        self.rule.in_force.until.map_or(Goal::NEVER, |until| since(until.next()))
    }

    /// It comes to this outcome. Whether a met rule is only indicated is plain from `decides`.
    pub fn outcome(&self, outcome: Outcome) -> Goal<'p> {
        let contradicted = if self.rule.decides.breach { Outcome::Fail } else { Outcome::Review };
        let rows = [
            (self.repealed(), Outcome::NotApplicable),
            (self.scope(Truths::FALSE), Outcome::NotApplicable),
            (self.unless(Truths::TRUE), Outcome::NotApplicable),
            (self.requires(Truths::TRUE), Outcome::Pass),
            (!self.begun(), Outcome::Upcoming),
            (self.open(Truths::TRUE), Outcome::Upcoming),
            (self.scope(Truths::UNKNOWN), Outcome::Undetermined),
            (self.requires(Truths::UNKNOWN), Outcome::Unstated),
            (self.open(Truths::UNKNOWN), Outcome::Unstated),
            (Goal::ALWAYS, contradicted),
        ];
        let mut earlier: Vec<Goal<'p>> = Vec::new();
        let mut ways = Vec::new();
        for (row, comes_to) in rows {
            if comes_to == outcome {
                ways.push(Goal::All([earlier.clone(), vec![row.clone()]].concat()));
            }
            earlier.push(!row);
        }
        self.is_there().and(Goal::Any(ways))
    }
}

fn chosen<'p>(truths: Truths, goals: [(Truths, Goal<'p>); 3]) -> Goal<'p> {
    let mut wanted: Vec<_> =
        goals.into_iter().filter(|(truth, _)| truths.meets(*truth)).map(|(_, goal)| goal).collect();
    if wanted.len() == 1 { wanted.remove(0) } else { Goal::Any(wanted) }
}
