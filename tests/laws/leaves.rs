//! Values of facts, and leaves that tell them apart.

use govlint::manifest::{Fact, FactKind};
use govlint::schema::{Reach, reach};
use serde_json::{Value, json};

/// Days around those that cases run at.
pub const DAYS: [&str; 12] = [
    "2026-06-15",
    "2026-06-14",
    "2026-06-16",
    "2024-02-29",
    "2025-06-15",
    "2025-12-31",
    "2026-01-31",
    "2026-02-16",
    "2026-05-15",
    "2026-06-29",
    "2026-07-15",
    "2027-03-01",
];

/// Periods in every unit.
pub const PERIODS: [&str; 9] = [
    "30 days",
    "1 day",
    "0 days",
    "365 days",
    "1 month",
    "12 months",
    "10 working days CN",
    "1 working day CN",
    "5 working days CN",
];

/// Values that a fact can have.
pub fn values(fact: &Fact) -> Vec<Value> {
    let array = |pointer: &str| fact.schema.pointer(pointer).and_then(Value::as_array).cloned();
    match fact.kind {
        FactKind::Boolean => vec![json!(true), json!(false)],
        FactKind::Word => array("/enum").unwrap_or_default(),
        FactKind::Integer => [1, 3, 5, 30, 400].map(Value::from).to_vec(),
        FactKind::Number => [0.2, 0.5, 1.0].map(Value::from).to_vec(),
        FactKind::Date => DAYS.map(Value::from).to_vec(),
        FactKind::Document => ["plan", "report"].map(Value::from).to_vec(),
        FactKind::Text => array("/examples").unwrap_or_default(),
        FactKind::List => array("/items/enum").or_else(|| array("/examples/0")).unwrap_or_default(),
        FactKind::Collection => Vec::new(),
    }
}

/// Leaves on a fact that the pack's reader takes, since some value meets them and another does not.
pub fn of(fact: &Fact) -> Vec<Value> {
    let values = values(fact);
    let Some(first) = values.first() else { return Vec::new() };
    let second = &values[values.len() / 2];
    let schema = bare(&fact.schema);
    let candidates = match fact.kind {
        FactKind::Integer | FactKind::Number => numeric(first, second),
        FactKind::List => lists(first, second),
        _ => scalars(first, second),
    };
    // Of several keywords, each must tell some values apart: the reader refuses idle ones.
    let idle = |(keyword, operand): (&String, &Value)| {
        let counts_matches = ["minContains", "maxContains"].contains(&keyword.as_str());
        !counts_matches && reach(&schema, &json!({ keyword: operand })) == Reach::Vacuous
    };
    let works =
        |leaf: &Value| reach(&schema, leaf) == Reach::Open && !leaf.as_object().is_some_and(|all| all.iter().any(idle));
    candidates.into_iter().filter(works).collect()
}

fn scalars(first: &Value, second: &Value) -> Vec<Value> {
    vec![
        json!({ "const": first }),
        json!({ "const": second }),
        json!({ "enum": [first] }),
        json!({ "enum": [first, second] }),
        json!({ "not": { "const": second } }),
        json!({ "anyOf": [{ "const": first }, { "const": second }] }),
        json!({ "allOf": [{ "not": { "const": first } }, { "not": { "const": second } }] }),
        json!({ "minLength": 6 }),
        json!({ "maxLength": 6 }),
        json!({ "pattern": "^[A-Z]|-0|e" }),
        json!({ "pattern": "a", "maxLength": 5 }),
        json!({ "format": "date" }),
    ]
}

fn numeric(first: &Value, second: &Value) -> Vec<Value> {
    vec![
        json!({ "const": first }),
        json!({ "enum": [first, second] }),
        json!({ "minimum": second }),
        json!({ "maximum": second }),
        json!({ "exclusiveMinimum": second }),
        json!({ "exclusiveMaximum": second }),
        json!({ "minimum": first, "exclusiveMaximum": second }),
        json!({ "not": { "const": second } }),
    ]
}

fn lists(first: &Value, second: &Value) -> Vec<Value> {
    vec![
        json!({ "contains": { "const": first } }),
        json!({ "contains": { "enum": [first, second] } }),
        json!({ "contains": { "not": { "const": first } } }),
        json!({ "contains": { "enum": [first, second] }, "minContains": 2 }),
        json!({ "contains": { "const": first }, "maxContains": 1 }),
        json!({ "contains": { "const": first }, "minContains": 0, "maxContains": 0 }),
        json!({ "not": { "contains": { "const": first } } }),
        json!({ "minItems": 1 }),
        json!({ "minItems": 2 }),
        json!({ "maxItems": 1 }),
        json!({ "uniqueItems": true }),
        json!({ "items": { "enum": [first, second] }, "minItems": 1 }),
        json!({ "items": { "not": { "const": second } }, "minItems": 0 }),
        json!({ "const": [first] }),
        json!({ "allOf": [{ "contains": { "const": first } }, { "contains": { "const": second } }] }),
    ]
}

/// A schema without what only people read.
fn bare(schema: &Value) -> Value {
    let Value::Object(members) = schema else { return schema.clone() };
    let told = |key: &str| key.starts_with("x-") || ["title", "description", "examples"].contains(&key);
    let kept = members.iter().filter(|(key, _)| !told(key));
    Value::Object(kept.map(|(key, value)| (key.clone(), bare(value))).collect())
}
