//! Leaves: what one fact must meet, and the proof that some value can and some value cannot.

use std::sync::Arc;

use serde_json::Value;

use super::condition::Scope;
use super::error::{Mistake, with_article};
use super::model::{Age, Check, DateBase, DateExpr, FactPath, LeafSchema, Offset};
use super::path;
use super::read::{FileReader, Proof};
use crate::json::{Kind, Member, NodeRef};
use crate::lang::Lang;
use crate::manifest::{FactKind, suggest};
use crate::schema::{Reach, Validator, compile, reach};
use crate::time::{DateError, Period};

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
        cx.wrong_type(
            node,
            &format!("the leaf on `{}`", fact.text),
            "an object of keywords, like `{ \"const\": true }`",
        );
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
        "pattern" | "format" => word_of_schema(cx, member),
        "contains" | "items" | NOT => operand(cx, scope, member.value),
        "allOf" | "anyOf" => {
            let items = cx.items(member.value, &format!("`{key}`"));
            items.into_iter().map(|item| operand(cx, scope, item)).fold(true, |all, good| all & good)
        }
        _ => true,
    }
}

/// Reports a pattern that does not match in linear time, or a format that is none.
fn word_of_schema(cx: &FileReader<'_>, member: &Member<'_>) -> bool {
    let Some(word) = cx.string(member.value, &format!("`{}`", member.key)) else { return false };
    let alone = serde_json::json!({ member.key.as_ref(): word });
    let good = compile(&alone).is_ok();
    if !good {
        let bad = if member.key == "pattern" { Mistake::BadPattern(word) } else { Mistake::UnknownFormat(word) };
        cx.report(member.value.span(), bad);
    }
    good
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
    node.members().map(|member| keyword(cx, scope, &member, false)).fold(true, |all, good| all & good)
}

/// Reports a leaf that is no schema, that no value of the fact meets, or that every value meets.
pub(super) fn prove(
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
    if never(cx, &format!("`{pointer}`"), &bare(&known.schema), node) {
        return None;
    }
    match reach(&bare(&known.schema), schema) {
        Reach::Dead => cx.report(node.span(), Mistake::DeadLeaf { pointer, kind: kind(&known.schema) }),
        Reach::Vacuous => cx.report(node.span(), Mistake::VacuousLeaf { pointer }),
        Reach::Open if schema.as_object().is_some_and(|keywords| keywords.len() == 1) => {}
        Reach::Open => idle(cx, fact, &bare(&known.schema), node),
    }
    Some(validator)
}

/// Reports each keyword of several that every value of the fact meets, such as one for another type.
fn idle(cx: &FileReader<'_>, fact: &FactPath, schema: &Value, node: NodeRef<'_>) {
    let counts_matches = |key: &str| node.get("contains").is_some() && ["minContains", "maxContains"].contains(&key);
    for member in node.members().filter(|member| !OWN_KEYWORDS.contains(&member.key.as_ref())) {
        let alone = serde_json::json!({ member.key.as_ref(): member.value.to_value() });
        if !counts_matches(&member.key) && reach(schema, &alone) == Reach::Vacuous {
            let (keyword, pointer) = (member.key.into_owned(), fact.text.clone());
            cx.report(member.key_span, Mistake::IdleKeyword { keyword, pointer, kind: kind(schema) });
        }
    }
}

/// Reports each value of a `const` or `enum` that a fact can never be: one misspelt word of several leaves the others
/// alive, and so no proof about the whole leaf finds it.
fn never(cx: &FileReader<'_>, what: &str, schema: &Value, node: NodeRef<'_>) -> bool {
    let word = |value: NodeRef<'_>| {
        let impossible = !possible(schema, &value.to_value());
        if impossible {
            cx.report(value.span(), dead_word(what, schema, value));
        }
        impossible
    };
    let mut found = false;
    for member in node.members() {
        found |= match (member.key.as_ref(), schema.get("items")) {
            ("const", _) => word(member.value),
            ("enum", _) => member.value.items().map(word).fold(false, |any, found| any | found),
            ("contains" | "items", Some(items)) => never(cx, &format!("an item of {what}"), items, member.value),
            ("allOf" | "anyOf", _) => {
                member.value.items().map(|part| never(cx, what, schema, part)).fold(false, |any, found| any | found)
            }
            (NOT, _) => never(cx, what, schema, member.value),
            _ => false,
        };
    }
    found
}

fn possible(schema: &Value, value: &Value) -> bool {
    match schema.get("enum").and_then(Value::as_array) {
        Some(words) => words.contains(value),
        None => reach(schema, &serde_json::json!({ "const": value })) != Reach::Dead,
    }
}

fn dead_word(what: &str, schema: &Value, value: NodeRef<'_>) -> Mistake {
    let value = value.as_str().map_or_else(|| value.to_value().to_string(), std::borrow::Cow::into_owned);
    let words = schema.get("enum").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
    let suggestion = suggest::nearest(&value, words.iter().copied()).map(str::to_owned);
    Mistake::DeadWord { what: what.to_owned(), value, suggestion, kind: kind(schema) }
}

/// A fact's schema without annotations.
pub(crate) fn bare(schema: &Value) -> Value {
    let Value::Object(members) = schema else { return schema.clone() };
    let keep = |key: &str| key == "type" || key == NOT || SCHEMA_KEYWORDS.contains(&key);
    let kept = members.iter().filter(|(key, _)| keep(key)).map(|(key, value)| (key.clone(), bare(value)));
    Value::Object(kept.collect())
}

/// What a value with this schema is, in words.
fn kind(schema: &Value) -> String {
    let words = |schema: &Value| {
        let words = schema.get("enum")?.as_array()?.iter().filter_map(Value::as_str);
        Some(words.collect::<Vec<_>>().join(", "))
    };
    let listed = schema.get("items").and_then(words);
    match (words(schema), listed, schema.get("type").and_then(Value::as_str), schema.get("minimum")) {
        (Some(words), ..) => format!("one of: {words}"),
        (_, Some(words), ..) => format!("a list of: {words}"),
        (_, _, Some("array"), _) => "a list".to_owned(),
        (_, _, Some(name), Some(least)) => format!("{} of at least {least}", with_article(name)),
        (_, _, Some(_), _) if schema.get("format") == Some(&Value::from("date")) => "a date".to_owned(),
        (_, _, name, _) => with_article(name.unwrap_or("value")),
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
                Mistake::WrongType { what: "a date".into(), expected: "counted from either `fact` or `date`" },
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
                Mistake::WrongType { what: "a date".into(), expected: "moved by `plus` or by `minus`, not by both" },
            );
            return None;
        }
    };
    Some(DateExpr { base, offset })
}

fn day(cx: &FileReader<'_>, node: NodeRef<'_>) -> Option<DateBase> {
    let text = cx.string(node, "a date")?;
    match text.parse() {
        _ if text == "as-of" => Some(DateBase::AsOf),
        Ok(date) => Some(DateBase::Day(date)),
        Err(error) => {
            let shape = matches!(error, DateError::Shape { .. });
            let mistake = if shape { Mistake::NotADay(text) } else { Mistake::Date(error.to_string()) };
            cx.report(node.span(), mistake);
            None
        }
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
