//! One small change of a rule: where, what stood there, what stands there now.

use serde_json::Value;

use crate::authoring::one_line::{one_line, one_member};
use crate::json::{Member, NodeRef, Span};

/// A change of a rule or of an instrument, at its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The bytes that it concerns.
    pub span: Span,
    /// What stands there, as JSON on one line; nothing where the mutant says what the rule leaves to a default.
    pub before: Option<String>,
    /// What the mutant says in its place, where it says anything.
    pub after: Option<String>,
    /// What was done.
    pub kind: Kind,
}

/// What a change does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of several conditions is gone.
    Condition(Joined),
    /// A whole `when`, `unless`, `due` or `applies` is gone.
    Member(&'static str),
    /// A condition is turned into its contrary.
    Contrary,
    /// One of several keywords of a leaf is gone.
    Keyword(String),
    /// One of several schemas of an `allOf` or `anyOf` is gone.
    Schema(Joined),
    /// One word of a list is gone.
    Word(String),
    /// A number is another.
    Number {
        /// Whose operand it is.
        keyword: String,
        /// The number.
        from: String,
        /// The other.
        to: String,
    },
    /// A length of time is another.
    Period {
        /// The length.
        from: String,
        /// The other.
        to: String,
    },
    /// A day is another.
    Day {
        /// `from` or `until`, where it is the first or the last day in force, and not one that facts are compared with.
        in_force: Option<&'static str>,
        /// The day.
        from: String,
        /// The other.
        to: String,
    },
    /// A keyword is another that is easily taken for it.
    Swap {
        /// The keyword.
        from: String,
        /// The other.
        to: &'static str,
    },
    /// The rule decides more or less.
    Decides {
        /// `breach` or `pass`.
        word: &'static str,
        /// Whether the mutant decides it.
        now: bool,
    },
    /// The law asks more strongly or less.
    Strength {
        /// The strength.
        from: &'static str,
        /// The other.
        to: &'static str,
    },
}

/// How conditions are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// By *and*.
    All,
    /// By *or*.
    Any,
}

impl Kind {
    /// The word for it in machine-readable output.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Condition(_) | Self::Schema(_) => "drop-condition",
            Self::Member(_) => "drop-member",
            Self::Contrary => "negate",
            Self::Keyword(_) => "drop-keyword",
            Self::Word(_) => "drop-word",
            Self::Number { .. } => "shift-number",
            Self::Period { .. } => "shift-period",
            Self::Day { .. } => "shift-day",
            Self::Swap { .. } => "swap",
            Self::Decides { .. } => "decides",
            Self::Strength { .. } => "strength",
        }
    }
}

impl Change {
    /// A value or an item becomes another.
    pub fn value(node: NodeRef<'_>, after: &Value, kind: Kind) -> Self {
        Self { span: node.span(), before: Some(one_line(&node.to_value())), after: Some(one_line(after)), kind }
    }

    /// An item goes.
    pub fn without(node: NodeRef<'_>, kind: Kind) -> Self {
        Self { span: node.span(), before: Some(one_line(&node.to_value())), after: None, kind }
    }

    /// A member becomes another.
    pub fn member(member: &Member<'_>, (key, value): (&str, &Value), kind: Kind) -> Self {
        Self { after: Some(one_member(key, value)), ..Self::without_member(member, kind) }
    }

    /// A member goes.
    pub fn without_member(member: &Member<'_>, kind: Kind) -> Self {
        let span = Span { start: member.key_span.start, end: member.value.span().end };
        Self { span, before: Some(one_member(&member.key, &member.value.to_value())), after: None, kind }
    }

    /// The same change, pointed at more closely.
    pub fn at(self, span: Span) -> Self {
        Self { span, ..self }
    }
}
