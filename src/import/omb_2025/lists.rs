//! Lists of strings as Python prints them, which is how the inventory writes the answers to a question with several.
//!
//! Not JSON: strings stand between single quotation marks, or double ones where they contain a single one.

use std::iter::Peekable;
use std::str::Chars;

/// The number of the first character that does not fit, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotAList(pub(super) usize);

/// The strings of a list.
pub(super) fn read(text: &str) -> Result<Vec<String>, NotAList> {
    let mut reader = Reader { left: text.chars().peekable(), read: 0 };
    let items = reader.list();
    items.ok_or(NotAList(reader.read.max(1)))
}

struct Reader<'t> {
    left: Peekable<Chars<'t>>,
    /// How many characters were taken.
    read: usize,
}

impl Reader<'_> {
    fn list(&mut self) -> Option<Vec<String>> {
        let mut items = Vec::new();
        self.space();
        self.expect('[')?;
        self.space();
        while self.left.peek() != Some(&']') {
            items.push(self.string()?);
            self.space();
            if self.left.peek() != Some(&']') {
                self.expect(',')?;
                self.space();
            }
        }
        self.expect(']')?;
        self.space();
        self.end().then_some(items)
    }

    fn string(&mut self) -> Option<String> {
        let mark = self.next().filter(|mark| matches!(mark, '\'' | '"'))?;
        let mut text = String::new();
        loop {
            match self.next()? {
                '\n' | '\r' => return None,
                '\\' => text.push(self.escaped()?),
                end if end == mark => return Some(text),
                other => text.push(other),
            }
        }
    }

    /// What the character after a backslash stands for. Others than these would need more of Python.
    fn escaped(&mut self) -> Option<char> {
        match self.next()? {
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            same @ ('\\' | '\'' | '"') => Some(same),
            _ => None,
        }
    }

    fn next(&mut self) -> Option<char> {
        self.read += 1;
        self.left.next()
    }

    fn expect(&mut self, wanted: char) -> Option<()> {
        (self.next() == Some(wanted)).then_some(())
    }

    fn space(&mut self) {
        while self.left.next_if(|next| next.is_ascii_whitespace()).is_some() {
            self.read += 1;
        }
    }

    fn end(&mut self) -> bool {
        self.next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn fails_at(text: &str, at: usize) {
        assert_eq!(read(text), Err(NotAList(at)), "{text}");
    }

    #[test]
    fn items_are_separated_by_commas() {
        assert_eq!(read("[]").unwrap(), Vec::<String>::new());
        assert_eq!(read("['c) Age', 'i) Income']").unwrap(), ["c) Age", "i) Income"]);
        assert_eq!(read(" [ 'a' ,\n\"b\" , ] ").unwrap(), ["a", "b"]);
    }

    #[test]
    fn a_string_may_contain_the_other_quotation_mark() {
        assert_eq!(read(r#"["agency's", 'a "b"', 'it\'s']"#).unwrap(), ["agency's", "a \"b\"", "it's"]);
    }

    #[test]
    fn escapes_stand_for_one_character() {
        assert_eq!(read(r"['of \ncomments', 'a\\n\t\r']").unwrap(), ["of \ncomments", "a\\n\t\r"]);
    }

    #[test]
    fn what_is_no_list_of_strings_says_where() {
        fails_at("", 1);
        fails_at("Age", 1);
        fails_at("['Age'", 7);
        fails_at("['Age", 6);
        fails_at("['Age'] and more", 9);
        fails_at("[Age]", 2);
        fails_at("['a' 'b']", 6);
        fails_at("[,]", 2);
        fails_at(r"['a\x41']", 5);
        fails_at("['a\nb']", 4);
        fails_at("[1, 2]", 2);
    }

    proptest! {
        #[test]
        fn strings_come_back_as_they_were_printed(items in prop::collection::vec("[a-z\\\\'\"\n\t\r 可]{0,6}", 0..4)) {
            let printed: Vec<String> = items.iter().map(|item| format!("'{}'", print(item))).collect();
            prop_assert_eq!(read(&format!("[{}]", printed.join(", "))).unwrap(), items);
        }

        #[test]
        fn any_text_is_a_list_or_not(text in "[\\[\\]'\",\\\\a ]{0,12}|\\PC*") {
            let _ = read(&text);
        }
    }

    fn print(item: &str) -> String {
        item.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t")
    }
}
