//! The reference evaluator: slow, obvious, written straight from `docs/rule-language.md`.
//!
//! It keeps the truth of every part with the facts behind it, so it also explains: labels, questions and `explain` are
//! read off its trees. The plan must agree with it on every outcome; property tests hold the two together.

use crate::json::{NodeRef, Span};
use crate::manifest::ManifestSchema;
use crate::pack::{Age, Anchor, Check, Condition, DateBase, DateExpr, FactPath, Instrument, Leaf, Rule, Step, Walk};
use crate::time::{Beyond, Date};

use super::leaf::{self, Compared};
use super::outcome::{Decided, Due, Inputs, decide};
use super::truth::Truth;

/// A fact on one manifest.
#[derive(Clone, Debug)]
pub struct FactValue<'a> {
    /// The fact as the rule names it.
    pub path: &'a FactPath,
    /// Where it stands, or would stand.
    pub pointer: String,
    /// What the manifest says about it.
    pub state: State<'a>,
    /// The key of the fact or, where the manifest is silent, of the nearest object that it does state.
    pub key: Option<Span>,
    /// The fact, or the nearest object that the manifest states.
    pub nearest: Option<NodeRef<'a>>,
    /// How many of the last segments of the pointer the manifest does not state.
    pub missing: usize,
}

/// What a manifest says about a fact.
#[derive(Clone, Copy, Debug)]
pub enum State<'a> {
    /// It states the fact.
    Stated(NodeRef<'a>),
    /// It states an event that lies after the run's date, which reads as unstated.
    Future(NodeRef<'a>),
    /// It is silent.
    Unstated,
}

impl<'a> State<'a> {
    /// The value, where it is stated.
    pub fn value(self) -> Option<NodeRef<'a>> {
        match self {
            Self::Stated(value) => Some(value),
            Self::Future(_) | Self::Unstated => None,
        }
    }
}

/// A condition with its truth, and the truth of its parts.
#[derive(Clone, Debug)]
pub struct Evaluated<'a> {
    /// Its truth.
    pub truth: Truth,
    /// Its parts.
    pub of: Of<'a>,
}

/// What a truth was made of.
#[derive(Clone, Debug)]
pub enum Of<'a> {
    /// All of them.
    All(Vec<Evaluated<'a>>),
    /// At least one.
    Any(Vec<Evaluated<'a>>),
    /// The opposite.
    Not(Box<Evaluated<'a>>),
    /// Every item of an array.
    Each(FactValue<'a>, Vec<Evaluated<'a>>),
    /// At least one item of an array.
    Some(FactValue<'a>, Vec<Evaluated<'a>>),
    /// One fact.
    Leaf(EvaluatedLeaf<'a>),
    /// A shared condition.
    Named(&'a str, Box<Evaluated<'a>>),
}

/// A leaf on one manifest.
#[derive(Clone, Debug)]
pub struct EvaluatedLeaf<'a> {
    /// The leaf.
    pub leaf: &'a Leaf,
    /// Its fact.
    pub fact: FactValue<'a>,
    /// Each of its checks.
    pub checks: Vec<EvaluatedCheck<'a>>,
}

/// One check of a leaf on one manifest.
#[derive(Clone, Debug)]
pub struct EvaluatedCheck<'a> {
    /// The check.
    pub check: &'a Check,
    /// Its truth.
    pub truth: Truth,
    /// The fact that it compares with.
    pub other: Option<FactValue<'a>>,
    /// The day that it compares with.
    pub limit: Option<Date>,
    /// The years that a working-day calendar does not know.
    pub beyond: Option<Beyond>,
}

/// An item that a rule with `for` speaks of.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// Where it stands; of an array that is not stated, where the array would stand.
    pub pointer: String,
    /// The item, where the array is stated.
    pub node: Option<NodeRef<'a>>,
}

/// A rule on one manifest, or on one item of it.
#[derive(Clone, Debug)]
pub struct Judged<'a> {
    /// The item that it speaks of.
    pub item: Option<Item<'a>>,
    /// The array of `for` that is not stated, so that nothing is known of its items.
    pub absent: Option<FactValue<'a>>,
    /// Whether the instrument concerns the system; then the rule's own scope.
    pub applies: Vec<Evaluated<'a>>,
    /// Whether the duty arises.
    pub when: Option<Evaluated<'a>>,
    /// The exception.
    pub unless: Option<Evaluated<'a>>,
    /// What it asks for.
    pub require: Evaluated<'a>,
    /// The fact that `due` counts from.
    pub due_fact: Option<FactValue<'a>>,
    /// The last day of `due`, where it is known.
    pub due_known: Option<Date>,
    /// The years that the calendar of `due` does not know.
    pub due_beyond: Option<Beyond>,
    /// The outcome.
    pub decided: Decided,
}

/// An item being walked.
#[derive(Clone, Debug)]
struct Frame<'a> {
    node: Option<NodeRef<'a>>,
    pointer: String,
}

/// One run of the reference evaluator: a manifest on a day.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'a> {
    /// The manifest's schema, which tells events from plans and gives numbers their units.
    pub schema: &'a ManifestSchema,
    /// The manifest.
    pub root: NodeRef<'a>,
    /// The run's date.
    pub as_of: Date,
}

impl<'a> Reference<'a> {
    /// Judges a rule on the manifest: once, or once per item of the array that `for` names.
    ///
    /// An empty array gives no judgement at all: the rule is not-applicable.
    pub fn judge(&self, instrument: &'a Instrument, rule: &'a Rule) -> Vec<Judged<'a>> {
        self.items(rule).into_iter().map(|(frames, absent)| self.judge_item(instrument, rule, frames, absent)).collect()
    }

    /// Evaluates a condition that walks no item.
    pub fn condition(&self, condition: &'a Condition) -> Evaluated<'a> {
        self.evaluate(condition, &mut Vec::new())
    }

    /// Evaluates a condition on one item, given the items from the outermost to it.
    pub fn condition_at(&self, condition: &'a Condition, items: &[Item<'a>]) -> Evaluated<'a> {
        self.evaluate(condition, &mut frames(items))
    }

    /// The day that an expression comes to on one item, given the items from the outermost to it.
    pub fn day_at(&self, date: &'a DateExpr, items: &[Item<'a>]) -> Option<Date> {
        let stated = self.date_fact(date, &frames(items)).and_then(|fact| fact.state.value()).and_then(leaf::day);
        leaf::evaluate(date, stated, self.as_of).map(|counted| counted.date)
    }

    /// Judges a rule on one item, given the items from the outermost to it.
    pub fn judge_at(&self, instrument: &'a Instrument, rule: &'a Rule, items: &[Item<'a>]) -> Judged<'a> {
        let frames = frames(items);
        let absent = items.iter().position(|item| item.node.is_none());
        let levels = rule.each.as_ref().map(|array| array.levels.as_slice()).unwrap_or_default();
        let absent = absent.and_then(|level| Some(self.fact(levels.get(level)?, &frames[..level])));
        self.judge_item(instrument, rule, frames, absent)
    }

    /// The frames that a rule is judged in, and the outermost array that is absent.
    fn items(&self, rule: &'a Rule) -> Vec<(Vec<Frame<'a>>, Option<FactValue<'a>>)> {
        let mut all = vec![(Vec::new(), None)];
        for level in rule.each.iter().flat_map(|array| &array.levels) {
            let mut next = Vec::new();
            for (frames, absent) in all {
                let array = self.fact(level, &frames);
                match array.state.value() {
                    Some(list) => next.extend(list.items().enumerate().map(|(position, item)| {
                        let frame = Frame { node: Some(item), pointer: format!("{}/{position}", array.pointer) };
                        ([frames.clone(), vec![frame]].concat(), absent.clone())
                    })),
                    None => {
                        let frame = Frame { node: None, pointer: array.pointer.clone() };
                        next.push(([frames, vec![frame]].concat(), absent.or(Some(array))));
                    }
                }
            }
            all = next;
        }
        all
    }

    fn judge_item(
        &self,
        instrument: &'a Instrument,
        rule: &'a Rule,
        mut frames: Vec<Frame<'a>>,
        absent: Option<FactValue<'a>>,
    ) -> Judged<'a> {
        let mut applies = vec![self.evaluate(&instrument.applies, &mut Vec::new())];
        applies.extend(rule.applies.as_ref().map(|own| self.evaluate(own, &mut frames)));
        let scope = if applies.len() > 1 { &applies[1..] } else { &applies[..] };
        let applies_truth = scope.iter().fold(Truth::True, |all, part| all.and(part.truth));
        let when = rule.when.as_ref().map(|condition| self.evaluate(condition, &mut frames));
        let when_truth = when.as_ref().map_or(Truth::True, |when| when.truth);
        let unless = rule.unless.as_ref().map(|condition| self.evaluate(condition, &mut frames));
        let require = self.evaluate(&rule.require, &mut frames);
        let due_fact = rule.due.as_ref().and_then(|due| self.date_fact(due, &frames));
        let (due, due_beyond) = self.due(rule, due_fact.as_ref());
        let decided = decide(&Inputs {
            applies: applies_truth,
            when: if absent.is_some() { when_truth.and(Truth::Unknown) } else { when_truth },
            unless: unless.as_ref().map_or(Truth::False, |unless| unless.truth),
            require: require.truth,
            in_force: rule.in_force,
            due,
            decides: rule.decides,
            as_of: self.as_of,
        });
        let item = rule.each.as_ref().and(frames.pop()).map(|frame| Item { pointer: frame.pointer, node: frame.node });
        let due_known = if let Due::Day(day) = due { Some(day) } else { None };
        Judged { item, absent, applies, when, unless, require, due_fact, due_known, due_beyond, decided }
    }

    fn due(&self, rule: &Rule, fact: Option<&FactValue<'_>>) -> (Due, Option<Beyond>) {
        let Some(due) = &rule.due else { return (Due::None, None) };
        let stated = fact.and_then(|fact| fact.state.value()).and_then(leaf::day);
        match leaf::evaluate(due, stated, self.as_of) {
            Some(counted) => (Due::Day(counted.date), counted.beyond),
            None => (Due::Unknown, None),
        }
    }

    fn evaluate(&self, condition: &'a Condition, frames: &mut Vec<Frame<'a>>) -> Evaluated<'a> {
        match condition {
            Condition::All(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.evaluate(part, frames)).collect();
                Evaluated { truth: conjunction(&parts), of: Of::All(parts) }
            }
            Condition::Any(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.evaluate(part, frames)).collect();
                Evaluated { truth: disjunction(&parts), of: Of::Any(parts) }
            }
            Condition::Not(part) => {
                let part = self.evaluate(part, frames);
                Evaluated { truth: part.truth.negate(), of: Of::Not(Box::new(part)) }
            }
            Condition::Each(walk) => {
                let (array, items) = self.walk(walk, frames);
                let truth = if array.state.value().is_some() { conjunction(&items) } else { Truth::Unknown };
                Evaluated { truth, of: Of::Each(array, items) }
            }
            Condition::Some(walk) => {
                let (array, items) = self.walk(walk, frames);
                let truth = if array.state.value().is_some() { disjunction(&items) } else { Truth::Unknown };
                Evaluated { truth, of: Of::Some(array, items) }
            }
            Condition::Named { name, meaning } => {
                let meaning = self.evaluate(meaning, frames);
                Evaluated { truth: meaning.truth, of: Of::Named(name, Box::new(meaning)) }
            }
            Condition::Leaf(leaf) => self.leaf(leaf, frames),
        }
    }

    fn walk(&self, walk: &'a Walk, frames: &mut Vec<Frame<'a>>) -> (FactValue<'a>, Vec<Evaluated<'a>>) {
        let array = self.fact(&walk.array, frames);
        let mut items = Vec::new();
        for (position, item) in array.state.value().into_iter().flat_map(NodeRef::items).enumerate() {
            frames.push(Frame { node: Some(item), pointer: format!("{}/{position}", array.pointer) });
            items.push(self.evaluate(&walk.hold, frames));
            frames.pop();
        }
        (array, items)
    }

    fn leaf(&self, leaf: &'a Leaf, frames: &[Frame<'a>]) -> Evaluated<'a> {
        let fact = self.fact(&leaf.fact, frames);
        let checks: Vec<_> = leaf.checks.iter().map(|check| self.check(check, &fact, frames)).collect();
        let truth = checks.iter().fold(Truth::True, |all, check| all.and(check.truth));
        Evaluated { truth, of: Of::Leaf(EvaluatedLeaf { leaf, fact, checks }) }
    }

    fn check(&self, check: &'a Check, fact: &FactValue<'a>, frames: &[Frame<'a>]) -> EvaluatedCheck<'a> {
        let value = fact.state.value();
        let plain = |truth| EvaluatedCheck { check, truth, other: None, limit: None, beyond: None };
        let compared = |other, compared: Compared| {
            let Compared { truth, limit, beyond } = compared;
            EvaluatedCheck { check, truth, other, limit, beyond }
        };
        let day = value.and_then(leaf::day);
        match check {
            Check::Stated => plain(if value.is_some() { Truth::True } else { Truth::Unknown }),
            Check::Schema(schema) => {
                plain(value.map_or(Truth::Unknown, |value| Truth::from(schema.validator.is_valid(value))))
            }
            Check::NotBefore(date) | Check::NotAfter(date) => {
                let other = self.date_fact(date, frames);
                let stated = other.as_ref().and_then(|other| other.state.value()).and_then(leaf::day);
                let limit = leaf::evaluate(date, stated, self.as_of);
                let later = matches!(check, Check::NotBefore(_));
                compared(other, Compared::new(day, limit, |day, limit| if later { day >= limit } else { day <= limit }))
            }
            Check::MaxAge(age) => {
                let other = match age {
                    Age::Fact(path) => Some(self.fact(path, frames)),
                    Age::Period(_) => None,
                };
                let stated = other.as_ref().and_then(|other| {
                    let unit = leaf::unit(self.schema.fact(other.path.fact).unit.as_deref())?;
                    Some((other.state.value()?, unit))
                });
                let limit = day.and_then(|day| leaf::last_day(age, stated, day));
                compared(other, Compared::new(day, limit, |_, last| self.as_of <= last))
            }
        }
    }

    fn date_fact(&self, date: &'a DateExpr, frames: &[Frame<'a>]) -> Option<FactValue<'a>> {
        match &date.base {
            DateBase::Fact(path) => Some(self.fact(path, frames)),
            DateBase::Day(_) | DateBase::AsOf => None,
        }
    }

    /// Looks a fact up.
    fn fact(&self, path: &'a FactPath, frames: &[Frame<'a>]) -> FactValue<'a> {
        let (mut at, mut pointer) = match path.anchor {
            Anchor::Root => (Some(self.root), String::new()),
            Anchor::Item(level) => (frames[level].node, frames[level].pointer.clone()),
        };
        let (mut nearest, mut key, mut missing) = (at, None, 0);
        for step in &path.steps {
            let next = match step {
                Step::Member(name) => {
                    pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
                    at.and_then(|node| node.member(name))
                }
                Step::Document => {
                    let name = at.and_then(NodeRef::as_str);
                    let document = name.as_ref().and_then(|name| self.root.get("documents")?.member(name));
                    pointer = name.map_or(pointer, |name| format!("/documents/{name}"));
                    document
                }
            };
            at = next.as_ref().map(|member| member.value);
            if let Some(member) = next {
                (nearest, key) = (at, Some(member.key_span));
            } else {
                missing += usize::from(matches!(step, Step::Member(_)));
            }
        }
        let state = match at {
            Some(value) if self.lies_ahead(path, value) => State::Future(value),
            Some(value) => State::Stated(value),
            None => State::Unstated,
        };
        FactValue { path, pointer, state, key, nearest, missing }
    }

    fn lies_ahead(&self, path: &FactPath, value: NodeRef<'_>) -> bool {
        self.schema.fact(path.fact).past && leaf::day(value).is_some_and(|day| day > self.as_of)
    }
}

fn frames<'a>(items: &[Item<'a>]) -> Vec<Frame<'a>> {
    items.iter().map(|item| Frame { node: item.node, pointer: item.pointer.clone() }).collect()
}

fn conjunction(parts: &[Evaluated<'_>]) -> Truth {
    parts.iter().fold(Truth::True, |all, part| all.and(part.truth))
}

fn disjunction(parts: &[Evaluated<'_>]) -> Truth {
    parts.iter().fold(Truth::False, |any, part| any.or(part.truth))
}
