//! The languages that govlint speaks, and texts that exist in several of them.
//!
//! Knows nothing of what is said. Texts that come with data (titles, messages) are [`Text`]s; sentences of the
//! program itself are written where they are used, one `match` per language.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A language that reports can be written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese, simplified.
    Zh,
}

impl Lang {
    /// Every language, in the order in which they are listed.
    pub const ALL: [Self; 2] = [Self::En, Self::Zh];

    /// The tag that data files and the command line use.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }

    /// What stands between a word that ends in a colon and what follows it.
    pub const fn gap(self) -> &'static str {
        self.pick(" ", "")
    }

    /// The one of two wordings that is in this language.
    pub const fn pick<'a>(self, en: &'a str, zh: &'a str) -> &'a str {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.tag())
    }
}

/// A tag that names no language of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no language is tagged `{0}`; there are en and zh")]
pub struct UnknownLang(pub String);

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(tag: &str) -> Result<Self, UnknownLang> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag).ok_or_else(|| UnknownLang(tag.to_owned()))
    }
}

/// A text in one or more languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    wordings: [Option<String>; 2],
}

impl Text {
    /// A text in both languages.
    pub fn both(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { wordings: [Some(en.into()), Some(zh.into())] }
    }

    /// Adds or replaces the wording in one language.
    pub fn set(&mut self, lang: Lang, wording: String) {
        self.wordings[lang as usize] = Some(wording);
    }

    /// The wording in exactly this language.
    pub fn exactly(&self, lang: Lang) -> Option<&str> {
        self.wordings[lang as usize].as_deref()
    }

    /// The wording in this language or, where there is none, in the first language that there is.
    pub fn get(&self, lang: Lang) -> &str {
        self.exactly(lang).or_else(|| self.wordings.iter().flatten().next().map(String::as_str)).unwrap_or_default()
    }

    /// Whether there is no wording at all.
    pub fn is_empty(&self) -> bool {
        self.wordings.iter().all(Option::is_none)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_back_to_the_language_there_is() {
        let mut text = Text::default();
        assert_eq!(text.get(Lang::Zh), "");
        text.set(Lang::En, "rule".into());
        assert_eq!(text.get(Lang::Zh), "rule");
        assert_eq!(text.exactly(Lang::Zh), None);
    }

    #[test]
    fn tags_read_back() {
        for lang in Lang::ALL {
            assert_eq!(lang.tag().parse(), Ok(lang));
        }
        assert_eq!("fr".parse::<Lang>(), Err(UnknownLang("fr".into())));
    }
}
