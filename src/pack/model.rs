//! What a rule pack says once it has been read: instruments, rules, conditions, leaves.
//!
//! Plain data, in the words of `docs/rule-language.md`. Knows nothing of files' syntax, of manifests' text or of how
//! conditions are decided.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use crate::json::Span;
use crate::lang::{Lang, Text};
use crate::manifest::FactId;
use crate::schema::Validator;
use crate::source::SourceFile;
use crate::time::{Date, Period};

/// All the rules of one instrument, and the account of every duty.
#[derive(Debug)]
pub struct Pack {
    /// The law, regulation, standard or policy that the rules stand for.
    pub instrument: Instrument,
    /// The rules in the order of their files, which is the order of the articles.
    pub rules: Vec<Rule>,
    /// SHA-256 over the names and bytes of the pack's files, as hexadecimal.
    pub digest: String,
    /// The pack's files; a [`Place`] names one of them by its position.
    pub files: Vec<Arc<SourceFile>>,
    /// The compliant manifest that the tests patch.
    pub example: Value,
}

/// A place in one of a pack's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which of [`Pack::files`].
    pub file: usize,
    /// Which bytes of it.
    pub span: Span,
}

/// A law, regulation, standard or policy document.
#[derive(Debug)]
pub struct Instrument {
    /// The pack's name, in kebab-case.
    pub id: String,
    /// The pack's own version.
    pub version: String,
    /// Full title.
    pub title: Text,
    /// The title that findings cite.
    pub short_title: Text,
    /// Who issued it.
    pub issuer: Text,
    /// The issuer's number for it.
    pub document_number: Option<String>,
    /// Official address.
    pub url: Option<String>,
    /// What its numbered parts are called.
    pub division: Division,
    /// The languages in which every text of the pack exists.
    pub languages: Vec<Lang>,
    /// How well its text is known, unless a rule says otherwise.
    pub text_status: TextStatus,
    /// The dates it is in force.
    pub in_force: InForce,
    /// Which systems it concerns; every rule inherits it.
    pub applies: Condition,
    /// The day at which the pack's tests run.
    pub tests_as_of: Date,
    /// Its articles with their duties, in order.
    pub articles: Vec<Article>,
}

/// What the numbered parts of an instrument are called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Division {
    /// Articles.
    #[default]
    Article,
    /// Sections.
    Section,
}

/// A numbered part of an instrument.
#[derive(Debug)]
pub struct Article {
    /// Its number as the instrument writes it.
    pub number: String,
    /// How it is cited, with its instrument's title, where the instrument's own way does not fit.
    pub cited_as: Option<Text>,
    /// Its heading, or what it is about in a few words.
    pub title: Text,
    /// What it asks for; an article that asks for nothing has none, and then a reason.
    pub duties: Vec<Duty>,
    /// Why it asks for nothing that could be checked (a definition, a power, a commencement).
    pub reason: Option<Text>,
}

/// One thing that an article asks for.
#[derive(Debug)]
pub struct Duty {
    /// Where in the article it stands.
    pub within: Within,
    /// The duty in a few words.
    pub summary: Text,
    /// How much of it a manifest can show.
    pub checkable: Checkable,
    /// What a manifest cannot show, and why. Required unless all of it can be shown.
    pub reason: Option<Text>,
    /// Where it stands in the pack.
    pub place: Place,
}

/// A place within an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Within {
    /// The paragraph, counted from 1, where the article has several.
    pub paragraph: Option<u32>,
    /// The numbered item.
    pub item: Option<String>,
    /// Which of several duties in one place: the account's own letter, never told as a citation of the law.
    pub part: Option<String>,
}

impl Within {
    /// Whether a citation of this place speaks of a duty that stands there: a citation may name an item more than the account does.
    pub fn cites(&self, duty: &Self) -> bool {
        self.paragraph == duty.paragraph && self.part == duty.part && (duty.item.is_none() || self.item == duty.item)
    }
}

impl fmt::Display for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let paragraph = self.paragraph.map(|number| number.to_string());
        let parts: Vec<_> = [paragraph, self.item.clone(), self.part.clone()].into_iter().flatten().collect();
        write!(f, "{}", parts.join("."))
    }
}

/// How much of a duty a truthful manifest settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checkable {
    /// All of it.
    Yes,
    /// A part; the rest is quality, conduct in each case, or judgement.
    Partly,
    /// Nothing.
    No,
}

/// First and last day in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The first day.
    pub from: Date,
    /// The last day, where there is one.
    pub until: Option<Date>,
}

/// How well the text behind a rule is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextStatus {
    /// The official text was read.
    Text,
    /// Read in quotations or descriptions by others.
    Secondary,
    /// Written from memory; to be confirmed.
    Memory,
}

impl TextStatus {
    /// The word that rule files use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Secondary => "secondary",
            Self::Memory => "memory",
        }
    }
}

/// How strongly the law asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// A duty.
    Must,
    /// A prohibition.
    MustNot,
    /// An expectation.
    Should,
    /// An encouragement.
    Encouraged,
}

impl Strength {
    /// The word that rule files use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::MustNot => "must-not",
            Self::Should => "should",
            Self::Encouraged => "encouraged",
        }
    }
}

/// What a rule settles when it is contradicted, and when it is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decides {
    /// Contradicted means violated; without it, contradicted means that a person must judge.
    pub breach: bool,
    /// Met means met; without it, met is only an indication.
    pub pass: bool,
}

/// One checkable duty.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name within the pack.
    pub id: RuleId,
    /// What holds when it is met, as a sentence.
    pub title: Text,
    /// Where the law says so; the first is the one that findings show.
    pub cite: Vec<Citation>,
    /// Rules of other instruments that ask for the same thing.
    pub same_as: Vec<SameDuty>,
    /// How strongly the law asks.
    pub strength: Strength,
    /// What it is about.
    pub topics: Vec<String>,
    /// What it settles.
    pub decides: Decides,
    /// How well its text is known.
    pub text_status: TextStatus,
    /// When it is in force (the instrument's dates unless it says otherwise).
    pub in_force: InForce,
    /// Its own scope, in place of the instrument's.
    pub applies: Option<Condition>,
    /// The array whose items it decides one by one.
    pub each: Option<ArrayPath>,
    /// When it holds good.
    pub when: Option<Condition>,
    /// The law's exception.
    pub unless: Option<Condition>,
    /// What it asks for.
    pub require: Condition,
    /// Until when there is time to comply.
    pub due: Option<DateExpr>,
    /// What is wrong when it is violated.
    pub message: Text,
    /// What a person should judge when the facts contradict it without settling a breach.
    pub review: Text,
    /// What to build, and what to state then.
    pub help: Text,
    /// Patches of the pack's example with the outcome they must have.
    pub tests: Vec<RuleTest>,
    /// Where it stands in the pack.
    pub place: Place,
}

/// A rule's name: the pack's and its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId {
    /// `us-omb-m-25-21`
    pub pack: Arc<str>,
    /// `4(b)(i).1`
    pub name: String,
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.pack, self.name)
    }
}

/// A rule of another instrument that asks for the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameDuty {
    /// The other rule.
    pub rule: RuleId,
    /// In what the other differs from this one, as a sentence.
    pub difference: Text,
}

/// A place in an instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The article's number.
    pub article: String,
    /// Where in the article.
    pub within: Within,
}

/// What must hold: one value per kind of member that a condition can have.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// All of them hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// It holds for every item of an array.
    Each(Walk),
    /// It holds for at least one item of an array.
    Some(Walk),
    /// One fact meets a leaf.
    Leaf(Leaf),
    /// A shared condition, by name.
    Named {
        /// Its name.
        name: String,
        /// What it stands for.
        meaning: Arc<Condition>,
    },
}

/// A condition on the items of an array.
#[derive(Clone, Debug, PartialEq)]
pub struct Walk {
    /// The array.
    pub array: FactPath,
    /// What holds of the item.
    pub hold: Box<Condition>,
}

/// What one fact must meet: all of its checks.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// The fact.
    pub fact: FactPath,
    /// What it must meet; never empty.
    pub checks: Vec<Check>,
    /// Where it stands in the pack.
    pub place: Place,
}

/// One check of a leaf.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    /// The keywords of JSON Schema, together.
    Schema(LeafSchema),
    /// The fact is there. True or unknown, never false.
    Stated,
    /// The date is this day or later.
    NotBefore(DateExpr),
    /// The date is this day or earlier.
    NotAfter(DateExpr),
    /// The date plus this period is not past.
    MaxAge(Age),
}

/// The keywords of JSON Schema in a leaf, as written and compiled.
#[derive(Clone)]
pub struct LeafSchema {
    /// As written.
    pub value: Value,
    /// Compiled, over our own tree.
    pub validator: Arc<Validator>,
}

impl fmt::Debug for LeafSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl PartialEq for LeafSchema {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// How old a date may be.
#[derive(Clone, Debug, PartialEq)]
pub enum Age {
    /// A period.
    Period(Period),
    /// The fact that states the number of its unit.
    Fact(FactPath),
}

/// A day, written as a date, as the run's date, or as a fact, with an offset.
#[derive(Clone, Debug, PartialEq)]
pub struct DateExpr {
    /// What it counts from.
    pub base: DateBase,
    /// What is added or taken away.
    pub offset: Option<Offset>,
}

/// What a date counts from.
#[derive(Clone, Debug, PartialEq)]
pub enum DateBase {
    /// A fixed day.
    Day(Date),
    /// The run's date.
    AsOf,
    /// The day that a fact states.
    Fact(FactPath),
}

/// A period in one direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Offset {
    /// Later.
    Plus(Period),
    /// Earlier.
    Minus(Period),
}

/// A fact as a rule names it.
#[derive(Clone, Debug, PartialEq)]
pub struct FactPath {
    /// As written: `/a/b`, `./a`, `../a`.
    pub text: String,
    /// Where it starts.
    pub anchor: Anchor,
    /// How to get from there to the value.
    pub steps: Vec<Step>,
    /// The schema's fact (for an array of objects, the last fact before it in the schema's order).
    pub fact: FactId,
}

/// Where a fact's path starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anchor {
    /// The manifest.
    Root,
    /// An item that is being walked; 0 is the outermost.
    Item(usize),
}

/// One step of a fact's path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// To a member.
    Member(String),
    /// From the key of a document to the document.
    Document,
}

/// The arrays that a rule with `for` walks, outermost first.
#[derive(Clone, Debug, PartialEq)]
pub struct ArrayPath {
    /// As written: `/algorithms/*/changes`.
    pub text: String,
    /// One array per level, each relative to the item before it.
    pub levels: Vec<FactPath>,
}

/// A patch of the pack's example, and what it must lead to.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleTest {
    /// What it shows.
    pub name: String,
    /// How the example is changed.
    pub change: Change,
    /// The run's date, where it is not the instrument's.
    pub as_of: Option<Date>,
    /// What must come out.
    pub expect: Expect,
    /// Where it stands in the pack.
    pub place: Place,
}

/// A change of a manifest.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// None.
    Nothing,
    /// A JSON Merge Patch (RFC 7396).
    Merge(Value),
    /// A JSON Patch (RFC 6902).
    Operations(Value),
}

/// What a test expects.
#[derive(Clone, Debug, PartialEq)]
pub enum Expect {
    /// One outcome.
    One(Expected),
    /// One outcome per item, by the item's id.
    Items(Vec<(String, Expected)>),
}

/// An outcome as a test writes it: `fail`, `fail/error`, `pass/indicated`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The outcome's word.
    pub outcome: String,
    /// The severity's word, or `indicated`.
    pub detail: Option<String>,
}
