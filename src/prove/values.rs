//! Values of a fact that may tell checks apart.
//!
//! Taken from the schema and from the checks themselves: booleans, words, numbers around bounds, lists of every kind of
//! word in every number that matters, texts from constants, examples and plain patterns. Says where no other value can
//! have other truths than these. Knows JSON Schema; knows nothing of rules.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::json::{self, Limits};
use crate::schema::{Validator, compile};

use super::pattern;

/// No more lists than this are made of one fact's words.
const MOST_LISTS: usize = 3_000;

/// So many examples of a word that nothing speaks of.
const MOST_EXAMPLES: usize = 6;

/// Some values of a fact.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// Simple ones first. Some may not keep the schema.
    pub values: Vec<Value>,
    /// Whether every combination of truths of the checks that some value has is that of one of these.
    pub complete: bool,
}

/// Values of a fact with this schema that may tell these checks apart.
pub(super) fn values(schema: &Value, checks: &[&Value]) -> Values {
    if let Some(only) = schema.get("const") {
        return Values { values: vec![only.clone()], complete: true };
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return Values { values: words.clone(), complete: true };
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("boolean") => Values { values: vec![json!(true), json!(false)], complete: true },
        Some("integer") => numbers(schema, checks, true),
        Some("number") => numbers(schema, checks, false),
        Some("array") => lists(schema, checks),
        _ => texts(schema, checks),
    }
}

/// Whether a value keeps a schema.
pub(super) fn keeps(validator: &Validator, value: &Value) -> bool {
    let document = json::read(value.to_string().into_bytes(), &Limits::default());
    document.is_ok_and(|document| validator.is_valid(document.root()))
}

/// Calls `visit` with each keyword of a check and its operand, inside `allOf`, `anyOf` and `not` too.
fn keywords<'v>(check: &'v Value, visit: &mut impl FnMut(&'v str, &'v Value)) {
    for (keyword, operand) in check.as_object().into_iter().flatten() {
        match keyword.as_str() {
            "allOf" | "anyOf" => operand.as_array().into_iter().flatten().for_each(|part| keywords(part, visit)),
            "not" => keywords(operand, visit),
            _ => visit(keyword, operand),
        }
    }
}

fn only_has(checks: &[&Value], allowed: &[&str]) -> bool {
    let mut only = true;
    checks.iter().for_each(|check| keywords(check, &mut |keyword, _| only &= allowed.contains(&keyword)));
    only
}

/// The values of `const` and `enum`.
fn mentioned(checks: &[&Value]) -> Vec<Value> {
    let mut found = Vec::new();
    for check in checks {
        keywords(check, &mut |keyword, operand| match (keyword, operand) {
            ("const", value) => found.push(value.clone()),
            ("enum", Value::Array(words)) => found.extend(words.iter().cloned()),
            _ => {}
        });
    }
    found
}

fn distinct(values: impl IntoIterator<Item = Value>) -> Vec<Value> {
    let mut kept: Vec<Value> = Vec::new();
    for value in values {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}

/// Every bound, what lies beside it, and what lies between two.
fn numbers(schema: &Value, checks: &[&Value], whole: bool) -> Values {
    const BOUNDS: [&str; 6] = ["const", "enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
    let mut bounds: Vec<f64> = mentioned(checks).iter().filter_map(Value::as_f64).collect();
    for check in checks.iter().copied().chain([schema]) {
        keywords(check, &mut |keyword, operand| bounds.extend(operand.as_f64().filter(|_| BOUNDS.contains(&keyword))));
    }
    bounds.push(0.0);
    bounds.sort_by(f64::total_cmp);
    bounds.dedup();
    let beside = bounds.iter().flat_map(|bound| [*bound, bound + 1.0, bound - 1.0]);
    let between = bounds.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0);
    let all: Vec<f64> = beside.chain(between).collect();
    // Beyond this, numbers are not told apart for sure.
    let complete = only_has(checks, &BOUNDS) && bounds.iter().all(|bound| bound.abs() < 1e15);
    let examples = schema.get("examples").and_then(Value::as_array).into_iter().flatten().cloned();
    let values: Vec<Value> = if whole {
        all.iter().flat_map(|number| [number.floor(), number.ceil()]).map(|number| json!(number as i64)).collect()
    } else {
        all.iter().map(|number| if number.fract() == 0.0 { json!(*number as i64) } else { json!(number) }).collect()
    };
    Values { values: distinct(examples.chain(values)), complete }
}

/// Texts that are spoken of, that patterns match, and examples of others.
fn texts(schema: &Value, checks: &[&Value]) -> Values {
    let mut all: Vec<Value> = examples(schema);
    all.extend(mentioned(checks));
    for check in checks {
        keywords(check, &mut |keyword, operand| match (keyword, operand) {
            ("pattern", Value::String(pattern)) => all.extend(pattern::texts(pattern).into_iter().map(Value::from)),
            ("minLength" | "maxLength", length) => {
                let length = usize::try_from(length.as_u64().unwrap_or_default().min(1_000)).unwrap_or_default();
                let lengths = [length.saturating_sub(1), length, length + 1];
                all.extend(lengths.map(|length| Value::from("x".repeat(length))));
            }
            _ => {}
        });
    }
    // Patterns that all must match often stand beside each other.
    let parts: Vec<String> = all.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    if !only_has(checks, &["const", "enum"]) && parts.len() <= 40 {
        all.extend(parts.iter().flat_map(|one| parts.iter().map(move |other| Value::from(format!("{one}{other}")))));
    }
    let spoken_of = mentioned(checks);
    let kept = compile(schema).ok();
    let other = |value: &&Value| !spoken_of.contains(value) && kept.as_ref().is_some_and(|kept| keeps(kept, value));
    let has_other = all.iter().any(|value| other(&value));
    Values { complete: only_has(checks, &["const", "enum"]) && has_other, values: distinct(all) }
}

/// Texts that keep a schema without regard to what anybody asks.
fn examples(schema: &Value) -> Vec<Value> {
    let written = schema.get("examples").and_then(Value::as_array).into_iter().flatten().cloned();
    let pattern = schema.get("pattern").and_then(Value::as_str).map(pattern::texts).unwrap_or_default();
    let plain = ["x", "y", "z", "", "XX", "7"].map(str::to_owned);
    let dates = ["2024-06-01", "2025-12-31"].map(str::to_owned);
    written.chain(pattern.into_iter().take(MOST_EXAMPLES).chain(plain).chain(dates).map(Value::from)).collect()
}

/// Lists with so many words of each kind, where words are of one kind if no part of a check tells them apart.
fn lists(schema: &Value, checks: &[&Value]) -> Values {
    let (mut parts, mut most, mut whole) = (Vec::new(), 1, Vec::new());
    for check in checks {
        keywords(check, &mut |keyword, operand| match keyword {
            "contains" | "items" => parts.push(operand),
            "const" => whole.push(operand.clone()),
            "enum" => whole.extend(operand.as_array().into_iter().flatten().cloned()),
            _ => most = most.max(usize::try_from(operand.as_u64().unwrap_or_default()).unwrap_or(usize::MAX)),
        });
    }
    let unknown = Value::Bool(true);
    let item = schema.get("items").unwrap_or(&unknown);
    let words = values(item, &parts);
    let kinds = kinds(item, &parts, words.values);
    let unique = schema.get("uniqueItems") == Some(&Value::Bool(true));
    let closed = item.get("enum").is_some();
    let wanted = most.saturating_add(1);
    let enough = closed || kinds.iter().all(|kind| kind.len() >= wanted || is_one_word(kind, &parts));
    let (mut values, all) = combined(&kinds, wanted);
    if !all {
        values.extend(some_lists(&kinds, checks));
    }
    if !unique {
        let repeated = kinds.iter().filter_map(|kind| kind.first());
        values.extend(repeated.flat_map(|word| [json!([word, word]), json!([word, word, word])]).collect::<Vec<_>>());
    }
    let complete = words.complete && unique && enough && all && whole.is_empty();
    values.extend(whole);
    Values { values, complete }
}

/// Lists with the words that each check speaks of, that two of them speak of, and with all words but one.
fn some_lists(kinds: &[Vec<Value>], checks: &[&Value]) -> Vec<Value> {
    let known: Vec<&Value> = kinds.iter().flatten().collect();
    let of = |check: &Value| {
        let mut words = Vec::new();
        keywords(check, &mut |keyword, operand| {
            if ["contains", "items"].contains(&keyword) {
                words.extend(mentioned(&[operand]).into_iter().filter(|word| known.contains(&word)));
            }
        });
        distinct(words)
    };
    let each: Vec<Vec<Value>> = checks.iter().map(|check| of(check)).collect();
    let both = each.iter().flat_map(|one| each.iter().map(|other| distinct(one.iter().chain(other).cloned())));
    let but_one =
        |left_out: &Value| known.iter().filter(|word| **word != left_out).map(|word| (*word).clone()).collect();
    let but_one: Vec<Vec<Value>> = known.iter().map(|word| but_one(word)).collect();
    each.clone().into_iter().chain(both).chain(but_one).map(Value::Array).collect()
}

/// Whether a kind holds the one word that some part names.
fn is_one_word(kind: &[Value], parts: &[&Value]) -> bool {
    matches!(kind, [only] if mentioned(parts).contains(only))
}

/// Words that keep the schema, by which parts of checks they meet.
fn kinds(item: &Value, parts: &[&Value], words: Vec<Value>) -> Vec<Vec<Value>> {
    let kept = compile(item).ok();
    let parts: Vec<_> = parts.iter().filter_map(|part| compile(part).ok()).collect();
    let mut kinds: BTreeMap<Vec<bool>, Vec<Value>> = BTreeMap::new();
    for word in words.into_iter().filter(|word| kept.as_ref().is_some_and(|kept| keeps(kept, word))) {
        kinds.entry(parts.iter().map(|part| keeps(part, &word)).collect()).or_default().push(word);
    }
    kinds.into_values().collect()
}

/// Every list with up to so many words of each kind, short ones first; and whether these are really all.
fn combined(kinds: &[Vec<Value>], most: usize) -> (Vec<Value>, bool) {
    let mut lists: Vec<Vec<Value>> = vec![Vec::new()];
    let mut all = true;
    for kind in kinds {
        let counts = kind.len().min(most);
        let fits = lists.len().saturating_mul(counts + 1) <= MOST_LISTS;
        all &= fits;
        let longer =
            lists.iter().flat_map(|list| (1..=counts).map(|count| [list.clone(), kind[..count].to_vec()].concat()));
        let longer: Vec<_> = longer.take(if fits { usize::MAX } else { MOST_LISTS / 10 }).collect();
        lists.extend(longer);
    }
    lists.push(kinds.iter().flatten().cloned().collect());
    lists.sort_by_key(Vec::len);
    (lists.into_iter().map(Value::Array).collect(), all)
}
