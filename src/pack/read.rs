//! Reading a rule file's JSON: typed access that reports what is wrong at its place.
//!
//! Knows members, words, texts and dates. Knows nothing of conditions or of what the members mean.

use std::cell::{Cell, RefCell};
use std::str::FromStr;
use std::sync::Arc;

use super::error::{Mistake, PackError};
use super::model::Place;
use crate::json::{Kind, NodeRef, Span};
use crate::lang::{Lang, Text};
use crate::manifest::suggest;
use crate::source::SourceFile;
use crate::time::Date;

/// Whether a pack is proven when it is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Each leaf is proven to be neither dead nor vacuous, and the rules' tests are read.
    Full,
    /// It was proven before, and its tests are left alone: so are the built-in packs, by a test that loads the same files.
    Done,
}

/// One file that is being read, and the mistakes found so far in the whole pack.
pub(super) struct FileReader<'a> {
    pub file: usize,
    pub source: &'a Arc<SourceFile>,
    pub languages: &'a [Lang],
    /// Whether leaves are proven to be neither dead nor vacuous.
    pub proof: Proof,
    pub errors: &'a RefCell<Vec<PackError>>,
    /// How often a shared condition of this file has been read.
    pub named: Cell<u32>,
}

impl FileReader<'_> {
    /// Reports a mistake and goes on.
    pub fn report(&self, span: Span, kind: Mistake) {
        self.errors.borrow_mut().push(PackError { file: Arc::clone(self.source), span, second: None, kind });
    }

    /// A place in this file.
    pub fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    /// Checks that `node` is an object with no members but `members`.
    pub fn object(&self, node: NodeRef<'_>, what: &'static str, members: &[&str]) -> bool {
        if node.kind() != Kind::Object {
            self.wrong_type(node, what, "an object");
            return false;
        }
        for member in node.members() {
            if !members.contains(&member.key.as_ref()) {
                let suggestion = suggest::nearest(&member.key, members.iter().copied()).map(str::to_owned);
                let member_name = member.key.clone().into_owned();
                self.report(member.key_span, Mistake::UnknownMember { what, member: member_name, suggestion });
            }
        }
        true
    }

    /// A member that must be there.
    pub fn need<'d>(&self, node: NodeRef<'d>, what: &'static str, member: &'static str) -> Option<NodeRef<'d>> {
        let found = node.get(member);
        if found.is_none() {
            self.report(head(node), Mistake::MissingMember { what, member });
        }
        found
    }

    /// Reports a wrong type.
    pub fn wrong_type(&self, node: NodeRef<'_>, what: &str, expected: &'static str) {
        self.report(node.span(), Mistake::WrongType { what: what.to_owned(), expected });
    }

    /// A string.
    pub fn string(&self, node: NodeRef<'_>, what: &str) -> Option<String> {
        let text = node.as_str().map(std::borrow::Cow::into_owned);
        if text.as_deref().is_none_or(str::is_empty) {
            self.wrong_type(node, what, "a string that is not empty");
        }
        text.filter(|text| !text.is_empty())
    }

    /// A string under a name.
    pub fn string_member(&self, node: NodeRef<'_>, what: &'static str, member: &'static str) -> Option<String> {
        self.string(self.need(node, what, member)?, &format!("`{member}`"))
    }

    /// The items of an array.
    pub fn items<'d>(&self, node: NodeRef<'d>, what: &str) -> Vec<NodeRef<'d>> {
        if node.kind() == Kind::Array {
            return node.items().collect();
        }
        self.wrong_type(node, what, "a list");
        Vec::new()
    }

    /// A list of strings.
    pub fn strings(&self, node: NodeRef<'_>, what: &str) -> Vec<(String, Span)> {
        let items = self.items(node, what).into_iter();
        items.filter_map(|item| Some((self.string(item, what)?, item.span()))).collect()
    }

    /// A text in every language that the pack declares.
    pub fn text(&self, node: NodeRef<'_>, what: &str) -> Text {
        let mut text = Text::default();
        if node.kind() != Kind::Object {
            self.wrong_type(node, what, "an object with a wording per language");
            return text;
        }
        for member in node.members() {
            match Lang::from_str(&member.key) {
                Ok(lang) => {
                    if let Some(wording) = self.string(member.value, what) {
                        text.set(lang, wording);
                    }
                }
                Err(_) => self.report(member.key_span, unknown_word("language", &member.key, &["en", "zh"])),
            }
        }
        for &lang in self.languages {
            if node.get(lang.tag()).is_none() {
                self.report(node.span(), Mistake::MissingTranslation { what: what.to_owned(), lang });
            }
        }
        text
    }

    /// A text under a name that must be there.
    pub fn text_member(&self, node: NodeRef<'_>, what: &'static str, member: &'static str) -> Text {
        self.need(node, what, member).map(|text| self.text(text, &format!("`{member}`"))).unwrap_or_default()
    }

    /// A date.
    pub fn date(&self, node: NodeRef<'_>, what: &str) -> Option<Date> {
        match self.string(node, what)?.parse() {
            Ok(date) => Some(date),
            Err(error) => {
                self.report(node.span(), Mistake::Date(format!("{error}")));
                None
            }
        }
    }

    /// A word of a closed list, with what it stands for.
    pub fn word<T: Copy>(&self, node: NodeRef<'_>, what: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        let word = self.string(node, what)?;
        let found = words.iter().find(|(known, _)| *known == word).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let words: Vec<_> = words.iter().map(|(known, _)| *known).collect();
            self.report(node.span(), unknown_word(what, &word, &words));
        }
        found
    }
}

/// A mistake: a word that is not in a closed list.
pub(super) fn unknown_word(what: &'static str, word: &str, words: &[&'static str]) -> Mistake {
    let suggestion = suggest::nearest(word, words.iter().copied()).map(str::to_owned);
    Mistake::UnknownWord { what, word: word.to_owned(), words: words.to_vec(), suggestion }
}

/// The opening brace: where to point when something is missing from an object.
pub(super) fn head(node: NodeRef<'_>) -> Span {
    let Span { start, end } = node.span();
    Span { start, end: end.min(start + 1) }
}
