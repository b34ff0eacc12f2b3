//! Deciding one leaf on one value, fast for the commonest forms and through `jsonschema` for all others.

use std::sync::Arc;

use serde_json::Value;

use super::truth::Truth;
use crate::json::{Kind, NodeRef};
use crate::pack::{Age, DateBase, DateExpr, LeafSchema, Offset};
use crate::schema::Validator;
use crate::time::{Beyond, Counted, Date, Period, Unit};

/// The JSON Schema part of a leaf, compiled.
#[derive(Debug)]
pub enum Test {
    /// `const` with a boolean.
    Boolean(bool),
    /// `const` with a word.
    Word(Box<str>),
    /// `enum` with words.
    Words(Box<[String]>),
    /// `contains` with `const` or `enum` of words.
    ContainsWord(Box<[String]>),
    /// `minItems`.
    MinItems(usize),
    /// Anything else.
    Schema(Arc<Validator>),
}

impl Test {
    /// The cheapest way to decide a schema.
    pub fn new(schema: &LeafSchema) -> Self {
        Self::common(&schema.value).unwrap_or_else(|| Self::Schema(Arc::clone(&schema.validator)))
    }

    fn common(schema: &Value) -> Option<Self> {
        let members = schema.as_object().filter(|members| members.len() == 1)?;
        let (keyword, operand) = members.iter().next()?;
        match (keyword.as_str(), operand) {
            ("const", Value::Bool(wanted)) => Some(Self::Boolean(*wanted)),
            ("const", Value::String(word)) => Some(Self::Word(word.as_str().into())),
            ("enum", _) => words(keyword, operand).map(Self::Words),
            ("contains", Value::Object(inner)) if inner.len() == 1 => {
                let (keyword, operand) = inner.iter().next()?;
                words(keyword, operand).map(Self::ContainsWord)
            }
            ("minItems", Value::Number(least)) => usize::try_from(least.as_u64()?).ok().map(Self::MinItems),
            _ => None,
        }
    }

    /// Whether a stated value meets it.
    pub fn holds(&self, value: NodeRef<'_>) -> Truth {
        let word = |value: NodeRef<'_>, words: &[String]| words.iter().any(|word| value.says(word));
        Truth::from(match self {
            Self::Boolean(wanted) => value.as_bool() == Some(*wanted),
            Self::Word(word) => value.says(word),
            Self::Words(words) => word(value, words),
            Self::ContainsWord(words) => value.kind() != Kind::Array || value.items().any(|item| word(item, words)),
            Self::MinItems(least) => value.kind() != Kind::Array || value.len() >= *least,
            Self::Schema(validator) => validator.is_valid(value),
        })
    }
}

fn words(keyword: &str, operand: &Value) -> Option<Box<[String]>> {
    match (keyword, operand) {
        ("const", Value::String(word)) => Some([word.clone()].into()),
        ("enum", Value::Array(list)) => list.iter().map(|word| word.as_str().map(str::to_owned)).collect(),
        _ => None,
    }
}

/// The day that a fact states.
pub fn day(value: NodeRef<'_>) -> Option<Date> {
    value.as_str()?.parse().ok()
}

/// The day that an expression comes to, given the day of the fact that it names.
pub fn evaluate(date: &DateExpr, fact: Option<Date>, as_of: Date) -> Option<Counted> {
    let base = match &date.base {
        DateBase::Day(day) => *day,
        DateBase::AsOf => as_of,
        DateBase::Fact(_) => fact?,
    };
    Some(match date.offset {
        None => Counted { date: base, beyond: None },
        Some(Offset::Plus(period)) => period.after(base),
        Some(Offset::Minus(period)) => period.before(base),
    })
}

/// The last day on which something of that date is not too old.
pub fn last_day(age: &Age, stated: Option<(NodeRef<'_>, Unit)>, date: Date) -> Option<Counted> {
    match age {
        Age::Period(period) => Some(period.after(date)),
        Age::Fact(_) => {
            let (value, unit) = stated?;
            let count = u32::try_from(value.as_u64()?).ok()?;
            let counted = Period::new(count, unit).map(|period| period.after(date));
            Some(counted.unwrap_or(Counted { date: Date::MAX, beyond: None }))
        }
    }
}

/// The unit that the schema gives a number.
pub fn unit(name: Option<&str>) -> Option<Unit> {
    match name {
        Some("days") => Some(Unit::Days),
        Some("months") => Some(Unit::Months),
        _ => None,
    }
}

/// What a comparison of days comes to, and whether a working-day calendar ended before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The truth.
    pub truth: Truth,
    /// What it was compared with.
    pub limit: Option<Date>,
    /// The years that the calendar does not know.
    pub beyond: Option<Beyond>,
}

impl Compared {
    /// A comparison that cannot be made.
    pub const UNKNOWN: Self = Self { truth: Truth::Unknown, limit: None, beyond: None };

    /// Compares a day with a limit, where both are known.
    pub fn new(day: Option<Date>, limit: Option<Counted>, holds: impl Fn(Date, Date) -> bool) -> Self {
        let Some(limit) = limit else { return Self::UNKNOWN };
        let truth = day.map_or(Truth::Unknown, |day| Truth::from(holds(day, limit.date)));
        Self { truth, limit: Some(limit.date), beyond: limit.beyond }
    }
}
