//! What `rules check` finds: plain data.

use std::sync::Arc;

use crate::json::Span;
use crate::lang::Lang;
use crate::pack::{Citation, RuleId, Strength};
use crate::prove::Witness;
use crate::source::SourceFile;

/// Something that is wrong with a rule, at its place.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What is wrong.
    pub finding: Finding,
    /// The rule; none where it is the instrument's.
    pub rule: Option<RuleId>,
    /// The file that holds it.
    pub file: Arc<SourceFile>,
    /// The bytes it concerns.
    pub span: Span,
    /// The other rule that it concerns, where that stands in the same file.
    pub second: Option<Span>,
    /// A manifest that shows it: one on which the rule applies, or both do.
    pub witness: Option<Witness>,
}

/// A member of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Member {
    /// `applies`
    Applies,
    /// `when`
    When,
    /// `unless`
    Unless,
    /// `require`
    Require,
    /// `decides`
    Decides,
    /// `cite`
    Cite,
}

impl Member {
    /// The word that rule files use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Applies => "applies",
            Self::When => "when",
            Self::Unless => "unless",
            Self::Require => "require",
            Self::Decides => "decides",
            Self::Cite => "cite",
        }
    }
}

/// What is wrong with a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// No system is in its scope.
    NeverArises,
    /// Its exception never holds where it applies.
    NeverExcepted,
    /// Where it applies it is met, whatever is stated and whatever is not.
    AlwaysMet,
    /// It decides breach, and no manifest breaks it.
    NeverBroken,
    /// Where it applies it cannot be met.
    NeverMet,
    /// It and another rule apply together and cannot both be met.
    Conflict(RuleId),
    /// Another rule of the pack says all that it says.
    Covered {
        /// The other rule.
        by: RuleId,
        /// Whether the other is covered by this one too.
        mutual: bool,
    },
    /// Whether it applies hangs on a day that no rule asks for.
    UnaskedDay(String),
    /// A part of a condition that never makes a difference.
    IdlePart {
        /// The member that holds it.
        member: Member,
        /// The part, in words, in both languages.
        words: [String; 2],
    },
    /// It decides pass on a duty of which a manifest shows only a part.
    PassOnPart(Citation),
    /// A text speaks of a duty where the law only asks or encourages.
    TooStrong {
        /// The member.
        member: String,
        /// The language.
        lang: Lang,
        /// The word that is too strong.
        word: String,
        /// How strongly the law asks.
        strength: Strength,
    },
    /// A text speaks of advice where the law commands.
    TooWeak {
        /// The member.
        member: String,
        /// The language.
        lang: Lang,
        /// The words that are too weak.
        word: String,
    },
    /// A text is the same in both languages.
    Untranslated(String),
    /// A text is not in the language that it is said to be in.
    WrongLanguage {
        /// The member.
        member: String,
        /// The language that it should be in.
        lang: Lang,
    },
}

impl Finding {
    /// The word that JSON uses.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NeverArises => "never-arises",
            Self::NeverExcepted => "never-excepted",
            Self::AlwaysMet => "always-met",
            Self::NeverBroken => "never-broken",
            Self::NeverMet => "never-met",
            Self::Conflict(_) => "conflict",
            Self::Covered { .. } => "covered",
            Self::UnaskedDay(_) => "unasked-day",
            Self::IdlePart { .. } => "idle-part",
            Self::PassOnPart(_) => "pass-on-part",
            Self::TooStrong { .. } => "too-strong",
            Self::TooWeak { .. } => "too-weak",
            Self::Untranslated(_) => "untranslated",
            Self::WrongLanguage { .. } => "wrong-language",
        }
    }

    /// The rule that it is compared with.
    pub fn other(&self) -> Option<&RuleId> {
        match self {
            Self::Conflict(other) | Self::Covered { by: other, .. } => Some(other),
            _ => None,
        }
    }
}
