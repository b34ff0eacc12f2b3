//! Manifests from what was found: each fact at its place, and no more than that takes.

use serde_json::{Map, Value, json};

use crate::manifest::{FactKind, ManifestSchema};

use super::domain::{Sample, sample};
use super::formula::{Formula, Segment, SlotId};
use super::ground::schema_at;
use super::search::Found;

/// How items are named.
const NAMES: [&str; 6] = ["one", "two", "three", "four", "five", "six"];

/// Builds a manifest.
pub(super) fn manifest(schema: &ManifestSchema, formula: &Formula, found: &Found<'_>) -> Value {
    let mut builder = Builder { schema, formula, found, keys: vec![None; formula.slots.len()] };
    builder.name_documents();
    let mut manifest = json!({});
    let mut arrays: Vec<_> = (0..formula.arrays.len()).collect();
    arrays.sort_by_key(|array| formula.arrays[*array].place.len());
    for array in arrays {
        let place = &formula.arrays[array].place;
        if let Some(count) = found.arrays[array].filter(|_| builder.is_there(place)) {
            let items = (0..count).map(|_| json!({})).collect();
            builder.put(&mut manifest, place, Value::Array(items));
        }
    }
    for slot in 0..formula.slots.len() {
        let place = &formula.slots[slot].place;
        if let Some(value) = builder.value(slot).filter(|_| builder.is_there(place)) {
            builder.put(&mut manifest, place, value);
        }
        if let Some(key) = builder.keys[slot].clone().filter(|_| builder.is_there(place)) {
            builder.put(&mut manifest, &[Segment::Member("documents".into()), Segment::Member(key)], json!({}));
        }
    }
    complete(schema.value(), &mut manifest);
    manifest
}

struct Builder<'b> {
    schema: &'b ManifestSchema,
    formula: &'b Formula,
    found: &'b Found<'b>,
    /// The key that each reference to a document states.
    keys: Vec<Option<String>>,
}

impl Builder<'_> {
    /// Gives each reference a document of its own, unless its key was found.
    fn name_documents(&mut self) {
        for slot in 0..self.formula.slots.len() {
            if self.schema.fact(self.formula.slots[slot].fact).kind != FactKind::Document {
                continue;
            }
            self.keys[slot] = match self.found.facts[slot] {
                Some(Sample::Value(Value::String(key))) => Some(key.clone()),
                Some(_) => Some(self.fresh_key(&self.formula.slots[slot].place)),
                None => None,
            };
        }
    }

    fn fresh_key(&self, place: &[Segment]) -> String {
        let names = place.iter().rev().filter_map(|segment| match segment {
            Segment::Member(name) if name != "document" => Some(name.replace('_', "-")),
            _ => None,
        });
        let name = names.into_iter().next().unwrap_or_else(|| "document".to_owned());
        let taken = |key: &String| self.keys.iter().flatten().any(|known| known == key);
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        std::iter::once(name.clone()).chain(numbered).find(|key| !taken(key)).unwrap_or(name)
    }

    fn value(&self, slot: SlotId) -> Option<Value> {
        let sample = self.found.facts[slot]?;
        if let Some(key) = &self.keys[slot] {
            return Some(key.as_str().into());
        }
        let day = self.found.days.facts.iter().find(|(known, _)| *known == slot);
        match (day, sample) {
            (Some((_, day)), _) => Some(day.to_string().into()),
            (None, Sample::Value(value)) => Some(value.clone()),
            (None, Sample::Any | Sample::Unknown) => None,
        }
    }

    /// Whether the items and the documents are there through which a place leads.
    fn is_there(&self, place: &[Segment]) -> bool {
        place.iter().enumerate().all(|(at, segment)| match segment {
            Segment::Member(_) => true,
            Segment::Item(number) => {
                let array = self.formula.arrays.iter().position(|array| array.place == place[..at]);
                array.and_then(|array| self.found.arrays[array]).is_some_and(|count| *number < count)
            }
            Segment::Document => self.key(&place[..at]).is_some(),
        })
    }

    fn key(&self, place: &[Segment]) -> Option<&String> {
        let slot = self.formula.slots.iter().position(|slot| slot.place == place)?;
        self.keys[slot].as_ref()
    }

    /// Puts a value where a place leads, and the objects that lead to it; what is there already stays.
    fn put(&self, root: &mut Value, place: &[Segment], value: Value) {
        let document = place.iter().rposition(|segment| *segment == Segment::Document);
        let key = document.and_then(|at| self.key(&place[..at]));
        let mut at = match (document, key) {
            (Some(_), Some(key)) => member(member(root, "documents"), key),
            _ => root,
        };
        for segment in &place[document.map_or(0, |at| at + 1)..] {
            at = match segment {
                Segment::Member(name) => member(at, name),
                Segment::Item(number) => &mut at[*number],
                Segment::Document => return,
            };
        }
        if at.is_null() {
            *at = value;
        }
    }
}

/// The member of an object, which what is not there yet becomes.
fn member<'v>(value: &'v mut Value, name: &str) -> &'v mut Value {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    &mut value[name]
}

/// Adds the members that a schema requires, in the schema's order: what is said comes after what it is about.
fn complete(schema: &Value, value: &mut Value) {
    match value {
        Value::Object(members) => {
            let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
            let missing: Vec<_> =
                required.filter_map(Value::as_str).filter(|name| !members.contains_key(*name)).collect();
            for name in missing.into_iter().rev() {
                if let Some(value) = schema_at(schema, &[Segment::Member(name.to_owned())]).and_then(sample) {
                    members.shift_insert(0, name.to_owned(), value);
                }
            }
            for (name, member) in members {
                if let Some(schema) = schema_at(schema, &[Segment::Member(name.clone())]) {
                    complete(schema, member);
                }
            }
        }
        Value::Array(items) if items.iter().all(Value::is_object) => {
            for (number, item) in items.iter_mut().enumerate() {
                if item.get("id").is_none() {
                    name_item(schema, item, number);
                }
                complete(schema.get("items").unwrap_or(&Value::Null), item);
            }
        }
        _ => {}
    }
}

fn name_item(schema: &Value, item: &mut Value, number: usize) {
    let requires_id = schema.get("items").is_some_and(|items| super::ground::requires(items, "id"));
    if let (true, Value::Object(members)) = (requires_id, item) {
        let name = NAMES.get(number).map_or_else(|| number.to_string(), |name| (*name).to_owned());
        members.shift_insert(0, "id".into(), name.into());
    }
}
