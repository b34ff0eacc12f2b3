//! `cargo +nightly fuzz run rule_reader`: any bytes as a rule file, or as an instrument, give a pack or errors.

#![no_main]

#[path = "../../tests/support/rule_reader_laws.rs"]
mod rule_reader_laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| rule_reader_laws::any_bytes_give_a_pack_or_errors(bytes));
