//! Rules that no system is in the scope of, and exceptions that never hold.

use crate::prove::Truths;

use super::problem::{Finding, Member};
use super::{Inquiry, Subject};

pub(super) fn check(inquiry: &mut Inquiry<'_>, subject: &Subject<'_>) {
    let (duty, rule) = (subject.duty, subject.rule);
    let in_scope = duty.is_there().and(duty.scope(Truths::TRUE));
    if inquiry.never("never-arises", subject, &in_scope) {
        let member = if rule.when.is_some() { Member::When } else { Member::Applies };
        inquiry.report(subject, Finding::NeverArises, member, None);
    } else if rule.unless.is_some() {
        let excepted = in_scope.and(duty.unless(Truths::TRUE));
        if inquiry.never("never-excepted", subject, &excepted) {
            inquiry.report(subject, Finding::NeverExcepted, Member::Unless, None);
        }
    }
}
