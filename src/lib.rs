//! govlint checks a system manifest against rules derived from AI-governance law.

pub mod authoring;
pub mod cli;
pub mod engine;
pub mod import;
pub mod json;
pub mod lang;
pub mod manifest;
pub mod pack;
pub mod prove;
pub mod report;
pub mod schema;
pub mod source;
pub mod time;
