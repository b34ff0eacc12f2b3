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
        "cn-algorithmic-recommendation",
        &[
            ("06.json", include_str!("../../rules/cn-algorithmic-recommendation/06.json")),
            ("07.json", include_str!("../../rules/cn-algorithmic-recommendation/07.json")),
            ("08.json", include_str!("../../rules/cn-algorithmic-recommendation/08.json")),
            ("09.json", include_str!("../../rules/cn-algorithmic-recommendation/09.json")),
            ("10.json", include_str!("../../rules/cn-algorithmic-recommendation/10.json")),
            ("11.json", include_str!("../../rules/cn-algorithmic-recommendation/11.json")),
            ("12.json", include_str!("../../rules/cn-algorithmic-recommendation/12.json")),
            ("13.json", include_str!("../../rules/cn-algorithmic-recommendation/13.json")),
            ("14.json", include_str!("../../rules/cn-algorithmic-recommendation/14.json")),
            ("16.json", include_str!("../../rules/cn-algorithmic-recommendation/16.json")),
            ("17.json", include_str!("../../rules/cn-algorithmic-recommendation/17.json")),
            ("18.json", include_str!("../../rules/cn-algorithmic-recommendation/18.json")),
            ("19.json", include_str!("../../rules/cn-algorithmic-recommendation/19.json")),
            ("20.json", include_str!("../../rules/cn-algorithmic-recommendation/20.json")),
            ("21.json", include_str!("../../rules/cn-algorithmic-recommendation/21.json")),
            ("22.json", include_str!("../../rules/cn-algorithmic-recommendation/22.json")),
            ("24.json", include_str!("../../rules/cn-algorithmic-recommendation/24.json")),
            ("26.json", include_str!("../../rules/cn-algorithmic-recommendation/26.json")),
            ("27.json", include_str!("../../rules/cn-algorithmic-recommendation/27.json")),
            ("28.json", include_str!("../../rules/cn-algorithmic-recommendation/28.json")),
            ("example.json", include_str!("../../rules/cn-algorithmic-recommendation/example.json")),
            ("instrument.json", include_str!("../../rules/cn-algorithmic-recommendation/instrument.json")),
        ],
    ),
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
