//! A text as miette reads it: lines found by index, long lines cut to a window, control characters made harmless.
//!
//! miette walks a plain string from its beginning for every label, and a label far out on a long line makes it panic;
//! this source gives it only what it shows.

use std::sync::Arc;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::json::Span;
use crate::source::SourceFile;

/// A value with more bytes than this is pointed at by its key.
const LONGEST: usize = 300;

/// What stands around a line number.
const GUTTER: usize = 4;

/// The fewest columns that a line is given.
const LEAST_ROOM: usize = 20;

/// More bytes per column than text has that people read.
const MOST_BYTES: usize = 8;

/// How wide miette draws a tab.
const TAB: usize = 4;

/// Whether a span lies on one line that is short enough to be shown with it.
pub fn is_short(file: &SourceFile, span: Span) -> bool {
    let text = &file.source.text()[span.range()];
    !text.contains('\n') && text.len() <= LONGEST
}

/// A text to show excerpts of.
#[derive(Clone, Debug)]
pub struct Excerpts {
    file: Arc<SourceFile>,
    shown: Arc<str>,
    /// How many columns a line may take.
    room: usize,
}

impl Excerpts {
    /// The text of a file, to be shown on so many columns.
    pub fn new(file: &Arc<SourceFile>, width: usize) -> Self {
        let last = file.first_line + u64::from(file.source.lines().count());
        let room = width.saturating_sub(last.to_string().len() + GUTTER).max(LEAST_ROOM);
        Self { file: Arc::clone(file), shown: harmless(file.source.text()), room }
    }

    /// The text of a file with room behind its end, so that the end can be pointed at.
    pub fn with_end(file: &Arc<SourceFile>, width: usize) -> Self {
        let mut excerpts = Self::new(file, width);
        excerpts.shown = format!("{} ", excerpts.shown).into();
        excerpts
    }

    /// The part of a span to underline: what is on its first line, as far as there is room.
    pub fn clipped(&self, span: Span) -> Span {
        let text = &self.shown[span.range()];
        let first = text.split(['\n', '\r']).next().unwrap_or_default();
        let kept = within(first.chars(), self.room * 2 / 3);
        let end = span.start + u32::try_from(kept).unwrap_or(0);
        // What is not empty stays so, and an empty place at the end of the text has room behind it.
        let is_end = span.start as usize == self.file.source.text().len() && self.shown.len() > span.start as usize;
        let least = if is_end { span.start + 1 } else { span.end.min(span.start + 1) };
        Span { start: span.start, end: end.max(least) }
    }

    /// How many columns a label of a span may take, given all spans in order.
    pub fn label_room(&self, span: Span, all: &[Span]) -> usize {
        let (first, last) = self.shown_together(span, all);
        let (from, _) = self.window(first, last);
        let (start, end) = (span.start as usize, span.end as usize);
        let hook = width(&self.shown[from..start]) + width(&self.shown[start..end]) / 2;
        self.room.saturating_sub(hook + GUTTER).max(LEAST_ROOM)
    }

    /// From where to where spans are shown in one part of a line together with a span: miette joins one after the
    /// other for as long as they can be shown at once.
    fn shown_together(&self, span: Span, all: &[Span]) -> (usize, usize) {
        let alone = (span.start as usize, span.end as usize);
        let (from, to) = self.lines(alone.0, alone.1, 0);
        let on_line = all.iter().map(|one| (one.start as usize, one.end as usize));
        let mut joined: Option<(usize, usize)> = None;
        for (start, end) in on_line.filter(|(start, end)| *start >= from && *end <= to) {
            let both = joined.map_or((start, end), |(first, last)| (first, last.max(end)));
            let next = if self.window_with(both.0, both.1, 1).is_some() { both } else { (start, end) };
            if joined.is_some_and(|(first, last)| first <= alone.0 && alone.1 <= last && next.0 != first) {
                break;
            }
            joined = Some(next);
        }
        joined.filter(|(first, last)| *first <= alone.0 && alone.1 <= *last).unwrap_or(alone)
    }

    /// What to show of the lines of a span, with no lines around them: the lines, or a part of one that is too wide.
    fn window(&self, start: usize, end: usize) -> (usize, usize) {
        let (from, to) = self.lines(start, end, 0);
        if !self.has_wide_line(from, to) {
            return (from, to);
        }
        let left = self.room.saturating_sub(width(&self.shown[start..end]));
        let before = within(self.shown[from..start].chars().rev(), left / 2);
        let used = width(&self.shown[start - before..start]);
        (start - before, end + within(self.shown[end..to].chars(), left - used))
    }

    /// What to show of a span and of so many lines around it; nothing where it spans more than can be shown at once.
    fn window_with(&self, start: usize, end: usize, context: usize) -> Option<(usize, usize)> {
        let (from, to) = self.lines(start, end, 0);
        if self.has_wide_line(from, to) {
            let fits = !self.shown[start..end].contains('\n') && width(&self.shown[start..end]) <= self.room;
            return fits.then(|| self.window(start, end));
        }
        // A line around it that is too wide is not worth showing.
        let (outer_from, outer_to) = self.lines(start, end, context);
        let from = if self.has_wide_line(outer_from, from) { from } else { outer_from };
        let to = if self.has_wide_line(to, outer_to) { to } else { outer_to };
        Some((from, to))
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
        (bound(first).0, bound(last).1.max(end))
    }

    fn has_wide_line(&self, start: usize, end: usize) -> bool {
        let line = |offset: usize| self.file.source.position(u32::try_from(offset).unwrap_or(u32::MAX)).line;
        // A line of megabytes is not measured: no line that is not wide has so many bytes.
        let most = (MOST_BYTES * self.room + 1) * (line(end) - line(start) + 1) as usize;
        end - start > most || self.shown[start..end].split('\n').any(|line| width(line) > self.room)
    }
}

/// How many columns a text takes.
fn width(text: &str) -> usize {
    text.width() + text.matches('\t').count() * TAB
}

/// How many bytes of these characters fit on so many columns.
fn within(characters: impl Iterator<Item = char>, columns: usize) -> usize {
    let (mut bytes, mut used) = (0, 0);
    for character in characters {
        used += if character == '\t' { TAB } else { character.width().unwrap_or(0) };
        if used > columns {
            break;
        }
        bytes += character.len_utf8();
    }
    bytes
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
        let (from, to) = if before == 0 && after == 0 {
            (start, end)
        } else {
            self.window_with(start, end, before.max(after)).ok_or(MietteError::OutOfBounds)?
        };
        let position = self.file.source.position(u32::try_from(from).unwrap_or(u32::MAX));
        let line = usize::try_from(self.file.first_line).unwrap_or(1) + position.line as usize - 2;
        let count = self.shown[from..to].matches('\n').count() + 1;
        let data = self.shown[from..to].as_bytes();
        let span = SourceSpan::new(from.into(), to - from);
        let name = plain(&self.file.name);
        Ok(Box::new(MietteSpanContents::new_named(name, data, span, line, position.column as usize - 1, count)))
    }
}

/// The text with everything that could command a terminal, or the log of a build, replaced by as many bytes.
fn harmless(text: &Arc<str>) -> Arc<str> {
    // Every such character begins with a control byte, or in UTF-8 with 0xC2, 0xD8 or 0xE2.
    let suspicious =
        |byte: u8| (byte < 0x20 && byte != b'\n' && byte != b'\t') || matches!(byte, 0x7f | 0xc2 | 0xd8 | 0xe2);
    let commands = text.bytes().any(suspicious) && text.chars().any(is_command);
    if !commands && !text.contains(LOG_COMMAND) {
        return Arc::clone(text);
    }
    let stand_in = |c: char| match c {
        _ if !is_command(c) => c,
        _ if c.len_utf8() == 1 => '?',
        _ if c.len_utf8() == 2 => '¿',
        _ => '\u{fffd}',
    };
    text.chars().map(stand_in).collect::<String>().replace(LOG_COMMAND, HARMLESS).into()
}

/// A short text of the user's made harmless for a terminal, and for the log of a build.
pub fn plain(text: &str) -> String {
    let stand_in = |c: char| if is_command(c) || c == '\n' || c == '\t' { '\u{fffd}' } else { c };
    let shown = text.chars().map(stand_in).collect::<String>().replace(LOG_COMMAND, HARMLESS);
    // At the beginning of a line, two colons begin a command too.
    if shown.trim_start().starts_with("::") { shown.replacen("::", "?:", 1) } else { shown }
}

/// What begins a command anywhere in a line of a build's log, and what is shown in its place.
const LOG_COMMAND: &str = "##[";
const HARMLESS: &str = "#?[";

/// Controls, and characters that turn the direction of text.
fn is_command(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
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

    #[test]
    fn a_text_that_could_command_a_build_log_is_broken() {
        assert_eq!(&*harmless(&"##[error]".into()), "#?[error]");
        assert_eq!(plain("a ##[group]"), "a #?[group]");
        assert_eq!((plain(" ::error::"), plain("a::b")), (" ?:error::".to_owned(), "a::b".to_owned()));
    }

    fn excerpts(text: &str, width: usize) -> Excerpts {
        let document = crate::json::read(text.as_bytes().to_vec(), &crate::json::Limits::default()).unwrap();
        Excerpts::new(&SourceFile::whole("x.json", Arc::clone(document.source())), width)
    }

    #[test]
    fn a_line_that_is_too_wide_is_shown_around_the_span() {
        let text = format!("{{\n\"a\": \"{}\",\n\"b\": 1 }}", "可".repeat(100));
        let excerpts = excerpts(&text, 46);
        let at = text.find("可可").unwrap() + 150;
        let (from, to) = excerpts.window_with(at, at + 3, 1).unwrap();
        assert_eq!(&excerpts.shown[from..to], "可".repeat(20));
        let b = text.find("\"b\"").unwrap();
        let (from, to) = excerpts.window_with(b, b + 3, 1).unwrap();
        assert_eq!(&excerpts.shown[from..to], "\"b\": 1 }");
    }

    #[test]
    fn the_end_of_a_text_can_be_pointed_at() {
        let document = crate::json::read(b"[10, 2".to_vec(), &crate::json::Limits::default()).unwrap_err();
        let excerpts = Excerpts::with_end(&SourceFile::whole("x.json", document.source), 80);
        assert_eq!(excerpts.clipped(Span { start: 6, end: 6 }), Span { start: 6, end: 7 });
        assert_eq!(excerpts.window_with(6, 7, 1), Some((0, 7)));
    }

    #[test]
    fn of_a_span_of_many_lines_the_first_is_underlined() {
        let excerpts = excerpts("[\n1,\n2]", 80);
        assert_eq!(excerpts.clipped(Span { start: 0, end: 7 }), Span { start: 0, end: 1 });
    }
}
