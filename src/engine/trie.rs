//! Many paths into one JSON object, followed in one walk over its members.

use crate::json::NodeRef;

/// A set of paths, each with a number.
#[derive(Debug, Default)]
pub struct Trie {
    nodes: Vec<TrieNode>,
}

#[derive(Debug, Default)]
struct TrieNode {
    /// The number of the path that ends here.
    number: Option<u32>,
    /// Members, sorted by name.
    members: Vec<(Box<str>, usize)>,
}

impl Trie {
    /// Adds a path.
    pub fn insert<'s>(&mut self, path: impl IntoIterator<Item = &'s str>, number: u32) {
        if self.nodes.is_empty() {
            self.nodes.push(TrieNode::default());
        }
        let mut at = 0;
        for name in path {
            at = match self.nodes[at].find(name) {
                Ok(position) => self.nodes[at].members[position].1,
                Err(position) => {
                    let fresh = self.nodes.len();
                    self.nodes[at].members.insert(position, (name.into(), fresh));
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
        for member in node.members() {
            if let Ok(position) = here.find(&member.key) {
                self.walk_node(here.members[position].1, member.value, visit);
            }
        }
    }
}

impl TrieNode {
    fn find(&self, name: &str) -> Result<usize, usize> {
        self.members.binary_search_by(|(known, _)| known.as_ref().cmp(name))
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
