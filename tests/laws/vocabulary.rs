//! What random rules can speak of: a schema's facts and arrays, by the place that their paths start from.

use std::collections::HashMap;
use std::sync::LazyLock;

use govlint::manifest::{BUILT_IN, FactKind, ManifestSchema, Shape, ShapeId};
use serde_json::Value;

use crate::leaves;

/// A schema with one fact of each kind, arrays in arrays, and documents that lead to documents.
pub static SMALL: LazyLock<Vocabulary> = LazyLock::new(|| {
    let schema = serde_json::from_str(include_str!("schema.json")).unwrap();
    Vocabulary::new(Box::leak(Box::new(ManifestSchema::new(schema))))
});

/// The published schema.
pub static PUBLISHED: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::new(&BUILT_IN));

/// How many documents a path may lead through.
const MOST_DOCUMENTS: usize = 2;

/// A schema's facts and arrays.
pub struct Vocabulary {
    pub schema: &'static ManifestSchema,
    frames: HashMap<ShapeId, Frame>,
}

/// What can be named from one place: from the manifest, or from the items of an array.
#[derive(Default)]
pub struct Frame {
    pub facts: Vec<Fact>,
    /// Facts that are days.
    pub dates: Vec<String>,
    /// Facts that say how many days or months.
    pub periods: Vec<String>,
    /// Arrays of objects, with the shape of their items.
    pub arrays: Vec<(String, ShapeId)>,
}

/// A fact, with leaves that some of its values meet and others do not.
pub struct Fact {
    pub path: String,
    pub kind: FactKind,
    pub leaves: Vec<Value>,
}

impl Vocabulary {
    fn new(schema: &'static ManifestSchema) -> Self {
        let mut frames = HashMap::new();
        let mut left = vec![schema.root()];
        while let Some(start) = left.pop() {
            let mut frame = Frame::default();
            frame.collect(schema, start, "", 0);
            left.extend(frame.arrays.iter().map(|(_, item)| *item));
            frames.insert(start, frame);
        }
        Self { schema, frames }
    }

    /// What can be named from the items of that shape.
    pub fn frame(&self, start: ShapeId) -> &Frame {
        &self.frames[&start]
    }
}

impl Frame {
    fn collect(&mut self, schema: &ManifestSchema, at: ShapeId, path: &str, documents: usize) {
        let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
        match schema.shape(at) {
            Shape::Object { members, rest } => {
                members.iter().for_each(|(name, member)| self.collect(schema, *member, &below(name), documents));
                rest.iter().for_each(|rest| self.collect(schema, *rest, &below(own_keys(path)[0]), documents));
            }
            Shape::Collection { item, .. } if documents == 0 => self.arrays.push((path.to_owned(), *item)),
            Shape::Fact(id) => {
                let fact = schema.fact(*id);
                self.fact(path, fact);
                if let Some(document) = schema.document().filter(|_| fact.kind == FactKind::Document)
                    && documents < MOST_DOCUMENTS
                {
                    self.collect(schema, document, path, documents + 1);
                }
            }
            Shape::Collection { .. } | Shape::Open => {}
        }
    }

    fn fact(&mut self, path: &str, fact: &govlint::manifest::Fact) {
        if fact.kind == FactKind::Date {
            self.dates.push(path.to_owned());
        }
        if matches!(fact.unit.as_deref(), Some("days" | "months")) {
            self.periods.push(path.to_owned());
        }
        let leaves = leaves::of(fact);
        if !leaves.is_empty() {
            self.facts.push(Fact { path: path.to_owned(), kind: fact.kind, leaves });
        }
    }
}

/// The names that stand for those that one chooses oneself.
pub fn own_keys(path: &str) -> [&'static str; 2] {
    if path == "markets" { ["CN", "US"] } else { ["plan", "report"] }
}
