//! The tree: nodes in the order of the text.
//!
//! An object's keys and values alternate; every container knows where its content ends, so a walk never searches.
//! Strings and numbers are slices of the text. Knows nothing of how the text was read.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Number, Value};

use super::node::{Kind, Node, NodeId};
use super::number;
use super::place::{Position, Source, Span};

/// A text that was read, and its tree.
#[derive(Debug)]
pub struct Document {
    source: Arc<Source>,
    nodes: Vec<Node>,
}

impl Document {
    /// `nodes` holds at least the root.
    pub(super) fn new(source: Arc<Source>, nodes: Vec<Node>) -> Self {
        Document { source, nodes }
    }

    /// A document that is one string.
    pub(super) fn of_string(string: &str) -> Self {
        let text = format!("\"{string}\"");
        let node = Node::scalar(Kind::String, Span::new(0, text.len()), false, 0);
        Document::new(Arc::new(Source::new(text.into())), vec![node])
    }

    /// The value that the text is.
    pub fn root(&self) -> NodeRef<'_> {
        self.node(NodeId(0))
    }

    /// The node of a name that this document gave.
    pub fn node(&self, id: NodeId) -> NodeRef<'_> {
        NodeRef { document: self, id: id.0 }
    }

    /// How many nodes there are, keys included.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// The text as it was given.
    pub fn text(&self) -> &Arc<str> {
        self.source.text()
    }

    /// The text with its lines, for whoever points at it.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The line and column of an offset.
    pub fn position(&self, offset: u32) -> Position {
        self.source.position(offset)
    }
}

/// A node and its document. Copied freely.
#[derive(Clone, Copy)]
pub struct NodeRef<'a> {
    document: &'a Document,
    id: u32,
}

/// One member of an object.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// The key, as the text that it stands for.
    pub key: Cow<'a, str>,
    /// Where the key stands, its quotes included.
    pub key_span: Span,
    /// The value.
    pub value: NodeRef<'a>,
}

impl<'a> NodeRef<'a> {
    fn node(self) -> &'a Node {
        &self.document.nodes[self.id as usize]
    }

    fn at(self, id: u32) -> NodeRef<'a> {
        NodeRef { document: self.document, id }
    }

    fn raw(self) -> &'a str {
        &self.document.source.text()[self.span().range()]
    }

    /// Its name in the document.
    pub fn id(self) -> NodeId {
        NodeId(self.id)
    }

    /// The document that it belongs to.
    pub fn document(self) -> &'a Document {
        self.document
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        self.node().kind()
    }

    /// Where it stands, quotes and brackets included.
    pub fn span(self) -> Span {
        self.node().span()
    }

    /// Whether it is `null`.
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// The value of `true` and `false`.
    pub fn as_bool(self) -> Option<bool> {
        (self.kind() == Kind::Bool).then(|| self.raw() == "true")
    }

    /// What a string stands for: a slice of the text, unless it holds escapes.
    pub fn as_str(self) -> Option<Cow<'a, str>> {
        let text = self.document.source.text();
        (self.kind() == Kind::String).then(|| self.node().string(text))
    }

    /// The bytes of a string that holds no escapes, which is nearly every string.
    pub fn plain_bytes(self) -> Option<&'a [u8]> {
        let (node, text) = (self.node(), self.document.source.text());
        let plain = self.kind() == Kind::String && !node.is_escaped();
        plain.then(|| &text.as_bytes()[node.span().start as usize + 1..node.span().end as usize - 1])
    }

    /// Whether it is a string that says this.
    pub fn says(self, expected: &str) -> bool {
        self.kind() == Kind::String && self.is_string(expected)
    }

    /// The text of a number, exactly as written.
    pub fn number_text(self) -> Option<&'a str> {
        (self.kind() == Kind::Number).then(|| self.raw())
    }

    /// A number that is written as an integer and fits.
    pub fn as_i64(self) -> Option<i64> {
        self.number_text()?.parse().ok()
    }

    /// A number that is written as an integer and fits.
    pub fn as_u64(self) -> Option<u64> {
        self.number_text()?.parse().ok()
    }

    /// The nearest `f64` of a number; the largest one, never infinity, for a number beyond it.
    pub fn as_f64(self) -> Option<f64> {
        self.number_text().map(number::to_f64)
    }

    /// How many members or items it has; none if it is not a container.
    pub fn len(self) -> usize {
        if matches!(self.kind(), Kind::Array | Kind::Object) { self.node().count() } else { 0 }
    }

    /// Whether it has no member and no item.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The members of an object in the order of the text; none of anything else.
    pub fn members(self) -> Members<'a> {
        let left = if self.kind() == Kind::Object { self.len() } else { 0 };
        Members { key: self.at(self.id + 1), left }
    }

    /// The items of an array in the order of the text; none of anything else.
    pub fn items(self) -> Items<'a> {
        let left = if self.kind() == Kind::Array { self.len() } else { 0 };
        Items { item: self.at(self.id + 1), left }
    }

    /// The keys of an object as nodes.
    pub(super) fn key_nodes(self) -> impl Iterator<Item = NodeRef<'a>> {
        self.members().pairs().map(|(key, _)| key)
    }

    /// The value of a key.
    pub fn get(self, key: &str) -> Option<NodeRef<'a>> {
        self.pair(key).map(|(_, value)| value)
    }

    /// The member of a key.
    pub fn member(self, key: &str) -> Option<Member<'a>> {
        self.pair(key).map(Member::from)
    }

    fn pair(self, key: &str) -> Option<(NodeRef<'a>, NodeRef<'a>)> {
        self.members().pairs().find(|(name, _)| name.is_string(key))
    }

    /// Whether it is this string. An escape is longer than what it stands for.
    fn is_string(self, expected: &str) -> bool {
        let node = self.node();
        let length = node.span().len() - 2;
        if node.is_escaped() {
            length > expected.len() && self.as_str().is_some_and(|string| string == expected)
        } else {
            length == expected.len() && self.plain_bytes() == Some(expected.as_bytes())
        }
    }

    /// The node that a JSON Pointer (RFC 6901) names from here: `""` is this node.
    pub fn pointer(self, pointer: &str) -> Option<NodeRef<'a>> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |node, token| match node.kind() {
            Kind::Object => node.get(&token.replace("~1", "/").replace("~0", "~")),
            Kind::Array => node.items().nth(array_index(token)?),
            _ => None,
        })
    }

    /// A copy as `serde_json` has it. A number beyond `f64` becomes the largest that there is.
    pub fn to_value(self) -> Value {
        match self.kind() {
            Kind::Null => Value::Null,
            Kind::Bool => Value::Bool(self.raw() == "true"),
            Kind::Number => Value::Number(self.to_number()),
            Kind::String => Value::String(self.as_str().unwrap_or_default().into_owned()),
            Kind::Array => self.items().map(NodeRef::to_value).collect(),
            Kind::Object => {
                let members = self.members().map(|member| (member.key.into_owned(), member.value.to_value()));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }

    pub(super) fn to_number(self) -> Number {
        number::to_number(self.raw())
    }
}

impl fmt::Debug for NodeRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}@{}: {}", self.kind(), self.span().start, self.raw())
    }
}

impl<'a> From<(NodeRef<'a>, NodeRef<'a>)> for Member<'a> {
    fn from((key, value): (NodeRef<'a>, NodeRef<'a>)) -> Self {
        Member { key: key.as_str().unwrap_or_default(), key_span: key.span(), value }
    }
}

fn array_index(token: &str) -> Option<usize> {
    let canonical = token == "0" || !token.starts_with(['0', '+']);
    canonical.then(|| token.parse().ok())?
}

/// The members of an object.
#[derive(Clone, Debug)]
pub struct Members<'a> {
    key: NodeRef<'a>,
    left: usize,
}

impl<'a> Members<'a> {
    fn next_pair(&mut self) -> Option<(NodeRef<'a>, NodeRef<'a>)> {
        self.left = self.left.checked_sub(1)?;
        let key = self.key;
        let value = key.at(key.id + 1);
        self.key = key.at(value.node().next);
        Some((key, value))
    }

    /// The keys as nodes, not yet unescaped, and the values.
    pub fn pairs(mut self) -> impl Iterator<Item = (NodeRef<'a>, NodeRef<'a>)> {
        std::iter::from_fn(move || self.next_pair())
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = Member<'a>;

    fn next(&mut self) -> Option<Member<'a>> {
        self.next_pair().map(Member::from)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Members<'_> {}

/// The items of an array.
#[derive(Clone, Debug)]
pub struct Items<'a> {
    item: NodeRef<'a>,
    left: usize,
}

impl<'a> Iterator for Items<'a> {
    type Item = NodeRef<'a>;

    fn next(&mut self) -> Option<NodeRef<'a>> {
        self.left = self.left.checked_sub(1)?;
        let item = self.item;
        self.item = item.at(item.node().next);
        Some(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Items<'_> {}
