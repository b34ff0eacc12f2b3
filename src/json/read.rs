//! The reader: one pass, an explicit stack, no recursion.

use std::sync::Arc;

use super::diagnose::diagnose;
use super::duplicates::Duplicates;
use super::error::{Expected, ReadError, ReadErrorKind, ReadFailure};
use super::node::{Kind, Node};
use super::number;
use super::place::{Source, Span};
use super::string::{end_of_plain, escape};
use super::tree::Document;

/// What a text may demand of whoever reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes that a text may have. More than 1 GiB is never read.
    pub max_bytes: u64,
    /// The most containers that may contain each other. More than 512 never may.
    pub max_depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { max_bytes: 64 << 20, max_depth: 128 }
    }
}

/// Nodes count their items in 29 bits, and an item takes two bytes.
const MOST_BYTES: u64 = 1 << 30;

/// Copies of the tree are built and dropped recursively.
const MOST_DEPTH: usize = 512;

/// The byte-order mark of UTF-8.
const MARK: &str = "\u{feff}";

/// Reads a text.
pub fn read(text: Vec<u8>, limits: &Limits) -> Result<Document, ReadFailure> {
    let limit = limits.max_bytes.min(MOST_BYTES);
    let bytes = text.len() as u64;
    if bytes > limit {
        let nothing = Arc::new(Source::new("".into()));
        return Err(ReadFailure::of(nothing, ReadErrorKind::TooLarge { bytes, limit }, Span::new(0, 0)));
    }
    let text: Arc<str> = String::from_utf8(text).map_err(ReadFailure::not_utf8)?.into();
    let mut reader = Reader::new(&text, limits.max_depth.min(MOST_DEPTH));
    let outcome = reader.document();
    let (nodes, mut duplicates) = reader.finish();
    duplicates.errors.extend(outcome.err());
    let source = Arc::new(Source::new(text));
    if duplicates.errors.is_empty() {
        return Ok(Document::new(source, nodes));
    }
    duplicates.errors.sort_by_key(|error| error.span);
    Err(ReadFailure { source, errors: duplicates.errors, omitted: duplicates.omitted })
}

/// A container that is not closed yet.
struct Open {
    kind: Kind,
    node: usize,
    /// Where its keys begin in [`Reader::keys`].
    keys: usize,
    /// How many values it has.
    count: u32,
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    nodes: Vec<Node>,
    open: Vec<Open>,
    /// The keys of all open objects, the innermost last.
    keys: Vec<u32>,
    duplicates: Duplicates,
    max_depth: usize,
}

/// What comes next in the text.
enum Next {
    /// A value.
    Value,
    /// What follows a value.
    AfterValue,
    /// The end of the text.
    End,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, max_depth: usize) -> Self {
        Reader {
            text,
            bytes: text.as_bytes(),
            at: if text.starts_with(MARK) { MARK.len() } else { 0 },
            nodes: Vec::with_capacity(text.len() / 24 + 1),
            open: Vec::new(),
            keys: Vec::new(),
            duplicates: Duplicates::default(),
            max_depth,
        }
    }

    fn document(&mut self) -> Result<(), ReadError> {
        self.skip_space();
        if self.at == self.bytes.len() {
            return Err(self.error(ReadErrorKind::Empty, 0));
        }
        let mut next = Next::Value;
        loop {
            next = match next {
                Next::Value => self.value()?,
                Next::AfterValue => self.after_value()?,
                Next::End => break,
            }
        }
        if self.at < self.bytes.len() { Err(self.unexpected(Expected::End)) } else { Ok(()) }
    }

    /// The nodes, and the duplicates found: in objects that were never closed too.
    fn finish(mut self) -> (Vec<Node>, Duplicates) {
        while let Some(open) = self.open.pop() {
            self.check_keys(&open);
        }
        (self.nodes, self.duplicates)
    }

    /// Reads a scalar, or the beginning of a container up to its first value.
    fn value(&mut self) -> Result<Next, ReadError> {
        match self.bytes.get(self.at) {
            Some(b'"') => self.string()?,
            Some(b'{') => return self.open(Kind::Object),
            Some(b'[') => return self.open(Kind::Array),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.literal("true", Kind::Bool)?,
            Some(b'f') => self.literal("false", Kind::Bool)?,
            Some(b'n') => self.literal("null", Kind::Null)?,
            _ => return Err(self.unexpected(self.expected_value())),
        }
        Ok(Next::AfterValue)
    }

    fn expected_value(&self) -> Expected {
        match self.open.last() {
            Some(Open { kind: Kind::Array, count: 0, .. }) => Expected::ValueOrBracket,
            _ => Expected::Value,
        }
    }

    fn open(&mut self, kind: Kind) -> Result<Next, ReadError> {
        if self.open.len() >= self.max_depth {
            return Err(self.error(ReadErrorKind::TooDeep { limit: self.max_depth }, 1));
        }
        self.open.push(Open { kind, node: self.nodes.len(), keys: self.keys.len(), count: 0 });
        self.nodes.push(Node::open(kind, self.at));
        self.at += 1;
        self.skip_space();
        match (kind, self.bytes.get(self.at)) {
            (Kind::Object, Some(b'}')) | (Kind::Array, Some(b']')) => Ok(self.close()),
            (Kind::Object, _) => self.key(Expected::KeyOrBrace),
            _ => Ok(Next::Value),
        }
    }

    /// Reads a key and its colon, up to the value.
    fn key(&mut self, expected: Expected) -> Result<Next, ReadError> {
        if self.bytes.get(self.at) != Some(&b'"') {
            return Err(self.unexpected(expected));
        }
        let key = self.nodes.len() as u32;
        self.string()?;
        self.keys.push(key);
        self.skip_space();
        if self.bytes.get(self.at) != Some(&b':') {
            return Err(self.unexpected(Expected::Colon));
        }
        self.at += 1;
        self.skip_space();
        Ok(Next::Value)
    }

    /// Reads up to the next value, or the end of the container.
    fn after_value(&mut self) -> Result<Next, ReadError> {
        self.skip_space();
        let Some(open) = self.open.last_mut() else {
            return Ok(Next::End);
        };
        open.count += 1;
        let kind = open.kind;
        match (kind, self.bytes.get(self.at)) {
            (_, Some(b',')) => self.after_comma(kind),
            (Kind::Object, Some(b'}')) | (Kind::Array, Some(b']')) => Ok(self.close()),
            (Kind::Object, _) => Err(self.unexpected(Expected::CommaOrBrace)),
            _ => Err(self.unexpected(Expected::CommaOrBracket)),
        }
    }

    fn after_comma(&mut self, kind: Kind) -> Result<Next, ReadError> {
        let comma = self.at;
        self.at += 1;
        self.skip_space();
        if let Some(b'}' | b']') = self.bytes.get(self.at) {
            self.at = comma;
            return Err(self.error(ReadErrorKind::TrailingComma, 1));
        }
        if kind == Kind::Object { self.key(Expected::Key) } else { Ok(Next::Value) }
    }

    /// Closes the innermost container, whose bracket is next.
    fn close(&mut self) -> Next {
        self.at += 1;
        if let Some(open) = self.open.pop() {
            let next = self.nodes.len();
            self.nodes[open.node].close(self.at, next, open.count);
            self.check_keys(&open);
        }
        Next::AfterValue
    }

    fn check_keys(&mut self, open: &Open) {
        self.duplicates.check(self.text, &self.nodes, &self.keys[open.keys..]);
        self.keys.truncate(open.keys);
    }

    fn string(&mut self) -> Result<(), ReadError> {
        let start = self.at;
        let mut escaped = false;
        self.at += 1;
        loop {
            self.at = end_of_plain(self.bytes, self.at);
            match self.bytes.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.escape(start)?;
                }
                Some(control) => {
                    let opened = Span::new(start, start + 1);
                    let kind = ReadErrorKind::ControlCharacter { found: char::from(*control), opened };
                    return Err(self.error(kind, 1));
                }
                None => return Err(self.unclosed(start)),
            }
        }
        self.at += 1;
        self.scalar(Kind::String, start, escaped);
        Ok(())
    }

    fn escape(&mut self, string: usize) -> Result<(), ReadError> {
        match escape(&self.text[self.at..]) {
            Some(Ok((_, length))) => {
                self.at += length;
                Ok(())
            }
            Some(Err((kind, length))) => Err(self.error(kind, length)),
            None => Err(self.unclosed(string)),
        }
    }

    #[cold]
    fn unclosed(&self, string: usize) -> ReadError {
        let opened = Some(Span::new(string, string + 1));
        let kind = ReadErrorKind::UnexpectedEnd { expected: Expected::Quote, opened };
        ReadError { kind, span: Span::new(self.bytes.len(), self.bytes.len()) }
    }

    fn number(&mut self) -> Result<(), ReadError> {
        let start = self.at;
        let rest = &self.bytes[start..];
        if rest[0] == b'-' && !rest.get(1).is_some_and(u8::is_ascii_digit) {
            return Err(self.unexpected(Expected::Value));
        }
        match number::scan(rest) {
            Ok(length) => self.at += length,
            Err((fault, length)) => {
                return Err(self.error(ReadErrorKind::BadNumber { fault }, length));
            }
        }
        self.scalar(Kind::Number, start, false);
        Ok(())
    }

    fn literal(&mut self, word: &str, kind: Kind) -> Result<(), ReadError> {
        let start = self.at;
        let end = start + word.len();
        let goes_on = self.bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
        if goes_on || !self.bytes[start..].starts_with(word.as_bytes()) {
            return Err(self.unexpected(Expected::Value));
        }
        self.at = end;
        self.scalar(kind, start, false);
        Ok(())
    }

    fn scalar(&mut self, kind: Kind, start: usize, escaped: bool) {
        self.nodes.push(Node::scalar(kind, Span::new(start, self.at), escaped, self.nodes.len()));
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    /// An error about the next `length` bytes.
    #[cold]
    fn error(&self, kind: ReadErrorKind, length: usize) -> ReadError {
        ReadError { kind, span: Span::new(self.at, self.at + length) }
    }

    /// Something else stands here, or nothing.
    #[cold]
    fn unexpected(&self, expected: Expected) -> ReadError {
        let opened = self.open.last().map(|open| {
            let start = self.nodes[open.node].span().start as usize;
            Span::new(start, start + 1)
        });
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            let end = self.text.trim_end_matches([' ', '\n', '\r', '\t']).len();
            return ReadError { kind: ReadErrorKind::UnexpectedEnd { expected, opened }, span: Span::new(end, end) };
        }
        let (kind, length) = diagnose(rest, expected, opened);
        self.error(kind, length)
    }
}
