//! What a rule's author runs: tests of rules and mutants of rules, the account of a pack.

pub mod check;
pub mod coverage;
pub mod explain;
pub mod mutate;
mod one_line;
pub mod test;
pub mod timeline;
