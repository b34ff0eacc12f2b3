//! What can be wrong with a text: situations, with the data that explains them.
//!
//! Every sentence about reading is written here.

use std::borrow::Cow;
use std::fmt;
use std::string::FromUtf8Error;
use std::sync::Arc;

use super::place::{Source, Span};

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// What is wrong.
    pub kind: ReadErrorKind,
    /// Where, always within the text.
    pub span: Span,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadErrorKind {
    /// The text has more bytes than are read.
    #[error("the text has {bytes} bytes, more than the limit of {limit}")]
    TooLarge {
        /// How many it has.
        bytes: u64,
        /// How many it may have.
        limit: u64,
    },
    /// The text is not UTF-8.
    #[error("{}", if *utf16 { "the text is UTF-16, not UTF-8" } else { "the text is not UTF-8 here" })]
    InvalidUtf8 {
        /// Whether it begins with the byte-order mark of UTF-16.
        utf16: bool,
    },
    /// There is nothing but white space.
    #[error("the text is empty")]
    Empty,
    /// The text ends too early.
    #[error("the text ends where {expected} should be")]
    UnexpectedEnd {
        /// What should come.
        expected: Expected,
        /// The bracket or quote that is still open.
        opened: Option<Span>,
    },
    /// Something else should stand here.
    #[error("expected {expected}, found {}", character(*found))]
    UnexpectedCharacter {
        /// What stands here.
        found: char,
        /// What should.
        expected: Expected,
        /// The innermost open bracket.
        opened: Option<Span>,
    },
    /// Something follows the document.
    #[error("text after the end of the document")]
    TrailingText,
    /// A comma is followed by a closing bracket.
    #[error("a comma with nothing after it")]
    TrailingComma,
    /// A comment.
    #[error("JSON has no comments")]
    Comment,
    /// A quotation mark that is not JSON's.
    #[error("{} does not quote in JSON", character(*found))]
    WrongQuote {
        /// Which one.
        found: char,
    },
    /// A word that is no value.
    #[error("`{word}` is not a value")]
    BareWord {
        /// The word, at most its beginning.
        word: String,
    },
    /// A key without quotes.
    #[error("key `{word}` has no quotes")]
    BareKey {
        /// The word, at most its beginning.
        word: String,
    },
    /// A number that JSON writes differently.
    #[error("{fault}")]
    BadNumber {
        /// What is wrong with it.
        fault: NumberFault,
    },
    /// A backslash before a character that it cannot escape.
    #[error("`\\{}` is not an escape", escape.escape_default())]
    BadEscape {
        /// The character.
        escape: char,
    },
    /// `\u` without four hexadecimal digits.
    #[error("`\\u` needs four hexadecimal digits")]
    BadUnicodeEscape,
    /// Half of a surrogate pair.
    #[error("`\\u{code:04x}` is half of a surrogate pair")]
    LoneSurrogate {
        /// The half.
        code: u16,
    },
    /// A control character that is not escaped.
    #[error("{} inside a string", character(*found))]
    ControlCharacter {
        /// Which one.
        found: char,
        /// The quote that opened the string.
        opened: Span,
    },
    /// A container too deep inside others.
    #[error("nested more than {limit} deep")]
    TooDeep {
        /// How many may contain each other.
        limit: usize,
    },
    /// A key that its object already has.
    #[error("key `{}` is given twice", shortened(key))]
    DuplicateKey {
        /// The key, as the text that it stands for.
        key: String,
        /// Where it stands first.
        first: Span,
    },
}

/// What should stand where something else does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expected {
    /// A value.
    Value,
    /// A value, or the end of an array that has none.
    ValueOrBracket,
    /// A key.
    Key,
    /// A key, or the end of an object that has none.
    KeyOrBrace,
    /// The colon after a key.
    Colon,
    /// The next item, or the end of the array.
    CommaOrBracket,
    /// The next member, or the end of the object.
    CommaOrBrace,
    /// The end of a string.
    Quote,
    /// The end of the text.
    End,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Expected::Value => "a value",
            Expected::ValueOrBracket => "a value or `]`",
            Expected::Key => "a key",
            Expected::KeyOrBrace => "a key or `}`",
            Expected::Colon => "`:`",
            Expected::CommaOrBracket => "`,` or `]`",
            Expected::CommaOrBrace => "`,` or `}`",
            Expected::Quote => "a closing `\"`",
            Expected::End => "the end of the text",
        })
    }
}

/// How a number is not JSON's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NumberFault {
    /// `007`
    #[error("a number does not begin with a superfluous zero")]
    LeadingZero,
    /// `+1`
    #[error("a number does not begin with `+`")]
    LeadingPlus,
    /// `-`
    #[error("a minus sign without a number")]
    NoDigits,
    /// `.5`
    #[error("a number needs a digit before its point")]
    NoInteger,
    /// `5.`
    #[error("a number needs a digit after its point")]
    NoFraction,
    /// `5e`
    #[error("a number needs a digit in its exponent")]
    NoExponent,
    /// `0xff`
    #[error("JSON has decimal numbers only")]
    Base,
}

impl ReadError {
    /// The other place that explains the error, and what is there.
    pub fn second(&self) -> Option<(Span, &'static str)> {
        match &self.kind {
            ReadErrorKind::DuplicateKey { first, .. } => Some((*first, "first given here")),
            ReadErrorKind::UnexpectedEnd { opened, .. } | ReadErrorKind::UnexpectedCharacter { opened, .. } => {
                opened.map(|opened| (opened, "opened here"))
            }
            ReadErrorKind::ControlCharacter { opened, .. } => Some((*opened, "the string begins here")),
            _ => None,
        }
    }

    /// The next step, where there is an obvious one.
    pub fn help(&self) -> Option<Cow<'static, str>> {
        self.kind.help()
    }
}

impl ReadErrorKind {
    fn help(&self) -> Option<Cow<'static, str>> {
        let help = match self {
            ReadErrorKind::InvalidUtf8 { .. } => "save the file as UTF-8",
            ReadErrorKind::UnexpectedCharacter { found, expected, .. } => return help_in_place(*found, *expected),
            ReadErrorKind::TrailingText => "a file holds one document",
            ReadErrorKind::TrailingComma => "remove the comma",
            ReadErrorKind::Comment => "remove it, or state it in a member",
            ReadErrorKind::WrongQuote { .. } => "write `\"` on both sides",
            ReadErrorKind::BareWord { word } => return Some(help_with_word(word)),
            ReadErrorKind::BareKey { word } => return Some(format!("write `\"{word}\"`").into()),
            ReadErrorKind::BadEscape { .. } => "a backslash itself is written `\\\\`",
            ReadErrorKind::LoneSurrogate { .. } => "write the character itself, or both halves",
            ReadErrorKind::ControlCharacter { found: '\n' | '\r', .. } => {
                "close the string on its line; inside it, a line break is written `\\n`"
            }
            ReadErrorKind::ControlCharacter { found, .. } => {
                return Some(format!("write it as `\\u{:04x}`", u32::from(*found)).into());
            }
            ReadErrorKind::DuplicateKey { .. } => "keep one of the two",
            _ => return None,
        };
        Some(help.into())
    }
}

/// What to do about a character that is nearly right.
fn help_in_place(found: char, expected: Expected) -> Option<Cow<'static, str>> {
    let help = match found {
        '，' | '、' | '：' | '｛' | '｝' | '［' | '］' => {
            "JSON's punctuation is half-width: `,` `:` `{` `}` `[` `]`"
        }
        '\u{a0}' | '\u{3000}' | '\u{feff}' | '\u{200b}' => {
            "only plain spaces, tabs and line breaks may stand between values"
        }
        '"' if matches!(expected, Expected::CommaOrBracket | Expected::CommaOrBrace) => "a comma is missing before it",
        '=' if expected == Expected::Colon => "a key and its value are separated by `:`",
        _ => return None,
    };
    Some(help.into())
}

fn help_with_word(word: &str) -> Cow<'static, str> {
    match word.trim_start_matches('-').to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => "write `true`".into(),
        "false" | "no" | "off" => "write `false`".into(),
        "null" | "none" | "nil" | "undefined" => "write `null`, or leave the member out".into(),
        "nan" | "inf" | "infinity" => "JSON has no such number: leave the member out".into(),
        _ => format!("write text between quotes: `\"{word}\"`").into(),
    }
}

/// A character as a sentence can hold it.
fn character(found: char) -> Cow<'static, str> {
    match found {
        '\n' => "a line break".into(),
        '\r' => "a carriage return".into(),
        '\t' => "a tab".into(),
        '\u{a0}' => "a no-break space (U+00A0)".into(),
        '\u{3000}' => "an ideographic space (U+3000)".into(),
        '\u{feff}' => "a byte-order mark (U+FEFF)".into(),
        '`' => "a backtick".into(),
        found if found.is_control() || found.is_whitespace() || found == '\u{200b}' => {
            format!("the character U+{:04X}", u32::from(found)).into()
        }
        found => format!("`{found}`").into(),
    }
}

/// The longest part of the user's text that a sentence quotes, in characters.
pub(super) const LONGEST_QUOTE: usize = 60;

fn shortened(key: &str) -> Cow<'_, str> {
    let key: Cow<'_, str> = match key.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("{}…", &key[..end]).into(),
        None => key.into(),
    };
    if key.contains(char::is_control) { key.escape_debug().to_string().into() } else { key }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for ReadError {}

/// A text that could not be read: everything that is wrong with it, and the text to show it in.
#[derive(Clone, Debug)]
pub struct ReadFailure {
    /// The text. What is not UTF-8 in it is replaced, byte for byte, by `?`, so that places stay true; a text that is
    /// too large is not kept.
    pub source: Arc<Source>,
    /// At least one error, in the order of the text.
    pub errors: Vec<ReadError>,
    /// How many more duplicate keys there are.
    pub omitted: usize,
}

impl ReadFailure {
    pub(super) fn of(source: Arc<Source>, kind: ReadErrorKind, span: Span) -> Self {
        ReadFailure { source, errors: vec![ReadError { kind, span }], omitted: 0 }
    }

    #[cold]
    pub(super) fn not_utf8(error: FromUtf8Error) -> Self {
        let (start, length) = (error.utf8_error().valid_up_to(), error.utf8_error().error_len());
        let bytes = error.into_bytes();
        let end = length.map_or(bytes.len(), |length| start + length);
        let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        let mut shown = String::with_capacity(bytes.len());
        for chunk in bytes.utf8_chunks() {
            shown.push_str(chunk.valid());
            shown.extend(chunk.invalid().iter().map(|_| '?'));
        }
        let source = Arc::new(Source::new(shown.into()));
        ReadFailure::of(source, ReadErrorKind::InvalidUtf8 { utf16 }, Span::new(start, end))
    }

    /// The text to show the errors in.
    pub fn text(&self) -> &Arc<str> {
        self.source.text()
    }
}

impl fmt::Display for ReadFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, error) in self.errors.iter().enumerate() {
            let place = self.source.position(error.span.start);
            let separator = if nth == 0 { "" } else { "\n" };
            write!(f, "{separator}{}:{}: {error}", place.line, place.column)?;
        }
        if self.omitted > 0 {
            write!(f, "\nand {} more duplicate keys", self.omitted)?;
        }
        Ok(())
    }
}

impl std::error::Error for ReadFailure {}
