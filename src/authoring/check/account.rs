//! Rules that decide both breach and pass on a duty of which, by the account, a manifest shows only a part.
//!
//! One that decides pass alone says itself that it shows a part: what contradicts it is for a person.

use crate::pack::{Checkable, Duty, Instrument, Rule};

use super::problem::{Finding, Member};
use super::{Inquiry, Subject};

pub(super) fn check(inquiry: &mut Inquiry<'_>, subject: &Subject<'_>) {
    let Some(cited) = subject.rule.cite.first().filter(|_| subject.rule.decides.breach && subject.rule.decides.pass)
    else {
        return;
    };
    let duty = duty(&subject.pack.instrument, subject.rule);
    if duty.is_some_and(|duty| duty.checkable == Checkable::Partly) {
        let is_written = subject.places.has(subject.rule, Member::Decides);
        let member = if is_written { Member::Decides } else { Member::Cite };
        inquiry.report(subject, Finding::PassOnPart(cited.clone()), member, None);
    }
}

/// The duty that a rule cites first.
fn duty<'i>(instrument: &'i Instrument, rule: &Rule) -> Option<&'i Duty> {
    let cited = rule.cite.first()?;
    let article = instrument.articles.iter().find(|article| article.number == cited.article)?;
    let mut fitting = article.duties.iter().filter(|duty| cited.within.cites(&duty.within));
    let exact = article.duties.iter().find(|duty| duty.within == cited.within);
    exact.or_else(|| fitting.next())
}
