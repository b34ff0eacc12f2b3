//! Every small change of a condition, as it is written.
//!
//! Knows how conditions are written. Whether what comes out is a condition at all is for the loader to say.

use serde_json::{Map, Value, json};

use super::change::{Change, Joined, Kind};
use super::leaves;
use crate::json::{Kind as Json, Member, NodeRef};

/// A change, and the whole with the change in it.
pub type Changed<T> = (Change, T);

/// Every small change of a condition.
pub fn changes(node: NodeRef<'_>) -> Vec<Changed<Value>> {
    match node.kind() {
        Json::Object => map(node),
        Json::Array => {
            let mut all = list(node, Joined::All);
            if node.len() > 1 {
                let any = json!({ "any": node.to_value() });
                all.push((Change::value(node, &any, swap("all", "any")), any));
            }
            all
        }
        Json::String => {
            let contrary = json!({ "not": node.to_value() });
            vec![(Change::value(node, &contrary, Kind::Contrary), contrary)]
        }
        _ => Vec::new(),
    }
}

fn swap(from: &str, to: &'static str) -> Kind {
    Kind::Swap { from: from.to_owned(), to }
}

fn map(node: NodeRef<'_>) -> Vec<Changed<Value>> {
    let members: Vec<_> = node.members().collect();
    let mut all = Vec::new();
    for (position, member) in members.iter().enumerate() {
        if members.len() > 1 {
            let change = Change::without_member(member, Kind::Condition(Joined::All));
            all.push((change, with(&members, position, None)));
        }
        let own = self::member(member).into_iter();
        all.extend(own.map(|(change, now)| (change, with(&members, position, Some(now)))));
    }
    if members.len() > 1 {
        let each = members.iter().map(|member| json!({ member.key.as_ref(): member.value.to_value() }));
        let any = json!({ "any": each.collect::<Value>() });
        all.push((Change::value(node, &any, swap("all", "any")), any));
    }
    all
}

/// A map in which one member is another, or is gone.
fn with(members: &[Member<'_>], position: usize, now: Option<(String, Value)>) -> Value {
    let mut parts: Vec<_> =
        members.iter().map(|member| (member.key.clone().into_owned(), member.value.to_value())).collect();
    match now {
        Some(now) => parts[position] = now,
        None => drop(parts.remove(position)),
    }
    let map: Map<String, Value> = parts.iter().cloned().collect();
    // A map has no key twice; a list of maps says the same.
    if map.len() == parts.len() {
        return Value::Object(map);
    }
    parts.into_iter().map(|(key, value)| json!({ key: value })).collect()
}

fn member(member: &Member<'_>) -> Vec<Changed<(String, Value)>> {
    let value = member.value;
    let renamed = |from: &str, to: &'static str| {
        let now = value.to_value();
        (Change::member(member, (to, &now), swap(from, to)).at(member.key_span), (to.to_owned(), now))
    };
    let key = member.key.as_ref();
    let kept = |changes: Vec<Changed<Value>>| {
        changes.into_iter().map(|(change, now)| (change, (key.to_owned(), now))).collect::<Vec<_>>()
    };
    match key {
        "all" | "any" => {
            let (joined, to) = if key == "all" { (Joined::All, "any") } else { (Joined::Any, "all") };
            let mut all = kept(list(value, joined));
            if value.len() > 1 {
                all.push(renamed(key, to));
            }
            all
        }
        "not" => {
            let (inner, all) = (json!([value.to_value()]), kept(changes(value)));
            // The contrary of a leaf is among the changes of the leaf.
            let whole = ("all".to_owned(), inner);
            let unwrapped = (Change::member(member, (&whole.0, &whole.1), Kind::Contrary), whole);
            if all.iter().any(|(change, _)| change.kind == Kind::Contrary) {
                all
            } else {
                all.into_iter().chain([unwrapped]).collect()
            }
        }
        "each" | "some" => {
            let to = if key == "each" { "some" } else { "each" };
            let hold = value.get("hold").map(changes).unwrap_or_default();
            let around = |(change, now): Changed<Value>| {
                let mut walk = value.to_value();
                walk["hold"] = now;
                (change, walk)
            };
            let mut all = kept(hold.into_iter().map(around).collect());
            all.push(renamed(key, to));
            all
        }
        _ => leaves::changes(member),
    }
}

fn list(node: NodeRef<'_>, joined: Joined) -> Vec<Changed<Value>> {
    let items: Vec<_> = node.items().collect();
    let mut all = Vec::new();
    for (position, item) in items.iter().enumerate() {
        if items.len() > 1 {
            let mut rest = items.clone();
            rest.remove(position);
            let rest = rest.into_iter().map(NodeRef::to_value).collect();
            all.push((Change::without(*item, Kind::Condition(joined)), rest));
        }
        all.extend(changes(*item).into_iter().map(|(change, now)| {
            let mut whole = node.to_value();
            whole[position] = now;
            (change, whole)
        }));
    }
    all
}
