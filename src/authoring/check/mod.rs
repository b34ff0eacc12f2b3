//! Static analysis of rule packs: what is proven about rules without any manifest at hand. One file per analysis.
//!
//! Whatever is reported is so; what stayed open is counted and never reported as a problem. `docs/rules-check.md` says
//! what each analysis finds, what is complete in it and what it cannot see. Knows nothing of terminals.

mod account;
mod covered;
mod deadlines;
mod pairs;
mod parts;
mod places;
mod problem;
mod requires;
mod scope;
mod tell;
mod wording;

use std::sync::Arc;

use rayon::prelude::*;

use crate::manifest::ManifestSchema;
use crate::pack::{Pack, Place, Rule, RuleId};
use crate::prove::{Answer, Day, Duty, Goal, Prover, Why, Witness};

pub use problem::{Finding, Member, Problem};

use places::Places;

/// What came of a check.
#[derive(Debug, Default)]
pub struct Report {
    /// How many rules were checked.
    pub rules: usize,
    /// How many pairs of rules were compared.
    pub pairs: usize,
    /// About how many pairs were too many to be compared.
    pub left_out: usize,
    /// What was asked of the prover.
    pub tally: Tally,
    /// What is wrong, in the order of the packs and their files.
    pub problems: Vec<Problem>,
}

/// Questions that were put to the prover.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many were answered by proof.
    pub proven: usize,
    /// How many were answered by a manifest.
    pub shown: usize,
    /// Those that stayed open.
    pub open: Vec<Open>,
}

/// A question that stayed open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The rule that it is about.
    pub rule: RuleId,
    /// The rule that it is compared with.
    pub other: Option<RuleId>,
    /// The word of the analysis that asked.
    pub analysis: &'static str,
    /// Why.
    pub why: Why,
}

impl Tally {
    /// How many questions there were.
    pub fn questions(&self) -> usize {
        self.proven + self.shown + self.open.len()
    }
}

/// Checks packs, each rule alone and pairs of rules of all of them.
pub fn check(schema: &ManifestSchema, packs: &[Arc<Pack>]) -> Report {
    let prover = Prover::new(schema);
    let subjects: Vec<Subject<'_>> = packs.iter().flat_map(subjects).collect();
    let (pairs, left_out) = pairs::pairs(&subjects);
    let alone = subjects.par_iter().map(|subject| {
        let mut inquiry = Inquiry::new(&prover);
        scope::check(&mut inquiry, subject);
        requires::check(&mut inquiry, subject);
        parts::check(&mut inquiry, subject);
        account::check(&mut inquiry, subject);
        inquiry
    });
    let together = pairs.par_iter().map(|(one, other)| {
        let mut inquiry = Inquiry::new(&prover);
        pairs::check(&mut inquiry, &subjects[*one], &subjects[*other]);
        covered::check(&mut inquiry, &subjects[*one], &subjects[*other]);
        inquiry
    });
    let inquiries: Vec<_> = alone.chain(together).collect();
    let mut report = Report { rules: subjects.len(), pairs: pairs.len(), left_out, ..Report::default() };
    for inquiry in inquiries {
        report.problems.extend(inquiry.problems);
        report.tally.proven += inquiry.tally.proven;
        report.tally.shown += inquiry.tally.shown;
        report.tally.open.extend(inquiry.tally.open);
    }
    report.problems.extend(deadlines::check(schema, &subjects));
    report.problems.extend(packs.iter().flat_map(wording::check));
    let place = |problem: &Problem| {
        let pack = packs.iter().position(|pack| pack.files.iter().any(|file| Arc::ptr_eq(file, &problem.file)));
        (pack, problem.file.name.clone(), problem.span.start)
    };
    report.problems.sort_by_cached_key(place);
    report
}

/// A rule that is checked.
#[derive(Clone, Debug)]
struct Subject<'p> {
    pack: &'p Arc<Pack>,
    rule: &'p Rule,
    duty: Duty<'p>,
    places: Arc<Places>,
}

fn subjects(pack: &Arc<Pack>) -> Vec<Subject<'_>> {
    let places = Arc::new(Places::new(pack));
    let subject = |rule| Subject { pack, rule, duty: Duty::new(pack, rule), places: Arc::clone(&places) };
    pack.rules.iter().map(subject).collect()
}

/// Questions about one rule, or about two, and what came of them.
struct Inquiry<'c> {
    prover: &'c Prover<'c>,
    tally: Tally,
    problems: Vec<Problem>,
}

impl<'c> Inquiry<'c> {
    fn new(prover: &'c Prover<'c>) -> Self {
        Self { prover, tally: Tally::default(), problems: Vec::new() }
    }

    /// Puts a question; it is counted, and remembered if it stays open.
    fn ask(
        &mut self,
        analysis: &'static str,
        (subject, other): (&Subject<'_>, Option<&Subject<'_>>),
        goal: &Goal<'_>,
    ) -> Answer {
        let best = subject.pack.instrument.tests_as_of;
        let answer = self.prover.find(goal, Day::Any { best });
        match &answer {
            Answer::Witness(_) => self.tally.shown += 1,
            Answer::Never => self.tally.proven += 1,
            Answer::Unknown(why) => {
                let (rule, other) = (subject.rule.id.clone(), other.map(|other| other.rule.id.clone()));
                self.tally.open.push(Open { rule, other, analysis, why: *why });
            }
        }
        answer
    }

    /// Whether it is proven that there is no manifest that meets the goal.
    fn never(&mut self, analysis: &'static str, subject: &Subject<'_>, goal: &Goal<'_>) -> bool {
        self.ask(analysis, (subject, None), goal) == Answer::Never
    }
}

impl Inquiry<'_> {
    /// Reports something at a member of a rule, with a manifest that shows it.
    fn report(&mut self, subject: &Subject<'_>, finding: Finding, member: Member, witness: Option<Witness>) {
        self.problems.push(Problem { witness, ..subject.problem(finding, subject.place(member)) });
    }

    /// Reports what is wrong with what a rule requires beside another.
    fn report_pair(&mut self, subject: &Subject<'_>, other: &Subject<'_>, finding: Finding, witness: Witness) {
        let (place, beside) = (subject.place(Member::Require), other.place(Member::Require));
        let problem = subject.problem(finding, place);
        let same_file = Arc::ptr_eq(&problem.file, &other.pack.files[beside.file]);
        self.problems.push(Problem { second: same_file.then_some(beside.span), witness: Some(witness), ..problem });
    }
}

impl Subject<'_> {
    fn problem(&self, finding: Finding, place: Place) -> Problem {
        let file = Arc::clone(&self.pack.files[place.file]);
        Problem { finding, rule: Some(self.rule.id.clone()), file, span: place.span, second: None, witness: None }
    }

    fn place(&self, member: Member) -> Place {
        self.places.member(self.rule, member)
    }
}
