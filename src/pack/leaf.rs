//! Leaves: what one fact must meet, and the proof that some value can and some value cannot.

use std::sync::Arc;

use serde_json::Value;

use super::condition::Scope;
use super::error::Mistake;
use super::model::{Age, Check, DateBase, DateExpr, FactPath, LeafSchema, Offset};
use super::path;
use super::read::{FileReader, Proof};
use crate::json::{Kind, Member, NodeRef};
use crate::lang::Lang;
use crate::manifest::{FactKind, suggest};
use crate::schema::{Reach, Validator, compile, reach};
use crate::time::Period;

/// The keywords of JSON Schema that a leaf may have, at any depth.
pub const SCHEMA_KEYWORDS: [&str; 19] = [
    "const",
    "enum",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "contains",
    "minContains",
    "maxContains",
    "items",
    "minItems",
    "maxItems",
    "uniqueItems",
    "allOf",
    "anyOf",
];

/// `not` is a keyword too; it stands apart because conditions have a member of the same name.
const NOT: &str = "not";

/// Our own keywords, which stand only at the top of a leaf.
pub const OWN_KEYWORDS: [&str; 4] = ["stated", "not_before", "not_after", "max_age"];

/// Reads the checks of a leaf on `fact`.
pub(super) fn checks(cx: &FileReader<'_>, scope: &Scope<'_>, fact: &FactPath, node: NodeRef<'_>) -> Vec<Check> {
    if node.kind() != Kind::Object {
        cx.wrong_type(node, &format!("the leaf on `{}`", fact.text), "an object of keywords");
        return Vec::new();
    }
    if node.is_empty() {
        cx.report(node.span(), Mistake::Empty("leaf"));
        return Vec::new();
    }
    let mut checks = Vec::new();
    let mut keywords = serde_json::Map::new();
    for member in node.members() {
        match member.key.as_ref() {
            own if OWN_KEYWORDS.contains(&own) => checks.extend(own_check(cx, scope, fact, &member)),
            _ if keyword(cx, scope, &member, true) => {
                keywords.insert(member.key.into_owned(), member.value.to_value());
            }
            _ => {}
        }
    }
    if scope.in_require && keywords.contains_key("items") && !keywords.contains_key("minItems") {
        cx.report(node.span(), Mistake::ItemsWithoutMinItems);
    }
    if !keywords.is_empty() {
        let schema = Value::Object(keywords);
        if let Some(validator) = prove(cx, scope, fact, node, &schema) {
            checks.insert(0, Check::Schema(LeafSchema { value: schema, validator: Arc::new(validator) }));
        }
    }
    checks
}

/// Whether a member is a keyword of the closed list, its operands too.
fn keyword(cx: &FileReader<'_>, scope: &Scope<'_>, member: &Member<'_>, top: bool) -> bool {
    let key = member.key.as_ref();
    if !top && OWN_KEYWORDS.contains(&key) {
        cx.report(member.key_span, Mistake::NestedKeyword(key.to_owned()));
        return false;
    }
    if key != NOT && !SCHEMA_KEYWORDS.contains(&key) {
        let all = SCHEMA_KEYWORDS.into_iter().chain(OWN_KEYWORDS).chain([NOT]);
        let suggestion = suggest::nearest(key, all).map(str::to_owned);
        cx.report(member.key_span, Mistake::UnknownKeyword { keyword: key.to_owned(), suggestion });
        return false;
    }
    match key {
        "contains" | "items" | NOT => operand(cx, scope, member.value),
        "allOf" | "anyOf" => {
            cx.items(member.value, &format!("`{key}`")).into_iter().all(|item| operand(cx, scope, item))
        }
        _ => true,
    }
}

fn operand(cx: &FileReader<'_>, scope: &Scope<'_>, node: NodeRef<'_>) -> bool {
    if node.kind() != Kind::Object {
        cx.wrong_type(node, "the operand of a keyword", "an object of keywords");
        return false;
    }
    if node.is_empty() {
        cx.report(node.span(), Mistake::Empty("leaf"));
        return false;
    }
    if scope.in_require && node.get("items").is_some() && node.get("minItems").is_none() {
        cx.report(node.span(), Mistake::ItemsWithoutMinItems);
    }
    node.members().fold(true, |all, member| keyword(cx, scope, &member, false) && all)
}

/// Reports a leaf that is no schema, that no value of the fact meets, or that every value meets.
fn prove(
    cx: &FileReader<'_>,
    scope: &Scope<'_>,
    fact: &FactPath,
    node: NodeRef<'_>,
    schema: &Value,
) -> Option<Validator> {
    let validator = compile(schema).map_err(|error| cx.report(node.span(), Mistake::BadSchema(error.0))).ok()?;
    if cx.proof == Proof::Done {
        return Some(validator);
    }
    let known = scope.schema.fact(fact.fact);
    let pointer = fact.text.clone();
    match reach(&bare(&known.schema), schema) {
        Reach::Dead => cx.report(node.span(), Mistake::DeadLeaf { pointer, can_be: can_be(&known.schema, known.kind) }),
        Reach::Vacuous => cx.report(node.span(), Mistake::VacuousLeaf { pointer }),
        Reach::Open => {}
    }
    Some(validator)
}

/// A fact's schema without annotations.
fn bare(schema: &Value) -> Value {
    let Value::Object(members) = schema else { return schema.clone() };
    let keep = |key: &str| key == "type" || key == NOT || SCHEMA_KEYWORDS.contains(&key);
    let kept = members.iter().filter(|(key, _)| keep(key)).map(|(key, value)| (key.clone(), bare(value)));
    Value::Object(kept.collect())
}

fn can_be(schema: &Value, kind: FactKind) -> String {
    let words = schema.get("enum").or_else(|| schema.pointer("/items/enum")).and_then(Value::as_array);
    let listed = words.map(|words| words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "));
    match (kind, listed) {
        (FactKind::List, Some(words)) => format!("a list of: {words}"),
        (_, Some(words)) => words,
        (kind, None) => format!("a {}", kind.name(Lang::En)),
    }
}

fn own_check(cx: &FileReader<'_>, scope: &Scope<'_>, fact: &FactPath, member: &Member<'_>) -> Option<Check> {
    let key = member.key.as_ref();
    if key == "stated" {
        return stated(cx, scope, member);
    }
    let kind = scope.schema.fact(fact.fact).kind;
    if kind != FactKind::Date {
        let (keyword, pointer) = (key.to_owned(), fact.text.clone());
        cx.report(member.key_span, Mistake::NotADate { keyword, pointer, kind: kind.name(Lang::En) });
        return None;
    }
    match key {
        "not_before" => date_expr(cx, scope, member.value).map(Check::NotBefore),
        "not_after" => date_expr(cx, scope, member.value).map(Check::NotAfter),
        _ => age(cx, scope, member.value).map(Check::MaxAge),
    }
}

fn stated(cx: &FileReader<'_>, scope: &Scope<'_>, member: &Member<'_>) -> Option<Check> {
    if member.value.as_bool() != Some(true) {
        cx.report(member.value.span(), Mistake::StatedFalse);
        return None;
    }
    if !scope.in_require || scope.under_not {
        cx.report(member.key_span, Mistake::StatedElsewhere);
        return None;
    }
    Some(Check::Stated)
}

/// Reads a day: `"2026-04-03"`, `"as-of"`, or an object with `fact` or `date` and an offset.
pub(super) fn date_expr(cx: &FileReader<'_>, scope: &Scope<'_>, node: NodeRef<'_>) -> Option<DateExpr> {
    if node.kind() == Kind::String {
        return Some(DateExpr { base: day(cx, node)?, offset: None });
    }
    if !cx.object(node, "a date", &["fact", "date", "plus", "minus"]) {
        return None;
    }
    let base = match (node.get("fact"), node.get("date")) {
        (Some(fact), None) => DateBase::Fact(date_fact(cx, scope, fact)?),
        (None, Some(date)) => day(cx, date)?,
        _ => {
            cx.report(
                node.span(),
                Mistake::WrongType { what: "a date".into(), expected: "an object with either `fact` or `date`" },
            );
            return None;
        }
    };
    let offset = match (node.get("plus"), node.get("minus")) {
        (Some(period), None) => Some(Offset::Plus(self::period(cx, period)?)),
        (None, Some(period)) => Some(Offset::Minus(self::period(cx, period)?)),
        (None, None) => None,
        (Some(_), Some(_)) => {
            cx.report(
                node.span(),
                Mistake::WrongType { what: "a date".into(), expected: "given either `plus` or `minus`" },
            );
            return None;
        }
    };
    Some(DateExpr { base, offset })
}

fn day(cx: &FileReader<'_>, node: NodeRef<'_>) -> Option<DateBase> {
    match node.as_str().as_deref() {
        Some("as-of") => Some(DateBase::AsOf),
        _ => cx.date(node, "a date").map(DateBase::Day),
    }
}

fn period(cx: &FileReader<'_>, node: NodeRef<'_>) -> Option<Period> {
    match cx.string(node, "a period")?.parse() {
        Ok(period) => Some(period),
        Err(error) => {
            cx.report(node.span(), Mistake::Date(format!("{error}")));
            None
        }
    }
}

fn date_fact(cx: &FileReader<'_>, scope: &Scope<'_>, node: NodeRef<'_>) -> Option<FactPath> {
    let fact = named_fact(cx, scope, node)?;
    let kind = scope.schema.fact(fact.fact).kind;
    if kind == FactKind::Date {
        return Some(fact);
    }
    cx.report(node.span(), Mistake::NotADate { keyword: "fact".into(), pointer: fact.text, kind: kind.name(Lang::En) });
    None
}

fn named_fact(cx: &FileReader<'_>, scope: &Scope<'_>, node: NodeRef<'_>) -> Option<FactPath> {
    let text = cx.string(node, "`fact`")?;
    path::fact(scope.schema, &scope.frames, &text).map_err(|mistake| cx.report(node.span(), mistake)).ok()
}

fn age(cx: &FileReader<'_>, scope: &Scope<'_>, node: NodeRef<'_>) -> Option<Age> {
    if node.kind() == Kind::String {
        return period(cx, node).map(Age::Period);
    }
    if !cx.object(node, "`max_age`", &["fact"]) {
        return None;
    }
    let named = cx.need(node, "`max_age`", "fact")?;
    let fact = named_fact(cx, scope, named)?;
    match scope.schema.fact(fact.fact).unit.as_deref() {
        Some("days" | "months") => Some(Age::Fact(fact)),
        _ => {
            cx.report(named.span(), Mistake::NotAPeriod(fact.text));
            None
        }
    }
}
