//! Rules that never tell anything that another rule of the same pack and strength does not tell.

use crate::pack::Rule;
use crate::prove::{Answer, Goal, Truths, Witness};

use super::problem::Finding;
use super::{Inquiry, Subject};

const ANALYSIS: &str = "covered";

pub(super) fn check(inquiry: &mut Inquiry<'_>, one: &Subject<'_>, other: &Subject<'_>) {
    if one.rule.id.pack != other.rule.id.pack {
        return;
    }
    let (first, second) = (covers(inquiry, one, other), covers(inquiry, other, one));
    let mutual = first.is_some() && second.is_some();
    let (by, told, witness) = match (first, second) {
        (Some(witness), _) => (one, other, witness),
        (_, Some(witness)) => (other, one, witness),
        _ => return,
    };
    inquiry.report_pair(told, by, Finding::Covered { by: by.rule.id.clone(), mutual }, witness);
}

/// A manifest that a rule is not met on, if another always speaks where it does, and is broken or silent wherever it is.
fn covers(inquiry: &mut Inquiry<'_>, by: &Subject<'_>, told: &Subject<'_>) -> Option<Witness> {
    if !is_as_strong(by.rule, told.rule) {
        return None;
    }
    let mut ask = |goal: Goal<'_>| inquiry.ask(ANALYSIS, (told, Some(by)), &told.duty.arises().and(goal));
    let new = [
        by.duty.requires(Truths::TRUE).and(told.duty.requires(Truths::TRUE.other())),
        by.duty.requires(Truths::FALSE.other()).and(told.duty.requires(Truths::FALSE)),
        !by.duty.arises(),
    ];
    if !new.into_iter().all(|new| ask(new) == Answer::Never) {
        return None;
    }
    // Rules that are always met, or never, have been reported by themselves.
    ask(by.duty.requires(Truths::TRUE)).witness()?;
    ask(told.duty.requires(Truths::FALSE)).witness()
}

/// Whether a rule says what it says as strongly as another, at least as long, and of the same items or of the system.
fn is_as_strong(by: &Rule, told: &Rule) -> bool {
    let until = |rule: &Rule| rule.in_force.until.unwrap_or(crate::time::Date::MAX);
    by.strength == told.strength
        && by.decides == told.decides
        && by.text_status == told.text_status
        && (by.due.is_none() || by.due == told.due)
        && by.in_force.from <= told.in_force.from
        && until(by) >= until(told)
        && (by.each.is_none() || by.each == told.each)
}
