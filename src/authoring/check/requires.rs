//! Requirements that are always met, that nothing breaks, and that nothing meets.

use crate::prove::{Answer, Truths};

use super::problem::{Finding, Member};
use super::{Inquiry, Subject};

pub(super) fn check(inquiry: &mut Inquiry<'_>, subject: &Subject<'_>) {
    let duty = subject.duty;
    let arises = |truths| duty.arises().and(duty.requires(truths));
    let Answer::Witness(_) = inquiry.ask("never-arises", (subject, None), &duty.arises()) else { return };
    if inquiry.never("never-met", subject, &arises(Truths::TRUE)) {
        inquiry.report(subject, Finding::NeverMet, Member::Require);
    }
    let broken = inquiry.ask("never-broken", (subject, None), &arises(Truths::FALSE));
    if broken != Answer::Never {
        return;
    }
    if inquiry.never("always-met", subject, &arises(Truths::TRUE.other())) {
        inquiry.report(subject, Finding::AlwaysMet, Member::Require);
    } else if subject.rule.decides.breach {
        inquiry.report(subject, Finding::NeverBroken, Member::Require);
    }
}
