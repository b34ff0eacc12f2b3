//! `govlint rules list`: one line per rule.

use std::io::Write;

use unicode_width::UnicodeWidthStr;

use super::head;
use crate::cli::failure::Failure;
use crate::pack::{Pack, Rule};
use crate::report::{Look, words};

/// Lists the rules of one pack.
pub(super) fn list(out: &mut dyn Write, pack: &Pack, look: Look) -> Result<(), Failure> {
    let lang = look.lang;
    head(out, pack, look)?;
    let words = |rule: &Rule| (rule.id.to_string(), words::strength(rule.strength, lang));
    let named = pack.rules.iter().map(words).collect::<Vec<_>>();
    let widest = named.iter().map(|(id, _)| id.width()).max().unwrap_or(0);
    let widest_word = named.iter().map(|(_, word)| word.width()).max().unwrap_or(0);
    for ((id, word), rule) in named.iter().zip(&pack.rules) {
        let (after_id, after_word) = (" ".repeat(widest - id.width()), " ".repeat(widest_word - word.width()));
        writeln!(out, "  {id}{after_id}  {word}{after_word}  {}", rule.title.get(lang))?;
    }
    Ok(())
}
