//! What can be wrong with a rule pack, each at its place.
//!
//! Sentences are lower case and without full stop; `help` gives the next step.

use std::sync::Arc;

use super::leaf::{OWN_KEYWORDS, SCHEMA_KEYWORDS};
use super::model::Within;
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
    #[error("{0}")]
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
    /// What should be a day is neither a date nor `as-of`.
    #[error("`{0}` is no day")]
    NotADay(String),
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
    #[error("an empty {0} says nothing")]
    Empty(&'static str),
    /// A pattern that is no regular expression, or none that matches in linear time.
    #[error("`{0}` is not a pattern that can be matched")]
    BadPattern(String),
    /// A format that is none.
    #[error("no format is named `{0}`")]
    UnknownFormat(String),
    /// JSON Schema refuses the leaf.
    #[error("the leaf is not a valid JSON Schema: {0}")]
    BadSchema(String),
    /// No value of the fact can meet the leaf.
    #[error("no value of `{pointer}` can meet this")]
    DeadLeaf {
        /// The fact.
        pointer: String,
        /// What the fact is.
        kind: String,
    },
    /// A value in a leaf that the fact can never have.
    #[error("{what} can never be `{value}`")]
    DeadWord {
        /// The fact, or an item of it.
        what: String,
        /// The value.
        value: String,
        /// The nearest word that it can be.
        suggestion: Option<String>,
        /// What the fact, or the item, is.
        kind: String,
    },
    /// Every value of the fact meets the leaf.
    #[error("every value of `{pointer}` meets this")]
    VacuousLeaf {
        /// The fact.
        pointer: String,
    },
    /// A keyword beside others that asks nothing of its fact.
    #[error("`{keyword}` asks nothing of `{pointer}`")]
    IdleKeyword {
        /// The keyword.
        keyword: String,
        /// The fact.
        pointer: String,
        /// What the fact is.
        kind: String,
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
    #[error("`{keyword}` needs a date, and `{pointer}` is {}", with_article(.kind))]
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
    /// Shared conditions name so many others that reading them would not end in reasonable time.
    #[error("shared conditions that name each other are read more than {0} times")]
    TooManyNames(u32),
    /// The instrument lists no such article.
    #[error("the instrument has no article `{article}`")]
    UnknownArticle {
        /// The article.
        article: String,
        /// The nearest one there is.
        suggestion: Option<String>,
    },
    /// The article has no duty in that place.
    #[error("article {article} has no duty {}", place_name(.within))]
    UnknownDuty {
        /// The article.
        article: String,
        /// Where in the article.
        within: Within,
        /// Where it has duties.
        duties: Vec<Within>,
    },
    /// A rule cites a duty that the account calls not checkable.
    #[error("the duty of article {article} is listed as not checkable")]
    UncheckableDuty {
        /// The article.
        article: String,
    },
    /// A duty that is not fully checkable, or an article that asks for nothing, lacks its reason.
    #[error("{0} needs a `reason`")]
    MissingReason(&'static str),
    /// Two things have one name.
    #[error("two {what} are named `{name}`")]
    Twice {
        /// What they are.
        what: &'static str,
        /// The name.
        name: String,
        /// The file and line of the other, if that is another file.
        other: Option<String>,
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
    /// A pack, or a file of it, has no rules.
    #[error("{0} has no rules")]
    NoRules(&'static str),
    /// A folder or file of a pack cannot be read.
    #[error("{0}")]
    Unreadable(String),
    /// The pack's example breaks the manifest's schema.
    #[error("the pack's example is not a system manifest: {0}")]
    BadExample(String),
}

/// A noun with the article that goes before it.
pub(super) fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

fn place_name(within: &Within) -> String {
    let item = within.item.as_ref().map(|item| format!("item {item}"));
    let part = within.part.as_ref().map(|part| format!("part `{part}`"));
    let named: Vec<_> =
        within.paragraph.map(|number| format!("paragraph {number}")).into_iter().chain(item).chain(part).collect();
    if named.is_empty() { "without a paragraph".to_owned() } else { format!("in {}", named.join(" ")) }
}

fn duties_there_are(duties: &[Within]) -> String {
    let mut places: Vec<_> = duties.iter().map(|duty| place_name(duty).trim_start_matches("in ").to_owned()).collect();
    places.dedup();
    match places.as_slice() {
        [] => "it is listed without duties".into(),
        [only] if only.starts_with("without") => format!("its duty is listed {only}"),
        [only] => format!("it has one in {only}"),
        _ => format!("it has duties in {}", places.join(", ")),
    }
}

fn keywords() -> String {
    let all: Vec<_> = SCHEMA_KEYWORDS.into_iter().chain(["not"]).chain(OWN_KEYWORDS).collect();
    format!("there are: {}", all.join(", "))
}

impl Mistake {
    /// What to do about it.
    pub fn help(&self) -> Option<String> {
        let did_you_mean =
            |suggestion: &Option<String>| suggestion.as_ref().map(|name| format!("did you mean `{name}`?"));
        match self {
            Self::NotJson(_, help) => help.clone(),
            Self::UnknownMember { suggestion, .. }
            | Self::UnknownCondition { suggestion, .. }
            | Self::UnknownArticle { suggestion, .. } => did_you_mean(suggestion),
            Self::UnknownKeyword { suggestion, .. } => did_you_mean(suggestion).or_else(|| Some(keywords())),
            Self::UnknownFact { suggestion, why, .. } => did_you_mean(suggestion).or_else(|| why.clone()),
            Self::UnknownWord { words, .. } if words.is_empty() => Some("there is none".into()),
            Self::UnknownWord { words, suggestion, .. } => {
                Some(did_you_mean(suggestion).unwrap_or_else(|| format!("there are: {}", words.join(", "))))
            }
            Self::MissingTranslation { lang, .. } => {
                Some(format!("the instrument declares `{}` among its languages", lang.tag()))
            }
            Self::DeadLeaf { kind, .. } | Self::IdleKeyword { kind, .. } => Some(format!("it is {kind}")),
            Self::DeadWord { suggestion, kind, .. } => {
                did_you_mean(suggestion).or_else(|| Some(format!("it is {kind}")))
            }
            Self::VacuousLeaf { .. } => {
                Some("to ask only that the fact is there, write `\"stated\": true` in `require`".into())
            }
            Self::StatedAlone => {
                Some("put it in one map with a leaf that can be false, so that the duty can be seen broken".into())
            }
            Self::NotADay(_) => Some(
                "a day is a date like `2026-04-03`, `as-of`, or an object with `fact` or `date` and an offset".into(),
            ),
            Self::NoItem(_) => Some("items are walked by a rule's `for`, by `each` and by `some`".into()),
            Self::LeafOnArray(_) => Some("walk it with `for`, `each` or `some`".into()),
            Self::BadPattern(_) => {
                Some("patterns match in linear time: they have no look-around and no back-references".into())
            }
            Self::TooManyNames(_) => Some("let fewer of them name others".into()),
            Self::StatedFalse => Some("leave it out: a fact that is absent is unknown, never false".into()),
            Self::NotAPeriod(_) => Some("the manifest's schema says the unit of such a fact".into()),
            Self::Twice { other, .. } => other.as_ref().map(|place| format!("the other stands in {place}")),
            Self::UnknownDuty { duties, .. } => Some(duties_there_are(duties)),
            Self::ItemsWithoutMinItems => Some("write `minItems` beside it".into()),
            Self::NestedKeyword(_) => Some("combine leaves with `all`, `any` and `not` around facts".into()),
            Self::UncheckableDuty { .. } => Some("change its `checkable`, or cite another duty".into()),
            Self::BadName { form, .. } => Some((*form).to_owned()),
            Self::NotAnArray(_) => {
                Some("`for` and `in` walk arrays of objects; for a list of words use `contains`".into())
            }
            _ => None,
        }
    }
}
