//! `govlint explain`: what a rule asks, and what it comes to on a manifest.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::authoring::explain;
use crate::json::Limits;
use crate::manifest::{BUILT_IN, Manifest, Origin};
use crate::report::human::{Group, Human};
use crate::time::Date;

use super::failure::Failure;
use super::inputs::name;
use super::{Done, Shown, packs, rules};

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The rule, as reports name it: PACK/RULE
    rule: String,
    /// A manifest to explain it on
    manifest: Option<PathBuf>,
    /// The day for which to explain it
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
}

/// Runs the command.
pub fn run(args: &ExplainArgs, shown: Shown, out: &mut dyn Write) -> Done {
    let (pack, rule) = rules::find(&args.rule, shown)?;
    let look = shown.look(&std::io::stdout());
    let Some(path) = &args.manifest else {
        write!(out, "{}", explain::rule(&pack, &pack.rules[rule], look))?;
        return Ok(0);
    };
    let bytes = std::fs::read(path).map_err(|error| Failure::CannotRead(path.clone(), error))?;
    let as_of = args.as_of.unwrap_or_else(Date::today_utc);
    match Manifest::read(Origin::file(name(path)), bytes, &Limits::default()) {
        Ok(manifest) => {
            write!(out, "{}", explain::on_manifest(&BUILT_IN, &pack, &pack.rules[rule], &manifest, as_of, look))?;
            Ok(0)
        }
        Err(broken) => {
            let plan = packs::plan(vec![pack]);
            let human =
                Human { plan: &plan, look: shown.look(&std::io::stderr()), as_of, redact: false, group: Group::Duty };
            Err(Failure::Drawn(human.broken(&broken, false)))
        }
    }
}
