//! Wrapping of text by display width, in English and Chinese, that never breaks a pointer or a rule's name.

use textwrap::{Options, WordSplitter};
use unicode_width::UnicodeWidthStr;

/// Keeps what stands around it on one line; it has no width.
const JOINER: char = '\u{2060}';

/// Allows a break; it has no width.
const BREAK: char = '\u{200b}';

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
    textwrap::fill(&joined(text), options).replace([JOINER, BREAK], "")
}

/// A space at which no line is broken.
const NO_BREAK: &str = "\u{a0}";

/// Fills lines with parts, none of which is broken unless it is wider than a line.
pub fn filled(parts: &[String], separator: &str, width: usize) -> String {
    // Where a part is as wide as the line, its last word goes to the next line with the separator, never that alone.
    let end = separator.trim_end().replace(' ', NO_BREAK);
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            // A line that is not the last ends with the separator.
            Some(line) if line.width() + separator.width() + part.width() + separator.trim_end().width() <= width => {
                line.push_str(separator);
                line.push_str(part);
            }
            Some(line) => {
                line.push_str(&end);
                lines.push(part.clone());
            }
            None => lines.push(part.clone()),
        }
    }
    let whole = |line: &String| if line.width() <= width { line.clone() } else { wrap(line, width) };
    lines.iter().map(whole).collect::<Vec<_>>().join("\n").replace(NO_BREAK, " ")
}

/// The text with joiners where line breaking would otherwise break a name: after `/`, `-`, `.` and around brackets.
fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek();
        // Unicode would not break before a slash.
        let may_break = next == Some(&'/');
        if may_break && character == ' ' {
            out.push(BREAK);
        }
        out.push(character);
        if may_break && is_wide_and_closed(character) {
            out.push(BREAK);
        }
        if character.is_ascii_graphic() && next.is_some_and(char::is_ascii_graphic) {
            out.push(JOINER);
        }
    }
    out
}

/// Whether a Chinese line may end after this character.
fn is_wide_and_closed(character: char) -> bool {
    !character.is_ascii() && !matches!(character, '（' | '《' | '「' | '“' | '‘' | '【')
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

    #[test]
    fn a_chinese_line_may_end_before_a_pointer() {
        assert_eq!(wrap("例外情形：/a/b-c 为 true。", 20), "例外情形：/a/b-c 为\ntrue。");
        assert_eq!(wrap("另一种例外情形：/a/b-c 为 true。", 20), "另一种例外情形：\n/a/b-c 为 true。");
    }

    #[test]
    fn parts_are_not_broken() {
        let parts = ["44 rules apply", "as of 2026-10-01", "packs: a 1"].map(str::to_owned);
        assert_eq!(filled(&parts, " · ", 36), "44 rules apply · as of 2026-10-01 ·\npacks: a 1");
    }
}
