//! Which unstated facts would settle a rule: those whose every value decides it.

use serde_json::Value;

use crate::json::{self, Limits};
use crate::manifest::ManifestSchema;
use crate::pack::{Check, Rule};
use crate::time::Date;

use super::outcome::{Due, Inputs, Outcome, decide};
use super::reference::{Evaluated, EvaluatedCheck, EvaluatedLeaf, Judged, Of};
use super::truth::Truth;

/// More different checks of one fact than this are not tried in every combination.
const MOST_CHECKS: usize = 4;

/// Whether every value of the fact at `pointer` decides a rule that is not decided yet.
pub fn settles(schema: &ManifestSchema, rule: &Rule, judged: &Judged<'_>, as_of: Date, pointer: &str) -> bool {
    let checks = checks_of(judged, pointer);
    let Some(answers) = answers(schema, judged, pointer, &checks) else { return false };
    !checks.is_empty()
        && answers.iter().all(|answer| decided(rule, judged, as_of, &Supposed { pointer, checks: &checks, answer }))
}

type Checks<'e> = Vec<&'e Check>;

/// The different checks of a fact anywhere in a rule.
fn checks_of<'e>(judged: &'e Judged<'_>, pointer: &str) -> Checks<'e> {
    let mut found: Checks<'e> = Vec::new();
    for part in parts(judged) {
        leaves(part, &mut |leaf| {
            for check in leaf.checks.iter().filter(|_| leaf.fact.pointer == pointer) {
                if !found.contains(&check.check) {
                    found.push(check.check);
                }
            }
        });
    }
    found
}

fn parts<'e, 'a>(judged: &'e Judged<'a>) -> impl Iterator<Item = &'e Evaluated<'a>> {
    judged.applies.iter().chain(&judged.when).chain(&judged.unless).chain([&judged.require])
}

fn leaves<'e, 'a>(evaluated: &'e Evaluated<'a>, visit: &mut impl FnMut(&'e EvaluatedLeaf<'a>)) {
    match &evaluated.of {
        Of::All(parts) | Of::Any(parts) | Of::Each(_, parts) | Of::Some(_, parts) => {
            parts.iter().for_each(|part| leaves(part, visit));
        }
        Of::Not(part) | Of::Named(_, part) => leaves(part, visit),
        Of::Leaf(leaf) => visit(leaf),
    }
}

/// The truths that the checks can have together: one list per value, or every combination.
fn answers(schema: &ManifestSchema, judged: &Judged<'_>, pointer: &str, checks: &[&Check]) -> Option<Vec<Vec<Truth>>> {
    let mut values = None;
    for part in parts(judged) {
        leaves(part, &mut |leaf| {
            if leaf.fact.pointer == pointer {
                values = values.take().or_else(|| closed(&schema.fact(leaf.fact.path.fact).schema));
            }
        });
    }
    match values {
        Some(values) => Some(values.iter().map(|value| truths(checks, value)).collect()),
        None if checks.len() <= MOST_CHECKS => Some(combinations(checks)),
        None => None,
    }
}

/// All values of a fact, where they can be listed.
fn closed(schema: &Value) -> Option<Vec<Value>> {
    match schema.get("type").and_then(Value::as_str) {
        Some("boolean") => Some(vec![Value::Bool(false), Value::Bool(true)]),
        Some("string") => schema.get("enum").and_then(Value::as_array).cloned(),
        _ => None,
    }
}

fn truths(checks: &[&Check], value: &Value) -> Vec<Truth> {
    let document =
        json::read(value.to_string().into_bytes(), &Limits::default()).expect("a value that was written reads back");
    let truth = |check: &&Check| match check {
        Check::Schema(schema) => Truth::from(schema.validator.is_valid(document.root())),
        Check::Stated => Truth::True,
        Check::NotBefore(_) | Check::NotAfter(_) | Check::MaxAge(_) => Truth::Unknown,
    };
    checks.iter().map(truth).collect()
}

fn combinations(checks: &[&Check]) -> Vec<Vec<Truth>> {
    let free: Vec<_> = checks.iter().map(|check| **check != Check::Stated).collect();
    let mut all = vec![Vec::new()];
    for free in free {
        let options: &[Truth] = if free { &[Truth::False, Truth::True] } else { &[Truth::True] };
        all = all
            .iter()
            .flat_map(|start: &Vec<Truth>| options.iter().map(|truth| [start.clone(), vec![*truth]].concat()))
            .collect();
    }
    all
}

/// A fact, its checks, and the truths that they are supposed to have.
struct Supposed<'s> {
    pointer: &'s str,
    checks: &'s [&'s Check],
    answer: &'s [Truth],
}

impl Supposed<'_> {
    /// The supposed truth of a check of a leaf, if the leaf stands on the fact.
    fn truth(&self, leaf: &EvaluatedLeaf<'_>, check: &EvaluatedCheck<'_>) -> Option<Truth> {
        let position = self.checks.iter().position(|known| *known == check.check);
        position.filter(|_| leaf.fact.pointer == self.pointer).map(|position| self.answer[position])
    }
}

fn decided(rule: &Rule, judged: &Judged<'_>, as_of: Date, supposed: &Supposed<'_>) -> bool {
    let truth = |evaluated: &Evaluated<'_>| supposing(evaluated, supposed);
    let all =
        |parts: &mut dyn Iterator<Item = &Evaluated<'_>>| parts.fold(Truth::True, |all, part| all.and(truth(part)));
    let scope_from = usize::from(judged.applies.len() > 1);
    let due = match (&rule.due, judged.due_known) {
        (None, _) => Due::None,
        (Some(_), None) => Due::Unknown,
        (Some(_), Some(day)) => Due::Day(day),
    };
    let outcome = decide(&Inputs {
        applies: all(&mut judged.applies[scope_from..].iter()),
        when: if judged.absent.is_some() { Truth::Unknown } else { Truth::True }.and(all(&mut judged.when.iter())),
        unless: judged.unless.as_ref().map_or(Truth::False, &truth),
        require: truth(&judged.require),
        in_force: rule.in_force,
        due,
        decides: rule.decides,
        as_of,
    })
    .outcome;
    !matches!(outcome, Outcome::Unstated | Outcome::Undetermined)
}

/// The truth of a condition, supposing truths of some checks.
fn supposing(evaluated: &Evaluated<'_>, supposed: &Supposed<'_>) -> Truth {
    let all = |parts: &[Evaluated<'_>]| parts.iter().fold(Truth::True, |all, part| all.and(supposing(part, supposed)));
    let any = |parts: &[Evaluated<'_>]| parts.iter().fold(Truth::False, |any, part| any.or(supposing(part, supposed)));
    match &evaluated.of {
        Of::All(parts) => all(parts),
        Of::Any(parts) => any(parts),
        Of::Not(part) => supposing(part, supposed).negate(),
        Of::Named(_, part) => supposing(part, supposed),
        Of::Each(array, _) | Of::Some(array, _) if array.state.value().is_none() => Truth::Unknown,
        Of::Each(_, items) => all(items),
        Of::Some(_, items) => any(items),
        Of::Leaf(leaf) => leaf
            .checks
            .iter()
            .fold(Truth::True, |all, check| all.and(supposed.truth(leaf, check).unwrap_or(check.truth))),
    }
}
