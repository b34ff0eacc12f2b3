//! One manifest checked with a plan.
//!
//! Facts are filled in by one walk per object. A formula of which no fact is stated is unknown from the start; all others
//! are decided when first asked for and remembered. Nothing here is shared between threads, and nothing knows text.

use std::cell::Cell;
use std::rc::Rc;

use crate::json::NodeRef;
use crate::time::Date;

use super::leaf;
use super::outcome::{Decided, Due, Inputs, Outcome, Reason, decide};
use super::plan::{At, DateLimit, Node, Plan, PlannedRule, RuleNumber, Scope};
use super::truth::Truth;

/// What one rule comes to on one manifest, or on one of its items.
#[derive(Clone, Debug)]
pub struct RuleResult<'a> {
    /// The rule.
    pub rule: RuleNumber,
    /// For a rule with `for`, per array from the outermost: the item's position, and the item where the array is stated.
    pub path: Option<Rc<[ItemStep<'a>]>>,
    /// The outcome.
    pub decided: Decided,
}

/// An item on the way to the one that a rule speaks of: its position, and the item where the array is stated.
pub type ItemStep<'a> = (u32, Option<NodeRef<'a>>);

impl<'a> RuleResult<'a> {
    /// The item, where the rule speaks of items and the array is stated.
    pub fn item(&self) -> Option<NodeRef<'a>> {
        self.path.as_ref()?.last()?.1
    }
}

impl Plan {
    /// Checks a manifest: the results in the order of the rules, and of the items within a rule.
    pub fn check<'a>(&self, manifest: NodeRef<'a>, as_of: Date) -> Vec<RuleResult<'a>> {
        let run = Run::new(self, manifest, as_of);
        let mut results = Vec::with_capacity(self.rules.len());
        for (number, rule) in (0u32..).map(RuleNumber).zip(&self.rules) {
            run.rule(number, rule, &mut results);
        }
        results
    }
}

/// A rule that does not concern the manifest, or has no item to speak of.
const OUT_OF_SCOPE: Decided =
    Decided { outcome: Outcome::NotApplicable, reason: Some(Reason::Scope), due: None, indicated: false };

/// Where what belongs to one scope begins: its items and what belongs to them.
#[derive(Clone, Copy, Debug)]
struct Bases {
    items: usize,
    count: u32,
    within: usize,
    facts: usize,
    truths: usize,
}

/// An item of a scope, and the instance of the outer scope that it lies in. No node: the array is not stated.
type Instance<'a> = (Option<NodeRef<'a>>, u32);

/// What belongs to one manifest. All scopes share the lists, so that there are few of them to make.
struct Run<'p, 'a> {
    plan: &'p Plan,
    root: NodeRef<'a>,
    as_of: Date,
    scopes: Vec<Bases>,
    items: Vec<Instance<'a>>,
    /// The way to each item that rules are decided on, from the outermost.
    paths: Vec<Option<Rc<[ItemStep<'a>]>>>,
    /// Per instance of the outer scope, the items that lie in it, and whether its array is stated.
    within: Vec<(u32, u32, bool)>,
    /// Facts, by instance and slot.
    facts: Vec<Option<NodeRef<'a>>>,
    /// Truths, by instance and formula; `None` is to be decided.
    truths: Vec<Cell<Option<Truth>>>,
}

impl<'p, 'a> Run<'p, 'a> {
    fn new(plan: &'p Plan, root: NodeRef<'a>, as_of: Date) -> Self {
        let first = &plan.scopes[0];
        let mut run = Self {
            plan,
            root,
            as_of,
            scopes: Vec::with_capacity(plan.scopes.len()),
            items: Vec::with_capacity(plan.scopes.len()),
            paths: Vec::with_capacity(plan.scopes.len()),
            within: Vec::with_capacity(plan.scopes.len()),
            facts: Vec::with_capacity(2 * first.slots()),
            truths: Vec::with_capacity(2 * first.nodes.len()),
        };
        for (number, scope) in (0..).zip(&plan.scopes) {
            run.enter(number, scope);
        }
        run
    }

    /// Makes room for a scope and finds its items and their facts.
    fn enter(&mut self, number: u32, scope: &Scope) {
        let (items, within) = (self.items.len(), self.within.len());
        match scope.array {
            None => self.items.push((Some(self.root), 0)),
            Some(array) => self.walk(array, scope),
        }
        let count = self.items.len() - items;
        let bases = Bases { items, count: index(count), within, facts: self.facts.len(), truths: self.truths.len() };
        self.scopes.push(bases);
        self.facts.resize(bases.facts + count * scope.slots(), None);
        for instance in 0..bases.count {
            let here = At { scope: number, number: instance };
            self.truths.extend(scope.silent.iter().copied().map(Cell::new));
            self.fill(scope, here);
            self.paths.push(if scope.judged { self.path(here) } else { None });
        }
    }

    /// Finds the items of an array in every instance of the scope that it is walked from.
    fn walk(&mut self, array: At, inner: &Scope) {
        let (start, outer) = (self.items.len(), self.scopes[inner.outer as usize]);
        for instance in 0..outer.count {
            let from = index(self.items.len() - start);
            let list = self.fact(array, At { scope: inner.outer, number: instance });
            match list {
                Some(list) => self.items.extend(list.items().map(|item| (Some(item), instance))),
                None if inner.judged => self.items.push((None, instance)),
                None => {}
            }
            self.within.push((from, index(self.items.len() - start), list.is_some()));
        }
    }

    /// Finds the facts of one instance, and with each the formulas that are to be decided because it is stated.
    fn fill(&mut self, scope: &Scope, here: At) {
        let Some(item) = self.instance(here).0 else { return };
        let (bases, number) = (self.scopes[here.scope as usize], here.number as usize);
        let facts = &mut self.facts[bases.facts + number * scope.slots()..];
        let truths = &self.truths[bases.truths + number * scope.nodes.len()..];
        let state = |facts: &mut [Option<NodeRef<'a>>], slot: u32, value| {
            facts[slot as usize] = Some(value);
            scope.readers[slot as usize].iter().for_each(|reader| truths[*reader as usize].set(None));
        };
        scope.trie.walk(item, &mut |slot, value| state(facts, slot, value));
        for (slot, reference, path) in &scope.through {
            let key = facts[*reference as usize].and_then(NodeRef::as_str);
            let document = key.and_then(|key| self.root.get("documents")?.get(&key));
            if let Some(value) = path.iter().fold(document, |node, name| node?.get(name)) {
                state(facts, *slot, value);
            }
        }
        for slot in &scope.past {
            if facts[*slot as usize].and_then(leaf::day).is_some_and(|day| day > self.as_of) {
                facts[*slot as usize] = None;
            }
        }
    }

    fn rule(&self, number: RuleNumber, rule: &PlannedRule, results: &mut Vec<RuleResult<'a>>) {
        let instances = self.scopes[rule.scope as usize].count;
        for instance in 0..instances {
            let here = At { scope: rule.scope, number: instance };
            let absent = self.instance(here).0.is_none();
            let path = self.paths[self.scopes[rule.scope as usize].items + instance as usize].clone();
            results.push(RuleResult { rule: number, path, decided: self.decide(rule, here, absent) });
        }
        if instances == 0 {
            results.push(RuleResult { rule: number, path: None, decided: OUT_OF_SCOPE });
        }
    }

    fn instance(&self, here: At) -> Instance<'a> {
        self.items[self.scopes[here.scope as usize].items + here.number as usize]
    }

    /// The items of a scope that lie in an instance of its outer one, and whether their array is stated.
    fn within(&self, inner: u32, outer: u32) -> (u32, u32, bool) {
        self.within[self.scopes[inner as usize].within + outer as usize]
    }

    /// The items from the outermost to an instance.
    fn path(&self, mut here: At) -> Option<Rc<[ItemStep<'a>]>> {
        if here.scope == 0 {
            return None;
        }
        let mut path = Vec::new();
        while here.scope != 0 {
            let (item, outer) = self.instance(here);
            path.push((here.number - self.within(here.scope, outer).0, item));
            here = At { scope: self.plan.scopes[here.scope as usize].outer, number: outer };
        }
        path.reverse();
        Some(path.into())
    }

    fn decide(&self, rule: &PlannedRule, here: At, absent: bool) -> Decided {
        let truth = |formula: Option<At>, otherwise| formula.map_or(otherwise, |formula| self.truth(formula, here));
        let applies = self.truth(rule.applies, here);
        let when = truth(rule.when.filter(|_| applies != Truth::False), Truth::True);
        let when = if absent { when.and(Truth::Unknown) } else { when };
        let concerned = applies.and(when) != Truth::False;
        let require = if concerned { self.truth(rule.require, here) } else { Truth::Unknown };
        decide(&Inputs {
            applies,
            when,
            unless: truth(rule.unless.filter(|_| concerned), Truth::False),
            require,
            in_force: rule.in_force,
            due: if concerned && require != Truth::True { self.due(rule, here) } else { Due::None },
            decides: rule.decides,
            as_of: self.as_of,
        })
    }

    fn due(&self, rule: &PlannedRule, here: At) -> Due {
        let Some(due) = &rule.due else { return Due::None };
        let stated = due.fact.and_then(|fact| self.day(fact, here));
        leaf::evaluate(&due.date, stated, self.as_of).map_or(Due::Unknown, |counted| Due::Day(counted.date))
    }

    /// The truth of a formula, seen from an instance of its own scope or of one within it.
    #[inline]
    fn truth(&self, formula: At, here: At) -> Truth {
        let here = self.ascend(here, formula.scope);
        let nodes = &self.plan.scopes[formula.scope as usize].nodes;
        let truth = &self.truths[self.scopes[formula.scope as usize].truths + place(here, nodes.len(), formula)];
        match truth.get() {
            Some(known) => known,
            None => {
                let decided = self.decide_node(&nodes[formula.number as usize], here);
                truth.set(Some(decided));
                decided
            }
        }
    }

    fn decide_node(&self, node: &Node, here: At) -> Truth {
        match node {
            Node::All(parts) => self.all(parts, here),
            Node::Any(parts) => self.any(parts, here),
            Node::Not(part) => self.truth(*part, here).negate(),
            Node::Each(inner, hold) => self.walked(*inner, *hold, here, Truth::True, Truth::and),
            Node::Some(inner, hold) => self.walked(*inner, *hold, here, Truth::False, Truth::or),
            Node::Test(fact, test) => self.fact(*fact, here).map_or(Truth::Unknown, |value| test.holds(value)),
            Node::Stated(fact) => self.fact(*fact, here).map_or(Truth::Unknown, |_| Truth::True),
            Node::NotBefore(fact, limit) => self.compare(*fact, limit, here, |day, limit| day >= limit),
            Node::NotAfter(fact, limit) => self.compare(*fact, limit, here, |day, limit| day <= limit),
            Node::MaxAge(fact, limit) => {
                let stated = limit.fact.and_then(|(fact, unit)| Some((self.fact(fact, here)?, unit)));
                let last = self.day(*fact, here).and_then(|day| leaf::last_day(&limit.age, stated, day));
                last.map_or(Truth::Unknown, |last| Truth::from(self.as_of <= last.date))
            }
        }
    }

    fn all(&self, parts: &[At], here: At) -> Truth {
        let mut all = Truth::True;
        for part in parts {
            all = all.and(self.truth(*part, here));
            if all == Truth::False {
                break;
            }
        }
        all
    }

    fn any(&self, parts: &[At], here: At) -> Truth {
        let mut any = Truth::False;
        for part in parts {
            any = any.or(self.truth(*part, here));
            if any == Truth::True {
                break;
            }
        }
        any
    }

    fn walked(&self, inner: u32, hold: At, here: At, start: Truth, with: fn(Truth, Truth) -> Truth) -> Truth {
        let (from, to, stated) = self.within(inner, here.number);
        if !stated {
            return Truth::Unknown;
        }
        (from..to).fold(start, |all, number| with(all, self.truth(hold, At { scope: inner, number })))
    }

    fn compare(&self, fact: At, limit: &DateLimit, here: At, holds: fn(Date, Date) -> bool) -> Truth {
        let stated = limit.fact.and_then(|other| self.day(other, here));
        leaf::Compared::new(self.day(fact, here), leaf::evaluate(&limit.date, stated, self.as_of), holds).truth
    }

    fn day(&self, fact: At, here: At) -> Option<Date> {
        self.fact(fact, here).and_then(leaf::day)
    }

    #[inline]
    fn fact(&self, fact: At, here: At) -> Option<NodeRef<'a>> {
        let here = self.ascend(here, fact.scope);
        let scope = fact.scope as usize;
        self.facts[self.scopes[scope].facts + place(here, self.plan.scopes[scope].slots(), fact)]
    }

    /// The instance of an outer scope that an instance lies in.
    #[inline]
    fn ascend(&self, here: At, scope: u32) -> At {
        if here.scope == scope { here } else { self.ascend_from(here, scope) }
    }

    fn ascend_from(&self, mut here: At, scope: u32) -> At {
        if scope == 0 {
            return At { scope, number: 0 };
        }
        while here.scope != scope {
            debug_assert!(here.scope > scope, "a formula is seen from its own scope or from one within it");
            let (_, number) = self.instance(here);
            here = At { scope: self.plan.scopes[here.scope as usize].outer, number };
        }
        here
    }
}

/// Where what belongs to an instance stands, of which each has so many.
#[inline]
fn place(here: At, each: usize, wanted: At) -> usize {
    here.number as usize * each + wanted.number as usize
}

fn index(number: usize) -> u32 {
    u32::try_from(number).expect("a document has fewer than four billion items")
}
