//! Rules that never tell anything that another rule of the same pack and strength does not tell.

use crate::pack::Rule;
use crate::prove::{Answer, Truths};

use super::problem::{Finding, Member};
use super::{Inquiry, Subject};

const ANALYSIS: &str = "covered";

pub(super) fn check(inquiry: &mut Inquiry<'_>, one: &Subject<'_>, other: &Subject<'_>) {
    if one.rule.id.pack != other.rule.id.pack {
        return;
    }
    let (first, second) = (covers(inquiry, one, other), covers(inquiry, other, one));
    let (by, told) = match (first, second) {
        (true, _) => (one, other),
        (_, true) => (other, one),
        _ => return,
    };
    let finding = Finding::Covered { by: by.rule.id.clone(), mutual: first && second };
    let place = told.places.member(told.rule, Member::Require);
    inquiry.report_at(told, finding, place, None);
}

/// Whether a rule always speaks where another does, and is broken or silent wherever the other is.
fn covers(inquiry: &mut Inquiry<'_>, by: &Subject<'_>, told: &Subject<'_>) -> bool {
    if !is_as_strong(by.rule, told.rule) {
        return false;
    }
    let arises = told.duty.arises();
    let new = [
        by.duty.requires(Truths::TRUE).and(told.duty.requires(Truths::TRUE.other())),
        by.duty.requires(Truths::FALSE.other()).and(told.duty.requires(Truths::FALSE)),
        by.duty.arises().not(),
    ];
    new.into_iter().all(|new| inquiry.ask(ANALYSIS, (told, Some(by)), &arises.clone().and(new)) == Answer::Never)
        // A rule that never arises has been reported by itself.
        && matches!(inquiry.ask(ANALYSIS, (told, Some(by)), &arises), Answer::Witness(_))
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
