//! System manifests: text to facts with places, and the schema that says which facts there are.
//!
//! Knows nothing of rules.

mod schema;
pub mod suggest;

pub use schema::{BUILT_IN, Fact, FactId, FactKind, ManifestSchema, Resolved, SCHEMA, Shape, ShapeId, Unresolved};
