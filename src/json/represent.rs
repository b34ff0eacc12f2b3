//! The tree as `jsonschema` sees it, so that validators read it without a copy.

use std::borrow::Cow;
use std::ops::ControlFlow;

use jsonschema::json::{Array, Json, JsonNumber, Node, NodeIdentity, Object, cmp};
use jsonschema::types::JsonType;
use serde_json::{Map, Number, Value};

use super::node::Kind;
use super::number;
use super::tree::{Document, Items, Members, NodeRef};

/// The representation: `jsonschema::options_for::<Tree>()` builds validators of [`NodeRef`]s.
#[derive(Debug)]
pub struct Tree;

impl Json for Tree {
    type Node<'a> = NodeRef<'a>;
    type PreparedKey = Box<str>;
    type StringBuffer = Option<Document>;

    const ACYCLIC: bool = true;

    fn prepare_key(key: &str) -> Box<str> {
        key.into()
    }

    fn with_string_node<T>(buffer: &mut Option<Document>, string: &str, f: impl FnOnce(NodeRef<'_>) -> T) -> T {
        f(buffer.insert(Document::of_string(string)).root())
    }
}

impl<'a> Node<'a, Tree> for NodeRef<'a> {
    type Object = NodeRef<'a>;
    type Array = NodeRef<'a>;
    type Number = NumberText<'a>;

    fn as_object(&self) -> Option<NodeRef<'a>> {
        (self.kind() == Kind::Object).then_some(*self)
    }

    fn as_array(&self) -> Option<NodeRef<'a>> {
        (self.kind() == Kind::Array).then_some(*self)
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        self.as_str()
    }

    fn as_number(&self) -> Option<NumberText<'a>> {
        self.number_text().map(NumberText)
    }

    fn as_boolean(&self) -> Option<bool> {
        self.as_bool()
    }

    fn is_null(&self) -> bool {
        self.kind() == Kind::Null
    }

    fn is_number(&self) -> bool {
        self.kind() == Kind::Number
    }

    fn json_type(&self) -> JsonType {
        match self.kind() {
            Kind::Null => JsonType::Null,
            Kind::Bool => JsonType::Boolean,
            Kind::Number => JsonType::Number,
            Kind::String => JsonType::String,
            Kind::Array => JsonType::Array,
            Kind::Object => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (self.kind(), expected) {
            (Kind::Null, Value::Null) => true,
            (Kind::Bool, Value::Bool(expected)) => self.as_bool() == Some(*expected),
            (Kind::Number, Value::Number(expected)) => {
                self.number_text().is_some_and(|text| cmp::equal_numbers(&NumberText(text), expected))
            }
            (Kind::String, Value::String(expected)) => self.as_str().is_some_and(|string| string == *expected),
            (Kind::Array, Value::Array(expected)) => equal_items(*self, expected),
            (Kind::Object, Value::Object(expected)) => equal_members(*self, expected),
            _ => false,
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(NodeRef::to_value(*self))
    }

    fn identity(&self) -> Option<NodeIdentity> {
        let document = std::ptr::from_ref(self.document());
        Some(NodeIdentity::tagged(document.addr(), self.id().index() as u32))
    }
}

fn equal_items(array: NodeRef<'_>, expected: &[Value]) -> bool {
    array.len() == expected.len() && array.items().zip(expected).all(|(item, expected)| item.equals_value(expected))
}

fn equal_members(object: NodeRef<'_>, expected: &Map<String, Value>) -> bool {
    let equal = |key: &str, value: NodeRef<'_>| expected.get(key).is_some_and(|expected| value.equals_value(expected));
    object.len() == expected.len() && object.members().all(|member| equal(&member.key, member.value))
}

impl<'a> Object<'a, Tree> for NodeRef<'a> {
    type Node = NodeRef<'a>;
    type MemberName = Cow<'a, str>;
    type MembersIter = MemberPairs<'a>;

    fn len(&self) -> usize {
        NodeRef::len(*self)
    }

    fn get(&self, key: &Box<str>) -> Option<NodeRef<'a>> {
        NodeRef::get(*self, key)
    }

    fn members(&self) -> MemberPairs<'a> {
        MemberPairs(NodeRef::members(*self))
    }

    fn try_for_each_name_node<B>(
        &self,
        _: &mut Option<Document>,
        f: impl FnMut(NodeRef<'_>) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        self.key_nodes().try_for_each(f)
    }
}

/// The members of an object as `jsonschema` takes them.
#[derive(Debug)]
pub struct MemberPairs<'a>(Members<'a>);

impl<'a> Iterator for MemberPairs<'a> {
    type Item = (Cow<'a, str>, NodeRef<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|member| (member.key, member.value))
    }
}

impl<'a> Array<'a, Tree> for NodeRef<'a> {
    type Node = NodeRef<'a>;
    type ElementsIter = Items<'a>;

    fn len(&self) -> usize {
        NodeRef::len(*self)
    }

    fn elements(&self) -> Items<'a> {
        self.items()
    }
}

/// The text of a number.
#[derive(Clone, Copy, Debug)]
pub struct NumberText<'a>(&'a str);

impl JsonNumber for NumberText<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    fn as_f64(&self) -> Option<f64> {
        Some(number::to_f64(self.0))
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn to_number(&self) -> Cow<'_, Number> {
        Cow::Owned(number::to_number(self.0))
    }

    fn is_integer(&self) -> bool {
        number::is_integer(self.0)
    }
}

#[cfg(test)]
mod tests {
    use jsonschema::json::conformance;
    use serde_json::json;

    use super::*;
    use crate::json::{Limits, read};

    fn document(text: &str) -> Document {
        read(text.into(), &Limits::default()).unwrap()
    }

    #[test]
    fn the_representation_conforms() {
        let document = document(&conformance::document().to_string());
        conformance::assert_conformance::<Tree>(&document.root());
    }

    #[track_caller]
    fn assert_valid(schema: &Value, text: &str, expected: bool) {
        let validator = jsonschema::options_for::<Tree>().build(schema).unwrap();
        let document = document(text);
        assert_eq!(validator.is_valid(document.root()), expected, "{text} under {schema}");
        let same = jsonschema::validator_for(schema).unwrap();
        assert_eq!(same.is_valid(&document.root().to_value()), expected, "{schema}, as a value");
    }

    #[test]
    fn validators_read_the_tree_itself() {
        let schema = json!({
            "properties": { "name": { "minLength": 2 }, "risk": { "enum": ["low", "high"] }, "n": { "minimum": 3 } },
            "propertyNames": { "pattern": "^[a-zé]+$" },
            "required": ["name"]
        });
        assert_valid(&schema, r#"{ "name": "推荐", "risk": "hi\u0067h", "n": 3.0, "\u00e9": 1 }"#, true);
        assert_valid(&schema, r#"{ "name": "推" }"#, false);
        assert_valid(&schema, r#"{ "name": "ok", "A": 1 }"#, false);
        assert_valid(&schema, r#"{ "name": "ok", "n": -1e400 }"#, false);
        assert_valid(&schema, r#"{ "risk": "low" }"#, false);
    }

    #[test]
    fn equal_values_are_equal_however_written() {
        let schema = json!({ "const": { "a": [1, 2.5, "é", null, true], "b": {} } });
        assert_valid(&schema, r#"{ "b": {}, "\u0061": [1.0, 25e-1, "\u00e9", null, true] }"#, true);
        assert_valid(&schema, r#"{ "a": [1, 2.5, "é", null, true], "c": {} }"#, false);
        assert_valid(&schema, r#"{ "a": [1, 2.5, "é", null], "b": {} }"#, false);
    }

    #[test]
    fn items_are_unique_by_value() {
        let schema = json!({ "uniqueItems": true });
        assert_valid(&schema, r#"["a", "b"]"#, true);
        assert_valid(&schema, r#"["a", "\u0061"]"#, false);
        assert_valid(&schema, "[1, 1.0]", false);
    }

    #[test]
    fn an_error_names_the_place_in_the_tree() {
        let schema = json!({ "properties": { "a": { "items": { "type": "string" } } } });
        let validator = jsonschema::options_for::<Tree>().build(&schema).unwrap();
        let document = document(r#"{ "a": ["x", 5] }"#);
        let errors: Vec<_> = validator.iter_errors(document.root()).collect();
        assert_eq!(errors.len(), 1);
        let place = document.root().pointer(errors[0].instance_path().as_str()).unwrap();
        assert_eq!(place.number_text(), Some("5"));
    }
}
