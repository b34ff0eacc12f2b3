//! Formulas over ground facts: plain data.

use std::fmt;

use crate::manifest::FactId;
use crate::pack::{LeafSchema, Offset};
use crate::time::{Date, Unit};

use super::goal::Truths;

/// A node's number; parts of a node have smaller ones.
pub(super) type NodeId = usize;
/// A ground fact's number.
pub(super) type SlotId = usize;
/// A ground array's number.
pub(super) type ArrayId = usize;
/// The number of a comparison of days.
pub(super) type RelationId = usize;

/// A goal, expanded over the items that can matter.
#[derive(Debug, Default)]
pub(super) struct Formula {
    pub nodes: Vec<Node>,
    pub slots: Vec<Slot>,
    pub arrays: Vec<Array>,
    pub relations: Vec<Relation>,
    pub goal: Wanted,
    /// Whether no more items can matter.
    pub complete: bool,
}

/// Something that has a truth.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Node {
    /// A check of JSON Schema on a fact.
    Schema {
        slot: SlotId,
        check: usize,
    },
    /// A fact is there.
    Stated(SlotId),
    /// An array is there.
    Listed(ArrayId),
    /// A comparison of days.
    Related(RelationId),
    /// Never known.
    Unknown,
    All(Vec<NodeId>),
    Any(Vec<NodeId>),
    Not(NodeId),
    /// `each` or `some`, with the condition for each item that is tried.
    Walk {
        each: bool,
        array: ArrayId,
        items: Vec<NodeId>,
    },
}

/// A goal over nodes.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
    Is(NodeId, Truths),
    Not(Box<Wanted>),
    All(Vec<Wanted>),
    Any(Vec<Wanted>),
}

impl Default for Wanted {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

/// One step to a ground fact.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Segment {
    Member(String),
    Item(usize),
    /// From the key of a document to the document.
    Document,
}

impl fmt::Debug for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(name) => write!(f, "/{name}"),
            Self::Item(number) => write!(f, "/{number}"),
            Self::Document => f.write_str(">"),
        }
    }
}

/// A ground fact.
#[derive(Debug)]
pub(super) struct Slot {
    pub place: Vec<Segment>,
    pub fact: FactId,
    /// Its different checks of JSON Schema.
    pub checks: Vec<LeafSchema>,
    /// The document's key that leads to it.
    pub needs: Option<SlotId>,
    /// Whether it is stated wherever the object is in which it stands.
    pub must: bool,
    /// Whether it is a day.
    pub is_day: bool,
    /// Whether it is the day of an event, which cannot lie after the run's date.
    pub past: bool,
}

/// A ground array of objects.
#[derive(Debug)]
pub(super) struct Array {
    pub place: Vec<Segment>,
    pub fact: FactId,
    /// How many of its items are tried.
    pub most: usize,
    /// The goal speaks of an item of it.
    pub has_item: bool,
    /// The goal speaks of it as not stated.
    pub is_absent: bool,
}

/// That one day is not later than another; unknown where one of them is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Relation {
    pub early: Term,
    pub late: Term,
}

/// A day, moved.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Term {
    pub base: Base,
    pub shift: Shift,
}

/// What a day counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    Day(Date),
    AsOf,
    Fact(SlotId),
}

/// How far a day is moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shift {
    None,
    By(Offset),
    /// By as many of a unit as a fact states.
    Count(SlotId, Unit),
}

impl Relation {
    /// The facts that must be stated for it to be known.
    pub fn slots(&self) -> impl Iterator<Item = SlotId> {
        let of = |term: &Term| {
            let base = if let Base::Fact(slot) = term.base { Some(slot) } else { None };
            let count = if let Shift::Count(slot, _) = term.shift { Some(slot) } else { None };
            [base, count]
        };
        of(&self.early).into_iter().chain(of(&self.late)).flatten()
    }
}
