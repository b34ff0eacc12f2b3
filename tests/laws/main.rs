//! Laws of the engine, on random rules and random manifests.
//!
//! The plan and the reference evaluator agree; silence never helps; what a rule does not name does not matter.
//! `PROPTEST_CASES` asks for more cases than a quick run has.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

mod agreement;
mod author;
mod authoring;
mod case;
mod choices;
mod declarer;
mod edit;
mod indifference;
mod leaves;
mod prover;
mod silence;
mod table;
mod vocabulary;

use proptest::test_runner::Config;

/// So many cases, unless the environment asks for another number. A failure is to become a test with a name.
fn cases(number: u32) -> Config {
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { Config::default().cases } else { number };
    Config { cases, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() }
}
