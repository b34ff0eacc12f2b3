//! Places in a text: spans of bytes, and the lines and columns that people count.
//!
//! Knows text, but not JSON.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A range of bytes in a text as it was given: true offsets in the file, a byte-order mark included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span from one offset up to another.
    ///
    /// Offsets are offsets in a text that [`read`](super::read()) took, which never has more bytes than `u32` counts.
    pub(super) fn new(start: usize, end: usize) -> Self {
        Span { start: start as u32, end: end as u32 }
    }

    /// How many bytes it covers.
    pub fn len(self) -> usize {
        self.range().len()
    }

    /// Whether it covers nothing, as the end of a text does.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The span as an index of a string.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in code points, from 1. A byte-order mark has no column.
    pub column: u32,
}

/// A text, and where its lines start.
///
/// Shared by everything that points at the text; lines are counted when somebody first asks for them.
#[derive(Debug)]
pub struct Source {
    text: Arc<str>,
    lines: OnceLock<LineIndex>,
}

impl Source {
    /// A text.
    pub fn new(text: Arc<str>) -> Self {
        Source { text, lines: OnceLock::new() }
    }

    /// The whole text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The text of a span, empty if the span lies elsewhere or splits a character.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Where the lines start.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The line and column of an offset.
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(&self.text, offset)
    }
}

/// So many bytes lie between two counts of code points.
const BLOCK: usize = 1024;

/// Where the lines of a text start, and how many code points it has up to every thousandth byte.
///
/// The counts make a column cheap in a minified file too, whose one line is megabytes long.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    counts: Vec<u32>,
}

impl LineIndex {
    /// Counts the lines of a text. A line ends with a line feed, before which a carriage return may stand.
    pub fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at as u32 + 1)).collect();
        let mut total = 0;
        let counts = text
            .as_bytes()
            .chunks(BLOCK)
            .map(|block| {
                let before = total;
                total += code_points(block);
                before
            })
            .collect();
        LineIndex { starts, counts }
    }

    /// How many lines there are; an empty text has one.
    pub fn count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The bytes of a line, counted from 1, without its line break. `text` is the text that was indexed.
    pub fn line(&self, text: &str, line: u32) -> Option<Span> {
        let at = (line as usize).checked_sub(1)?;
        let start = *self.starts.get(at)? as usize;
        let next = self.starts.get(at + 1).map_or(text.len(), |next| *next as usize);
        let content = text.get(start..next)?;
        let content = content.strip_suffix('\n').unwrap_or(content);
        let content = content.strip_suffix('\r').unwrap_or(content);
        Some(Span::new(start, start + content.len()))
    }

    /// The line and column of an offset in the text that was indexed.
    ///
    /// An offset inside a character is the character's place, one beyond the text the text's end.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let mut offset = text.len().min(offset as usize);
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start as usize <= offset);
        let start = self.starts.get(line - 1).map_or(0, |start| *start as usize);
        let mark = u32::from(line == 1 && offset > 0 && text.starts_with('\u{feff}'));
        let before = self.code_points_before(text, offset) - self.code_points_before(text, start);
        Position { line: line as u32, column: before - mark + 1 }
    }

    fn code_points_before(&self, text: &str, offset: usize) -> u32 {
        let block = offset / BLOCK;
        match self.counts.get(block) {
            Some(count) => count + code_points(&text.as_bytes()[block * BLOCK..offset]),
            // The text ends where a block would start.
            None => block
                .checked_sub(1)
                .map_or(0, |last| self.counts[last] + code_points(&text.as_bytes()[last * BLOCK..offset])),
        }
    }
}

fn code_points(bytes: &[u8]) -> u32 {
    let continues = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
    bytes.iter().filter(|byte| !continues(**byte)).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_position(text: &str, offset: usize, line: u32, column: u32) {
        let found = LineIndex::new(text).position(text, offset as u32);
        assert_eq!(found, Position { line, column }, "offset {offset} of {text:?}");
    }

    #[test]
    fn lines_and_columns_start_at_one() {
        assert_position("", 0, 1, 1);
        assert_position("ab\ncd", 0, 1, 1);
        assert_position("ab\ncd", 2, 1, 3);
        assert_position("ab\ncd", 3, 2, 1);
        assert_position("ab\r\ncd", 5, 2, 2);
    }

    #[test]
    fn columns_are_code_points() {
        assert_position("推荐: 关", "推荐: ".len(), 1, 5);
        assert_position("😀x", "😀".len(), 1, 2);
    }

    #[test]
    fn an_offset_inside_a_character_is_the_character() {
        assert_position("a推b", 2, 1, 2);
        assert_position("a推b", 3, 1, 2);
    }

    #[test]
    fn an_offset_beyond_the_text_is_its_end() {
        assert_position("ab", 99, 1, 3);
        assert_position("ab\n", 99, 2, 1);
    }

    #[test]
    fn a_byte_order_mark_has_no_column() {
        assert_position("\u{feff}{}", 0, 1, 1);
        assert_position("\u{feff}{}", 3, 1, 1);
        assert_position("\u{feff}{}", 4, 1, 2);
        assert_position("\u{feff}{\n}", 5, 2, 1);
    }

    #[test]
    fn every_offset_agrees_with_counting_by_hand() {
        let text = "a推😀\n".repeat(800);
        let lines = LineIndex::new(&text);
        let (mut line, mut column) = (1, 1);
        for (offset, character) in text.char_indices() {
            assert_eq!(lines.position(&text, offset as u32), Position { line, column });
            (line, column) = if character == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        assert_eq!(lines.position(&text, text.len() as u32), Position { line, column });
    }

    #[test]
    fn a_text_of_whole_blocks_has_an_end() {
        let text = "x".repeat(2 * BLOCK);
        assert_position(&text, text.len(), 1, text.len() as u32 + 1);
    }

    #[test]
    fn a_line_is_given_without_its_break() {
        let text = "ab\r\ncd\n";
        let lines = LineIndex::new(text);
        assert_eq!(lines.count(), 3);
        assert_eq!(lines.line(text, 0), None);
        assert_eq!(lines.line(text, 1), Some(Span::new(0, 2)));
        assert_eq!(lines.line(text, 2), Some(Span::new(4, 6)));
        assert_eq!(lines.line(text, 3), Some(Span::new(7, 7)));
        assert_eq!(lines.line(text, 4), None);
    }
}
