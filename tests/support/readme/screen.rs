//! What a terminal shows: text with escape sequences becomes lines of cells.
//!
//! It knows which character stands in which column, and how it looks. It must not know how a cell is drawn. A sequence
//! that govlint does not print today panics: a picture that leaves out a style would be wrong without anybody noticing.

use anstyle_parse::{DefaultCharAccumulator, Params, Parser, Perform};
use unicode_width::UnicodeWidthChar;

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// One of the sixteen colours; the terminal's own unless given.
    pub colour: Option<usize>,
    pub bold: bool,
    pub dim: bool,
    pub underline: bool,
}

/// One character on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub character: char,
    /// The first of the columns that it takes.
    pub column: usize,
    /// How many columns it takes: 1, or 2 for a wide character.
    pub width: usize,
    pub style: Style,
}

/// The lines that a terminal shows after a text was printed.
pub fn lines(text: &str) -> Vec<Vec<Cell>> {
    let mut screen = Screen { lines: vec![Vec::new()], style: Style::default() };
    let mut parser = Parser::<DefaultCharAccumulator>::new();
    for byte in text.bytes() {
        parser.advance(&mut screen, byte);
    }
    while screen.lines.last().is_some_and(Vec::is_empty) {
        screen.lines.pop();
    }
    screen.lines
}

struct Screen {
    lines: Vec<Vec<Cell>>,
    style: Style,
}

impl Perform for Screen {
    fn print(&mut self, character: char) {
        let line = self.lines.last_mut().expect("a screen has a line");
        let column = line.last().map_or(0, |cell| cell.column + cell.width);
        let width = character.width().filter(|width| *width > 0);
        let width = width.unwrap_or_else(|| panic!("{character:?} has no cell of its own"));
        line.push(Cell { character, column, width, style: self.style });
    }

    fn execute(&mut self, byte: u8) {
        assert_eq!(byte, b'\n', "a control character that is no line end");
        self.lines.push(Vec::new());
    }

    fn csi_dispatch(&mut self, parameters: &Params, _: &[u8], _: bool, action: u8) {
        assert_eq!(action, b'm', "a control sequence that is no style: {parameters:?}");
        for parameter in parameters.iter() {
            self.style = match parameter {
                [0] => Style::default(),
                [1] => Style { bold: true, ..self.style },
                [2] => Style { dim: true, ..self.style },
                [4] => Style { underline: true, ..self.style },
                [22] => Style { bold: false, dim: false, ..self.style },
                [24] => Style { underline: false, ..self.style },
                [colour @ 30..=37] => Style { colour: Some(usize::from(colour - 30)), ..self.style },
                [39] => Style { colour: None, ..self.style },
                [colour @ 90..=97] => Style { colour: Some(usize::from(colour - 90 + 8)), ..self.style },
                other => panic!("a style without a picture: {other:?}"),
            };
        }
    }

    fn esc_dispatch(&mut self, _: &[u8], _: bool, byte: u8) {
        panic!("an escape sequence without a picture: {byte}");
    }

    fn osc_dispatch(&mut self, parameters: &[&[u8]], _: bool) {
        panic!("a command to the terminal without a picture: {parameters:?}");
    }
}

mod tests {
    use super::*;

    #[test]
    fn a_wide_character_takes_two_columns() {
        let lines = lines("a法b\n");
        let columns: Vec<_> = lines[0].iter().map(|cell| (cell.character, cell.column, cell.width)).collect();
        assert_eq!(columns, [('a', 0, 1), ('法', 1, 2), ('b', 3, 1)]);
    }

    #[test]
    fn a_style_holds_until_it_is_reset() {
        let lines = lines("\u{1b}[36;1;4ma\nb\u{1b}[0mc\u{1b}[2md\u{1b}[22m\u{1b}[91me");
        let plain = Style::default();
        let link = Style { colour: Some(6), bold: true, underline: true, ..plain };
        assert_eq!(lines[0][0].style, link);
        let styles: Vec<_> = lines[1].iter().map(|cell| cell.style).collect();
        assert_eq!(styles, [link, plain, Style { dim: true, ..plain }, Style { colour: Some(9), ..plain }]);
    }

    #[test]
    fn empty_lines_at_the_end_are_not_shown() {
        assert_eq!(lines("a\n\nb\n\n\n").len(), 3);
    }

    #[test]
    #[should_panic(expected = "a style without a picture")]
    fn an_unknown_style_is_not_left_out() {
        lines("\u{1b}[7ma");
    }
}
