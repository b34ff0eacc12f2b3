//! Every call of the `jsonschema` crate, in one place, so that it can be upgraded on purpose.
//!
//! Knows JSON Schema and our tree. Knows nothing of facts or rules.

use jsonschema::canonical::{CanonicalSchema, Containment, Satisfiability};
use jsonschema::{Draft, PatternOptions, ValidationOptions};
use serde_json::Value;

use crate::json::Tree;

/// A compiled schema over our own tree.
pub type Validator = jsonschema::Validator<Tree>;

/// The most memory that one compiled pattern may take, in bytes.
const PATTERN_BYTES: usize = 1 << 20;

/// A schema that cannot be compiled, in the crate's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadSchema(pub String);

/// Compiles a schema. Formats are asserted, unknown formats refused, patterns linear-time, references local.
///
/// # Errors
/// Where the schema is not valid JSON Schema 2020-12 or a pattern is not linear-time.
pub fn compile(schema: &Value) -> Result<Validator, BadSchema> {
    let options: ValidationOptions<'_, _, Tree> = jsonschema::options_for::<Tree>();
    options
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .with_pattern_options(PatternOptions::regex().size_limit(PATTERN_BYTES))
        .offline()
        .build(schema)
        .map_err(|error| BadSchema(error.to_string()))
}

/// What a leaf asks of a fact, as far as it can be proven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// No value of the fact meets it.
    Dead,
    /// Every value of the fact meets it.
    Vacuous,
    /// Some do and some don't, or nothing is proven.
    Open,
}

fn canonical(schema: &Value) -> Option<CanonicalSchema> {
    jsonschema::canonical::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_pattern_options(PatternOptions::regex().size_limit(PATTERN_BYTES))
        .offline()
        .canonicalize(schema)
        .ok()
}

/// Whether it is proven that no value meets a schema.
pub fn is_empty(schema: &Value) -> bool {
    canonical(schema).is_some_and(|schema| schema.satisfiability() == Satisfiability::No)
}

/// Whether some, all or no values that meet `fact` also meet `leaf`.
pub fn reach(fact: &Value, leaf: &Value) -> Reach {
    let (Some(fact), Some(leaf)) = (canonical(fact), canonical(leaf)) else { return Reach::Open };
    if let Ok(both) = fact.intersect(&leaf)
        && both.satisfiability() == Satisfiability::No
    {
        return Reach::Dead;
    }
    match leaf.covers(&fact) {
        Ok(Containment::Yes) => Reach::Vacuous,
        _ => Reach::Open,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_dead_leaf_and_a_vacuous_one_are_proven() {
        let stage = json!({ "type": "string", "enum": ["pilot", "deployed"] });
        assert_eq!(reach(&stage, &json!({ "const": "retired" })), Reach::Dead);
        assert_eq!(reach(&stage, &json!({ "enum": ["pilot", "deployed", "retired"] })), Reach::Vacuous);
        assert_eq!(reach(&stage, &json!({ "const": "pilot" })), Reach::Open);
        let list = json!({ "type": "array", "items": { "enum": ["a", "b"] } });
        assert_eq!(reach(&list, &json!({ "contains": { "const": "c" } })), Reach::Dead);
        assert_eq!(reach(&list, &json!({ "minItems": 0 })), Reach::Vacuous);
        assert_eq!(
            reach(&json!({ "type": "string", "format": "date" }), &json!({ "const": "2026-13-01" })),
            Reach::Dead
        );
        assert_eq!(reach(&json!({ "type": "boolean" }), &json!({ "const": "yes" })), Reach::Dead);
    }

    #[test]
    fn a_pattern_that_is_not_linear_time_is_refused() {
        assert!(compile(&json!({ "pattern": "(?=a)b" })).is_err());
        assert!(compile(&json!({ "format": "datte" })).is_err());
    }
}
