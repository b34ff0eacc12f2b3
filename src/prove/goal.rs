//! Questions: which truths are wanted of which conditions.
//!
//! Knows conditions. Knows nothing of how an answer is found.

use crate::engine::Truth;
use crate::pack::{ArrayPath, Condition, DateExpr};
use crate::time::Date;

/// A set of truths.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Truths(u8);

/// A combination of truths that is looked for.
#[derive(Clone, Debug)]
pub enum Goal<'c> {
    /// The truth of a part is one of these.
    Is(Part<'c>, Truths),
    /// It is not so.
    Not(Box<Goal<'c>>),
    /// All of them; of none, always.
    All(Vec<Goal<'c>>),
    /// At least one of them; of none, never.
    Any(Vec<Goal<'c>>),
}

/// Something that has a truth on a manifest.
#[derive(Clone, Copy, Debug)]
pub struct Part<'c> {
    /// What has it.
    pub what: What<'c>,
    /// Where it is seen from.
    pub at: At<'c>,
}

/// What has a truth.
#[derive(Clone, Copy, Debug)]
pub enum What<'c> {
    /// A condition.
    Condition(&'c Condition),
    /// That the run's date is not past this day, as it is for `due`: unknown where the day is.
    Open(&'c DateExpr),
    /// That the run's date is this day or a later one.
    Since(Date),
}

/// Where a condition is seen from.
#[derive(Clone, Copy, Debug)]
pub enum At<'c> {
    /// The manifest.
    System,
    /// An item of an array: of one array, the same item in all parts of a goal.
    Item(&'c ArrayPath),
    /// No item, as the array of this level is not stated.
    Absent(&'c ArrayPath, usize),
}

impl Truths {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// False.
    pub const FALSE: Self = Self(1);
    /// Unknown.
    pub const UNKNOWN: Self = Self(2);
    /// True.
    pub const TRUE: Self = Self(4);
    /// Any of them.
    pub const ALL: Self = Self(7);

    /// This one alone.
    pub const fn only(truth: Truth) -> Self {
        match truth {
            Truth::False => Self::FALSE,
            Truth::Unknown => Self::UNKNOWN,
            Truth::True => Self::TRUE,
        }
    }

    /// All but these.
    #[must_use]
    pub const fn other(self) -> Self {
        Self(7 & !self.0)
    }

    /// These and those.
    #[must_use]
    pub const fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Those that are among both.
    #[must_use]
    pub const fn among(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// Whether this one is among them.
    pub fn has(self, truth: Truth) -> bool {
        self.meets(Self::only(truth))
    }

    /// Whether one of them is among the others.
    pub const fn meets(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// Whether all of them are among the others.
    pub const fn within(self, others: Self) -> bool {
        self.0 & !others.0 == 0
    }

    /// Whether there is only one of them.
    pub const fn is_one(self) -> bool {
        self.0.count_ones() == 1
    }

    /// What a conjunction can be, given what its two parts can be.
    #[must_use]
    pub(super) const fn and(self, other: Self) -> Self {
        let (a, b) = (self.0, other.0);
        if a == 0 || b == 0 {
            return Self::NONE;
        }
        // A pair is true if both are, false if one is, and else unknown.
        let unknown = (a & b & 2) | (a & 2 & (b >> 1)) | (b & 2 & (a >> 1));
        Self((a & b & 4) | unknown | ((a | b) & 1))
    }

    /// What a disjunction can be, given what its two parts can be.
    #[must_use]
    pub(super) const fn or(self, other: Self) -> Self {
        self.negate().and(other.negate()).negate()
    }

    /// What the opposite can be.
    #[must_use]
    pub(super) const fn negate(self) -> Self {
        Self((self.0 & 1) << 2 | self.0 & 2 | self.0 >> 2)
    }
}

impl std::fmt::Debug for Truths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(Truth::ALL.into_iter().filter(|truth| self.has(*truth))).finish()
    }
}

impl<'c> Goal<'c> {
    /// What always is.
    pub const ALWAYS: Self = Self::All(Vec::new());
    /// What never is.
    pub const NEVER: Self = Self::Any(Vec::new());

    /// The truth of a condition is one of these.
    pub fn condition(condition: &'c Condition, at: At<'c>, truths: Truths) -> Self {
        Self::Is(Part { what: What::Condition(condition), at }, truths)
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::All(vec![self, other])
    }

    /// At least one of both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self::Any(vec![self, other])
    }

    /// Calls `visit` with every part.
    pub(super) fn parts(&self, visit: &mut impl FnMut(&Part<'c>)) {
        match self {
            Self::Is(part, _) => visit(part),
            Self::Not(goal) => goal.parts(visit),
            Self::All(goals) | Self::Any(goals) => goals.iter().for_each(|goal| goal.parts(visit)),
        }
    }

    /// Whether it is met, given the truth of each part.
    pub(super) fn met(&self, truth: &impl Fn(&Part<'c>) -> Truth) -> bool {
        match self {
            Self::Is(part, truths) => truths.has(truth(part)),
            Self::Not(goal) => !goal.met(truth),
            Self::All(goals) => goals.iter().all(|goal| goal.met(truth)),
            Self::Any(goals) => goals.iter().any(|goal| goal.met(truth)),
        }
    }
}

impl std::ops::Not for Goal<'_> {
    type Output = Self;

    fn not(self) -> Self {
        Self::Not(Box::new(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_truths_join_as_truths_do() {
        let sets = (0..8).map(Truths);
        for (one, other) in sets.clone().flat_map(|one| sets.clone().map(move |other| (one, other))) {
            let (mut and, mut or, mut not) = (Truths::NONE, Truths::NONE, Truths::NONE);
            for a in Truth::ALL.into_iter().filter(|truth| one.has(*truth)) {
                not = not.with(Truths::only(a.negate()));
                for b in Truth::ALL.into_iter().filter(|truth| other.has(*truth)) {
                    and = and.with(Truths::only(a.and(b)));
                    or = or.with(Truths::only(a.or(b)));
                }
            }
            assert_eq!((one.and(other), one.or(other), one.negate()), (and, or, not), "{one:?} {other:?}");
        }
    }
}
