//! What a pack's rules use: facts, shared conditions.

use std::collections::BTreeSet;

use super::error::Mistake;
use super::model::{Age, Check, Condition, DateBase, DateExpr, FactPath, Instrument, Leaf, Rule};
use super::read::FileReader;
use crate::json::NodeRef;
use crate::manifest::FactId;

/// Calls `visit` with every leaf of a condition, in order.
pub fn leaves<'c>(condition: &'c Condition, visit: &mut impl FnMut(&'c Leaf)) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| leaves(part, visit)),
        Condition::Not(part) => leaves(part, visit),
        Condition::Each(walk) | Condition::Some(walk) => leaves(&walk.hold, visit),
        Condition::Named { meaning, .. } => leaves(meaning, visit),
        Condition::Leaf(leaf) => visit(leaf),
    }
}

/// Calls `visit` with every path that a condition names, to facts and to arrays.
pub fn paths<'c>(condition: &'c Condition, visit: &mut impl FnMut(&'c FactPath)) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| paths(part, visit)),
        Condition::Not(part) => paths(part, visit),
        Condition::Each(walk) | Condition::Some(walk) => {
            visit(&walk.array);
            paths(&walk.hold, visit);
        }
        Condition::Named { meaning, .. } => paths(meaning, visit),
        Condition::Leaf(leaf) => {
            visit(&leaf.fact);
            leaf.checks.iter().filter_map(other_fact).for_each(visit);
        }
    }
}

/// The facts that a rule reads, its instrument's `applies` apart.
pub fn facts(rule: &Rule) -> BTreeSet<FactId> {
    let mut facts = BTreeSet::new();
    for condition in [&rule.applies, &rule.when, &rule.unless].into_iter().flatten().chain([&rule.require]) {
        condition_facts(condition, &mut facts);
    }
    facts.extend(rule.due.iter().filter_map(date_fact).map(|fact| fact.fact));
    facts
}

/// The facts that a condition reads.
pub fn condition_facts(condition: &Condition, facts: &mut BTreeSet<FactId>) {
    leaves(condition, &mut |leaf| {
        facts.insert(leaf.fact.fact);
        facts.extend(leaf.checks.iter().filter_map(other_fact).map(|fact| fact.fact));
    });
}

/// The second fact of a check, where it compares two.
pub fn other_fact(check: &Check) -> Option<&FactPath> {
    match check {
        Check::NotBefore(date) | Check::NotAfter(date) => date_fact(date),
        Check::MaxAge(Age::Fact(fact)) => Some(fact),
        Check::MaxAge(Age::Period(_)) | Check::Schema(_) | Check::Stated => None,
    }
}

/// The fact that a date counts from.
pub fn date_fact(date: &DateExpr) -> Option<&FactPath> {
    match &date.base {
        DateBase::Fact(fact) => Some(fact),
        DateBase::Day(_) | DateBase::AsOf => None,
    }
}

/// Reports shared conditions that nothing names.
pub(super) fn conditions_are_used(cx: &FileReader<'_>, root: NodeRef<'_>, instrument: &Instrument, rules: &[Rule]) {
    let mut used = BTreeSet::new();
    names(&instrument.applies, &mut used);
    for rule in rules {
        let optional = [&rule.applies, &rule.when, &rule.unless].into_iter().flatten();
        optional.chain([&rule.require]).for_each(|condition| names(condition, &mut used));
    }
    // What is wrong elsewhere may be why nothing names it.
    if !cx.errors.borrow().is_empty() {
        return;
    }
    for member in root.get("conditions").into_iter().flat_map(NodeRef::members) {
        if !used.contains(member.key.as_ref()) {
            cx.report(member.key_span, Mistake::UnusedCondition(member.key.into_owned()));
        }
    }
}

/// The shared conditions that a condition names, and those that they name.
pub fn names<'c>(condition: &'c Condition, used: &mut BTreeSet<&'c str>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| names(part, used)),
        Condition::Not(part) => names(part, used),
        Condition::Each(walk) | Condition::Some(walk) => names(&walk.hold, used),
        Condition::Named { name, meaning } => {
            used.insert(name);
            names(meaning, used);
        }
        Condition::Leaf(_) => {}
    }
}
