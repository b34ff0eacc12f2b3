//! `govlint rules show`: everything that a rule, or every rule of a pack, says.

use std::io::Write;

use super::choice::Choice;
use super::find;
use crate::authoring::explain;
use crate::cli::failure::Failure;
use crate::cli::{Shown, packs};

/// Shows a rule, or every rule of a pack.
pub(super) fn show(out: &mut dyn Write, name: &str, choice: &Choice, shown: Shown) -> Result<(), Failure> {
    let look = shown.look(&std::io::stdout());
    if let Ok((pack, rule)) = find(name, shown) {
        return Ok(write!(out, "{}", explain::rule(&pack, &pack.rules[rule], look))?);
    }
    let pack = packs::one(name, shown.look(&std::io::stderr())).map_err(|failure| match failure {
        Failure::UnknownPack { name, .. } => Failure::UnknownName(name),
        other => other,
    })?;
    choice.prove()?;
    let rules = choice.of(&pack);
    if rules.is_empty() {
        return Err(Failure::NoRule);
    }
    for rule in rules {
        writeln!(out, "{}", explain::rule(&pack, rule, look))?;
    }
    Ok(())
}
