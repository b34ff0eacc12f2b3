//! Many paths into one object, followed in one walk over its members.

use super::{Names, NodeRef};

/// A set of paths, each with a number.
#[derive(Debug, Default)]
pub struct Trie {
    nodes: Vec<TrieNode>,
}

#[derive(Debug, Default)]
struct TrieNode {
    /// The number of the path that ends here.
    number: Option<u32>,
    /// Its members.
    members: Names<usize>,
}

impl Trie {
    /// Adds a path.
    pub fn insert<'s>(&mut self, path: impl IntoIterator<Item = &'s str>, number: u32) {
        if self.nodes.is_empty() {
            self.nodes.push(TrieNode::default());
        }
        let mut at = 0;
        for name in path {
            at = match self.nodes[at].members.get(name.as_bytes()) {
                Some(known) => *known,
                None => {
                    let fresh = self.nodes.len();
                    self.nodes[at].members.insert(name, fresh);
                    self.nodes.push(TrieNode::default());
                    fresh
                }
            };
        }
        self.nodes[at].number = Some(number);
    }

    /// Calls `visit` with the number and value of each path that the object has.
    pub fn walk<'a>(&self, object: NodeRef<'a>, visit: &mut impl FnMut(u32, NodeRef<'a>)) {
        if !self.nodes.is_empty() {
            self.walk_node(0, object, visit);
        }
    }

    fn walk_node<'a>(&self, at: usize, node: NodeRef<'a>, visit: &mut impl FnMut(u32, NodeRef<'a>)) {
        let here = &self.nodes[at];
        if let Some(number) = here.number {
            visit(number, node);
        }
        if here.members.is_empty() {
            return;
        }
        for (key, value) in node.members().pairs() {
            let known = match key.plain_bytes() {
                Some(name) => here.members.get(name),
                None => here.members.get(key.as_str().unwrap_or_default().as_bytes()),
            };
            if let Some(known) = known {
                self.walk_node(*known, value, visit);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Limits, read};

    #[test]
    fn paths_that_share_a_beginning_are_found_in_one_walk() {
        let mut trie = Trie::default();
        trie.insert(["a", "b"], 0);
        trie.insert(["a"], 1);
        trie.insert(["c", "d"], 2);
        let document = read(br#"{"x": 1, "a": {"b": 2, "z": 3}, "c": 4}"#.to_vec(), &Limits::default()).unwrap();
        let mut found = Vec::new();
        trie.walk(document.root(), &mut |number, value| found.push((number, value.to_value().to_string())));
        assert_eq!(found, [(1, r#"{"b":2,"z":3}"#.to_owned()), (0, "2".to_owned())]);
    }
}
