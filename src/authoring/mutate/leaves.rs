//! Every small change of a leaf, as it is written: keywords, numbers, words, days and lengths of time.

use serde_json::{Value, json};

use super::change::{Change, Joined, Kind};
use super::conditions::Changed;
use crate::json::{Kind as Json, Member, NodeRef};
use crate::pack::OWN_KEYWORDS;
use crate::time::{Date, Period, Unit};

/// Keywords that are easily taken for each other.
const ALIKE: [(&str, &str); 5] = [
    ("minimum", "exclusiveMinimum"),
    ("maximum", "exclusiveMaximum"),
    ("contains", "items"),
    ("allOf", "anyOf"),
    ("not_before", "not_after"),
];

/// A member and what it is changed into.
type ChangedMember = Changed<(String, Value)>;

/// Every small change of a leaf: the leaf's fact with its keywords, or another condition in its place.
pub fn changes(leaf: &Member<'_>) -> Vec<ChangedMember> {
    let fact = leaf.key.as_ref();
    let mut all: Vec<_> = contrary(leaf).into_iter().collect();
    all.extend(keywords(leaf.value).into_iter().map(|(change, now)| (change, (fact.to_owned(), now))));
    all
}

/// The contrary of a leaf. `stated` has none: it stays, and the keywords beside it are denied.
fn contrary(leaf: &Member<'_>) -> Option<ChangedMember> {
    let fact = leaf.key.as_ref();
    let Value::Object(mut rest) = leaf.value.to_value() else { return None };
    let now = match rest.shift_remove("stated") {
        None => ("not".to_owned(), json!({ fact: rest })),
        Some(stated) => {
            let denied = !rest.is_empty() && !rest.keys().any(|key| OWN_KEYWORDS.contains(&key.as_str()));
            (fact.to_owned(), denied.then(|| json!({ "not": rest, "stated": stated }))?)
        }
    };
    Some((Change::member(leaf, (&now.0, &now.1), Kind::Contrary), now))
}

/// Every small change of an object of keywords.
fn keywords(node: NodeRef<'_>) -> Vec<Changed<Value>> {
    let members: Vec<_> = if node.kind() == Json::Object { node.members().collect() } else { Vec::new() };
    let mut all = Vec::new();
    for member in &members {
        let whole = |now: Option<(String, Value)>| {
            let parts = members.iter().filter_map(|other| match &now {
                _ if other.key != member.key => Some((other.key.clone().into_owned(), other.value.to_value())),
                now => now.clone(),
            });
            Value::Object(parts.collect())
        };
        if members.len() > 1 {
            let kind = Kind::Keyword(member.key.clone().into_owned());
            all.push((Change::without_member(member, kind), whole(None)));
        }
        let is_new = |now: &(String, Value)| now.0 == member.key || node.get(&now.0).is_none();
        let own = keyword(member).into_iter().filter(|(_, now)| is_new(now));
        all.extend(own.map(|(change, now)| (change, whole(Some(now)))));
    }
    all
}

fn keyword(member: &Member<'_>) -> Vec<ChangedMember> {
    let (key, value) = (member.key.as_ref(), member.value);
    let kept = |changes: Vec<Changed<Value>>| changes.into_iter().map(|(change, now)| (change, (key.to_owned(), now)));
    let mut all: Vec<_> = match key {
        "enum" => kept(words(member)).collect(),
        "contains" | "items" | "not" => kept(keywords(value)).collect(),
        "allOf" | "anyOf" => kept(schemas(member)).collect(),
        "not_before" | "not_after" => kept(day(value, None)).collect(),
        "max_age" => kept(period(value)).collect(),
        _ => kept(number(member)).collect(),
    };
    let alike = ALIKE.iter().find_map(|(one, other)| match key {
        _ if key == *one => Some(*other),
        _ if key == *other => Some(*one),
        _ => None,
    });
    all.extend(alike.filter(|_| !key.ends_with("Of") || value.len() > 1).map(|to| {
        let (kind, now) = (Kind::Swap { from: key.to_owned(), to }, value.to_value());
        (Change::member(member, (to, &now), kind).at(member.key_span), (to.to_owned(), now))
    }));
    all
}

/// The list of an `enum` without each of its words.
fn words(member: &Member<'_>) -> Vec<Changed<Value>> {
    without_each(member, |word| Kind::Word(word.as_str().map_or_else(|| word.to_value().to_string(), Into::into)))
}

/// The schemas of an `allOf` or `anyOf`: without each, and with each changed.
fn schemas(member: &Member<'_>) -> Vec<Changed<Value>> {
    let joined = if member.key == "allOf" { Joined::All } else { Joined::Any };
    let mut all = without_each(member, |_| Kind::Schema(joined));
    for (position, item) in member.value.items().enumerate() {
        all.extend(keywords(item).into_iter().map(|(change, now)| {
            let mut whole = member.value.to_value();
            whole[position] = now;
            (change, whole)
        }));
    }
    all
}

/// A keyword's list without each of its items, where it has several.
fn without_each(member: &Member<'_>, kind: impl Fn(NodeRef<'_>) -> Kind) -> Vec<Changed<Value>> {
    let items: Vec<_> = member.value.items().collect();
    let without = |(position, item): (usize, &NodeRef<'_>)| {
        let mut rest = items.clone();
        rest.remove(position);
        let rest = rest.into_iter().map(NodeRef::to_value).collect();
        (Change::member(member, (&member.key, &rest), kind(*item)).at(item.span()), rest)
    };
    if items.len() > 1 { items.iter().enumerate().map(without).collect() } else { Vec::new() }
}

/// A number one more and one less; of a fraction, one more and one less of its last digit.
fn number(member: &Member<'_>) -> Vec<Changed<Value>> {
    let Value::Number(from) = member.value.to_value() else { return Vec::new() };
    let text = from.to_string();
    let shifted = |by: f64| -> Option<Value> {
        let places = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let step = 10f64.powi(-i32::try_from(places).ok()?);
        let to: Value = serde_json::from_str(&format!("{:.places$}", from.as_f64()? + by * step)).ok()?;
        (to != Value::Number(from.clone())).then_some(to)
    };
    let change = |to: Value| {
        let kind = Kind::Number { keyword: member.key.clone().into_owned(), from: text.clone(), to: to.to_string() };
        (Change::member(member, (&member.key, &to), kind), to)
    };
    [-1.0, 1.0].into_iter().filter_map(shifted).map(change).collect()
}

/// A day, or a day counted from another, one day or one unit earlier and later.
pub fn day(node: NodeRef<'_>, in_force: Option<&'static str>) -> Vec<Changed<Value>> {
    if node.kind() == Json::Object {
        let parts = ["date", "plus", "minus"].into_iter().filter_map(|key| Some((key, node.get(key)?)));
        let changed = parts.flat_map(|(key, part)| {
            let changes = if key == "date" { day(part, in_force) } else { period(part) };
            changes.into_iter().map(move |(change, now)| {
                let mut whole = node.to_value();
                whole[key] = now;
                (change, whole)
            })
        });
        return changed.collect();
    }
    let Some(from) = node.as_str().and_then(|text| text.parse::<Date>().ok()) else { return Vec::new() };
    let one = Period::new(1, Unit::Days).expect("a day is a period");
    let change = |to: Date| {
        let (kind, to) =
            (Kind::Day { in_force, from: from.to_string(), to: to.to_string() }, Value::from(to.to_string()));
        (Change::value(node, &to, kind), to)
    };
    [one.before(from).date, one.after(from).date].into_iter().filter(|to| *to != from).map(change).collect()
}

/// A length of time one shorter and one longer.
fn period(node: NodeRef<'_>) -> Vec<Changed<Value>> {
    let Some(from) = node.as_str().and_then(|text| text.parse::<Period>().ok()) else { return Vec::new() };
    let counts = [from.count().checked_sub(1), from.count().checked_add(1)];
    let periods = counts.into_iter().flatten().filter_map(|count| Period::new(count, from.unit()).ok());
    let change = |to: Period| {
        let (kind, to) = (Kind::Period { from: from.to_string(), to: to.to_string() }, Value::from(to.to_string()));
        (Change::value(node, &to, kind), to)
    };
    periods.map(change).collect()
}
