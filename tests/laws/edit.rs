//! Changes of manifests: members taken away, reordered, or replaced.

use std::collections::BTreeSet;

use govlint::manifest::{ManifestSchema, Shape, ShapeId};
use serde_json::{Map, Value};

/// The pointers of all members of objects, at any depth.
pub fn members(value: &Value) -> Vec<String> {
    let below = |key: &str, inner: &Value| {
        members(inner).into_iter().map(move |rest| format!("/{key}{rest}")).collect::<Vec<_>>()
    };
    match value {
        Value::Object(object) => {
            object.iter().flat_map(|(key, inner)| std::iter::once(format!("/{key}")).chain(below(key, inner))).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().flat_map(|(number, inner)| below(&number.to_string(), inner)).collect()
        }
        _ => Vec::new(),
    }
}

/// A manifest without one of its members.
pub fn without(manifest: &Value, pointer: &str) -> Value {
    let mut changed = manifest.clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    changed.pointer_mut(parent).and_then(Value::as_object_mut).and_then(|object| object.shift_remove(key)).unwrap();
    changed
}

/// The pointers of the dates of events.
pub fn events(schema: &ManifestSchema, shape: ShapeId, value: &Value) -> Vec<String> {
    let below = |key: &str, shape, inner| {
        events(schema, shape, inner).into_iter().map(|rest| format!("/{key}{rest}")).collect::<Vec<_>>()
    };
    match (schema.shape(shape), value) {
        (Shape::Object { .. }, Value::Object(object)) => {
            object.iter().flat_map(|(key, inner)| below(key, schema.child(shape, key).unwrap(), inner)).collect()
        }
        (Shape::Collection { item, .. }, Value::Array(items)) => {
            items.iter().enumerate().flat_map(|(number, inner)| below(&number.to_string(), *item, inner)).collect()
        }
        (Shape::Fact(fact), _) if schema.fact(*fact).past => vec![String::new()],
        _ => Vec::new(),
    }
}

/// The same value with the members of every object in the opposite order.
pub fn backwards(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            Value::Object(object.iter().rev().map(|(key, inner)| (key.clone(), backwards(inner))).collect())
        }
        Value::Array(items) => items.iter().map(backwards).collect(),
        scalar => scalar.clone(),
    }
}

/// The names of members that the paths in some text speak of.
pub fn names(value: &Value) -> BTreeSet<String> {
    let of_path = |text: &str| text.split('/').map(str::to_owned).collect::<BTreeSet<_>>();
    match value {
        Value::Object(object) => {
            object.iter().flat_map(|(key, inner)| of_path(key).into_iter().chain(names(inner))).collect()
        }
        Value::Array(items) => items.iter().flat_map(names).collect(),
        Value::String(text) => of_path(text),
        _ => BTreeSet::new(),
    }
}

/// One manifest where its members have a name among `names`, and another everywhere else.
pub fn mixed(one: &Value, other: &Value, names: &BTreeSet<String>) -> Value {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let own = one.iter().filter(|(key, _)| names.contains(*key));
            let own = own.map(|(key, inner)| (key.clone(), mixed(inner, other.get(key).unwrap_or(inner), names)));
            let foreign = other.iter().filter(|(key, _)| !names.contains(*key));
            own.chain(foreign.map(|(key, inner)| (key.clone(), inner.clone()))).collect::<Map<_, _>>().into()
        }
        (Value::Array(one), Value::Array(other)) if one.iter().all(Value::is_object) => {
            one.iter().enumerate().map(|(number, item)| mixed(item, other.get(number).unwrap_or(item), names)).collect()
        }
        _ => one.clone(),
    }
}
