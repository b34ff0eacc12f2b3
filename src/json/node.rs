//! A node: sixteen bytes that say what stands where.

use std::borrow::Cow;

use super::place::Span;
use super::string;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number, whole or not.
    Number,
    /// A string, or an object's key.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// The name of a node in its document: dense, in the order of the text, the root first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The number, for tables beside the tree.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One node. `tag` is the kind in its lowest three bits, and above them how many members or items a container has, or
/// whether a string holds escapes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    start: u32,
    end: u32,
    /// The node after it and all that it contains.
    pub next: u32,
    tag: u32,
}

impl Node {
    /// A node that is not a container, to stand at `index`.
    pub fn scalar(kind: Kind, span: Span, escaped: bool, index: usize) -> Self {
        let tag = kind as u32 | u32::from(escaped) << 3;
        Node { start: span.start, end: span.end, next: index as u32 + 1, tag }
    }

    /// A container of which only the start is known.
    pub fn open(kind: Kind, start: usize) -> Self {
        Node { start: start as u32, end: start as u32, next: 0, tag: kind as u32 }
    }

    /// Completes a container: the end of its text, the node that follows it, and how many members or items it has.
    pub fn close(&mut self, end: usize, next: usize, count: u32) {
        self.end = end as u32;
        self.next = next as u32;
        self.tag |= count << 3;
    }

    pub fn kind(&self) -> Kind {
        match self.tag & 0b111 {
            0 => Kind::Null,
            1 => Kind::Bool,
            2 => Kind::Number,
            3 => Kind::String,
            4 => Kind::Array,
            _ => Kind::Object,
        }
    }

    pub fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }

    /// Whether a string holds escapes.
    pub fn is_escaped(&self) -> bool {
        self.count() != 0
    }

    /// How many members or items a container has.
    pub fn count(&self) -> usize {
        (self.tag >> 3) as usize
    }

    /// What a string stands for.
    pub fn string<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let raw = &text[self.start as usize + 1..self.end as usize - 1];
        if self.is_escaped() { Cow::Owned(string::unescape(raw)) } else { Cow::Borrowed(raw) }
    }
}
