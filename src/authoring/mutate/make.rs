//! Making mutants: every small change of a pack that is a pack again, and another.

use std::collections::{BTreeSet, HashSet};

use rayon::prelude::*;
use serde_json::Value;

use super::change::{Change, Kind};
use super::{Mutant, Subject, conditions, formula, leaves};
use crate::json::{Member, NodeRef};
use crate::manifest::ManifestSchema;
use crate::pack::{Condition, DateExpr, Decides, Drafts, InForce, Pack, Place, Rule, Spot, Strength, draft, uses};

/// The members of a rule that hold conditions.
const CONDITIONS: [&str; 4] = ["applies", "when", "unless", "require"];

/// Makes a mutant of a change: it is told the change, and how to change the rule.
type Make<'m> = dyn FnMut(Change, &dyn Fn(&mut Rule)) + 'm;

/// The mutants of those rules and shared conditions of a pack that are wanted, each formula once.
pub fn mutants(schema: &ManifestSchema, pack: &Pack, wanted: impl Fn(&Subject) -> bool + Sync) -> Vec<Mutant> {
    let maker = Maker { pack, drafts: Drafts::new(schema, pack), bare: pack.rules.iter().map(bare).collect() };
    let of_rules = (0..pack.rules.len()).into_par_iter().filter(|number| wanted(&Subject::Rule(*number)));
    let mut all: Vec<_> = of_rules.flat_map_iter(|number| maker.of_rule(number)).collect();
    all.extend(maker.of_instrument(wanted));
    let mut known: HashSet<_> = HashSet::new();
    let original: Vec<_> = maker.bare.iter().map(|rule| formula::of_rule(&pack.instrument, rule)).collect();
    all.retain_mut(|mutant| {
        let told = |(number, rule): &(usize, Rule)| (*number, formula::of_rule(&pack.instrument, rule));
        let formulas: Vec<_> = mutant.rules.iter().map(told).collect();
        let is_other: Vec<_> = formulas.iter().map(|(number, formula)| original[*number] != *formula).collect();
        let mut other = is_other.iter();
        mutant.rules.retain(|_| *other.next().expect("there is one for each rule"));
        let formulas: Vec<_> = formulas.into_iter().filter(|(number, formula)| original[*number] != *formula).collect();
        !formulas.is_empty() && known.insert(formulas)
    });
    all
}

/// A rule without its tests.
fn bare(rule: &Rule) -> Rule {
    let mut rule = rule.clone();
    rule.tests.clear();
    rule
}

struct Maker<'p> {
    pack: &'p Pack,
    drafts: Drafts<'p>,
    /// The pack's rules without their tests.
    bare: Vec<Rule>,
}

impl Maker<'_> {
    /// Every mutant of one rule.
    fn of_rule(&self, number: usize) -> Vec<Mutant> {
        let (rule, written) = (&self.bare[number], self.drafts.rule(&self.pack.rules[number]));
        let mut all = Vec::new();
        let mut make = |change: Change, edit: &dyn Fn(&mut Rule)| {
            let mut mutated = rule.clone();
            edit(&mut mutated);
            let place = Place { file: rule.place.file, span: change.span };
            all.push(Mutant { subject: Subject::Rule(number), change, place, rules: vec![(number, mutated)] });
        };
        for member in written.members() {
            let key = member.key.as_ref();
            match key {
                "due" => self.of_due(rule, &member, &mut make),
                "in_force" => of_dates(rule.in_force, member.value, &mut make),
                "decides" => of_decides(rule, &member, &mut make),
                "strength" => of_strength(rule, &member, &mut make),
                _ if CONDITIONS.contains(&key) => self.of_member(rule, &member, &mut make),
                _ => {}
            }
        }
        if written.get("decides").is_none()
            && let Some(id) = written.members().next()
        {
            of_decides_by_default(rule, &id, &mut make);
        }
        all
    }

    fn of_member(&self, rule: &Rule, member: &Member<'_>, make: &mut Make<'_>) {
        let key = CONDITIONS.into_iter().find(|key| *key == member.key).expect("it holds a condition");
        let spot = Spot { rule: Some(rule), require: key == "require" };
        if key != "require" {
            make(Change::without_member(member, Kind::Member(key)), &|rule| set(rule, key, None));
        }
        for (change, now) in conditions::changes(member.value) {
            if let Some(now) = self.drafts.condition(spot, draft(&now).root(), None) {
                make(change, &|rule| set(rule, key, Some(now.clone())));
            }
        }
    }

    fn of_due(&self, rule: &Rule, member: &Member<'_>, make: &mut Make<'_>) {
        make(Change::without_member(member, Kind::Member("due")), &|rule| rule.due = None);
        for (change, now) in leaves::day(member.value, None) {
            let now: Option<DateExpr> = self.drafts.date(rule, draft(&now).root());
            if now.is_some() {
                make(change, &|rule| rule.due.clone_from(&now));
            }
        }
    }

    /// Every mutant of the instrument's `applies` and of its shared conditions.
    fn of_instrument(&self, wanted: impl Fn(&Subject) -> bool) -> Vec<Mutant> {
        let (file, instrument) = self.drafts.instrument();
        let mut all = Vec::new();
        let mut push = |subject: &Subject, change: Change, rules: Option<Vec<(usize, Rule)>>| {
            let place = Place { file, span: change.span };
            all.extend(rules.map(|rules| Mutant { subject: subject.clone(), change, place, rules }));
        };
        let applies = Some(Subject::Applies).filter(&wanted).and_then(|_| instrument.get("applies"));
        for (change, now) in applies.map(conditions::changes).unwrap_or_default() {
            let now = self.drafts.condition(Spot { rule: None, require: false }, draft(&now).root(), None);
            push(&Subject::Applies, change, now.map(|now| self.with_scope(&now)));
        }
        let shared = instrument.get("conditions").into_iter().flat_map(NodeRef::members);
        for member in shared {
            let subject = Subject::Shared(member.key.clone().into_owned());
            if wanted(&subject) {
                for (change, now) in conditions::changes(member.value) {
                    push(&subject, change, self.with_shared(&member.key, now));
                }
            }
        }
        all
    }

    /// The rules that take their scope from the instrument, with another scope.
    fn with_scope(&self, applies: &Condition) -> Vec<(usize, Rule)> {
        let inherits = self.bare.iter().enumerate().filter(|(_, rule)| rule.applies.is_none());
        inherits.map(|(number, rule)| (number, Rule { applies: Some(applies.clone()), ..rule.clone() })).collect()
    }

    /// The rules that a shared condition stands in, with another meaning of it; nothing if the pack would be refused.
    fn with_shared(&self, name: &str, meaning: Value) -> Option<Vec<(usize, Rule)>> {
        let mut conditions = self.drafts.instrument().1.get("conditions")?.to_value();
        conditions[name] = meaning;
        let conditions = draft(&conditions);
        let read = |spot, written| self.drafts.condition(spot, written, Some(conditions.root()));
        let is_named = |condition: &Condition| names(condition).contains(name);
        let mut rules = Vec::new();
        let scope = if is_named(&self.pack.instrument.applies) {
            Some(read(Spot { rule: None, require: false }, self.drafts.instrument().1.get("applies")?)?)
        } else {
            None
        };
        for (number, rule) in self.bare.iter().enumerate() {
            let mut mutated = rule.clone();
            let mut touched = rule.applies.is_none() && scope.is_some();
            if touched {
                mutated.applies.clone_from(&scope);
            }
            for key in CONDITIONS.into_iter().filter(|key| get(rule, key).is_some_and(is_named)) {
                let written = self.drafts.rule(&self.pack.rules[number]).get(key)?;
                let now = read(Spot { rule: Some(rule), require: key == "require" }, written)?;
                set(&mut mutated, key, Some(now));
                touched = true;
            }
            if touched {
                rules.push((number, mutated));
            }
        }
        Some(rules)
    }
}

fn names(condition: &Condition) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    uses::names(condition, &mut found);
    found
}

fn get<'r>(rule: &'r Rule, key: &str) -> Option<&'r Condition> {
    match key {
        "applies" => rule.applies.as_ref(),
        "when" => rule.when.as_ref(),
        "unless" => rule.unless.as_ref(),
        _ => Some(&rule.require),
    }
}

fn set(rule: &mut Rule, key: &str, condition: Option<Condition>) {
    match key {
        "applies" => rule.applies = condition,
        "when" => rule.when = condition,
        "unless" => rule.unless = condition,
        _ => rule.require = condition.unwrap_or_else(|| rule.require.clone()),
    }
}

fn of_dates(dates: InForce, written: NodeRef<'_>, make: &mut Make<'_>) {
    for key in ["from", "until"] {
        for (change, now) in written.get(key).map(|day| leaves::day(day, Some(key))).unwrap_or_default() {
            let Some(day) = now.as_str().and_then(|day| day.parse().ok()) else { continue };
            let now =
                if key == "from" { InForce { from: day, ..dates } } else { InForce { until: Some(day), ..dates } };
            if now.until.is_none_or(|until| until >= now.from) {
                make(change, &|rule| rule.in_force = now);
            }
        }
    }
}

/// What the rule decides, with `breach` and with `pass` turned.
fn turned(decides: Decides) -> [(Kind, Decides, Value); 2] {
    let Decides { breach, pass } = decides;
    let written = |decides: Decides| {
        let words = [("breach", decides.breach), ("pass", decides.pass)];
        words.into_iter().filter(|(_, decided)| *decided).map(|(word, _)| Value::from(word)).collect()
    };
    let turned =
        [("breach", Decides { breach: !breach, pass }, !breach), ("pass", Decides { breach, pass: !pass }, !pass)];
    turned.map(|(word, decides, now)| (Kind::Decides { word, now }, decides, written(decides)))
}

fn of_decides(rule: &Rule, member: &Member<'_>, make: &mut Make<'_>) {
    for (kind, now, written) in turned(rule.decides) {
        make(Change::member(member, ("decides", &written), kind), &|rule| rule.decides = now);
    }
}

/// The same of a rule that does not say what it decides, pointed at by its first member.
fn of_decides_by_default(rule: &Rule, first: &Member<'_>, make: &mut Make<'_>) {
    for (kind, now, written) in turned(rule.decides) {
        let change = Change::member(first, ("decides", &written), kind);
        make(Change { before: None, ..change }, &|rule| rule.decides = now);
    }
}

fn of_strength(rule: &Rule, member: &Member<'_>, make: &mut Make<'_>) {
    let next: &[Strength] = match rule.strength {
        Strength::Must | Strength::MustNot | Strength::Encouraged => &[Strength::Should],
        Strength::Should => &[Strength::Must, Strength::Encouraged],
    };
    for &now in next {
        let kind = Kind::Strength { from: rule.strength.word(), to: now.word() };
        let change = Change::member(member, ("strength", &Value::from(now.word())), kind);
        // One that changes no severity is the same formula, and is left out as such.
        make(change, &|rule| rule.strength = now);
    }
}
