//! Naming a mistake by what stands where something else should.
//!
//! Called once, when reading has already failed: it may take its time.

use super::error::{Expected, LONGEST_QUOTE, NumberFault, ReadErrorKind};
use super::place::Span;

/// What is wrong at the beginning of `rest`, which is not empty, and how many bytes of it are.
pub(super) fn diagnose(rest: &str, expected: Expected, opened: Option<Span>) -> (ReadErrorKind, usize) {
    let found = rest.chars().next().unwrap_or_default();
    if let Some(length) = comment(rest) {
        return (ReadErrorKind::Comment, length);
    }
    let named = match expected {
        Expected::Value | Expected::ValueOrBracket => quote(found).or_else(|| value(rest, found)),
        Expected::Key | Expected::KeyOrBrace => quote(found).or_else(|| key(rest)),
        Expected::End => Some((ReadErrorKind::TrailingText, found.len_utf8())),
        _ => None,
    };
    let generic = ReadErrorKind::UnexpectedCharacter { found, expected, opened };
    named.unwrap_or((generic, found.len_utf8()))
}

fn comment(rest: &str) -> Option<usize> {
    let line = || rest.lines().next().map_or(0, str::len);
    if rest.starts_with("/*") {
        Some(rest.find("*/").map_or_else(line, |end| end + 2))
    } else if rest.starts_with("//") || rest.starts_with('#') {
        Some(line())
    } else {
        None
    }
}

fn quote(found: char) -> Option<(ReadErrorKind, usize)> {
    let quotes = ['\'', '`', '“', '”', '„', '‘', '’', '«', '»', '「', '＂', '＇'];
    quotes.contains(&found).then(|| (ReadErrorKind::WrongQuote { found }, found.len_utf8()))
}

fn value(rest: &str, found: char) -> Option<(ReadErrorKind, usize)> {
    let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let fault = match found {
        '+' => NumberFault::LeadingPlus,
        '.' if digit(&rest[1..]) => NumberFault::NoInteger,
        '-' if word(&rest[1..]).is_none() => NumberFault::NoDigits,
        _ => {
            let (word, length) = word(rest.strip_prefix('-').unwrap_or(rest))?;
            let sign = if found == '-' { "-" } else { "" };
            return Some((ReadErrorKind::BareWord { word: format!("{sign}{word}") }, sign.len() + length));
        }
    };
    Some((ReadErrorKind::BadNumber { fault }, 1))
}

fn key(rest: &str) -> Option<(ReadErrorKind, usize)> {
    word(rest).map(|(word, length)| (ReadErrorKind::BareKey { word }, length))
}

/// The word that `rest` begins with, as much of it as can be quoted, and its length in bytes.
fn word(rest: &str) -> Option<(String, usize)> {
    let begins = rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$'));
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '-' | '.');
    let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
    begins.then(|| (rest[..length].chars().take(LONGEST_QUOTE).collect(), length))
}
