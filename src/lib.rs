//! govlint checks a system manifest against rules derived from AI-governance law.

pub mod time;
