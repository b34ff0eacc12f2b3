//! Manifests for commands that look at them without gating: each is read, and what cannot be is told at once.

use std::io::{self, Write};

use crate::engine::Plan;
use crate::json::Limits;
use crate::manifest::{Manifest, Origin};
use crate::report::human::{Group, Human};
use crate::report::plain;
use crate::time::Date;

use super::Shown;
use super::failure::{Failure, not_read};
use super::inputs::{Text, find, texts};

/// Reads what arguments name as `check` does, and hands over each manifest with its place's name. How many inputs could
/// not be read; each of them has been told on standard error.
///
/// # Errors
/// Where standard error cannot be written to, or what is done with a manifest fails.
pub fn each(
    arguments: &[String],
    plan: &Plan,
    as_of: Date,
    shown: Shown,
    mut with: impl FnMut(&str, &Manifest),
) -> Result<u64, Failure> {
    let lang = shown.lang;
    let (word, then) = (lang.pick("error: ", "错误："), lang.pick(": ", "："));
    let found = find(arguments, None, &[])?;
    let limits = Limits::default();
    let mut errors = 0;
    let mut tell = |name: &str, why: &str| {
        errors += 1;
        writeln!(io::stderr(), "{word}{}{then}{why}", plain(name))
    };
    for (name, why) in &found.errors {
        tell(name, why.say(lang))?;
    }
    let mut broken_ones = 0;
    for Text { name, line, byte, in_stream, bytes } in
        found.places.iter().flat_map(|place| texts(place, limits.max_bytes))
    {
        match bytes {
            Err(error) => tell(&name, &not_read(&error, lang))?,
            Ok(bytes) => {
                let told = if in_stream { format!("{name}:{line}") } else { name.clone() };
                match Manifest::read(Origin { name, line, byte }, bytes, &limits) {
                    Ok(manifest) => with(&told, &manifest),
                    Err(broken) => {
                        broken_ones += 1;
                        let look = shown.look(&io::stderr());
                        let human = Human { plan, look, as_of, redact: false, group: Group::Duty };
                        write!(io::stderr(), "{}", human.broken(&broken, in_stream))?;
                    }
                }
            }
        }
    }
    Ok(errors + broken_ones)
}
