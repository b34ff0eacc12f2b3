//! What a fact's checks can come to together: a value for each combination of truths, or the proof that there is none.
//!
//! Knows values and schemas. Knows nothing of where a fact stands or what is asked of it.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use serde_json::{Value, json};

use crate::manifest::{Fact, FactId, FactKind, ManifestSchema};
use crate::pack::{LeafSchema, bare};
use crate::schema::{compile, is_empty};

use super::formula::{Formula, Slot};
use super::values::{self, Values};

/// Of more checks than this on one fact, not every combination is asked about.
const MOST_CHECKS: usize = 7;

/// What a stated fact can come to.
#[derive(Debug)]
pub(super) struct Domain {
    pub choices: Vec<Choice>,
    /// Whether there is no other combination of truths.
    pub complete: bool,
}

/// One combination of truths.
#[derive(Debug)]
pub(super) struct Choice {
    /// The truth of each check.
    pub truths: Vec<bool>,
    pub value: Sample,
}

/// A value with certain truths.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sample {
    /// This one.
    Value(Value),
    /// Any: nothing is checked, and whoever builds the manifest knows better.
    Any,
    /// None was found; there may be one.
    Unknown,
}

/// A fact and what is checked of it.
type Key = (FactId, String);

/// The domains that have been asked for.
#[derive(Debug, Default)]
pub(super) struct Domains(RwLock<HashMap<Key, Arc<Domain>>>);

impl Domains {
    /// The domain of each fact of a formula.
    pub fn of(&self, schema: &ManifestSchema, formula: &Formula) -> Vec<Arc<Domain>> {
        formula.slots.iter().map(|slot| self.one(schema, slot)).collect()
    }

    fn one(&self, schema: &ManifestSchema, slot: &Slot) -> Arc<Domain> {
        let checks: Vec<String> = slot.checks.iter().map(|check| check.value.to_string()).collect();
        let key = (slot.fact, checks.join("\n"));
        if let Ok(known) = self.0.read()
            && let Some(domain) = known.get(&key)
        {
            return Arc::clone(domain);
        }
        let domain = Arc::new(domain(schema.fact(slot.fact), &slot.checks));
        if let Ok(mut known) = self.0.write() {
            known.insert(key, Arc::clone(&domain));
        }
        domain
    }
}

fn domain(fact: &Fact, checks: &[LeafSchema]) -> Domain {
    if checks.is_empty() {
        return unchecked(fact);
    }
    let schema = bare(&fact.schema);
    let operands: Vec<&Value> = checks.iter().map(|check| &check.value).collect();
    let with_examples = with_examples(&schema, &fact.schema);
    let Values { values, complete } = values::values(&with_examples, &operands);
    let kept = compile(&schema).ok();
    let kept = values.into_iter().filter(|value| kept.as_ref().is_some_and(|kept| values::keeps(kept, value)));
    let with_truths = kept.map(|value| {
        let truths = checks.iter().map(|check| values::keeps(&check.validator, &value)).collect();
        Choice { truths, value: Sample::Value(value) }
    });
    // Of days, several with the same truths are kept, since they are also compared with each other.
    let is_date = fact.kind == FactKind::Date;
    let mut choices: Vec<Choice> = Vec::new();
    for choice in with_truths {
        if is_date || !choices.iter().any(|known| known.truths == choice.truths) {
            choices.push(choice);
        }
    }
    if complete && !is_date {
        return Domain { choices, complete };
    }
    let all_asked = checks.len() <= MOST_CHECKS;
    if all_asked {
        let known = |truths: &Vec<bool>| !is_date && choices.iter().any(|choice| choice.truths == *truths);
        let missing: Vec<_> = combinations(checks.len()).filter(|truths| !known(truths)).collect();
        let open = missing.into_iter().filter(|truths| !is_empty(&conjunction(&schema, &operands, truths)));
        choices.extend(open.map(|truths| Choice { truths, value: Sample::Unknown }).collect::<Vec<_>>());
    }
    Domain { choices, complete: all_asked }
}

/// A schema with the examples of another, from which texts are taken.
fn with_examples(schema: &Value, annotated: &Value) -> Value {
    let mut schema = schema.clone();
    if let (Some(members), Some(examples)) = (schema.as_object_mut(), annotated.get("examples")) {
        members.insert("examples".into(), examples.clone());
        // Examples of a list are lists of examples of its items.
        let items = examples.as_array().into_iter().flatten().filter_map(Value::as_array).flatten();
        let items: Vec<Value> = items.cloned().collect();
        if let Some(item) = members.get_mut("items").and_then(Value::as_object_mut) {
            item.insert("examples".into(), items.into());
        }
    }
    schema
}

/// What a fact comes to of which nothing is asked but that it be there.
fn unchecked(fact: &Fact) -> Domain {
    let value = match fact.kind {
        FactKind::Date | FactKind::Document => Sample::Any,
        _ => sample(&fact.schema).map_or(Sample::Unknown, Sample::Value),
    };
    Domain { choices: vec![Choice { truths: Vec::new(), value }], complete: true }
}

/// A value that keeps a schema.
pub(super) fn sample(schema: &Value) -> Option<Value> {
    let validator = compile(&bare(schema)).ok()?;
    let examples = schema.get("examples").and_then(Value::as_array).into_iter().flatten().cloned();
    let values = values::values(&with_examples(&bare(schema), schema), &[]).values;
    examples.chain(values).find(|value| values::keeps(&validator, value))
}

fn combinations(count: usize) -> impl Iterator<Item = Vec<bool>> {
    (0..1_usize << count).map(move |bits| (0..count).map(|bit| bits >> bit & 1 == 1).collect())
}

fn conjunction(schema: &Value, checks: &[&Value], truths: &[bool]) -> Value {
    let each =
        checks.iter().zip(truths).map(|(check, holds)| if *holds { (*check).clone() } else { json!({ "not": check }) });
    json!({ "allOf": std::iter::once(schema.clone()).chain(each).collect::<Vec<_>>() })
}
