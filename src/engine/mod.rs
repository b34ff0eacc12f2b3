//! Packs to plan to outcomes, and the reference evaluator.
//!
//! Evaluation knows values and facts, never text; it must not know reports.

mod leaf;
mod outcome;
mod plan;
pub mod reference;
mod run;
mod settle;
mod truth;

pub use outcome::{Decided, Due, Inputs, Outcome, Reason, Severity, decide};
pub use plan::{Plan, RuleNumber};
pub use run::RuleResult;
pub use settle::settles;
pub use truth::Truth;
