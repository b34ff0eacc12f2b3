//! `cargo +nightly fuzz run manifest_reader`: the reader's laws on whatever the fuzzer thinks of.

#![no_main]

#[path = "../../tests/support/reader_laws.rs"]
mod reader_laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| reader_laws::reader_agrees_with_serde_json(bytes));
