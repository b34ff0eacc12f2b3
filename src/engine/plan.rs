//! Packs compiled into one plan: dense facts, each distinct check evaluated once per manifest.
//!
//! A *scope* is what a fact's path starts from: the manifest, or the items of an array as they are walked by `for`,
//! `each` or `some`. Every scope numbers its facts (*slots*) and its formulas (*nodes*); equal ones are the same one.
//! The plan is immutable and shared by threads; `run` holds what belongs to one manifest.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::json::Trie;
use crate::manifest::{FactKind, ManifestSchema};
use crate::pack::{
    Age, Anchor, Check, Condition, DateExpr, Decides, FactPath, InForce, Leaf, Pack, Rule, Step, Walk, uses,
};
use crate::time::Unit;

use super::leaf::{self, Test};
use super::truth::Truth;

/// A fact or a formula: in which scope, and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct At {
    pub scope: u32,
    pub number: u32,
}

/// What paths start from.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// The array whose items it walks, a fact of the scope it is walked from or of one around that; the manifest's own
    /// scope has none.
    pub array: Option<At>,
    /// The scope it is walked from.
    pub outer: u32,
    /// Whether rules are decided in it, so that an array that is not stated is judged as one item of which nothing is.
    pub judged: bool,
    /// How to find its facts.
    pub trie: Trie,
    /// Facts that are dates of events, which are unstated while they lie ahead.
    pub past: Vec<u32>,
    /// Facts that are read through a reference to a document: the reference, and the path within the document. A
    /// reference that is itself read through one comes first.
    pub through: Vec<(u32, u32, Vec<String>)>,
    /// Its formulas; those they are made of come first.
    pub nodes: Vec<Node>,
    /// What is known of each formula before any fact is: most are unknown unless one of the facts they read is stated.
    pub silent: Vec<Option<Truth>>,
    /// Per fact, the formulas that are to be decided once it is stated.
    pub readers: Vec<Vec<u32>>,
}

impl Scope {
    /// How many facts it has.
    pub fn slots(&self) -> usize {
        self.readers.len()
    }
}

/// One formula. Small, so that all of a plan's lie close together.
#[derive(Debug)]
pub(super) enum Node {
    All(Box<[At]>),
    Any(Box<[At]>),
    Not(At),
    /// Every item of a scope.
    Each(u32, At),
    /// At least one item of a scope.
    Some(u32, At),
    Test(At, Test),
    Stated(At),
    NotBefore(At, Box<DateLimit>),
    NotAfter(At, Box<DateLimit>),
    MaxAge(At, Box<AgeLimit>),
}

/// A day that a fact is compared with, and the fact that it counts from.
#[derive(Debug)]
pub(super) struct DateLimit {
    pub date: DateExpr,
    pub fact: Option<At>,
}

/// How old a fact may be, and the fact that says so with its unit.
#[derive(Debug)]
pub(super) struct AgeLimit {
    pub age: Age,
    pub fact: Option<(At, Unit)>,
}

/// One rule.
#[derive(Debug)]
pub(super) struct PlannedRule {
    /// The scope it is decided in.
    pub scope: u32,
    pub applies: At,
    pub when: Option<At>,
    pub unless: Option<At>,
    pub require: At,
    pub due: Option<Box<DateLimit>>,
    pub in_force: InForce,
    pub decides: Decides,
}

/// A rule's number in a plan: its place among the rules of all packs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleNumber(pub u32);

/// Packs, ready to check manifests with.
#[derive(Debug)]
pub struct Plan {
    pub(super) packs: Vec<Arc<Pack>>,
    pub(super) scopes: Vec<Scope>,
    pub(super) rules: Vec<PlannedRule>,
    pub(super) schema: &'static ManifestSchema,
    index: Vec<(usize, usize)>,
}

impl Plan {
    /// Compiles packs.
    pub fn new(schema: &'static ManifestSchema, packs: Vec<Arc<Pack>>) -> Self {
        let mut compiler = Compiler { schema, scopes: Vec::new(), known: Vec::new() };
        compiler.scope(None, 0);
        let mut rules = Vec::new();
        let mut index = Vec::new();
        for (number, pack) in packs.iter().enumerate() {
            for (place, rule) in pack.rules.iter().enumerate() {
                rules.push(compiler.rule(pack, rule));
                index.push((number, place));
            }
        }
        let scopes = compiler.scopes;
        Self { packs, scopes, rules, schema, index }
    }

    /// The packs.
    pub fn packs(&self) -> &[Arc<Pack>] {
        &self.packs
    }

    /// The manifest's schema that the packs were checked against.
    pub fn schema(&self) -> &'static ManifestSchema {
        self.schema
    }

    /// All rules in order, with their packs.
    pub fn rules(&self) -> impl Iterator<Item = (RuleNumber, &Pack, &Rule)> {
        (0u32..).map(RuleNumber).zip(&self.index).map(|(number, (pack, rule))| {
            let pack = &self.packs[*pack];
            (number, pack.as_ref(), &pack.rules[*rule])
        })
    }

    /// One rule, with its pack.
    pub fn rule(&self, number: RuleNumber) -> (&Pack, &Rule) {
        let (pack, rule) = self.index[number.0 as usize];
        (&self.packs[pack], &self.packs[pack].rules[rule])
    }

    /// How many rules there are.
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether there is no rule at all.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }
}

struct Compiler {
    schema: &'static ManifestSchema,
    scopes: Vec<Scope>,
    /// Per scope: the facts, formulas and inner scopes it has, by what they say.
    known: Vec<Known>,
}

#[derive(Default)]
struct Known {
    slots: HashMap<Vec<Step>, u32>,
    nodes: HashMap<String, u32>,
    reads: Vec<Option<BTreeSet<u32>>>,
    inner: HashMap<At, u32>,
}

impl Compiler {
    fn scope(&mut self, array: Option<At>, outer: u32) -> u32 {
        self.scopes.push(Scope { array, outer, ..Scope::default() });
        self.known.push(Known::default());
        number(self.scopes.len() - 1)
    }

    /// The scope of the items of `array`, walked from within `outer`.
    fn inner(&mut self, outer: u32, array: At) -> u32 {
        if let Some(&known) = self.known[outer as usize].inner.get(&array) {
            return known;
        }
        let fresh = self.scope(Some(array), outer);
        self.known[outer as usize].inner.insert(array, fresh);
        fresh
    }

    fn rule(&mut self, pack: &Pack, rule: &Rule) -> PlannedRule {
        let mut frames = vec![0];
        for level in rule.each.iter().flat_map(|array| &array.levels) {
            let array = self.fact(level, &frames);
            let outer = innermost(&frames);
            frames.push(self.inner(outer, array));
        }
        let applies = match &rule.applies {
            Some(own) => self.condition(own, &frames),
            None => self.condition(&pack.instrument.applies, &[0]),
        };
        frames.iter().for_each(|scope| self.scopes[*scope as usize].judged = true);
        PlannedRule {
            scope: innermost(&frames),
            applies,
            when: rule.when.as_ref().map(|condition| self.condition(condition, &frames)),
            unless: rule.unless.as_ref().map(|condition| self.condition(condition, &frames)),
            require: self.condition(&rule.require, &frames),
            in_force: rule.in_force,
            decides: rule.decides,
            due: rule.due.as_ref().map(|due| {
                let fact = uses::date_fact(due).map(|fact| self.fact(fact, &frames));
                Box::new(DateLimit { date: due.clone(), fact })
            }),
        }
    }

    /// The number of a fact.
    fn fact(&mut self, path: &FactPath, frames: &[u32]) -> At {
        let scope = match path.anchor {
            Anchor::Root => 0,
            Anchor::Item(level) => frames[level + 1],
        };
        let fact = self.schema.fact(path.fact);
        At { scope, number: self.slot(scope, &path.steps, fact.kind == FactKind::Date && fact.past) }
    }

    /// The number of a fact in its scope, which may be the date of an event.
    fn slot(&mut self, scope: u32, steps: &[Step], past: bool) -> u32 {
        if let Some(&known) = self.known[scope as usize].slots.get(steps) {
            return known;
        }
        let reference = steps.iter().rposition(|step| *step == Step::Document);
        let reference = reference.map(|at| (self.slot(scope, &steps[..at], false), at));
        let here = &mut self.scopes[scope as usize];
        let fresh = number(here.readers.len());
        here.readers.push(Vec::new());
        match reference {
            None => here.trie.insert(names(steps), fresh),
            Some((reference, at)) => {
                here.through.push((fresh, reference, names(&steps[at + 1..]).map(str::to_owned).collect()));
            }
        }
        here.past.extend(past.then_some(fresh));
        self.known[scope as usize].slots.insert(steps.to_vec(), fresh);
        fresh
    }

    fn condition(&mut self, condition: &Condition, frames: &[u32]) -> At {
        match condition {
            Condition::All(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.condition(part, frames)).collect();
                self.joined(parts, "all", Node::All)
            }
            Condition::Any(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.condition(part, frames)).collect();
                self.joined(parts, "any", Node::Any)
            }
            Condition::Not(part) => {
                let part = self.condition(part, frames);
                self.node(part.scope, format!("not {part:?}"), || Node::Not(part))
            }
            Condition::Each(walk) => {
                let (scope, inner, hold) = self.walk(walk, frames);
                self.node(scope, format!("each {inner} {hold:?}"), || Node::Each(inner, hold))
            }
            Condition::Some(walk) => {
                let (scope, inner, hold) = self.walk(walk, frames);
                self.node(scope, format!("some {inner} {hold:?}"), || Node::Some(inner, hold))
            }
            Condition::Named { meaning, .. } => self.condition(meaning, frames),
            Condition::Leaf(leaf) => self.leaf(leaf, frames),
        }
    }

    fn walk(&mut self, walk: &Walk, frames: &[u32]) -> (u32, u32, At) {
        let array = self.fact(&walk.array, frames);
        // Walked from as far out as it can be, so that what does not depend on an item is not walked once per item.
        let scope = frames[deepest(walk, frames.len() - 1)];
        let inner = self.inner(scope, array);
        let hold = self.condition(&walk.hold, &[frames, &[inner]].concat());
        (scope, inner, hold)
    }

    /// A formula of several, in the innermost scope that any of them needs.
    fn joined(&mut self, parts: Vec<At>, what: &str, make: impl FnOnce(Box<[At]>) -> Node) -> At {
        let scope = parts.iter().map(|part| part.scope).max().unwrap_or(0);
        self.node(scope, format!("{what} {parts:?}"), || make(parts.into()))
    }

    fn leaf(&mut self, leaf: &Leaf, frames: &[u32]) -> At {
        let fact = self.fact(&leaf.fact, frames);
        let checks: Vec<_> = leaf.checks.iter().map(|check| self.check(check, fact, frames)).collect();
        if let [only] = checks[..] { only } else { self.joined(checks, "all", Node::All) }
    }

    fn check(&mut self, check: &Check, fact: At, frames: &[u32]) -> At {
        let other = uses::other_fact(check).map(|path| self.fact(path, frames));
        let scope = other.map_or(fact.scope, |other| other.scope.max(fact.scope));
        let name = format!("{fact:?} {check:?} {other:?}");
        match check {
            Check::Schema(schema) => self.node(scope, name, || Node::Test(fact, Test::new(schema))),
            Check::Stated => self.node(scope, name, || Node::Stated(fact)),
            Check::NotBefore(date) => self
                .node(scope, name, || Node::NotBefore(fact, Box::new(DateLimit { date: date.clone(), fact: other }))),
            Check::NotAfter(date) => {
                self.node(scope, name, || Node::NotAfter(fact, Box::new(DateLimit { date: date.clone(), fact: other })))
            }
            Check::MaxAge(age) => {
                let path = uses::other_fact(check);
                let unit = path.and_then(|path| leaf::unit(self.schema.fact(path.fact).unit.as_deref()));
                let limit = AgeLimit { age: age.clone(), fact: other.zip(unit) };
                self.node(scope, name, || Node::MaxAge(fact, Box::new(limit)))
            }
        }
    }

    /// The number of a formula, known by what it says.
    fn node(&mut self, scope: u32, name: String, make: impl FnOnce() -> Node) -> At {
        if let Some(&known) = self.known[scope as usize].nodes.get(&name) {
            return At { scope, number: known };
        }
        let node = make();
        let reads = self.reads(scope, &node);
        let here = &mut self.scopes[scope as usize];
        let fresh = number(here.nodes.len());
        here.nodes.push(node);
        here.silent.push(reads.as_ref().map(|_| Truth::Unknown));
        reads.iter().flatten().for_each(|slot| here.readers[*slot as usize].push(fresh));
        let known = &mut self.known[scope as usize];
        known.reads.push(reads);
        known.nodes.insert(name, fresh);
        At { scope, number: fresh }
    }

    /// The facts of its scope of which one must be stated for a formula to be anything but unknown; nothing where it
    /// also depends on other scopes or on no fact at all, and so is always to be decided.
    fn reads(&self, scope: u32, node: &Node) -> Option<BTreeSet<u32>> {
        let fact = |fact: At| (fact.scope == scope).then(|| BTreeSet::from([fact.number]));
        let formula = |part: &At| {
            let known = &self.known[part.scope as usize].reads[part.number as usize];
            known.clone().filter(|_| part.scope == scope)
        };
        match node {
            Node::All(parts) | Node::Any(parts) => {
                let parts = parts.iter().map(formula).collect::<Option<Vec<_>>>()?;
                Some(parts.into_iter().flatten().collect()).filter(|all: &BTreeSet<_>| !all.is_empty())
            }
            Node::Not(part) => formula(part),
            Node::Each(inner, _) | Node::Some(inner, _) => fact(self.scopes[*inner as usize].array?),
            Node::Test(read, _) | Node::Stated(read) => fact(*read),
            Node::NotBefore(read, _) | Node::NotAfter(read, _) | Node::MaxAge(read, _) => fact(*read),
        }
    }
}

/// How many of the `depth` items around a walk it speaks of, counted to the innermost of them.
fn deepest(walk: &Walk, depth: usize) -> usize {
    let mut deepest = 0;
    let mut note = |path: &FactPath| {
        if let Anchor::Item(level) = path.anchor
            && level < depth
        {
            deepest = deepest.max(level + 1);
        }
    };
    note(&walk.array);
    uses::paths(&walk.hold, &mut note);
    deepest
}

fn innermost(frames: &[u32]) -> u32 {
    *frames.last().expect("the manifest is always a frame")
}

fn names(steps: &[Step]) -> impl Iterator<Item = &str> {
    steps.iter().filter_map(|step| match step {
        Step::Member(name) => Some(name.as_str()),
        Step::Document => None,
    })
}

fn number(index: usize) -> u32 {
    u32::try_from(index).expect("a plan has fewer than four billion parts")
}
