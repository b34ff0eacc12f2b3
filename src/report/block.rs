//! One diagnostic on a terminal: a headline, excerpts with labels, and lines that say what follows from it.
//!
//! miette draws headline and excerpts. Knows colours, characters and width; knows nothing of rules.

use std::fmt;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters, ThemeStyles,
};
use unicode_width::UnicodeWidthStr;

use crate::engine::Severity;
use crate::json::Span;
use crate::lang::Lang;

use super::excerpt::Excerpts;
use super::wrap::{hanging, wrap};

/// How a terminal shows things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether it has colours.
    pub colour: bool,
    /// Whether it has more than ASCII for boxes and arrows.
    pub unicode: bool,
    /// How many columns it has.
    pub width: usize,
    /// The language of the words around what is told.
    pub lang: Lang,
}

impl Look {
    /// What stands between the parts of a line.
    pub const fn dot(self) -> &'static str {
        if self.unicode { " · " } else { " - " }
    }
}

/// A diagnostic.
#[derive(Debug)]
pub struct Block<'a> {
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong.
    pub headline: String,
    /// The text to show; none where there is none, or where none may be shown.
    pub excerpts: Option<&'a Excerpts>,
    /// Where to point; the first is the main one.
    pub labels: Vec<(Span, String)>,
    /// What follows from it: a word and a sentence each.
    pub lines: Vec<(&'static str, String)>,
}

impl Block<'_> {
    /// Draws it, ended by an empty line.
    pub fn draw(&self, look: Look) -> String {
        let mut drawn = String::new();
        let drawing = handler(look).render_report(&mut drawn, self);
        drawing.expect("a string can be written to, and every label lies within the text");
        let mut drawn = drawn.trim_end().trim_start_matches('\n').to_owned();
        drawn.push('\n');
        let widest = self.lines.iter().map(|(word, _)| word.width()).max().unwrap_or(0);
        for (word, sentence) in &self.lines {
            drawn.push_str(&line(word, sentence, widest, look));
        }
        drawn.push('\n');
        drawn
    }
}

/// A word and a sentence, wrapped so that the sentence stands in a column of its own.
fn line(word: &str, sentence: &str, widest: usize, look: Look) -> String {
    let first = format!("    {word}{}{}", " ".repeat(widest - word.width()), look.lang.gap());
    let mut wrapped = hanging(&first, sentence, look.width);
    wrapped.push('\n');
    if look.colour { wrapped.replacen(word, &format!("\u{1b}[36m{word}\u{1b}[0m"), 1) } else { wrapped }
}

fn handler(look: Look) -> GraphicalReportHandler {
    let characters = if look.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
    let styles = if look.colour { ThemeStyles::ansi() } else { ThemeStyles::none() };
    GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_width(look.width.max(20))
        .with_links(false)
        .with_context_lines(1)
        .without_syntax_highlighting()
}

impl fmt::Display for Block<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.headline)
    }
}

impl std::error::Error for Block<'_> {}

impl Diagnostic for Block<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Advice => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpts.map(|excerpts| excerpts as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let excerpts = self.excerpts?;
        let mut all: Vec<_> = self.labels.iter().map(|(span, _)| excerpts.clipped(*span)).collect();
        all.sort_unstable_by_key(|span| span.start);
        Some(Box::new(self.labels.iter().enumerate().map(move |(number, (span, message))| {
            let span = excerpts.clipped(*span);
            let place = miette::SourceSpan::new((span.start as usize).into(), span.len());
            let message = wrap(message, excerpts.label_room(span, &all));
            if number == 0 {
                LabeledSpan::new_primary_with_span(Some(message), place)
            } else {
                LabeledSpan::new_with_span(Some(message), place)
            }
        })))
    }
}
