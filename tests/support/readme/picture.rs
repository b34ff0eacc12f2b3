//! A screen as an SVG: a dark terminal window that looks the same on every page and machine.
//!
//! `anstyle-svg` would do this for English. It leaves it to the fonts of whoever looks how wide a line becomes, and fonts
//! do not agree: a Chinese character is seldom as wide as two Latin ones, box characters leave gaps between lines, and
//! then nothing under a Chinese word points at what it should. So here, as a terminal does,
//! - each run of text that looks the same begins at its own column and has a `textLength`; a run is narrow or wide,
//!   never both, and has no two spaces in a row;
//! - lines, boxes and underlines are drawn, not written.
//!
//! It knows nothing of govlint, and nothing of escape sequences (see `screen.rs`).

use std::fmt::{self, Write};

use super::screen::{Cell, Style};

/// A cell is 9 × 20: a monospaced font's advance is 0.6 of its size.
const CELL: usize = 9;
const ROW: usize = 20;
/// The size of Chinese characters. They are as wide as high, and fill their two cells better than those of Latin size.
const WIDE_FONT: usize = 16;
/// From the top of a row to where its letters stand.
const BASELINE: usize = 15;
const PADDING: usize = 20;
const TITLE_BAR: usize = 36;

/// The sixteen colours of a terminal on a dark background.
const COLOURS: [(&str, &str); 16] = [
    ("black", "#6e7681"),
    ("red", "#ff7b72"),
    ("green", "#7ee787"),
    ("yellow", "#e3b341"),
    ("blue", "#79c0ff"),
    ("magenta", "#d2a8ff"),
    ("cyan", "#56d4dd"),
    ("white", "#c9d1d9"),
    ("bright-black", "#8b949e"),
    ("bright-red", "#ffa198"),
    ("bright-green", "#aff5b4"),
    ("bright-yellow", "#f2cc60"),
    ("bright-blue", "#a5d6ff"),
    ("bright-magenta", "#e2c5ff"),
    ("bright-cyan", "#b3f0ff"),
    ("bright-white", "#ffffff"),
];

/// Latin fonts first, so that only what they lack is taken from the Chinese ones.
const STYLE: &str = "\
text { font: 15px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', \
'PingFang SC', 'Microsoft YaHei', 'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', monospace; \
font-variant-ligatures: none; font-variant-emoji: text; font-kerning: none; fill: currentColor }
.wide { font-size: 16px }
path { fill: none; stroke: currentColor; stroke-width: 1.1; stroke-linecap: square }
svg { color: #d5dbe3 }
.bold { font-weight: bold }
path.bold { stroke-width: 1.8 }
.dim { opacity: .55 }
";

/// What is shown in a window.
pub struct Picture<'a> {
    /// What the picture shows, for those who cannot see it.
    pub title: &'a str,
    /// The language: it decides which form a Chinese character has.
    pub lang: &'a str,
    /// How many columns the terminal has.
    pub columns: usize,
    pub lines: &'a [Vec<Cell>],
}

impl fmt::Display for Picture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.columns * CELL + 2 * PADDING;
        let height = TITLE_BAR + self.lines.len() * ROW + 2 * PADDING;
        let (lang, title) = (self.lang, Escaped(self.title));
        write!(f, r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" "#)?;
        writeln!(f, r#"viewBox="0 0 {width} {height}" role="img" lang="{lang}" xml:lang="{lang}">"#)?;
        writeln!(f, "<title>{title}</title>\n<style>\n{STYLE}{}</style>", colours())?;
        window(f, width, height)?;
        for (number, line) in self.lines.iter().enumerate() {
            for run in runs(line) {
                assert!(run.end <= self.columns, "wider than the terminal: {}", run.text);
                run.draw(f, TITLE_BAR + PADDING + number * ROW)?;
            }
        }
        writeln!(f, "</svg>")
    }
}

fn colours() -> String {
    COLOURS.iter().fold(String::new(), |all, (name, colour)| all + &format!(".{name} {{ color: {colour} }}\n"))
}

/// The frame, with the three buttons that everybody knows.
fn window(f: &mut fmt::Formatter<'_>, width: usize, height: usize) -> fmt::Result {
    let (inner_width, inner_height) = (width - 1, height - 1);
    write!(f, r#"<rect x=".5" y=".5" width="{inner_width}" height="{inner_height}" rx="9" "#)?;
    writeln!(f, r##"fill="#161b22" stroke="#3d444d"/>"##)?;
    for (number, colour) in ["#ff5f57", "#febc2e", "#28c840"].into_iter().enumerate() {
        writeln!(f, r#"<circle cx="{}" cy="19" r="6" fill="{colour}"/>"#, PADDING + 3 + number * 20)?;
    }
    writeln!(f, r#"<text x="{}" y="24" text-anchor="middle" class="dim">govlint</text>"#, width / 2)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Narrow,
    Wide,
    Lines,
}

/// Neighbours that are drawn at once.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    kind: Kind,
    style: Style,
    text: String,
    column: usize,
    /// The first column after it.
    end: usize,
}

fn runs(line: &[Cell]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for cell in line.iter().filter(|cell| cell.character != ' ') {
        let kind = match strokes(cell.character) {
            Some(_) => Kind::Lines,
            None if cell.width == 2 => Kind::Wide,
            None => Kind::Narrow,
        };
        let end = cell.column + cell.width;
        let before = runs.last_mut().filter(|run| (run.kind, run.style) == (kind, cell.style));
        match before {
            Some(run) if run.end == cell.column => run.extend("", cell.character, end),
            Some(run) if run.end + 1 == cell.column && kind == Kind::Narrow => run.extend(" ", cell.character, end),
            _ => runs.push(Run { kind, style: cell.style, text: cell.character.into(), column: cell.column, end }),
        }
    }
    runs
}

impl Run {
    fn extend(&mut self, between: &str, character: char, end: usize) {
        self.text.push_str(between);
        self.text.push(character);
        self.end = end;
    }

    /// Draws it in the row that begins at `top`.
    fn draw(&self, f: &mut fmt::Formatter<'_>, top: usize) -> fmt::Result {
        let class = self.class();
        let left = PADDING + self.column * CELL;
        let width = (self.end - self.column) * CELL;
        if self.kind == Kind::Lines {
            let mut path = String::new();
            for (number, stroke) in self.text.chars().filter_map(strokes).enumerate() {
                write!(path, "M{} {top}{stroke}", left + number * CELL)?;
            }
            return writeln!(f, r#"<path{class} d="{path}"/>"#);
        }
        let baseline = top + BASELINE;
        if self.style.underline {
            writeln!(f, r#"<path{class} d="M{left} {}h{width}"/>"#, baseline + 3)?;
        }
        // What a `textLength` adds goes between characters only: this puts each wide one in the middle of its two cells.
        let spare = if self.kind == Kind::Wide { 2 * CELL - WIDE_FONT } else { 0 };
        let (left, width, text) = (left + spare / 2, width - spare, Escaped(&self.text));
        writeln!(f, r#"<text{class} x="{left}" y="{baseline}" textLength="{width}">{text}</text>"#)
    }

    fn class(&self) -> String {
        let names = [
            self.style.colour.map(|colour| COLOURS[colour].0),
            self.style.bold.then_some("bold"),
            self.style.dim.then_some("dim"),
            (self.kind == Kind::Wide).then_some("wide"),
        ];
        let names: Vec<_> = names.into_iter().flatten().collect();
        if names.is_empty() { String::new() } else { format!(r#" class="{}""#, names.join(" ")) }
    }
}

/// The strokes of a box character, from the upper left corner of its cell.
fn strokes(character: char) -> Option<&'static str> {
    Some(match character {
        '─' => "m0 10.5h9",
        '│' => "m4.5 0v20",
        '╭' => "m4.5 20v-5q0-4.5 4.5-4.5",
        '╮' => "m4.5 20v-5q0-4.5-4.5-4.5",
        '╰' => "m4.5 0v6q0 4.5 4.5 4.5",
        '╯' => "m4.5 0v6q0 4.5-4.5 4.5",
        '├' => "m4.5 0v20m0-9.5h4.5",
        '┤' => "m4.5 0v20m0-9.5h-4.5",
        '┬' => "m0 10.5h9m-4.5 0v9.5",
        '┴' => "m0 10.5h9m-4.5 0v-10.5",
        '┼' => "m0 10.5h9m-4.5-10.5v20",
        _ => return None,
    })
}

/// Text between tags.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

mod tests {
    use super::super::screen;
    use super::*;

    /// What is drawn for a line of text, an element each.
    fn drawn(text: &str) -> Vec<String> {
        let lines = screen::lines(text);
        let picture = Picture { title: "a test", lang: "en", columns: 40, lines: &lines }.to_string();
        let (_, elements) = picture.split_once("govlint</text>\n").expect("the title of the window");
        elements.trim_end_matches("</svg>\n").lines().map(str::to_owned).collect()
    }

    #[test]
    fn narrow_and_wide_text_are_placed_by_column() {
        assert_eq!(
            drawn("ab c法条d"),
            [
                r#"<text x="20" y="71" textLength="36">ab c</text>"#,
                r#"<text class="wide" x="57" y="71" textLength="34">法条</text>"#,
                r#"<text x="92" y="71" textLength="9">d</text>"#,
            ]
        );
    }

    #[test]
    fn wide_text_does_not_shift_what_is_under_it() {
        let [_, above] = &drawn("法条│")[..] else { panic!("two elements") };
        assert_eq!(*above, drawn("    │")[0]);
    }

    #[test]
    fn what_looks_different_is_a_run_of_its_own() {
        assert_eq!(
            drawn("a\u{1b}[33;1mb\u{1b}[0m\u{1b}[2mc"),
            [
                r#"<text x="20" y="71" textLength="9">a</text>"#,
                r#"<text class="yellow bold" x="29" y="71" textLength="9">b</text>"#,
                r#"<text class="dim" x="38" y="71" textLength="9">c</text>"#,
            ]
        );
    }

    #[test]
    fn many_spaces_are_a_distance_and_not_text() {
        assert_eq!(
            drawn("  a   b"),
            [r#"<text x="38" y="71" textLength="9">a</text>"#, r#"<text x="74" y="71" textLength="9">b</text>"#,]
        );
    }

    #[test]
    fn boxes_and_underlines_are_drawn() {
        assert_eq!(
            drawn("╰─\u{1b}[4mab"),
            [
                r#"<path d="M20 56m4.5 0v6q0 4.5 4.5 4.5M29 56m0 10.5h9"/>"#,
                r#"<path d="M38 74h18"/>"#,
                r#"<text x="38" y="71" textLength="18">ab</text>"#,
            ]
        );
    }

    #[test]
    fn text_is_not_markup() {
        assert_eq!(drawn("<a&\"b\">"), [r#"<text x="20" y="71" textLength="63">&lt;a&amp;"b"&gt;</text>"#]);
    }

    #[test]
    #[should_panic(expected = "wider than the terminal")]
    fn nothing_is_cut_off_at_the_edge() {
        drawn(&"a".repeat(41));
    }
}
