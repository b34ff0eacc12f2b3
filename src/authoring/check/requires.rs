//! Requirements that are always met, that nothing breaks, and that nothing meets.

use crate::prove::{Answer, Truths};

use super::problem::{Finding, Member};
use super::{Inquiry, Subject};

pub(super) fn check(inquiry: &mut Inquiry<'_>, subject: &Subject<'_>) {
    let duty = subject.duty;
    let arises = |truths: Truths| duty.arises().and(duty.requires(truths));
    let Answer::Witness(witness) = inquiry.ask("never-arises", (subject, None), &duty.arises()) else { return };
    let finding = if inquiry.never("never-met", subject, &arises(Truths::TRUE)) {
        Finding::NeverMet
    } else if !inquiry.never("never-broken", subject, &arises(Truths::FALSE)) {
        return;
    } else if inquiry.never("always-met", subject, &arises(Truths::TRUE.other())) {
        Finding::AlwaysMet
    } else if subject.rule.decides.breach {
        Finding::NeverBroken
    } else {
        return;
    };
    inquiry.report(subject, finding, Member::Require, Some(witness));
}
