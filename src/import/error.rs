//! Why an import stopped. What was written before then stands.
//!
//! A cell that cannot be read is no error; see [`Unread`](super::Unread).

use std::fmt;
use std::io;

use crate::lang::Lang;

/// A place in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The number of the row, from 1; the header is row 0.
    pub row: u64,
    /// The line of the file on which the row starts, from 1.
    pub line: u64,
}

impl Place {
    /// The place in a few words.
    pub fn say(self, lang: Lang) -> String {
        match (self.row, lang) {
            (0, Lang::En) => format!("the header (line {})", self.line),
            (row, Lang::En) => format!("row {row} (line {})", self.line),
            (0, Lang::Zh) => format!("表头（文件第 {} 行）", self.line),
            (row, Lang::Zh) => format!("第 {row} 行数据（文件第 {} 行）", self.line),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::En))
    }
}

/// Why an import stopped.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The input could not be read.
    #[error("the input cannot be read")]
    Read(#[source] io::Error),
    /// The output could not be written.
    #[error("the manifests cannot be written")]
    Write(#[source] io::Error),
    /// There is not even a header.
    #[error("the input is empty")]
    Empty,
    /// The header lacks columns, so this is another format.
    #[error("the header has no column {}", quoted(columns))]
    MissingColumns {
        /// Their names.
        columns: Vec<&'static str>,
    },
    /// The header names a column more than once.
    #[error("the header names the column `{column}` more than once")]
    RepeatedColumn {
        /// Its name.
        column: &'static str,
    },
    /// A row has more or fewer cells than the header.
    #[error("{place} has {cells} cells, and the header has {header}")]
    Ragged {
        /// Which row.
        place: Place,
        /// How many cells the row has.
        cells: usize,
        /// How many cells the header has.
        header: usize,
    },
    /// A row is not UTF-8.
    #[error("{place} is not UTF-8 in cell {cell}")]
    NotUtf8 {
        /// Which row.
        place: Place,
        /// The number of the cell, from 1.
        cell: usize,
    },
    /// A quotation mark opens a cell that nothing closes, so rows may have been swallowed by a cell.
    #[error("the quotation marks are odd in number, so a cell is not closed; {last} is the last row that was found")]
    OpenQuote {
        /// The last row.
        last: Place,
    },
}

impl ImportError {
    /// The error in a sentence.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            _ if lang == Lang::En => self.to_string(),
            Self::Read(_) => "无法读取输入".to_owned(),
            Self::Write(_) => "无法写入清单".to_owned(),
            Self::Empty => "输入为空".to_owned(),
            Self::MissingColumns { columns } => format!("表头缺少列 {}", quoted(columns)),
            Self::RepeatedColumn { column } => format!("表头多次出现列 `{column}`"),
            Self::Ragged { place, cells, header } => {
                format!("{}有 {cells} 个单元格，而表头有 {header} 个", place.say(lang))
            }
            Self::NotUtf8 { place, cell } => format!("{}的第 {cell} 个单元格不是 UTF-8 文本", place.say(lang)),
            Self::OpenQuote { last } => {
                format!("引号数量为奇数，有单元格未闭合；最后读到的是{}", last.say(lang))
            }
        }
    }
}

/// Names, each between backquotes.
fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
