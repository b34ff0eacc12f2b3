//! System manifests: text to facts with places, and the schema that says which facts there are.
//!
//! Knows nothing of rules.

mod form;
mod not_json;
mod problem;
mod quick;
mod read;
mod schema;
pub mod suggest;

pub use form::Form;
pub use problem::{Also, Problem, ProblemKind, Wanted};
pub use read::{Broken, Manifest, Origin};
pub use schema::{BUILT_IN, Fact, FactId, FactKind, ManifestSchema, Resolved, SCHEMA, Shape, ShapeId, Unresolved};
