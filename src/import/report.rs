//! What an import did: how much was read, how much was not, and why not.
//!
//! Knows nothing of any format.

use std::fmt;

use serde::Serialize;

use super::Place;
use crate::lang::Lang;

/// A cell that says something that was not understood. The facts that it is about stay unstated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Which row.
    pub place: Place,
    /// The column's name.
    pub column: &'static str,
    /// Why it was not understood.
    pub reason: Reason,
    /// The beginning of the cell, on one line, escaped.
    pub excerpt: String,
}

impl Unread {
    /// The cell, and why it was not understood, in a sentence.
    pub fn say(&self, lang: Lang) -> String {
        let Self { place, column, reason, excerpt } = self;
        let (place, reason) = (place.say(lang), reason.say(lang));
        match lang {
            Lang::En => format!("{place}, column {column}: {reason} ({excerpt})"),
            Lang::Zh => format!("{place}，列 {column}：{reason}（{excerpt}）"),
        }
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

/// Why a cell was not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The column has a closed list of answers, and this is none of them.
    #[error("it is none of the column's options")]
    NotAnOption,
    /// An identifier has no spaces around it and no other white space than single spaces.
    #[error("it is not an identifier")]
    NotAnIdentifier,
    /// It is something else than one web address.
    #[error("it is not one web address that begins with `http://` or `https://`")]
    NotAnAddress,
    /// It is written in none of the shapes that the column's dates have.
    #[error("it is not a date")]
    NotADate,
    /// It is written as a date is, and no calendar has that day, month or hour.
    #[error("there is no such day")]
    NoSuchDay,
    /// It may name several, and nothing says where one ends.
    #[error("it may name several, and cannot be split without guessing")]
    SeveralNames,
    /// The column holds lists, and this is not written as one.
    #[error("it is not a list: character {at} is unexpected")]
    NotAList {
        /// The number of the first character that does not fit, from 1.
        at: usize,
    },
    /// One item of the list is none of the options, so that the list as a whole is not known.
    #[error("item {item} is none of the column's options")]
    UnknownItem {
        /// The number of the item, from 1.
        item: usize,
    },
    /// Items of the list exclude each other.
    #[error("its items contradict each other")]
    Contradiction,
}

impl Reason {
    /// The reason in a sentence.
    pub fn say(self, lang: Lang) -> String {
        let chinese = match self {
            _ if lang == Lang::En => return self.to_string(),
            Self::NotAnOption => "不是该列的选项之一",
            Self::NotAnIdentifier => "不是标识",
            Self::NotAnAddress => "不是以 `http://` 或 `https://` 开头的单个网址",
            Self::NotADate => "不是日期",
            Self::NoSuchDay => "没有这一天",
            Self::SeveralNames => "可能含有多个名称，无法确切拆分",
            Self::NotAList { at } => return format!("不是列表：第 {at} 个字符不应出现"),
            Self::UnknownItem { item } => return format!("第 {item} 项不是该列的选项之一"),
            Self::Contradiction => "各项互相矛盾",
        };
        chinese.to_owned()
    }
}

/// How much of the input became facts. For each column, the four counts make up the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Rows read, without the header.
    pub rows: u64,
    /// Manifests written.
    pub manifests: u64,
    /// What became of the cells, by column, in the order of the input.
    pub columns: Vec<ColumnTally>,
    /// Columns of the input that the importer does not know, in their order. Nothing in them was read.
    pub unknown_columns: Vec<String>,
}

/// What became of the cells of one column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ColumnTally {
    /// The column's name.
    pub column: &'static str,
    /// Cells that state a fact.
    pub stated: u64,
    /// Cells that say nothing.
    pub blank: u64,
    /// Dates without a day, which state no fact.
    pub imprecise: u64,
    /// Cells that were not understood.
    pub unread: u64,
}

impl Tally {
    /// Cells that were not understood.
    pub fn unread(&self) -> u64 {
        self.columns.iter().map(|column| column.unread).sum()
    }

    /// Dates without a day.
    pub fn imprecise(&self) -> u64 {
        self.columns.iter().map(|column| column.imprecise).sum()
    }

    /// Cells that state a fact.
    pub fn stated(&self) -> u64 {
        self.columns.iter().map(|column| column.stated).sum()
    }

    /// Cells that say nothing.
    pub fn blank(&self) -> u64 {
        self.columns.iter().map(|column| column.blank).sum()
    }
}

/// The most characters of a cell that are repeated.
const EXCERPT: usize = 32;

/// The beginning of a cell, on one line, without characters that move or hide others.
pub(super) fn excerpt(cell: &str) -> String {
    let mut text = String::new();
    for c in cell.chars().take(EXCERPT) {
        match c {
            '\'' | '"' => text.push(c),
            _ => text.extend(c.escape_debug()),
        }
    }
    if cell.chars().nth(EXCERPT).is_some() {
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_short_and_on_one_line() {
        assert_eq!(excerpt("['No', \"a\"]"), "['No', \"a\"]");
        assert_eq!(excerpt("a\nb\u{1b}[31m\u{202e}\u{200b}"), r"a\nb\u{1b}[31m\u{202e}\u{200b}");
        assert_eq!(excerpt(&"可".repeat(33)), "可".repeat(32) + "…");
    }

    #[test]
    fn reasons_are_sentences() {
        assert_eq!(Reason::NotAList { at: 3 }.to_string(), "it is not a list: character 3 is unexpected");
        assert_eq!(Reason::UnknownItem { item: 2 }.to_string(), "item 2 is none of the column's options");
        assert_eq!(Reason::UnknownItem { item: 2 }.say(Lang::Zh), "第 2 项不是该列的选项之一");
    }
}
