//! `govlint schema`: the published JSON Schemas.

use std::io::Write;

use clap::{Args, ValueEnum};

use crate::manifest::SCHEMA;

use super::Done;

#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Of what
    kind: Kind,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// A system manifest
    Manifest,
    /// A file of rules
    Rule,
    /// A pack's instrument.json
    Instrument,
    /// What check --format json writes
    Report,
}

/// Runs the command.
pub fn run(args: &SchemaArgs, out: &mut dyn Write) -> Done {
    let text = match args.kind {
        Kind::Manifest => SCHEMA,
        Kind::Rule => include_str!("../../schemas/rule.schema.json"),
        Kind::Instrument => include_str!("../../schemas/instrument.schema.json"),
        Kind::Report => include_str!("../../schemas/report.schema.json"),
    };
    out.write_all(text.as_bytes())?;
    Ok(0)
}
