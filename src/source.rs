//! Named texts that diagnostics point into: a manifest, a line of a stream, a rule file.
//!
//! Knows where a text came from and where in its file it begins. Knows nothing of what it says.

use std::sync::Arc;

use crate::json::{Source, Span};

/// A text with its name, and where it begins in the file of that name.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as the user would write it, with forward slashes; `<stdin>` for standard input.
    pub name: String,
    /// The text.
    pub source: Arc<Source>,
    /// The line of the file at which the text begins, from 1.
    pub first_line: u64,
    /// The byte of the file at which the text begins.
    pub first_byte: u64,
}

/// A place in a file: lines and columns from 1, columns in code points, ends exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The first line.
    pub line: u64,
    /// The first column.
    pub column: u64,
    /// The line of the end.
    pub end_line: u64,
    /// The column after the end.
    pub end_column: u64,
    /// The first byte, counted from the file's beginning.
    pub byte_start: u64,
    /// The byte after the end.
    pub byte_end: u64,
}

impl SourceFile {
    /// A text that is a whole file.
    pub fn whole(name: impl Into<String>, source: Arc<Source>) -> Arc<Self> {
        Arc::new(Self { name: name.into(), source, first_line: 1, first_byte: 0 })
    }

    /// Where a span stands in the file.
    pub fn region(&self, span: Span) -> Region {
        let (start, end) = (self.source.position(span.start), self.source.position(span.end));
        let line = |line: u32| self.first_line + u64::from(line) - 1;
        Region {
            line: line(start.line),
            column: u64::from(start.column),
            end_line: line(end.line),
            end_column: u64::from(end.column),
            byte_start: self.first_byte + u64::from(span.start),
            byte_end: self.first_byte + u64::from(span.end),
        }
    }
}
