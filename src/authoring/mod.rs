//! What a rule's author runs: tests of rules, the account of a pack.

pub mod check;
pub mod coverage;
pub mod explain;
pub mod test;
pub mod timeline;
