//! The packs that are built in.
//!
//! Written by `cargo test --test embedded`, which compares it with the folders under `rules/` and, run with
//! `GOVLINT_BLESS=1`, rewrites it.

/// A built-in pack: its name, and its files by name.
pub type EmbeddedPack = (&'static str, &'static [(&'static str, &'static str)]);

/// All of them, in order of name.
pub const PACKS: &[EmbeddedPack] = &[];
