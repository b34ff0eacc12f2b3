//! From the text of one cell to the values of its facts.
//!
//! Knows the ways in which cells are written, not which column is written in which.

use serde_json::{Value, json};

use super::dates::{self, Written};
use super::lists::{self, NotAList};
use crate::import::Reason;

/// Answers of the source, and the words of the manifest that they stand for.
pub(super) type Words = &'static [(&'static str, &'static str)];

/// How a cell is to be read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reading {
    /// Any text, taken as it is.
    Text,
    /// Reasons: that they are written down, and the text itself.
    Reasons,
    /// A text without white space but single spaces inside it.
    Identifier,
    /// One web address.
    Address,
    /// `Yes` or `No`.
    YesNo,
    /// A date, if it has a day.
    Date,
    /// One name, as a list of one.
    OneName,
    /// One of these answers.
    Word(Words),
    /// One of these answers, as a list of one.
    OneWord(Words),
    /// One of these answers, each of which stands for the values of two facts; the second may be unsaid.
    TwoWords(&'static [(&'static str, &'static str, Option<&'static str>)]),
    /// A list of these answers.
    Features {
        /// The answers.
        items: Words,
        /// The answer that stands alone and says that there is nothing to list.
        none: &'static str,
    },
    /// A list of what was done, which also makes the status `done`, or of an answer that is a status itself.
    Practices {
        /// What may have been done.
        items: Words,
        /// Answers that are a status. Where there are several, the first of these decides.
        statuses: Words,
    },
}

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Said {
    /// Nothing.
    Nothing,
    /// A date without a day.
    Imprecise,
    /// These values of the column's facts, in order. Facts for which there is none are unstated.
    Values(Vec<Value>),
}

impl Reading {
    /// Reads a cell.
    pub(super) fn read(self, cell: &str) -> Result<Said, Reason> {
        let text = cell.trim();
        if is_blank(text) {
            return Ok(Said::Nothing);
        }
        let value = match self {
            Self::Text => json!(text),
            Self::Identifier => json!(identifier(text)?),
            Self::Address => json!(address(text)?),
            Self::YesNo => json!(yes_no(text)?),
            Self::OneName => json!([one_name(text)?]),
            Self::Word(words) => json!(word(words, text)?),
            Self::OneWord(words) => json!([word(words, text)?]),
            Self::Features { items, none } => json!(features(items, none, text)?),
            Self::Reasons => return Ok(Said::Values(vec![json!(true), json!(text)])),
            Self::Date => return date(text),
            Self::TwoWords(answers) => return two_words(answers, text),
            Self::Practices { items, statuses } => return practices(items, statuses, text),
        };
        Ok(Said::Values(vec![value]))
    }
}

/// An empty list says as little as an empty cell: the source prints both for a question that was not answered.
fn is_blank(text: &str) -> bool {
    let inside = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inside.unwrap_or(text).trim().is_empty()
}

fn identifier(text: &str) -> Result<&str, Reason> {
    let fits = text.split(' ').all(|part| !part.is_empty() && !part.contains(is_space));
    fits.then_some(text).ok_or(Reason::NotAnIdentifier)
}

/// White space as the schema's patterns know it.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

fn address(text: &str) -> Result<&str, Reason> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let fits = rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(is_space));
    fits.then_some(text).ok_or(Reason::NotAnAddress)
}

fn yes_no(text: &str) -> Result<bool, Reason> {
    match text {
        "Yes" => Ok(true),
        "No" => Ok(false),
        _ => Err(Reason::NotAnOption),
    }
}

fn date(text: &str) -> Result<Said, Reason> {
    Ok(match dates::read(text)? {
        Written::Day(day) => Said::Values(vec![json!(day)]),
        Written::Imprecise => Said::Imprecise,
    })
}

/// A comma may also belong to a name (`…, Inc.`), and only a guess could tell.
fn one_name(text: &str) -> Result<&str, Reason> {
    let several = text.contains([',', ';', '/', '&', '\n', '\r']) || text.to_ascii_lowercase().contains(" and ");
    if several { Err(Reason::SeveralNames) } else { Ok(text) }
}

fn word(words: Words, text: &str) -> Result<&'static str, Reason> {
    find(words, text).ok_or(Reason::NotAnOption)
}

fn find(words: Words, text: &str) -> Option<&'static str> {
    words.iter().find(|(answer, _)| *answer == text).map(|(_, word)| *word)
}

fn two_words(answers: &[(&str, &str, Option<&str>)], text: &str) -> Result<Said, Reason> {
    let (_, first, second) = answers.iter().find(|(answer, ..)| *answer == text).ok_or(Reason::NotAnOption)?;
    Ok(Said::Values(std::iter::once(*first).chain(*second).map(Value::from).collect()))
}

fn features(words: Words, none: &str, text: &str) -> Result<Vec<&'static str>, Reason> {
    let items = list(text)?;
    if items.iter().any(|item| option(item) == none) {
        return if items.len() == 1 { Ok(Vec::new()) } else { Err(Reason::Contradiction) };
    }
    known(&[words], &items)
}

fn practices(items: Words, statuses: Words, text: &str) -> Result<Said, Reason> {
    let words = known(&[items, statuses], &list(text)?)?;
    let status = statuses.iter().find(|(_, status)| words.contains(status));
    Ok(Said::Values(match status {
        Some((_, status)) => vec![json!(status)],
        None => vec![json!("done"), json!(words)],
    }))
}

/// The items of a list, in the order in which they stand.
fn list(text: &str) -> Result<Vec<String>, Reason> {
    lists::read(text).map_err(|NotAList(at)| Reason::NotAList { at })
}

/// An item without the letter of its option, which some have kept: `c) Age`.
fn option(item: &str) -> &str {
    let item = item.trim();
    match item.split_once(") ") {
        Some((letter, rest)) if letter.len() == 1 && letter.is_ascii() => rest.trim_start(),
        _ => item,
    }
}

/// The words of all items, each once. An item that nobody understands could be anything, so it leaves all of them unread.
fn known(tables: &[Words], items: &[String]) -> Result<Vec<&'static str>, Reason> {
    let mut known = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let word =
            tables.iter().find_map(|words| find(words, option(item))).ok_or(Reason::UnknownItem { item: at + 1 })?;
        if !known.contains(&word) {
            known.push(word);
        }
    }
    Ok(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAGES: Words = &[("Pilot", "pilot"), ("Deployed", "deployed")];
    const FEATURES: Reading = Reading::Features { items: &[("Sex", "sex"), ("Age", "age")], none: "None of the above" };
    const PRACTICES: Reading = Reading::Practices {
        items: &[("Hearings", "hearing"), ("Public hearings", "hearing"), ("Other", "other")],
        statuses: &[("In-progress", "in-progress"), ("Waived", "waived")],
    };

    #[track_caller]
    fn says(reading: Reading, cell: &str, value: Value) {
        assert_eq!(reading.read(cell), Ok(Said::Values(vec![value])), "{cell}");
    }

    #[track_caller]
    fn unread(reading: Reading, cell: &str, reason: Reason) {
        assert_eq!(reading.read(cell), Err(reason), "{cell}");
    }

    #[test]
    fn a_blank_cell_says_nothing() {
        for reading in [Reading::Text, Reading::YesNo, Reading::Date, Reading::Address, FEATURES, PRACTICES] {
            for cell in ["", " \n", "[]", " [ ] "] {
                assert_eq!(reading.read(cell), Ok(Said::Nothing), "{cell:?}");
            }
        }
    }

    #[test]
    fn text_is_not_judged() {
        says(Reading::Text, "Not available", json!("Not available"));
        says(Reading::Text, " two\nlines ", json!("two\nlines"));
    }

    #[test]
    fn an_identifier_has_only_single_spaces_inside() {
        says(Reading::Identifier, "OIA 12", json!("OIA 12"));
        for cell in ["OIA  12", "OIA\n12", "OIA\u{a0}12", "OIA\u{feff}"] {
            unread(Reading::Identifier, cell, Reason::NotAnIdentifier);
        }
    }

    #[test]
    fn an_address_is_one_and_whole() {
        says(Reading::Address, "https://agency.example/a", json!("https://agency.example/a"));
        says(Reading::Address, "http://agency.example", json!("http://agency.example"));
        for cell in
            ["No", "agency.example", "https://", "https://a.example; https://b.example", "see https://a.example"]
        {
            unread(Reading::Address, cell, Reason::NotAnAddress);
        }
    }

    #[test]
    fn yes_is_not_guessed() {
        says(Reading::YesNo, "Yes", json!(true));
        says(Reading::YesNo, "No", json!(false));
        for cell in ["yes", "Y", "true", "Yes - incidental", "Unknown"] {
            unread(Reading::YesNo, cell, Reason::NotAnOption);
        }
    }

    #[test]
    fn names_are_not_split() {
        says(Reading::OneName, "Acme Sandwiches (AS)", json!(["Acme Sandwiches (AS)"]));
        for cell in ["Acme, Inc.", "A and B", "A AND B", "A / B", "A & B", "A;B", "A\nB"] {
            unread(Reading::OneName, cell, Reason::SeveralNames);
        }
    }

    #[test]
    fn answers_outside_the_list_are_unread() {
        says(Reading::Word(STAGES), "Pilot", json!("pilot"));
        says(Reading::OneWord(STAGES), "Deployed", json!(["deployed"]));
        unread(Reading::Word(STAGES), "pilot", Reason::NotAnOption);
        unread(Reading::OneWord(STAGES), "Pilot, Deployed", Reason::NotAnOption);
    }

    #[test]
    fn an_answer_may_stand_for_two_facts() {
        let reading = Reading::TwoWords(&[("Board", "done", Some("board")), ("Waived", "waived", None)]);
        assert_eq!(reading.read("Board"), Ok(Said::Values(vec![json!("done"), json!("board")])));
        says(reading, "Waived", json!("waived"));
        unread(reading, "No board", Reason::NotAnOption);
    }

    #[test]
    fn the_letter_of_an_option_says_nothing() {
        says(FEATURES, "['c) Age', 'Sex']", json!(["age", "sex"]));
        says(FEATURES, "['x) Age ', 'Age']", json!(["age"]));
    }

    #[test]
    fn none_of_the_above_is_an_empty_list_and_stands_alone() {
        says(FEATURES, "['k) None of the above']", json!([]));
        unread(FEATURES, "['k) None of the above', 'c) Age']", Reason::Contradiction);
    }

    #[test]
    fn one_item_that_is_not_understood_leaves_the_whole_list_unread() {
        unread(FEATURES, "['c) Age', 'Shoe size']", Reason::UnknownItem { item: 2 });
        unread(PRACTICES, "['In-progress', 'Shoe size']", Reason::UnknownItem { item: 2 });
        unread(FEATURES, "Age", Reason::NotAList { at: 1 });
        unread(FEATURES, "['']", Reason::UnknownItem { item: 1 });
    }

    #[test]
    fn what_was_done_is_listed_and_makes_the_status_done() {
        let done = PRACTICES.read("['Hearings', 'c) Public hearings ', 'd) Other']");
        assert_eq!(done, Ok(Said::Values(vec![json!("done"), json!(["hearing", "other"])])));
    }

    #[test]
    fn a_status_among_the_items_decides() {
        says(PRACTICES, "['e) In-progress']", json!("in-progress"));
        says(PRACTICES, "['Other', 'In-progress']", json!("in-progress"));
        says(PRACTICES, "['Waived']", json!("waived"));
    }

    #[test]
    fn dates_without_a_day_are_imprecise() {
        says(Reading::Date, "10/1/2024", json!("2024-10-01"));
        assert_eq!(Reading::Date.read("Oct-24"), Ok(Said::Imprecise));
        unread(Reading::Date, "soon", Reason::NotADate);
    }
}
