//! A rule in a normal form, so that two ways to write one formula are seen to be one.
//!
//! Uses what holds of every three-valued formula: `not` moved to the leaves, lists flattened, in order and without
//! repetitions. It finds what is plainly the same, not all that is equivalent.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::engine::{Outcome, Severity};
use crate::pack::{Check, Condition, FactPath, Instrument, Rule};

/// A formula in its normal form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Formula {
    All(BTreeSet<Formula>),
    Any(BTreeSet<Formula>),
    Each(String, Box<Formula>),
    Some(String, Box<Formula>),
    /// Something that is asked of a fact, or its contrary.
    Asked(String, String, bool),
}

/// Everything that a rule's outcomes hang on, as a text.
pub fn of_rule(instrument: &Instrument, rule: &Rule) -> String {
    let applies = rule.applies.as_ref().unwrap_or(&instrument.applies);
    let scope = [Some(applies), rule.when.as_ref()].into_iter().flatten().map(|part| of(part, true));
    let unless = rule.unless.as_ref().map(|part| of(part, true));
    let severities = severities(rule);
    format!(
        "{:?}",
        (joined(true, scope), unless, of(&rule.require, true), &rule.due, rule.decides, severities, rule.in_force)
    )
}

/// How grave each outcome of a rule is that is a finding.
pub fn severities(rule: &Rule) -> Vec<(Outcome, Severity)> {
    let contradicted = if rule.decides.breach { Outcome::Fail } else { Outcome::Review };
    let findings = [contradicted, Outcome::Unstated, Outcome::Undetermined];
    findings.map(|outcome| (outcome, Severity::of(rule.strength, rule.text_status, outcome))).to_vec()
}

fn of(condition: &Condition, holds: bool) -> Formula {
    match condition {
        Condition::All(parts) => joined(holds, parts.iter().map(|part| of(part, holds))),
        Condition::Any(parts) => joined(!holds, parts.iter().map(|part| of(part, holds))),
        Condition::Not(part) => of(part, !holds),
        Condition::Named { meaning, .. } => of(meaning, holds),
        Condition::Each(walk) | Condition::Some(walk) => {
            let (array, hold) = (path(&walk.array), Box::new(of(&walk.hold, holds)));
            let each = matches!(condition, Condition::Each(_)) == holds;
            if each { Formula::Each(array, hold) } else { Formula::Some(array, hold) }
        }
        Condition::Leaf(leaf) => {
            let fact = path(&leaf.fact);
            joined(holds, leaf.checks.iter().map(|check| self::check(&fact, check, holds)))
        }
    }
}

/// Parts joined by *and*, or else by *or*.
fn joined(all: bool, parts: impl Iterator<Item = Formula>) -> Formula {
    let mut flat = BTreeSet::new();
    for part in parts {
        match (part, all) {
            (Formula::All(inner), true) | (Formula::Any(inner), false) => flat.extend(inner),
            (part, _) => drop(flat.insert(part)),
        }
    }
    match flat.pop_first() {
        Some(only) if flat.is_empty() => only,
        first => {
            flat.extend(first);
            if all { Formula::All(flat) } else { Formula::Any(flat) }
        }
    }
}

fn path(fact: &FactPath) -> String {
    format!("{:?}{:?}", fact.anchor, fact.steps)
}

fn check(fact: &str, check: &Check, holds: bool) -> Formula {
    match check {
        Check::Schema(schema) => keywords(fact, &schema.value, holds),
        other => Formula::Asked(fact.to_owned(), format!("{other:?}"), holds),
    }
}

/// The keywords of one fact are unknown together, so they may be told apart.
fn keywords(fact: &str, schema: &Value, holds: bool) -> Formula {
    let asked = |key: &str, operand: &Value| {
        Formula::Asked(fact.to_owned(), ordered(&serde_json::json!({ key: operand })).to_string(), holds)
    };
    let counts = ["contains", "minContains", "maxContains"];
    let members = schema.as_object().into_iter().flatten();
    let (counted, others): (Vec<_>, Vec<_>) = members.partition(|(key, _)| counts.contains(&key.as_str()));
    let counted = (!counted.is_empty()).then(|| {
        let together: Value =
            Value::Object(counted.into_iter().map(|(key, value)| (key.clone(), value.clone())).collect());
        Formula::Asked(fact.to_owned(), ordered(&together).to_string(), holds)
    });
    let others = others.into_iter().map(|(key, operand)| {
        let parts = || operand.as_array().into_iter().flatten().map(|part| keywords(fact, part, holds));
        match key.as_str() {
            "not" => keywords(fact, operand, !holds),
            "allOf" => joined(holds, parts()),
            "anyOf" => joined(!holds, parts()),
            _ => asked(key, operand),
        }
    });
    joined(holds, counted.into_iter().chain(others))
}

/// A schema with its keywords and words in order, and an `enum` of one word as `const`.
fn ordered(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let mut members: Vec<_> = members
                .iter()
                .map(|(key, value)| match (key.as_str(), value.as_array().map(Vec::as_slice)) {
                    ("enum", Some([only])) => ("const".to_owned(), only.clone()),
                    ("enum", Some(words)) => (key.clone(), sorted(words)),
                    _ => (key.clone(), ordered(value)),
                })
                .collect();
            members.sort_by(|(a, _), (b, _)| a.cmp(b));
            Value::Object(members.into_iter().collect())
        }
        Value::Array(items) => items.iter().map(ordered).collect(),
        other => other.clone(),
    }
}

fn sorted(words: &[Value]) -> Value {
    let mut words = words.to_vec();
    words.sort_by_key(ToString::to_string);
    Value::Array(words)
}
