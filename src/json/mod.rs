//! From text to a tree, with the place of every key and value.
//!
//! The only module that knows bytes. Everything after it sees nodes and spans; whoever wants to point at text asks
//! [`NodeRef::span`] and [`Source::position`]. System manifests and rule files are read alike, so this module must not
//! know what either of them means.
//!
//! What it accepts is RFC 8259, decided strictly:
//!
//! - a key that an object has twice is an error that points at both, since no later stage could see it; keys
//!   compare as the text they stand for, so `"a"` and `"\u0061"` are the same;
//! - text is UTF-8; a byte-order mark at its beginning is skipped, and counts in offsets but not in columns;
//! - half a surrogate pair is an error;
//! - numbers keep their text, so nothing is lost beyond the range or precision of `f64`;
//! - nesting and size have [`Limits`], and no input can exhaust the stack.

mod diagnose;
mod duplicates;
mod error;
mod names;
mod node;
mod number;
mod place;
mod read;
mod represent;
mod string;
mod tree;
mod trie;

pub use error::{Expected, NumberFault, ReadError, ReadErrorKind, ReadFailure};
pub use names::Names;
pub use node::{Kind, NodeId};
pub use place::{LineIndex, Position, Source, Span};
pub use read::{Limits, read};
pub use represent::Tree;
pub use tree::{Document, Items, Member, Members, NodeRef};
pub use trie::Trie;
