//! The packs that are built in.
//!
//! Written by `cargo test --test embedded`, which compares it with the folders under `rules/` and, run with
//! `GOVLINT_BLESS=1`, rewrites it.

/// A built-in pack: its name, and its files by name.
pub type EmbeddedPack = (&'static str, &'static [(&'static str, &'static str)]);

/// All of them, in order of name.
#[rustfmt::skip]
pub const PACKS: &[EmbeddedPack] = &[
    (
        "us-omb-m-25-21",
        &[
            ("2a.json", include_str!("../../rules/us-omb-m-25-21/2a.json")),
            ("2b.json", include_str!("../../rules/us-omb-m-25-21/2b.json")),
            ("3ai.json", include_str!("../../rules/us-omb-m-25-21/3ai.json")),
            ("3aii.json", include_str!("../../rules/us-omb-m-25-21/3aii.json")),
            ("3bii.json", include_str!("../../rules/us-omb-m-25-21/3bii.json")),
            ("3biii.json", include_str!("../../rules/us-omb-m-25-21/3biii.json")),
            ("3biv.json", include_str!("../../rules/us-omb-m-25-21/3biv.json")),
            ("3bv.json", include_str!("../../rules/us-omb-m-25-21/3bv.json")),
            ("4ai.json", include_str!("../../rules/us-omb-m-25-21/4ai.json")),
            ("4aii.json", include_str!("../../rules/us-omb-m-25-21/4aii.json")),
            ("4bi.json", include_str!("../../rules/us-omb-m-25-21/4bi.json")),
            ("4bii.json", include_str!("../../rules/us-omb-m-25-21/4bii.json")),
            ("4biii.json", include_str!("../../rules/us-omb-m-25-21/4biii.json")),
            ("4biv.json", include_str!("../../rules/us-omb-m-25-21/4biv.json")),
            ("4bv.json", include_str!("../../rules/us-omb-m-25-21/4bv.json")),
            ("4bvi.json", include_str!("../../rules/us-omb-m-25-21/4bvi.json")),
            ("4bvii.json", include_str!("../../rules/us-omb-m-25-21/4bvii.json")),
            ("5.json", include_str!("../../rules/us-omb-m-25-21/5.json")),
            ("6.json", include_str!("../../rules/us-omb-m-25-21/6.json")),
            ("example.json", include_str!("../../rules/us-omb-m-25-21/example.json")),
            ("instrument.json", include_str!("../../rules/us-omb-m-25-21/instrument.json")),
        ],
    ),
];
