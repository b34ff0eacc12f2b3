//! A text as miette reads it: lines found by index, long lines cut to a window, control characters made harmless.
//!
//! miette walks a plain string from its beginning for every label, and a label far out on a long line makes it panic;
//! this source gives it only what it shows.

use std::sync::Arc;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::json::Span;
use crate::source::SourceFile;

/// A line longer than this is shown in part, in bytes.
const LONG_LINE: usize = 400;

/// How much of a long line is shown before a span.
const BEFORE: usize = 50;

/// How much of a long line is shown after a span.
const AFTER: usize = 40;

/// The longest span that is shown on a long line.
const LONGEST: usize = 300;

/// A text to show excerpts of.
#[derive(Clone, Debug)]
pub struct Excerpts {
    file: Arc<SourceFile>,
    shown: Arc<str>,
}

impl Excerpts {
    /// The text of a file.
    pub fn new(file: &Arc<SourceFile>) -> Self {
        Self { file: Arc::clone(file), shown: harmless(file.source.text()) }
    }

    /// Whether a span lies on one line that is short enough to be shown with it.
    pub fn is_short(&self, span: Span) -> bool {
        let text = &self.shown[span.range()];
        !text.contains('\n') && text.len() <= LONGEST
    }

    fn window(&self, start: usize, end: usize, context: usize) -> Result<(usize, usize), MietteError> {
        let (first, last) = self.lines(start, end, context);
        if end - start > LONGEST && self.has_long_line(first, last) {
            return Err(MietteError::OutOfBounds);
        }
        let (line_start, line_end) = self.lines(start, end, 0);
        if line_end - line_start > LONG_LINE {
            return Ok((
                self.boundary(start.saturating_sub(BEFORE).max(line_start)),
                self.boundary((end + AFTER).min(line_end)),
            ));
        }
        if self.has_long_line(first, last) {
            return Ok((line_start, line_end));
        }
        Ok((first, last))
    }

    /// The bytes of the lines of a span, and of so many lines around them.
    fn lines(&self, start: usize, end: usize, context: usize) -> (usize, usize) {
        let lines = self.file.source.lines();
        let text = self.file.source.text();
        let context = u32::try_from(context).unwrap_or(0);
        let line = |offset: usize| lines.position(text, u32::try_from(offset).unwrap_or(u32::MAX)).line;
        let first = line(start).saturating_sub(context).max(1);
        let last = (line(end) + context).min(lines.count());
        let bound =
            |number| lines.line(text, number).map_or((start, end), |span| (span.start as usize, span.end as usize));
        (bound(first).0, bound(last).1)
    }

    fn has_long_line(&self, start: usize, end: usize) -> bool {
        self.shown[start..end].split('\n').any(|line| line.len() > LONG_LINE)
    }

    /// The nearest character boundary at or before an offset.
    fn boundary(&self, offset: usize) -> usize {
        (0..=offset.min(self.shown.len())).rev().find(|offset| self.shown.is_char_boundary(*offset)).unwrap_or(0)
    }
}

impl SourceCode for Excerpts {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        if end > self.shown.len() || !self.shown.is_char_boundary(start) || !self.shown.is_char_boundary(end) {
            return Err(MietteError::OutOfBounds);
        }
        // miette asks for no context when it only wants to know where the span begins.
        let (from, to) =
            if before == 0 && after == 0 { (start, end) } else { self.window(start, end, before.max(after))? };
        let position = self.file.source.position(u32::try_from(from).unwrap_or(u32::MAX));
        let line = usize::try_from(self.file.first_line).unwrap_or(1) + position.line as usize - 2;
        let count = self.shown[from..to].matches('\n').count() + 1;
        let data = self.shown[from..to].as_bytes();
        let span = SourceSpan::new(from.into(), to - from);
        let name = plain(&self.file.name);
        Ok(Box::new(MietteSpanContents::new_named(name, data, span, line, position.column as usize - 1, count)))
    }
}

/// The text with every character that could command a terminal replaced by one of the same length.
fn harmless(text: &Arc<str>) -> Arc<str> {
    // Every such character begins with a control byte, or in UTF-8 with 0xC2 or 0xE2.
    let suspicious = |byte: u8| (byte < 0x20 && byte != b'\n' && byte != b'\t') || matches!(byte, 0x7f | 0xc2 | 0xe2);
    if !text.bytes().any(suspicious) || !text.chars().any(is_command) {
        return Arc::clone(text);
    }
    let stand_in = |c: char| match c {
        _ if !is_command(c) => c,
        _ if c.len_utf8() == 1 => '?',
        _ if c.len_utf8() == 2 => '¿',
        _ => '\u{fffd}',
    };
    text.chars().map(stand_in).collect::<String>().into()
}

/// A short text of the user's made harmless for a terminal.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if is_command(c) || c == '\n' || c == '\t' { '\u{fffd}' } else { c }).collect()
}

/// Controls, and characters that turn the direction of text.
fn is_command(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_could_command_a_terminal_keeps_its_length() {
        let hostile: Arc<str> = "a\u{1b}[31m\u{9b}0m\u{202e}z\r\n".into();
        let shown = harmless(&hostile);
        assert_eq!(shown.len(), hostile.len());
        assert_eq!(&*shown, "a?[31m¿0m\u{fffd}z?\n");
        assert_eq!(plain("a\u{1b}\n"), "a\u{fffd}\u{fffd}");
    }
}
