//! What can be wrong with a rule pack, each at its place.
//!
//! Sentences are lower case and without full stop; `help` gives the next step.

use std::sync::Arc;

use crate::json::Span;
use crate::lang::Lang;
use crate::source::SourceFile;

/// A mistake in a rule pack.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{kind}")]
pub struct PackError {
    /// The file that holds it.
    pub file: Arc<SourceFile>,
    /// The bytes it concerns.
    pub span: Span,
    /// A second place that it concerns, with what stands there.
    pub second: Option<(Span, String)>,
    /// What is wrong.
    pub kind: Mistake,
}

/// What is wrong with a rule pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// The file is not JSON.
    #[error("the file is not JSON: {0}")]
    NotJson(String, Option<String>),
    /// A value has the wrong type.
    #[error("{what} must be {expected}")]
    WrongType {
        /// The thing.
        what: String,
        /// What it must be.
        expected: &'static str,
    },
    /// A member is not one of those that may stand there.
    #[error("{what} has no member `{member}`")]
    UnknownMember {
        /// The kind of object.
        what: &'static str,
        /// The member.
        member: String,
        /// The nearest one there is.
        suggestion: Option<String>,
    },
    /// A member is missing.
    #[error("{what} lacks `{member}`")]
    MissingMember {
        /// The kind of object.
        what: &'static str,
        /// The member.
        member: &'static str,
    },
    /// A word is not one of a closed list.
    #[error("`{word}` is no {what}")]
    UnknownWord {
        /// What the list lists.
        what: &'static str,
        /// The word.
        word: String,
        /// The words there are.
        words: Vec<&'static str>,
        /// The nearest of them.
        suggestion: Option<String>,
    },
    /// A date or period does not read.
    #[error("{0}")]
    Date(String),
    /// A text lacks a language that the pack declares.
    #[error("{what} has no wording in {}", .lang.tag())]
    MissingTranslation {
        /// The text.
        what: String,
        /// The language.
        lang: Lang,
    },
    /// A fact does not exist.
    #[error("no fact is named `{pointer}`")]
    UnknownFact {
        /// As the rule names it.
        pointer: String,
        /// The nearest fact there is.
        suggestion: Option<String>,
        /// Why, where that is not plain.
        why: Option<String>,
    },
    /// `./x` or `../x` where no item is walked.
    #[error("`{0}` names the fact of an item, but no item is walked here")]
    NoItem(String),
    /// `for` or `in` does not name an array of objects.
    #[error("`{0}` is not an array of objects")]
    NotAnArray(String),
    /// A leaf stands on an array of objects.
    #[error("a leaf cannot stand on `{0}`, which is an array of objects")]
    LeafOnArray(String),
    /// A leaf has a keyword that is not in the closed list.
    #[error("a leaf has no keyword `{keyword}`")]
    UnknownKeyword {
        /// The keyword.
        keyword: String,
        /// The nearest one there is.
        suggestion: Option<String>,
    },
    /// One of our own keywords stands below the top of a leaf.
    #[error("`{0}` stands only at the top of a leaf")]
    NestedKeyword(String),
    /// A leaf asks for nothing.
    #[error("an empty {0} asks for nothing")]
    Empty(&'static str),
    /// JSON Schema refuses the leaf.
    #[error("the leaf is not a valid JSON Schema: {0}")]
    BadSchema(String),
    /// No value of the fact can meet the leaf.
    #[error("no value of `{pointer}` can meet this")]
    DeadLeaf {
        /// The fact.
        pointer: String,
        /// What the fact can be.
        can_be: String,
    },
    /// Every value of the fact meets the leaf.
    #[error("every value of `{pointer}` meets this")]
    VacuousLeaf {
        /// The fact.
        pointer: String,
    },
    /// `stated` outside `require`, or under `not`.
    #[error("`stated` stands only in `require`, and never under `not`")]
    StatedElsewhere,
    /// `stated: false`.
    #[error("`stated` can only be true")]
    StatedFalse,
    /// `stated` with nothing beside it that can be false.
    #[error("`stated` alone can never be contradicted")]
    StatedAlone,
    /// `items` without `minItems` in `require`.
    #[error("`items` holds for an empty list")]
    ItemsWithoutMinItems,
    /// A date keyword on a fact that is no date.
    #[error("`{keyword}` needs a date, and `{pointer}` is a {kind}")]
    NotADate {
        /// The keyword.
        keyword: String,
        /// The fact.
        pointer: String,
        /// What it is.
        kind: &'static str,
    },
    /// `max_age` by a fact that is no number of days or months.
    #[error("`{0}` states no number of days or months")]
    NotAPeriod(String),
    /// A shared condition does not exist.
    #[error("no shared condition is named `{name}`")]
    UnknownCondition {
        /// The name.
        name: String,
        /// The nearest one there is.
        suggestion: Option<String>,
    },
    /// A shared condition that nothing names.
    #[error("nothing names the shared condition `{0}`")]
    UnusedCondition(String),
    /// Shared conditions name each other in a circle.
    #[error("the shared condition `{0}` leads back to itself")]
    Cycle(String),
    /// The instrument lists no such article.
    #[error("the instrument has no article `{article}`")]
    UnknownArticle {
        /// The article.
        article: String,
        /// The nearest one there is.
        suggestion: Option<String>,
    },
    /// The article has no duty in that paragraph.
    #[error("article {article} has no duty in {}", paragraph_name(*.paragraph))]
    UnknownDuty {
        /// The article.
        article: String,
        /// The paragraph.
        paragraph: Option<u32>,
    },
    /// A rule cites a duty that the account calls not checkable.
    #[error("the duty of article {article} is listed as not checkable")]
    UncheckableDuty {
        /// The article.
        article: String,
    },
    /// A duty that is not fully checkable lacks its reason.
    #[error("a duty that is `{0}` checkable needs a reason")]
    MissingReason(&'static str),
    /// Two things have one name.
    #[error("two {what} are named `{name}`")]
    Twice {
        /// What they are.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A name is not written as names are.
    #[error("`{name}` is not a name for {what}")]
    BadName {
        /// What it should name.
        what: &'static str,
        /// The name.
        name: String,
        /// How names are written.
        form: &'static str,
    },
    /// A rule that cannot say "violated" lacks its question, or the reverse.
    #[error("the rule lacks `{member}`, which is told when its facts are contradicted")]
    MissingMessage {
        /// `message` or `review`.
        member: &'static str,
    },
    /// A folder has no rules.
    #[error("the pack has no rules")]
    NoRules,
    /// A folder or file of a pack cannot be read.
    #[error("{0}")]
    Unreadable(String),
    /// The pack's example breaks the manifest's schema.
    #[error("the pack's example is not a system manifest: {0}")]
    BadExample(String),
}

fn paragraph_name(paragraph: Option<u32>) -> String {
    paragraph.map_or_else(|| "the article as a whole".to_owned(), |number| format!("paragraph {number}"))
}

impl Mistake {
    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        let did_you_mean =
            |suggestion: &Option<String>| suggestion.as_ref().map(|name| format!("did you mean `{name}`?"));
        match self {
            Self::NotJson(_, help) => help.clone(),
            Self::UnknownMember { suggestion, .. }
            | Self::UnknownKeyword { suggestion, .. }
            | Self::UnknownCondition { suggestion, .. }
            | Self::UnknownArticle { suggestion, .. } => did_you_mean(suggestion),
            Self::UnknownFact { suggestion, why, .. } => did_you_mean(suggestion).or_else(|| why.clone()),
            Self::UnknownWord { words, suggestion, .. } => {
                Some(did_you_mean(suggestion).unwrap_or_else(|| format!("there are: {}", words.join(", "))))
            }
            Self::MissingTranslation { lang, .. } => {
                Some(format!("the instrument declares `{}` among its languages", lang.tag()))
            }
            Self::DeadLeaf { can_be, .. } => Some(format!("it can be {can_be}")),
            Self::VacuousLeaf { .. } => {
                Some("to ask only that the fact is there, write `\"stated\": true` in `require`".into())
            }
            Self::StatedAlone => {
                Some("put it in one map with a leaf that can be false, so that the duty can be seen broken".into())
            }
            Self::ItemsWithoutMinItems => Some("write `minItems` beside it".into()),
            Self::NestedKeyword(_) => Some("combine leaves with `all`, `any` and `not` around facts".into()),
            Self::UncheckableDuty { .. } => Some("change its `checkable`, or cite another paragraph".into()),
            Self::BadName { form, .. } => Some((*form).to_owned()),
            Self::NotAnArray(_) => {
                Some("`for` and `in` walk arrays of objects; for a list of words use `contains`".into())
            }
            _ => None,
        }
    }
}
