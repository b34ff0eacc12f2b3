//! The smallest difference between a manifest and one of which a test would hold: which facts would have to be others.
//!
//! Every answer has been tried: with it, the reference evaluator finds what the test expects.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::came_out;
use super::draw::is_as_expected;
use crate::engine::reference::{Evaluated, FactValue, Of, Reference, State};
use crate::json::{self, Limits, NodeRef};
use crate::manifest::{Fact, FactKind, Manifest, ManifestSchema, Origin};
use crate::pack::{Age, Check, DateBase, Expect, FactPath, Instrument, Rule};
use crate::time::{Date, Period, Unit};

/// More answers than this are not told.
const MOST_ANSWERS: usize = 3;

/// More pairs of values than this are not tried.
const MOST_PAIRS: usize = 3_000;

/// A fact and what it would have to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// Where it stands, or would stand.
    pub pointer: String,
    /// Whether the manifest states it.
    pub stated: bool,
    /// The value; none where the manifest would have to be silent.
    pub to: Option<Value>,
}

/// A test that does not hold.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The manifest's schema.
    pub schema: &'a ManifestSchema,
    /// The rule's instrument.
    pub instrument: &'a Instrument,
    /// The rule.
    pub rule: &'a Rule,
    /// What is expected of it.
    pub expect: &'a Expect,
    /// On which manifest.
    pub manifest: NodeRef<'a>,
    /// On which day.
    pub as_of: Date,
}

impl Question<'_> {
    /// The fewest facts that would have to be others, in at most three ways: each alone, or else two of them. Nothing
    /// where no change of two facts that was tried would do.
    pub fn smallest(&self) -> Vec<Vec<Changed>> {
        let facts = self.facts();
        let whole = self.manifest.to_value();
        let alone = facts.iter().filter_map(|fact| {
            fact.iter().map(|changed| vec![changed.clone()]).find(|changes| self.is_met(&whole, changes))
        });
        let alone: Vec<_> = alone.take(MOST_ANSWERS).collect();
        if !alone.is_empty() {
            return alone;
        }
        let mut tried = 0;
        let mut pairs = Vec::new();
        for (position, first) in facts.iter().enumerate() {
            for second in &facts[position + 1..] {
                let both = first.iter().flat_map(|one| second.iter().map(|other| vec![one.clone(), other.clone()]));
                let found = both.take(MOST_PAIRS - tried).find(|changes| {
                    tried += 1;
                    self.is_met(&whole, changes)
                });
                pairs.extend(found);
                if pairs.len() == MOST_ANSWERS || tried >= MOST_PAIRS {
                    return pairs;
                }
            }
        }
        pairs
    }

    /// Whether the test holds of the manifest with these changes, and it is a manifest still.
    fn is_met(&self, whole: &Value, changes: &[Changed]) -> bool {
        let mut value = whole.clone();
        if !changes.iter().all(|changed| apply(&mut value, changed)) {
            return false;
        }
        let text = value.to_string().into_bytes();
        let Ok(document) = json::read(text.clone(), &Limits::default()) else { return false };
        let found = came_out(self.schema, self.instrument, self.rule, document.root(), self.as_of);
        self.expect.is_met_by(&found) && Manifest::read(Origin::file(""), text, &Limits::default()).is_ok()
    }

    /// The facts of what came out otherwise, each with the values that may make a difference.
    fn facts(&self) -> Vec<Vec<Changed>> {
        let reference = Reference { schema: self.schema, root: self.manifest, as_of: self.as_of };
        let mut facts = Facts { question: self, seen: Vec::new() };
        let judged = reference.judge(self.instrument, self.rule);
        for judged in judged.iter().filter(|judged| !is_as_expected(self.rule, self.expect, judged)) {
            let scope_from = usize::from(judged.applies.len() > 1);
            facts.tree(&judged.require);
            judged
                .unless
                .iter()
                .chain(&judged.when)
                .chain(&judged.applies[scope_from..])
                .for_each(|part| facts.tree(part));
            judged.absent.iter().chain(&judged.due_fact).for_each(|fact| facts.note(fact, None, None));
        }
        facts.seen.iter().map(Seen::changes).collect()
    }
}

/// The facts that were seen in a rule, in order.
struct Facts<'q> {
    question: &'q Question<'q>,
    seen: Vec<Seen>,
}

/// A fact with the values that may make a difference.
struct Seen {
    pointer: String,
    now: Option<Value>,
    values: Vec<Value>,
}

impl Seen {
    fn changes(&self) -> Vec<Changed> {
        let others = self.values.iter().filter(|value| Some(*value) != self.now.as_ref()).map(Some);
        let silent = self.now.is_some().then_some(None);
        let change =
            |to: Option<&Value>| Changed { pointer: self.pointer.clone(), stated: self.now.is_some(), to: to.cloned() };
        others.chain(silent).map(change).collect()
    }
}

impl Facts<'_> {
    fn tree(&mut self, evaluated: &Evaluated<'_>) {
        match &evaluated.of {
            Of::All(parts) | Of::Any(parts) => parts.iter().for_each(|part| self.tree(part)),
            Of::Not(part) | Of::Named(_, part) => self.tree(part),
            Of::Each(array, items) | Of::Some(array, items) => {
                self.note(array, None, None);
                items.iter().for_each(|item| self.tree(item));
            }
            Of::Leaf(leaf) => {
                for check in &leaf.checks {
                    self.note(&leaf.fact, Some(check.check), check.limit);
                    check.other.iter().for_each(|other| self.note(other, None, None));
                }
            }
        }
    }

    /// Notes a fact with the values that a check of it tells apart.
    fn note(&mut self, fact: &FactValue<'_>, check: Option<&Check>, limit: Option<Date>) {
        let now = match fact.state {
            State::Stated(value) | State::Future(value) => Some(value.to_value()),
            State::Unstated => None,
        };
        let values = self.values(fact.path, now.as_ref(), check, limit);
        let position = self.seen.iter().position(|seen| seen.pointer == fact.pointer).unwrap_or_else(|| {
            self.seen.push(Seen { pointer: fact.pointer.clone(), now, values: Vec::new() });
            self.seen.len() - 1
        });
        let seen = &mut self.seen[position];
        values.into_iter().for_each(|value| {
            if !seen.values.contains(&value) {
                seen.values.push(value);
            }
        });
    }

    fn values(&self, path: &FactPath, now: Option<&Value>, check: Option<&Check>, limit: Option<Date>) -> Vec<Value> {
        let fact = self.question.schema.fact(path.fact);
        let written = match check {
            Some(Check::Schema(schema)) => operands(&schema.value),
            _ => Vec::new(),
        };
        match fact.kind {
            FactKind::Boolean => vec![json!(true), json!(false)],
            FactKind::Word => words(fact, written),
            FactKind::Integer | FactKind::Number => numbers(&written),
            FactKind::Date => {
                let oldest = check.and_then(|check| oldest(check, self.question.as_of));
                days(limit.into_iter().chain(oldest).chain(written_day(check)).chain([self.question.as_of]))
            }
            FactKind::List => lists(fact, now, &written),
            FactKind::Text => written.into_iter().chain([json!("…"), json!("https://example.org/")]).collect(),
            FactKind::Document => {
                let documents = self.question.manifest.get("documents").into_iter().flat_map(NodeRef::members);
                documents.map(|member| Value::from(member.key.into_owned())).take(MOST_ANSWERS).collect()
            }
            FactKind::Collection => vec![json!([])],
        }
    }
}

/// The constants, words and numbers that stand in a schema.
fn operands(schema: &Value) -> Vec<Value> {
    match schema {
        Value::Object(members) => members.values().flat_map(operands).collect(),
        Value::Array(items) => items.iter().flat_map(operands).collect(),
        scalar => vec![scalar.clone()],
    }
}

/// The words that a rule names, and then the others that the fact can be.
fn words(fact: &Fact, mut written: Vec<Value>) -> Vec<Value> {
    let all = fact.schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    written.extend(all.filter(|word| !written.contains(word)).cloned().collect::<Vec<_>>());
    written
}

/// Each number that a rule names, with those beside it.
fn numbers(written: &[Value]) -> Vec<Value> {
    let named: BTreeSet<_> = written.iter().filter_map(Value::as_i64).collect();
    let whole = named.iter().flat_map(|number| [*number, number + 1, number - 1]).map(Value::from);
    let fractions = written.iter().filter_map(Value::as_f64).filter(|number| number.fract() != 0.0);
    let fractions = fractions.flat_map(|number| [number, number / 2.0, (number + 1.0) / 2.0]).map(Value::from);
    whole.chain(fractions).chain([json!(1), json!(0)]).collect()
}

/// The earliest day that is not too old.
fn oldest(check: &Check, as_of: Date) -> Option<Date> {
    match check {
        Check::MaxAge(Age::Period(period)) => Some(period.before(as_of).date),
        _ => None,
    }
}

fn written_day(check: Option<&Check>) -> Option<Date> {
    match check? {
        Check::NotBefore(date) | Check::NotAfter(date) => match date.base {
            DateBase::Day(day) => Some(day),
            _ => None,
        },
        _ => None,
    }
}

/// Each day, with the days beside it.
fn days(named: impl Iterator<Item = Date>) -> Vec<Value> {
    let one = Period::new(1, Unit::Days).expect("a day is a period");
    let around = named.flat_map(|day| [day, one.before(day).date, one.after(day).date]);
    around.map(|day| Value::from(day.to_string())).collect()
}

/// The list with each word that the rule names, or without it; each word alone; all words, and none.
fn lists(fact: &Fact, now: Option<&Value>, written: &[Value]) -> Vec<Value> {
    let now = now.and_then(Value::as_array).cloned().unwrap_or_default();
    let all = fact.schema.get("items").and_then(|items| items.get("enum")).and_then(Value::as_array);
    let all = all.cloned().unwrap_or_default();
    let is_item = |word: &&Value| all.is_empty() && word.is_string() || all.contains(word);
    let named: Vec<_> = written.iter().filter(is_item).cloned().collect();
    let mut lists = Vec::new();
    for word in &named {
        let rest: Vec<_> = now.iter().filter(|other| *other != word).cloned().collect();
        lists.push(if rest.len() == now.len() { [rest, vec![word.clone()]].concat() } else { rest });
    }
    lists.push(now.iter().filter(|word| !named.contains(word)).cloned().collect());
    lists.push([now.clone(), named.iter().filter(|word| !now.contains(word)).cloned().collect()].concat());
    lists.extend(named.into_iter().map(|word| vec![word]));
    lists.extend(all.iter().find(|word| !written.contains(word)).map(|word| vec![word.clone()]));
    lists.extend([all, Vec::new()]);
    lists.into_iter().map(Value::Array).collect()
}

/// Changes a fact in a manifest; false where there is no place for it.
pub fn apply(manifest: &mut Value, changed: &Changed) -> bool {
    let segments: Vec<_> =
        changed.pointer.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~")).collect();
    let Some((last, way)) = segments.split_last() else { return false };
    let mut at = manifest;
    for segment in way {
        let next = match at {
            Value::Object(members) => {
                if changed.to.is_none() && !members.contains_key(segment) {
                    return false;
                }
                Some(members.entry(segment.clone()).or_insert_with(|| Value::Object(Map::new())))
            }
            Value::Array(items) => segment.parse::<usize>().ok().and_then(|position| items.get_mut(position)),
            _ => None,
        };
        let Some(next) = next else { return false };
        at = next;
    }
    match (at, &changed.to) {
        (Value::Object(members), Some(value)) => {
            members.insert(last.clone(), value.clone());
            true
        }
        (Value::Object(members), None) => members.shift_remove(last).is_some(),
        _ => false,
    }
}
