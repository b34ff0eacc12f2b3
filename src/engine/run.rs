//! One manifest checked with a plan.
//!
//! Facts are filled in by one walk per object; formulas are decided when first asked for and remembered. Nothing here
//! is shared between threads, and nothing knows text.

use std::cell::Cell;

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
    /// The item, where the rule speaks of items and the array is stated.
    pub item: Option<NodeRef<'a>>,
    /// For a rule with `for`, per array from the outermost: the item's position, and the item where the array is stated.
    pub path: Vec<(u32, Option<NodeRef<'a>>)>,
    /// The outcome.
    pub decided: Decided,
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

/// The items of one scope on one manifest.
#[derive(Debug, Default)]
struct Instances<'a> {
    /// The item, and the instance of the outer scope that it lies in. No node: the array is not stated.
    items: Vec<(Option<NodeRef<'a>>, u32)>,
    /// Per instance of the outer scope, the items that lie in it, and whether its array is stated.
    within: Vec<(u32, u32, bool)>,
    /// Facts, by instance and slot.
    facts: Vec<Option<NodeRef<'a>>>,
    /// The days that facts state, by instance and slot.
    days: Vec<Option<Date>>,
    /// Truths, by instance and formula; `None` is not decided yet.
    truths: Vec<Cell<Option<Truth>>>,
}

struct Run<'p, 'a> {
    plan: &'p Plan,
    root: NodeRef<'a>,
    as_of: Date,
    scopes: Vec<Instances<'a>>,
}

impl<'p, 'a> Run<'p, 'a> {
    fn new(plan: &'p Plan, root: NodeRef<'a>, as_of: Date) -> Self {
        let mut run = Self { plan, root, as_of, scopes: Vec::with_capacity(plan.scopes.len()) };
        for scope in &plan.scopes {
            let mut instances = match scope.array {
                None => Instances { items: vec![(Some(root), 0)], ..Instances::default() },
                Some(array) => run.items(array, scope),
            };
            instances.truths = vec![Cell::new(None); instances.items.len() * scope.nodes.len()];
            instances.facts = vec![None; instances.items.len() * scope.slots];
            instances.days = vec![None; instances.facts.len()];
            run.scopes.push(instances);
            run.fill(run.scopes.len() - 1);
        }
        run.decide_root();
        run
    }

    /// Decides every formula of the manifest's own scope, in the order in which they are made of each other. Formulas of
    /// items are decided when they are first asked for.
    fn decide_root(&self) {
        let root = At { scope: 0, number: 0 };
        let nodes = &self.plan.scopes[0].nodes;
        for (node, truth) in nodes.iter().zip(&self.scopes[0].truths) {
            truth.set(Some(self.decide_node(node, root)));
        }
    }

    /// The items of an array in every instance of the scope that walks it.
    fn items(&self, array: At, inner: &Scope) -> Instances<'a> {
        let outer = self.outer(inner);
        let mut instances = Instances::default();
        for instance in 0..index(self.scopes[outer].items.len()) {
            let start = index(instances.items.len());
            let list = self.fact(array, At { scope: index(outer), number: instance });
            match list {
                Some(list) => instances.items.extend(list.items().map(|item| (Some(item), instance))),
                None if inner.judged => instances.items.push((None, instance)),
                None => {}
            }
            instances.within.push((start, index(instances.items.len()), list.is_some()));
        }
        instances
    }

    /// The scope that a scope is walked from.
    fn outer(&self, inner: &Scope) -> usize {
        inner.outer as usize
    }

    fn fill(&mut self, scope: usize) {
        let plan = &self.plan.scopes[scope];
        let Instances { items, facts, days, .. } = &mut self.scopes[scope];
        let documents = if plan.through.is_empty() { None } else { self.root.get("documents") };
        let (facts, days) = (facts.chunks_exact_mut(plan.slots.max(1)), days.chunks_exact_mut(plan.slots.max(1)));
        for (((item, _), facts), days) in items.iter().zip(facts).zip(days) {
            let Some(item) = item else { continue };
            plan.trie.walk(*item, &mut |slot, value| facts[slot as usize] = Some(value));
            for (slot, reference, path) in &plan.through {
                let key = facts[*reference as usize].and_then(NodeRef::as_str);
                let document = key.and_then(|key| documents?.get(&key));
                facts[*slot as usize] = path.iter().fold(document, |node, name| node?.get(name));
            }
            for (slot, past) in &plan.dates {
                let day = facts[*slot as usize].and_then(leaf::day);
                if *past && day.is_some_and(|day| day > self.as_of) {
                    facts[*slot as usize] = None;
                } else {
                    days[*slot as usize] = day;
                }
            }
        }
    }

    fn rule(&self, number: RuleNumber, rule: &PlannedRule, results: &mut Vec<RuleResult<'a>>) {
        let instances = &self.scopes[rule.scope as usize];
        for (instance, (item, _)) in (0u32..).zip(&instances.items) {
            let here = At { scope: rule.scope, number: instance };
            let absent = item.is_none();
            let decided = self.decide(rule, here, absent);
            results.push(RuleResult {
                rule: number,
                item: item.filter(|_| rule.scope != 0),
                path: self.path(here),
                decided,
            });
        }
        if instances.items.is_empty() {
            results.push(RuleResult { rule: number, item: None, path: Vec::new(), decided: OUT_OF_SCOPE });
        }
    }

    /// The items from the outermost to an instance.
    fn path(&self, mut here: At) -> Vec<(u32, Option<NodeRef<'a>>)> {
        let mut path = Vec::new();
        while here.scope != 0 {
            let instances = &self.scopes[here.scope as usize];
            let (item, outer) = instances.items[here.number as usize];
            path.push((here.number - instances.within[outer as usize].0, item));
            here = At { scope: self.plan.scopes[here.scope as usize].outer, number: outer };
        }
        path.reverse();
        path
    }

    fn decide(&self, rule: &PlannedRule, here: At, absent: bool) -> Decided {
        if rule.in_force.until.is_none() && self.truth(rule.concerns, here) == Truth::False {
            return OUT_OF_SCOPE;
        }
        let truth = |formula: Option<At>, otherwise| formula.map_or(otherwise, |formula| self.truth(formula, here));
        let applies = self.truth(rule.applies, here);
        let when = truth(rule.when, Truth::True);
        let when = if absent { when.and(Truth::Unknown) } else { when };
        let concerned = applies.and(when) != Truth::False;
        decide(&Inputs {
            applies,
            when,
            unless: if concerned { truth(rule.unless, Truth::False) } else { Truth::False },
            require: if concerned { self.truth(rule.require, here) } else { Truth::Unknown },
            in_force: rule.in_force,
            due: if concerned { self.due(rule, here) } else { Due::None },
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
        let truths = &self.scopes[formula.scope as usize].truths;
        let truth = &truths[here.number as usize * nodes.len() + formula.number as usize];
        truth.get().unwrap_or_else(|| {
            let decided = self.decide_node(&nodes[formula.number as usize], here);
            truth.set(Some(decided));
            decided
        })
    }

    fn decide_node(&self, node: &Node, here: At) -> Truth {
        match node {
            Node::All(parts) => join(parts, Truth::True, Truth::False, Truth::and, |part| self.truth(part, here)),
            Node::Any(parts) => join(parts, Truth::False, Truth::True, Truth::or, |part| self.truth(part, here)),
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

    fn walked(&self, inner: u32, hold: At, here: At, start: Truth, with: fn(Truth, Truth) -> Truth) -> Truth {
        let (from, to, stated) = self.scopes[inner as usize].within[here.number as usize];
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
        let here = self.ascend(here, fact.scope);
        let slots = self.plan.scopes[fact.scope as usize].slots;
        self.scopes[fact.scope as usize].days[here.number as usize * slots + fact.number as usize]
    }

    fn fact(&self, fact: At, here: At) -> Option<NodeRef<'a>> {
        let here = self.ascend(here, fact.scope);
        let slots = self.plan.scopes[fact.scope as usize].slots;
        self.scopes[fact.scope as usize].facts[here.number as usize * slots + fact.number as usize]
    }

    /// The instance of an outer scope that an instance lies in.
    #[inline]
    fn ascend(&self, mut here: At, scope: u32) -> At {
        while here.scope != scope {
            debug_assert!(here.scope > scope, "a formula is seen from within its scope, and inner scopes come later");
            let outer = self.outer(&self.plan.scopes[here.scope as usize]);
            let (_, number) = self.scopes[here.scope as usize].items[here.number as usize];
            here = At { scope: index(outer), number };
        }
        here
    }
}

fn join(
    parts: &[At],
    start: Truth,
    settles: Truth,
    with: fn(Truth, Truth) -> Truth,
    truth: impl Fn(At) -> Truth,
) -> Truth {
    let mut all = start;
    for part in parts {
        all = with(all, truth(*part));
        if all == settles {
            break;
        }
    }
    all
}

fn index(number: usize) -> u32 {
    u32::try_from(number).expect("a document has fewer than four billion items")
}
