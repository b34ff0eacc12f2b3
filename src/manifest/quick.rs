//! The manifest's schema compiled into one walk that says yes fast, and never says yes wrongly.
//!
//! Nearly every manifest keeps the schema, and then nobody needs an explanation. What this walk does not accept, for
//! whatever reason, goes to the `jsonschema` crate, which decides and explains; a property test holds the two together.

use serde_json::Value;

use super::form as text;
use crate::json::{Kind, Names, NodeRef};
use crate::time::Date;

/// The schema, compiled.
#[derive(Debug)]
pub(super) struct Quick {
    forms: Vec<Form>,
    root: usize,
}

/// What may stand at a place.
#[derive(Debug)]
enum Form {
    Anything,
    /// Something that only `jsonschema` decides.
    Unsure,
    Boolean,
    Integer(i64),
    /// A number from the one to the other.
    Number(f64, f64),
    Date,
    Text,
    TextOf(text::Form),
    Word(Box<[Box<str>]>),
    /// The key of a document that is listed.
    Document,
    /// A list without repetitions.
    List(usize),
    /// Objects with an `id` that is theirs alone.
    Collection(usize),
    Object(Members),
}

/// The members of an object.
#[derive(Debug)]
struct Members {
    /// Those that the schema names.
    named: Names<usize>,
    /// Others, where there may be others: how their names are written, and what stands there.
    rest: Option<(Option<text::Form>, usize)>,
    required: Box<[Box<str>]>,
}

/// Longer lists than this are left to `jsonschema`, which does not compare every item with every other.
const SHORT: usize = 32;

impl Quick {
    pub(super) fn new(schema: &Value) -> Self {
        let mut forms = Vec::new();
        let root = compile(schema, &mut forms);
        Self { forms, root }
    }

    /// Whether a document certainly is a manifest with nothing wrong. `false` says nothing.
    pub(super) fn accepts(&self, root: NodeRef<'_>) -> bool {
        self.keeps(self.root, root, root.get("documents")) && offered(root)
    }

    fn keeps(&self, form: usize, node: NodeRef<'_>, documents: Option<NodeRef<'_>>) -> bool {
        let text = |holds: &dyn Fn(&str) -> bool| node.as_str().is_some_and(|text| holds(&text));
        match &self.forms[form] {
            Form::Anything => true,
            Form::Unsure => false,
            Form::Boolean => node.kind() == Kind::Bool,
            Form::Integer(least) => node.as_i64().is_some_and(|number| number >= *least),
            // At the very ends rounding could hide what lies beyond; there a number must be written as a whole one.
            Form::Number(least, most) => {
                let whole =
                    node.as_i64().map(|number| number as f64).is_some_and(|number| number == *least || number == *most);
                whole || node.as_f64().is_some_and(|number| *least < number && number < *most)
            }
            Form::Date => text(&|text| text.parse::<Date>().is_ok()),
            Form::Text => node.kind() == Kind::String,
            Form::TextOf(form) => match node.plain_bytes() {
                Some(bytes) => form.surely(bytes),
                None => text(&|text| form.surely(text.as_bytes())),
            },
            Form::Word(words) => words.iter().any(|word| node.says(word)),
            Form::Document => text(&|key| documents.is_some_and(|documents| documents.get(key).is_some())),
            Form::List(item) => {
                let kept = |item_node| self.keeps(*item, item_node, documents);
                node.kind() == Kind::Array && node.len() <= SHORT && node.items().all(kept) && distinct(node.items())
            }
            Form::Collection(item) => {
                let kept = |item_node| self.keeps(*item, item_node, documents);
                let ids = || node.items().filter_map(|item| item.get("id"));
                node.kind() == Kind::Array && node.len() <= SHORT && node.items().all(kept) && distinct(ids())
            }
            Form::Object(members) => self.keeps_members(members, node, documents),
        }
    }

    fn keeps_members(&self, members: &Members, node: NodeRef<'_>, documents: Option<NodeRef<'_>>) -> bool {
        let known = |(key, value): (NodeRef<'_>, NodeRef<'_>)| {
            // A key with escapes is rare enough to be left to others.
            let form = key.plain_bytes().and_then(|key| members.find(key));
            form.is_some_and(|form| self.keeps(form, value, documents))
        };
        node.kind() == Kind::Object
            && members.required.iter().all(|name| node.get(name).is_some())
            && node.members().pairs().all(known)
    }
}

impl Members {
    fn find(&self, key: &[u8]) -> Option<usize> {
        let fits = |written: Option<text::Form>| written.is_none_or(|written| written.surely(key));
        let other = || self.rest.filter(|(written, _)| fits(*written)).map(|(_, form)| form);
        self.named.get(key).copied().or_else(other)
    }
}

/// No string twice.
fn distinct<'a>(strings: impl Iterator<Item = NodeRef<'a>> + Clone) -> bool {
    let mut later = strings.clone();
    strings.into_iter().all(|string| {
        later.next();
        let text = string.as_str();
        text.is_some_and(|text| !later.clone().any(|other| other.says(&text)))
    })
}

/// Every market is one of those in which the system is offered, where that is stated.
fn offered(root: NodeRef<'_>) -> bool {
    let stated = root.get("system").and_then(|system| system.get("offered_in"));
    let (Some(markets), Some(offered)) = (root.get("markets"), stated) else { return true };
    markets.members().all(|member| offered.items().any(|code| code.says(&member.key)))
}

fn compile(schema: &Value, forms: &mut Vec<Form>) -> usize {
    let form = form(schema, forms);
    forms.push(form);
    forms.len() - 1
}

/// The keywords that this walk understands; a schema with any other is left to `jsonschema`.
const UNDERSTOOD: [&str; 19] = [
    "title",
    "description",
    "examples",
    "type",
    "enum",
    "const",
    "format",
    "minimum",
    "maximum",
    "minLength",
    "pattern",
    "items",
    "uniqueItems",
    "properties",
    "additionalProperties",
    "propertyNames",
    "required",
    "$schema",
    "$id",
];

fn form(schema: &Value, forms: &mut Vec<Form>) -> Form {
    let Some(keywords) = schema.as_object() else { return Form::Anything };
    if keywords.keys().any(|keyword| !keyword.starts_with("x-") && !UNDERSTOOD.contains(&keyword.as_str())) {
        return Form::Unsure;
    }
    let words =
        |list: &[Value]| list.iter().map(|word| word.as_str().map(Box::from)).collect::<Option<Box<[Box<str>]>>>();
    match schema["type"].as_str() {
        Some("boolean") => Form::Boolean,
        Some("integer") if schema.get("maximum").is_none() => {
            schema["minimum"].as_i64().map_or(Form::Unsure, Form::Integer)
        }
        Some("number") => {
            let most = schema.get("maximum").map_or(Some(f64::MAX), Value::as_f64);
            schema["minimum"].as_f64().zip(most).map_or(Form::Unsure, |(least, most)| Form::Number(least, most))
        }
        Some("string") if schema.get("x-ref").is_some() => Form::Document,
        Some("string") if schema["format"] == "date" => Form::Date,
        Some("string") if schema.get("format").is_some() => Form::Unsure,
        Some("string") => match (schema["enum"].as_array(), schema.get("const"), schema["pattern"].as_str()) {
            (Some(list), None, None) => words(list).map_or(Form::Unsure, Form::Word),
            (None, Some(word), None) => words(std::slice::from_ref(word)).map_or(Form::Unsure, Form::Word),
            (None, None, Some(pattern)) => text::Form::of(pattern).map_or(Form::Unsure, Form::TextOf),
            (None, None, None) if schema["minLength"] == 1 => Form::TextOf(text::Form::NotEmpty),
            (None, None, None) if schema.get("minLength").is_none() => Form::Text,
            _ => Form::Unsure,
        },
        Some("array") if schema["items"]["type"] == "object" => Form::Collection(compile(&schema["items"], forms)),
        Some("array") if schema["items"]["type"] == "string" => Form::List(compile(&schema["items"], forms)),
        Some("object") => object(schema, forms).map_or(Form::Unsure, Form::Object),
        _ => Form::Unsure,
    }
}

fn object(schema: &Value, forms: &mut Vec<Form>) -> Option<Members> {
    let properties = schema["properties"].as_object()?;
    let mut named = Names::default();
    for (name, schema) in properties {
        named.insert(name, compile(schema, forms));
    }
    let rest = match (&schema["additionalProperties"], schema.get("propertyNames")) {
        (Value::Bool(false), None) => None,
        (other, names) => {
            let written = match names {
                Some(names) => Some(text::Form::of(names["pattern"].as_str()?)?),
                None => None,
            };
            Some((written, compile(other, forms)))
        }
    };
    // Names that the schema lists must be written as its names are, too.
    let written = rest.and_then(|(written, _)| written);
    let all_fit = written.is_none_or(|written| named.iter().all(|name| written.surely(name.as_bytes())));
    let required = schema.get("required").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let required = required.iter().map(|name| name.as_str().map(Box::from)).collect::<Option<_>>()?;
    all_fit.then_some(Members { named, rest, required })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::BUILT_IN;

    #[test]
    fn no_part_of_the_schema_is_beyond_the_walk() {
        let quick = Quick::new(BUILT_IN.value());
        assert!(!quick.forms.iter().any(|form| matches!(form, Form::Unsure)));
    }

    #[test]
    fn a_number_at_its_end_is_accepted_only_where_it_is_a_whole_one() {
        let quick = Quick::new(&serde_json::json!({ "type": "number", "minimum": 0, "maximum": 1 }));
        let accepts = |text: &str| {
            let document = crate::json::read(text.as_bytes().to_vec(), &crate::json::Limits::default()).expect("JSON");
            quick.keeps(quick.root, document.root(), None)
        };
        assert!(accepts("0") && accepts("0.5") && accepts("1"));
        assert!(!accepts("-1") && !accepts("1.0000000000000000001") && !accepts("2") && !accepts("\"1\""));
    }
}
