//! The manifest's schema: which facts there are, of which type, and where.
//!
//! Reads the one published file, `schemas/system-manifest.schema.json`, into a tree of shapes and a table of facts.
//! Everything else (type checks of rules, questions, documentation) asks here. Knows nothing of rules.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

use super::form::Form;
use super::suggest;
use crate::lang::{Lang, Text};

/// The published schema, as text.
pub const SCHEMA: &str = include_str!("../../schemas/system-manifest.schema.json");

/// The built-in schema, read once.
pub static BUILT_IN: LazyLock<ManifestSchema> = LazyLock::new(|| {
    let value = serde_json::from_str(SCHEMA).expect("the built-in manifest schema is JSON");
    ManifestSchema::new(value)
});

/// A fact's number: its place in the schema's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub u32);

/// One fact that a manifest can state.
#[derive(Debug)]
pub struct Fact {
    /// Where it stands, with `*` for an item of an array or a member that one names oneself.
    pub pointer: String,
    /// What kind of value it has.
    pub kind: FactKind,
    /// Its schema.
    pub schema: Value,
    /// Its name for people.
    pub title: Text,
    /// What it means.
    pub description: Text,
    /// What an interviewer would ask to learn it.
    pub question: Text,
    /// Whether it is the date of an event, which cannot lie after the run's date.
    pub past: bool,
    /// The unit of a number of days or months.
    pub unit: Option<String>,
}

/// What kind of value a fact has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A string.
    Text,
    /// A word of a closed list.
    Word,
    /// A day.
    Date,
    /// The key of a document.
    Document,
    /// An array of scalars.
    List,
    /// An array of objects: not a fact itself, but what an item's facts hang on.
    Collection,
}

impl FactKind {
    /// Its name for people.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Boolean => lang.pick("boolean", "布尔值"),
            Self::Integer => lang.pick("integer", "整数"),
            Self::Number => lang.pick("number", "数字"),
            Self::Text => lang.pick("string", "字符串"),
            Self::Word => lang.pick("word", "选项"),
            Self::Date => lang.pick("date", "日期"),
            Self::Document => lang.pick("document", "文件"),
            Self::List => lang.pick("list", "列表"),
            Self::Collection => lang.pick("list of objects", "对象列表"),
        }
    }
}

/// A shape's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShapeId(u32);

/// What may stand at a place of a manifest.
#[derive(Debug)]
pub enum Shape {
    /// An object.
    Object {
        /// The members that it names.
        members: BTreeMap<String, ShapeId>,
        /// What other members look like, where there may be others.
        rest: Option<ShapeId>,
    },
    /// An array of objects.
    Collection {
        /// The array's own number.
        fact: FactId,
        /// What its items look like.
        item: ShapeId,
    },
    /// A fact.
    Fact(FactId),
    /// Anything: the open door, and `$schema`.
    Open,
}

/// Why a pointer names no fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// A segment names no member.
    NoMember {
        /// The pointer up to the object.
        parent: String,
        /// The segment.
        segment: String,
        /// The nearest member there is.
        suggestion: Option<String>,
    },
    /// It goes on below a fact.
    BelowFact(String),
    /// It goes through an array without walking it.
    ThroughArray(String),
    /// It ends at an object.
    Object(String),
}

/// One step on the way to a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// To a member.
    Member(String),
    /// From the key of a document to the document.
    Document,
}

/// The manifest's schema.
#[derive(Debug)]
pub struct ManifestSchema {
    value: Value,
    shapes: Vec<Shape>,
    facts: Vec<Fact>,
    root: ShapeId,
    documents: Option<ShapeId>,
    /// Renamed facts: from, to.
    moved: Vec<(String, String)>,
}

impl ManifestSchema {
    /// Reads a schema.
    ///
    /// # Panics
    /// Where it uses JSON Schema beyond the dialect of the published file; a test reads that file.
    pub fn new(value: Value) -> Self {
        let mut builder = Builder { shapes: Vec::new(), facts: Vec::new() };
        let root = builder.shape(&value, "");
        let Builder { shapes, facts } = builder;
        let mut schema = Self { moved: moved(&value), value, shapes, facts, root, documents: None };
        schema.documents = schema.child(root, "documents").and_then(|id| match schema.shape(id) {
            Shape::Object { rest, .. } => *rest,
            _ => None,
        });
        schema
    }

    /// The schema as JSON.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// All facts in the schema's order.
    pub fn facts(&self) -> impl Iterator<Item = (FactId, &Fact)> {
        (0u32..).map(FactId).zip(&self.facts)
    }

    /// One fact.
    pub fn fact(&self, id: FactId) -> &Fact {
        &self.facts[id.0 as usize]
    }

    /// The shape of a whole manifest.
    pub fn root(&self) -> ShapeId {
        self.root
    }

    /// The shape of one document.
    pub fn document(&self) -> Option<ShapeId> {
        self.documents
    }

    /// One shape.
    pub fn shape(&self, id: ShapeId) -> &Shape {
        &self.shapes[id.0 as usize]
    }

    /// The shape of an object's member.
    pub fn child(&self, id: ShapeId, name: &str) -> Option<ShapeId> {
        match self.shape(id) {
            Shape::Object { members, rest } => members.get(name).copied().or(*rest),
            _ => None,
        }
    }

    /// Where a fact that stood at `pointer` has moved to.
    pub fn moved_to(&self, pointer: &str) -> Option<&str> {
        self.moved.iter().find(|(from, _)| from == pointer).map(|(_, to)| to.as_str())
    }

    /// Follows `segments` from `start` to a fact or an array of objects.
    ///
    /// # Errors
    /// Where there is nothing of that name, with the nearest name there is.
    pub fn resolve(&self, start: ShapeId, segments: &[&str]) -> Result<(FactId, Vec<Resolved>), Unresolved> {
        let mut at = start;
        let mut steps = Vec::new();
        let mut parent = String::new();
        for segment in segments {
            if let Shape::Fact(id) = self.shape(at)
                && self.fact(*id).kind == FactKind::Document
                && let Some(document) = self.documents
            {
                steps.push(Resolved::Document);
                at = document;
            }
            at = self.step(at, segment, &parent)?;
            steps.push(Resolved::Member((*segment).to_owned()));
            parent = format!("{parent}/{segment}");
        }
        match self.shape(at) {
            Shape::Fact(id) | Shape::Collection { fact: id, .. } => Ok((*id, steps)),
            Shape::Object { .. } | Shape::Open => Err(Unresolved::Object(parent)),
        }
    }

    /// The shape of an array's items, given the array's own path.
    pub fn item(&self, start: ShapeId, segments: &[&str]) -> Option<ShapeId> {
        let at = segments.iter().try_fold(start, |at, segment| self.child(at, segment))?;
        match self.shape(at) {
            Shape::Collection { item, .. } => Some(*item),
            _ => None,
        }
    }

    fn step(&self, at: ShapeId, segment: &str, parent: &str) -> Result<ShapeId, Unresolved> {
        match self.shape(at) {
            Shape::Object { members, rest } => {
                let known = members
                    .get(segment)
                    .copied()
                    .or_else(|| rest.filter(|_| Form::of_keys(parent).surely(segment.as_bytes())));
                known.ok_or_else(|| Unresolved::NoMember {
                    parent: parent.to_owned(),
                    segment: segment.to_owned(),
                    suggestion: suggest::nearest(segment, members.keys().map(String::as_str)).map(str::to_owned),
                })
            }
            Shape::Collection { .. } => Err(Unresolved::ThroughArray(parent.to_owned())),
            Shape::Fact(_) => Err(Unresolved::BelowFact(parent.to_owned())),
            Shape::Open => Err(Unresolved::Object(parent.to_owned())),
        }
    }
}

fn moved(value: &Value) -> Vec<(String, String)> {
    let entries = value.get("x-moved").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let text = |entry: &Value, key| entry.get(key).and_then(Value::as_str).map(str::to_owned);
    entries.iter().filter_map(|entry| Some((text(entry, "from")?, text(entry, "to")?))).collect()
}

struct Builder {
    shapes: Vec<Shape>,
    facts: Vec<Fact>,
}

impl Builder {
    fn shape(&mut self, schema: &Value, pointer: &str) -> ShapeId {
        let shape = match schema.get("type").and_then(Value::as_str) {
            _ if schema.get("x-annotation").is_some() => Shape::Open,
            Some("object") => self.object(schema, pointer),
            Some("array") if schema.pointer("/items/type") == Some(&Value::from("object")) => {
                let fact = self.fact(schema, pointer, FactKind::Collection);
                let item = self.shape(&schema["items"], &format!("{pointer}/*"));
                Shape::Collection { fact, item }
            }
            Some(kind) => Shape::Fact(self.fact(schema, pointer, fact_kind(kind, schema))),
            None => Shape::Open,
        };
        self.shapes.push(shape);
        ShapeId(u32::try_from(self.shapes.len() - 1).expect("a schema has fewer than four billion shapes"))
    }

    fn object(&mut self, schema: &Value, pointer: &str) -> Shape {
        let mut members = BTreeMap::new();
        for (name, member) in schema["properties"].as_object().into_iter().flatten() {
            members.insert(name.clone(), self.shape(member, &format!("{pointer}/{name}")));
        }
        let rest = match schema.get("additionalProperties") {
            Some(Value::Bool(false)) | None => None,
            Some(rest) => Some(self.shape(rest, &format!("{pointer}/*"))),
        };
        Shape::Object { members, rest }
    }

    fn fact(&mut self, schema: &Value, pointer: &str, kind: FactKind) -> FactId {
        let text = |en: &str, zh: &str| {
            let (en, zh) = (schema.get(en).and_then(Value::as_str), schema.pointer(zh).and_then(Value::as_str));
            let mut text = Text::default();
            en.into_iter().for_each(|wording| text.set(Lang::En, wording.to_owned()));
            zh.into_iter().for_each(|wording| text.set(Lang::Zh, wording.to_owned()));
            text
        };
        self.facts.push(Fact {
            pointer: pointer.to_owned(),
            kind,
            title: text("title", "/x-zh/title"),
            description: text("description", "/x-zh/description"),
            question: text("x-question", "/x-zh/question"),
            past: schema.get("x-tense") == Some(&Value::from("past")),
            unit: schema.get("x-unit").and_then(Value::as_str).map(str::to_owned),
            schema: schema.clone(),
        });
        FactId(u32::try_from(self.facts.len() - 1).expect("a schema has fewer than four billion facts"))
    }
}

fn fact_kind(kind: &str, schema: &Value) -> FactKind {
    match kind {
        "boolean" => FactKind::Boolean,
        "integer" => FactKind::Integer,
        "number" => FactKind::Number,
        "array" => FactKind::List,
        _ if schema.get("x-ref").is_some() => FactKind::Document,
        _ if schema.get("format") == Some(&Value::from("date")) => FactKind::Date,
        _ if schema.get("enum").is_some() => FactKind::Word,
        _ => FactKind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(pointer: &str) -> Result<(String, usize), Unresolved> {
        let schema = &*BUILT_IN;
        let segments: Vec<_> = pointer.split('/').skip(1).collect();
        let (id, steps) = schema.resolve(schema.root(), &segments)?;
        Ok((schema.fact(id).pointer.clone(), steps.len()))
    }

    #[test]
    fn a_market_is_a_key_of_ones_own() {
        assert_eq!(resolve("/markets/FR/started_on"), Ok(("/markets/*/started_on".into(), 3)));
        assert_eq!(resolve("/markets/US/federal_agency"), Ok(("/markets/US/federal_agency".into(), 3)));
        assert!(matches!(resolve("/markets/china/started_on"), Err(Unresolved::NoMember { .. })));
    }

    #[test]
    fn a_rule_reads_through_a_document() {
        let (pointer, steps) = resolve("/assessments/ai_impact/document/issued_on").expect("a fact");
        assert_eq!((pointer.as_str(), steps), ("/documents/*/issued_on", 5));
    }

    #[test]
    fn a_misspelt_member_has_a_suggestion() {
        let Err(Unresolved::NoMember { parent, suggestion, .. }) = resolve("/system/stge") else { panic!() };
        assert_eq!((parent.as_str(), suggestion.as_deref()), ("/system", Some("stage")));
    }

    #[test]
    fn an_object_is_not_a_fact_and_an_array_is_walked() {
        assert_eq!(resolve("/system"), Err(Unresolved::Object("/system".into())));
        assert!(matches!(resolve("/governance/waivers/granted_on"), Err(Unresolved::ThroughArray(_))));
        assert!(matches!(resolve("/system/stage/x"), Err(Unresolved::BelowFact(_))));
    }

    #[test]
    fn every_fact_speaks_both_languages_and_has_an_example() {
        for (_, fact) in BUILT_IN.facts() {
            for lang in Lang::ALL {
                assert!(fact.title.exactly(lang).is_some(), "{}: title", fact.pointer);
                assert!(fact.description.exactly(lang).is_some(), "{}: description", fact.pointer);
                if fact.kind != FactKind::Collection {
                    assert!(fact.question.exactly(lang).is_some(), "{}: question", fact.pointer);
                    assert!(fact.schema.get("examples").is_some(), "{}: example", fact.pointer);
                }
            }
        }
    }

    #[test]
    fn units_and_kinds_stand_in_names() {
        for (_, fact) in BUILT_IN.facts() {
            let name = fact.pointer.rsplit('/').next().unwrap_or_default();
            assert_eq!(fact.kind == FactKind::Date, name.ends_with("_on"), "{}", fact.pointer);
            let units = ["days", "months", "years", "hours", "minutes", "seconds"];
            let measured = units.iter().any(|unit| name == *unit || name.ends_with(&format!("_{unit}")));
            assert_eq!(fact.unit.is_some(), measured, "{}", fact.pointer);
        }
    }
}
