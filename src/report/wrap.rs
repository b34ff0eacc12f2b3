//! Wrapping of text by display width, in English and Chinese, that never breaks a pointer or a rule's name.

use textwrap::{Options, WordSplitter};
use unicode_width::UnicodeWidthStr;

/// Keeps what stands around it on one line; it has no width.
const JOINER: char = '\u{2060}';

/// Allows a break; it has no width.
const BREAK: char = '\u{200b}';

/// A space at which no line ends.
pub const TIED: char = '\u{a0}';

/// Wraps a text.
pub fn wrap(text: &str, width: usize) -> String {
    hanging("", text, width)
}

/// Wraps a text whose first line begins with `first`, and whose other lines begin as far to the right.
pub fn hanging(first: &str, text: &str, width: usize) -> String {
    let rest = " ".repeat(first.width());
    let options = Options::new(width.max(20))
        .initial_indent(first)
        .subsequent_indent(&rest)
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::fill(&joined(text), options).replace([JOINER, BREAK], "").replace(TIED, " ")
}

/// The text with joiners where line breaking would otherwise break a name: after `/`, `-`, `.` and around brackets.
fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek();
        if character == ' ' && next == Some(&'/') {
            // Unicode would not break before a slash.
            out.push(BREAK);
        }
        out.push(character);
        if character.is_ascii_graphic() && next.is_some_and(char::is_ascii_graphic) {
            out.push(JOINER);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_never_broken() {
        let wrapped = wrap("State it under /governance/compliance_plan/published, in time.", 42);
        assert_eq!(wrapped, "State it under\n/governance/compliance_plan/published, in\ntime.");
    }

    #[test]
    fn chinese_wraps_by_width_between_characters() {
        let wrapped = hanging("建议： ", "完成测试，并在 /a/b-c 中声明。", 20);
        assert_eq!(wrapped, "建议： 完成测试，并\n       在 /a/b-c 中\n       声明。");
    }
}
