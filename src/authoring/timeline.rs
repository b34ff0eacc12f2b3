//! What changes when: the dates that packs name, and the days on which a manifest's outcomes change.
//!
//! Nothing is concluded from how a rule is written: every day is checked with the plan, and days are compared. So it
//! holds for terms of every kind, and costs one check of the manifest for each day.

use std::sync::Arc;

use serde::Serialize;

use crate::engine::{Outcome, Plan, RuleNumber, RuleResult};
use crate::json::NodeRef;
use crate::pack::{DateBase, Pack, Rule};
use crate::time::{Date, Period, Unit};

/// A day that a pack names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Milestone {
    /// The day.
    pub day: Date,
    /// The pack.
    pub pack: String,
    /// What happens on it.
    pub what: What,
    /// The names of the rules that it concerns.
    pub rules: Vec<String>,
    /// Whether these are all rules of the pack.
    pub all: bool,
}

/// What happens on a day that a pack names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// It is the first day in force.
    Starts,
    /// It is the last day to comply.
    FallsDue,
    /// It is the last day in force.
    Ends,
}

/// The days that packs name, in order.
pub fn milestones(packs: &[Arc<Pack>]) -> Vec<Milestone> {
    let mut all: Vec<Milestone> = Vec::new();
    for pack in packs {
        let from = all.len();
        for rule in &pack.rules {
            for (day, what) in days_of(rule) {
                let known = all[from..].iter_mut().find(|known| (known.day, known.what) == (day, what));
                match known {
                    Some(known) => known.rules.push(rule.id.name.clone()),
                    None => all.push(Milestone {
                        day,
                        pack: pack.instrument.id.clone(),
                        what,
                        rules: vec![rule.id.name.clone()],
                        all: false,
                    }),
                }
            }
        }
        all[from..].iter_mut().for_each(|milestone| milestone.all = milestone.rules.len() == pack.rules.len());
    }
    all.sort_by_key(|milestone| (milestone.day, milestone.what));
    all
}

fn days_of(rule: &Rule) -> impl Iterator<Item = (Date, What)> {
    let due = rule.due.as_ref().and_then(|due| match (&due.base, due.offset) {
        (DateBase::Day(day), None) => Some(*day),
        _ => None,
    });
    let days = [(Some(rule.in_force.from), What::Starts), (due, What::FallsDue), (rule.in_force.until, What::Ends)];
    days.into_iter().filter_map(|(day, what)| Some((day?, what)))
}

/// A day from which a rule comes to something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The first day on which it does.
    pub day: Date,
    /// The rule.
    pub rule: RuleNumber,
    /// The item it speaks of, where it speaks of items and the item has a name.
    pub item: Option<String>,
    /// What it came to on the day before.
    pub from: Outcome,
    /// What it comes to on that day.
    pub to: Outcome,
}

/// The changes after `from`, up to and with `until`, in order.
pub fn changes(plan: &Plan, manifest: NodeRef<'_>, from: Date, until: Date) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut before = plan.check(manifest, from);
    let mut day = from;
    while day < until {
        day = next(day);
        let now = plan.check(manifest, day);
        let pairs = before.iter().zip(&now).filter(|(was, is)| was.decided.outcome != is.decided.outcome);
        changes.extend(pairs.map(|(was, is)| change(day, was, is)));
        before = now;
    }
    changes
}

fn change(day: Date, was: &RuleResult<'_>, is: &RuleResult<'_>) -> Change {
    debug_assert_eq!(was.rule, is.rule, "a day changes outcomes, not what is judged");
    let item = is.item().and_then(|item| Some(item.get("id")?.as_str()?.into_owned()));
    Change { day, rule: is.rule, item, from: was.decided.outcome, to: is.decided.outcome }
}

fn next(day: Date) -> Date {
    Period::new(1, Unit::Days).expect("a day is a period").after(day).date
}
