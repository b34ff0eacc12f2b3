//! Parts of conditions that never make a difference: alternatives that another covers, members that follow from others.

use crate::lang::Lang;
use crate::pack::{Condition, Place, Walk, uses};
use crate::prove::{At, Goal, Truths};
use crate::report::words;

use super::problem::{Finding, Member};
use super::{Inquiry, Subject};

/// A condition with one part left out.
struct Shorter<'c> {
    condition: Condition,
    left_out: &'c Condition,
    /// Which part of which part it is, innermost first.
    path: Vec<usize>,
}

pub(super) fn check(inquiry: &mut Inquiry<'_>, subject: &Subject<'_>) {
    let (duty, rule) = (subject.duty, subject.rule);
    let heard = (!duty.scope(Truths::FALSE)).and(!duty.unless(Truths::TRUE));
    let members = [
        (Member::Applies, rule.applies.as_ref(), Goal::ALWAYS),
        (Member::When, rule.when.as_ref(), !duty.unless(Truths::TRUE)),
        (Member::Unless, rule.unless.as_ref(), !duty.scope(Truths::FALSE)),
        (Member::Require, Some(&rule.require), heard),
    ];
    for (member, condition, context) in members {
        let Some(condition) = condition else { continue };
        let mut idle: Vec<Vec<usize>> = Vec::new();
        for shorter in shorter(condition) {
            // What is left out with the whole is not told again.
            let is_within = idle.iter().any(|whole| shorter.path.ends_with(whole));
            let goal = context.clone().and(differ(condition, &shorter.condition, duty.at, member));
            if !is_within && inquiry.never("idle-part", subject, &goal) {
                report(inquiry, subject, member, shorter.left_out);
                idle.push(shorter.path);
            }
        }
    }
}

/// Two conditions differ in what matters: of an exception, only whether it holds.
fn differ<'c>(one: &'c Condition, other: &'c Condition, at: At<'c>, member: Member) -> Goal<'c> {
    let truths: &[Truths] =
        if member == Member::Unless { &[Truths::TRUE] } else { &[Truths::TRUE, Truths::FALSE, Truths::UNKNOWN] };
    let only_one =
        truths.iter().map(|truth| Goal::condition(one, at, *truth).and(Goal::condition(other, at, truth.other())));
    let only_other = Goal::condition(other, at, Truths::TRUE).and(Goal::condition(one, at, Truths::TRUE.other()));
    Goal::Any(only_one.chain((member == Member::Unless).then_some(only_other)).collect())
}

fn report(inquiry: &mut Inquiry<'_>, subject: &Subject<'_>, member: Member, part: &Condition) {
    let mut place: Option<Place> = None;
    if !matches!(part, Condition::Named { .. }) {
        uses::leaves(part, &mut |leaf| {
            if leaf.place.file == subject.rule.place.file {
                place.get_or_insert(leaf.place);
            }
        });
    }
    let words = Lang::ALL.map(|lang| words::condition(part, lang));
    let place = place.unwrap_or_else(|| subject.place(member));
    inquiry.problems.push(subject.problem(Finding::IdlePart { member, words }, place));
}

/// A condition with each of its parts left out in turn; shared conditions are left whole.
fn shorter(condition: &Condition) -> Vec<Shorter<'_>> {
    match condition {
        Condition::All(parts) => among(parts, Condition::All),
        Condition::Any(parts) => among(parts, Condition::Any),
        Condition::Not(part) => inside(part, |part| Condition::Not(Box::new(part))),
        Condition::Each(walk) => inside(&walk.hold, |hold| Condition::Each(holding(walk, hold))),
        Condition::Some(walk) => inside(&walk.hold, |hold| Condition::Some(holding(walk, hold))),
        Condition::Leaf(_) | Condition::Named { .. } => Vec::new(),
    }
}

fn among(parts: &[Condition], join: impl Fn(Vec<Condition>) -> Condition) -> Vec<Shorter<'_>> {
    let mut all = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let others = |with: Option<Condition>| {
            let before = parts[..number].iter().cloned();
            before.chain(with).chain(parts[number + 1..].iter().cloned()).collect::<Vec<_>>()
        };
        if parts.len() > 1 {
            all.push(Shorter { condition: join(others(None)), left_out: part, path: vec![number] });
        }
        let within = inside(part, |part| join(others(Some(part))));
        all.extend(within.into_iter().map(|mut shorter| {
            shorter.path.push(number);
            shorter
        }));
    }
    all
}

fn inside<'c>(part: &'c Condition, put: impl Fn(Condition) -> Condition) -> Vec<Shorter<'c>> {
    let whole = |shorter: Shorter<'c>| Shorter { condition: put(shorter.condition), ..shorter };
    shorter(part).into_iter().map(whole).collect()
}

fn holding(walk: &Walk, hold: Condition) -> Walk {
    Walk { array: walk.array.clone(), hold: Box::new(hold) }
}
