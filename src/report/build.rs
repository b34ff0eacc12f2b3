//! From a plan's results to what a report says.
//!
//! The plan says what came out; the reference evaluator is asked again, rule by rule, for the facts behind it.

use std::borrow::Cow;
use std::sync::Arc;

use crate::engine::reference::{FactValue, Item, Judged, Reference, State};
use crate::engine::{Outcome, Plan, RuleResult, Severity, Truth, settles};
use crate::json::{NodeRef, Span};
use crate::lang::Lang;
use crate::manifest::Manifest;
use crate::pack::{Anchor, Rule, Step, Strength};
use crate::source::SourceFile;
use crate::time::Date;

use super::evidence::{Decisive, decisive, place};
use super::excerpt::is_short;
use super::finding::{
    Counts, Finding, ItemName, Label, ManifestReport, NamedFact, Note, ResultLine, Role, System, Waiting,
};
use super::{days, words};

/// The most labels that one finding has.
pub const MOST_LABELS: usize = 10;

/// How a report is made.
#[derive(Clone, Copy, Debug)]
pub struct Making {
    /// The run's date.
    pub as_of: Date,
    /// Its language.
    pub lang: Lang,
    /// Whether every result is kept, with the facts that decided it.
    pub results: bool,
    /// Whether findings name the facts that would settle them.
    pub settle: bool,
    /// Whether no value of the manifest may be shown.
    pub redact: bool,
}

/// Checks a manifest and says what came out.
pub fn report(plan: &Plan, manifest: &Manifest, in_stream: bool, making: Making) -> ManifestReport {
    let results = plan.check(manifest.root(), making.as_of);
    let reference = Reference { schema: plan.schema(), root: manifest.root(), as_of: making.as_of };
    let builder = Builder { plan, reference, file: &manifest.file, making };
    let mut report = ManifestReport {
        file: Arc::clone(&manifest.file),
        in_stream,
        system: system(manifest, making.redact),
        outcomes: Counts::default(),
        by_rule: Vec::with_capacity(results.len()),
        results: Vec::new(),
        findings: Vec::new(),
    };
    for result in &results {
        builder.add(result, &mut report);
    }
    tell_once(&mut report.findings);
    report
}

fn system(manifest: &Manifest, redact: bool) -> System {
    if redact {
        return System::default();
    }
    let stated = manifest.root().get("system");
    let text = |name: &str| stated?.get(name)?.as_str().map(Cow::into_owned);
    let offered = stated.and_then(|system| system.get("offered_in")).into_iter().flat_map(NodeRef::items);
    System {
        id: text("id"),
        name: text("name"),
        version: text("version"),
        offered_in: offered.filter_map(|code| code.as_str().map(Cow::into_owned)).collect(),
    }
}

struct Builder<'a> {
    plan: &'a Plan,
    reference: Reference<'a>,
    file: &'a SourceFile,
    making: Making,
}

impl<'a> Builder<'a> {
    fn add(&self, result: &RuleResult<'a>, report: &mut ManifestReport) {
        let decided = result.decided;
        report.outcomes.add(decided.outcome, decided.reason);
        let encouraged = self.plan.rule(result.rule).1.strength == Strength::Encouraged;
        report.outcomes.advice += u64::from(encouraged && decided.outcome == Outcome::Fail);
        report.by_rule.push((result.rule, decided.outcome, decided.reason));
        let finding = decided.outcome.is_finding();
        if !finding && !self.making.results {
            return;
        }
        let judged = self.judged(result);
        let item = result.item().map(|item| self.item_name(result, item));
        if let Some(judged) = judged.as_ref().filter(|_| finding) {
            report.findings.push(self.finding(result, judged, item.clone()));
        }
        if self.making.results {
            report.results.push(ResultLine {
                rule: result.rule,
                outcome: decided.outcome,
                item,
                due: decided.due.filter(|_| !self.hides_due(result)),
                indicated: decided.indicated,
                reason: decided.reason,
                because: judged.as_ref().map_or_else(|| self.empty_list(result), because),
            });
        }
    }

    /// What the rule comes to, part by part; nothing where the list that it walks is empty.
    fn judged(&self, result: &RuleResult<'a>) -> Option<Judged<'a>> {
        let (pack, rule) = self.plan.rule(result.rule);
        let items = items(rule, result);
        let walks_nothing = rule.each.is_some() && items.is_empty();
        (!walks_nothing).then(|| self.reference.judge_at(&pack.instrument, rule, &items))
    }

    /// The list that a rule walks in vain.
    fn empty_list(&self, result: &RuleResult<'a>) -> Vec<String> {
        let (_, rule) = self.plan.rule(result.rule);
        rule.each.iter().filter_map(|each| each.levels.first()).map(|list| list.text.clone()).collect()
    }

    /// Whether the day from which a result counts would tell a value that may not be shown.
    fn hides_due(&self, result: &RuleResult<'a>) -> bool {
        let (_, rule) = self.plan.rule(result.rule);
        self.making.redact && rule.due.as_ref().is_some_and(days::counts_from_a_fact)
    }

    fn item_name(&self, result: &RuleResult<'a>, item: NodeRef<'a>) -> ItemName {
        let (_, rule) = self.plan.rule(result.rule);
        let pointer = items(rule, result).pop().map(|item| item.pointer).unwrap_or_default();
        let id = item.get("id").and_then(NodeRef::as_str).map(Cow::into_owned).filter(|_| !self.making.redact);
        ItemName { pointer, id }
    }

    fn finding(&self, result: &RuleResult<'a>, judged: &Judged<'a>, item: Option<ItemName>) -> Finding {
        let (_, rule) = self.plan.rule(result.rule);
        let outcome = result.decided.outcome;
        let mut finding = Finding {
            rule: result.rule,
            outcome,
            severity: Severity::of(rule.strength, rule.text_status, outcome),
            item,
            labels: Vec::new(),
            omitted: 0,
            facts: Vec::new(),
            told_under: None,
            settled_by: Vec::new(),
            notes: self.notes(judged),
        };
        match outcome {
            Outcome::Fail | Outcome::Review => self.contradicted(judged, &mut finding),
            _ => {
                self.silent(judged, &mut finding);
                finding.settled_by = self.settled_by(rule, judged, &finding);
            }
        }
        if outcome != Outcome::Undetermined {
            finding.labels.extend(self.reason(judged));
        }
        finding
    }

    /// Labels for what breaks a duty.
    fn contradicted(&self, judged: &Judged<'a>, finding: &mut Finding) {
        for part in decisive(&judged.require) {
            let fact = part.fact();
            push_fact(&mut finding.facts, fact);
            if finding.labels.len() == MOST_LABELS {
                finding.omitted += 1;
            } else if let Some(span) = self.place(fact) {
                let (pointer, message) = (fact.pointer.clone(), self.contradiction(part));
                finding.labels.push(Label { pointer, span, role: Role::Contradicts, message });
            }
        }
    }

    fn contradiction(&self, part: Decisive<'_, 'a>) -> String {
        let lang = self.making.lang;
        match part {
            Decisive::Leaf(leaf, negated) => {
                let asked = words::asked(leaf, negated, self.making.redact, lang);
                if lang == Lang::En { format!("asked for: {asked}") } else { format!("此处要求：{asked}") }
            }
            Decisive::Array(array) if array.state.value().is_some_and(NodeRef::is_empty) => {
                lang.pick("the list is empty", "列表为空").to_owned()
            }
            Decisive::Array(_) => lang.pick("no item of this list will do", "列表中没有符合要求的项").to_owned(),
        }
    }

    /// Labels for what is not stated: one per object that is silent.
    fn silent(&self, judged: &Judged<'a>, finding: &mut Finding) {
        let waits: Vec<_> = waits_for(judged, finding.outcome);
        let mut objects: Vec<(String, Span, Vec<&FactValue<'a>>)> = Vec::new();
        for fact in waits {
            if !push_fact(&mut finding.facts, fact) {
                continue;
            }
            let Some(span) = self.place(fact) else { continue };
            match objects.iter_mut().find(|(_, known, _)| *known == span) {
                Some((_, _, facts)) => facts.push(fact),
                None => objects.push((stated_part(fact), span, vec![fact])),
            }
        }
        finding.omitted = objects.len().saturating_sub(MOST_LABELS);
        for (pointer, span, facts) in objects.into_iter().take(MOST_LABELS) {
            let message = self.silence(&pointer, &facts);
            finding.labels.push(Label { pointer, span, role: Role::Unstated, message });
        }
    }

    fn settled_by(&self, rule: &Rule, judged: &Judged<'a>, finding: &Finding) -> Vec<usize> {
        if !self.making.settle {
            return Vec::new();
        }
        let settles = |fact: &NamedFact| settles(self.plan.schema(), rule, judged, self.making.as_of, &fact.pointer);
        (0..finding.facts.len()).filter(|position| settles(&finding.facts[*position])).collect()
    }

    fn silence(&self, object: &str, facts: &[&FactValue<'a>]) -> String {
        let lang = self.making.lang;
        if facts.iter().any(|fact| matches!(fact.state, State::Future(_))) {
            let day = self.making.as_of;
            return match lang {
                Lang::En => format!("lies after {day}, so it has not happened yet in this run"),
                Lang::Zh => format!("晚于检查日期 {day}，本次检查视为尚未发生"),
            };
        }
        let names: Vec<_> = facts.iter().map(|fact| fact.pointer[object.len()..].trim_start_matches('/')).collect();
        let shown = names.iter().take(2).copied().collect::<Vec<_>>().join(lang.pick(", ", "、"));
        match (lang, names.len().saturating_sub(2)) {
            (Lang::En, 0) => format!("says nothing about {shown}"),
            (Lang::En, more) => format!("says nothing about {shown} and {more} more"),
            (Lang::Zh, 0) => format!("未说明 {shown}"),
            (Lang::Zh, more) => format!("未说明 {shown} 等 {} 项", more + 2),
        }
    }

    /// The label for why a duty applies.
    fn reason(&self, judged: &Judged<'a>) -> Option<Label> {
        let conditions = judged.when.iter().chain(&judged.applies);
        let stated = conditions.flat_map(decisive).map(Decisive::fact).find(|fact| fact.state.value().is_some())?;
        let message = self.making.lang.pick("the duty applies because of this", "因此适用该项要求").to_owned();
        Some(Label { pointer: stated.pointer.clone(), span: self.place(stated)?, role: Role::Because, message })
    }

    fn notes(&self, judged: &Judged<'a>) -> Vec<Note> {
        let mut notes = Vec::new();
        let require =
            leaves(judged).into_iter().flat_map(|leaf| &leaf.checks).filter_map(|check| check.beyond.as_ref());
        for beyond in require.chain(&judged.due_beyond) {
            let note = Note(days::beyond(beyond, self.making.lang));
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        notes
    }

    fn place(&self, fact: &FactValue<'_>) -> Option<Span> {
        place(fact, |span| is_short(self.file, span))
    }
}

/// The items that a result speaks of, outermost first.
fn items<'a>(rule: &Rule, result: &RuleResult<'a>) -> Vec<Item<'a>> {
    let mut items: Vec<Item<'a>> = Vec::new();
    for (array, (position, node)) in
        rule.each.iter().flat_map(|each| &each.levels).zip(result.path.as_deref().unwrap_or_default())
    {
        let mut pointer = items.last().map(|item| item.pointer.clone()).unwrap_or_default();
        for step in &array.steps {
            if let Step::Member(name) = step {
                pointer = format!("{pointer}/{name}");
            }
        }
        if node.is_some() {
            pointer = format!("{pointer}/{position}");
        }
        items.push(Item { pointer, node: *node });
    }
    items
}

/// The unstated facts that an outcome waits for.
fn waits_for<'e, 'a>(judged: &'e Judged<'a>, outcome: Outcome) -> Vec<&'e FactValue<'a>> {
    let unknown = |truth: Truth| truth == Truth::Unknown;
    // Nothing can be known of the items of a list that is not stated: the list is what is waited for.
    let below = |fact: &&FactValue<'_>| fact.path.anchor == Anchor::Root;
    let absent = || judged.absent.iter();
    if outcome == Outcome::Undetermined {
        let scope = judged.applies.iter().chain(&judged.when).filter(|part| unknown(part.truth));
        let facts = scope
            .flat_map(decisive)
            .flat_map(Decisive::waits_for)
            .filter(|fact| judged.absent.is_none() || below(fact));
        let facts: Vec<_> = absent().chain(facts).collect();
        if !facts.is_empty() {
            return facts;
        }
    }
    let due = judged.due_fact.iter().filter(|fact| fact.state.value().is_none());
    let require = Some(&judged.require).filter(|require| unknown(require.truth)).into_iter().flat_map(decisive);
    let facts = require.flat_map(Decisive::waits_for).chain(due);
    absent().chain(facts.filter(|fact| judged.absent.is_none() || below(fact))).collect()
}

/// The stated facts that decided an outcome.
fn because(judged: &Judged<'_>) -> Vec<String> {
    let scope = || judged.applies.iter().chain(&judged.when);
    let parts: Vec<_> = match judged.decided.outcome {
        Outcome::NotApplicable if scope().any(|part| part.truth == Truth::False) => {
            scope().filter(|part| part.truth == Truth::False).collect()
        }
        Outcome::NotApplicable => judged.unless.iter().collect(),
        Outcome::Undetermined => scope().filter(|part| part.truth == Truth::True).collect(),
        Outcome::Unstated | Outcome::Upcoming => judged.when.iter().collect(),
        _ => judged.when.iter().chain([&judged.require]).collect(),
    };
    let mut pointers: Vec<String> = Vec::new();
    for fact in parts.into_iter().flat_map(decisive).map(Decisive::fact).filter(|fact| fact.state.value().is_some()) {
        if !pointers.contains(&fact.pointer) {
            pointers.push(fact.pointer.clone());
        }
    }
    pointers
}

fn leaves<'e, 'a>(judged: &'e Judged<'a>) -> Vec<&'e crate::engine::reference::EvaluatedLeaf<'a>> {
    let leaf = |part: Decisive<'e, 'a>| match part {
        Decisive::Leaf(leaf, _) => Some(leaf),
        Decisive::Array(_) => None,
    };
    decisive(&judged.require).into_iter().filter_map(leaf).collect()
}

/// The part of a fact's pointer that the manifest does state.
fn stated_part(fact: &FactValue<'_>) -> String {
    if matches!(fact.state, State::Future(_)) {
        return fact.pointer.clone();
    }
    let mut pointer = fact.pointer.as_str();
    let depth = fact.missing;
    for _ in 0..depth {
        pointer = pointer.rsplit_once('/').map_or("", |(parent, _)| parent);
    }
    pointer.to_owned()
}

/// Adds a fact that is not there yet.
fn push_fact(facts: &mut Vec<NamedFact>, fact: &FactValue<'_>) -> bool {
    let named = NamedFact { id: fact.path.fact, pointer: fact.pointer.clone() };
    let fresh = !facts.contains(&named);
    if fresh {
        facts.push(named);
    }
    fresh
}

/// Puts each finding that waits for facts under the one that most findings wait for; of equals, the schema's first.
fn tell_once(findings: &mut [Finding]) {
    let waiting = waiting(findings);
    for finding in findings.iter_mut().filter(|finding| waits(finding)) {
        let rank = |fact: &NamedFact| (std::cmp::Reverse(waiting[fact]), fact.clone());
        finding.told_under = (0..finding.facts.len()).min_by_key(|position| rank(&finding.facts[*position]));
    }
}

/// How many findings wait for each unstated fact.
pub fn waiting(findings: &[Finding]) -> Waiting {
    let mut waiting = Waiting::new();
    for fact in findings.iter().filter(|finding| waits(finding)).flat_map(|finding| &finding.facts) {
        *waiting.entry(fact.clone()).or_default() += 1;
    }
    waiting
}

fn waits(finding: &Finding) -> bool {
    matches!(finding.outcome, Outcome::Unstated | Outcome::Undetermined)
}
