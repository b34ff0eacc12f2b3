//! Keys that an object has twice.
//!
//! Keys compare as what they stand for. Few keys are compared with each other, many through a set whose hashes nobody
//! can foresee, so that no input takes quadratic time.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::error::{ReadError, ReadErrorKind};
use super::node::Node;

/// Up to so many keys are compared pairwise.
const FEW: usize = 15;

/// So many duplicates of one text are reported; the rest is counted.
const MOST: usize = 100;

/// The duplicates found so far.
#[derive(Default)]
pub(super) struct Duplicates {
    pub errors: Vec<ReadError>,
    pub omitted: usize,
}

impl Duplicates {
    /// Looks through the keys of one object; `keys` are their indices in `nodes`.
    pub fn check(&mut self, text: &str, nodes: &[Node], keys: &[u32]) {
        let node = |key: &u32| &nodes[*key as usize];
        if keys.len() <= FEW && !keys.iter().any(|key| node(key).is_escaped()) {
            for (nth, key) in keys.iter().enumerate().skip(1) {
                let first = keys[..nth].iter().find(|first| same(text, node(first), node(key)));
                if let Some(first) = first {
                    self.found(text, node(first), node(key));
                }
            }
        } else {
            self.check_many(text, keys.iter().map(node));
        }
    }

    fn check_many<'n>(&mut self, text: &str, keys: impl ExactSizeIterator<Item = &'n Node>) {
        let mut seen: HashMap<Cow<'_, str>, &Node> = HashMap::with_capacity(keys.len());
        for key in keys {
            match seen.entry(key.string(text)) {
                Entry::Vacant(entry) => {
                    entry.insert(key);
                }
                Entry::Occupied(entry) => self.found(text, entry.get(), key),
            }
        }
    }

    #[cold]
    fn found(&mut self, text: &str, first: &Node, key: &Node) {
        if self.errors.len() == MOST {
            self.omitted += 1;
            return;
        }
        let kind = ReadErrorKind::DuplicateKey { key: key.string(text).into_owned(), first: first.span() };
        self.errors.push(ReadError { kind, span: key.span() });
    }
}

/// Whether two keys without escapes are the same.
fn same(text: &str, left: &Node, right: &Node) -> bool {
    let (left, right) = (left.span(), right.span());
    left.len() == right.len() && text.as_bytes()[left.range()] == text.as_bytes()[right.range()]
}
