//! The report for people: blocks with excerpts. What comes after the blocks stands in `summary`.

use std::fmt::Write as _;

use crate::engine::{Outcome, Plan, RuleNumber, Severity};
use crate::lang::Lang;
use crate::manifest::Broken;
use crate::pack::{PackError, Rule};
use crate::time::Date;

use super::block::{Block, Look};
use super::cite::{cite, in_force};
use super::excerpt::{Excerpts, plain};
use super::finding::{Finding, Label, ManifestReport, NamedFact, Role};
use super::say;
use super::summary::counts;
use super::wrap::filled;

/// How many rules are named under one question.
const MOST_NAMED: usize = 4;

/// How many problems of a text are told.
const MOST_PROBLEMS: usize = 50;

/// How far the further lines of a manifest that is told in one line stand to the right.
const INDENT: usize = 4;

/// The report for people.
#[derive(Clone, Copy, Debug)]
pub struct Human<'p> {
    /// The plan whose rules it cites.
    pub plan: &'p Plan,
    /// How the terminal shows things.
    pub look: Look,
    /// The run's date.
    pub as_of: Date,
    /// Whether no value of the manifest may be shown.
    pub redact: bool,
    /// What is told together.
    pub group: Group,
}

/// What is told together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Group {
    /// Violations of one duty that several instruments know.
    #[default]
    Duty,
    /// Nothing: each rule is told by itself.
    Rule,
}

/// The findings of a manifest as they are told: one duty broken, or together under a fact that is not stated.
enum Told<'r> {
    Duty(Vec<&'r Finding>),
    Under(&'r NamedFact, Vec<&'r Finding>),
}

impl Human<'_> {
    /// One manifest: its name and at most so many blocks. The count of what is left out is printed.
    pub fn manifest(&self, report: &ManifestReport, most: usize) -> String {
        let mut out = self.name(report);
        out.push_str("\n\n");
        let excerpts = Excerpts::new(&report.file, self.look.width);
        let told = self.told(&report.findings);
        for block in told.iter().take(most) {
            out.push_str(&self.block(report, &excerpts, block).draw(self.look));
        }
        if told.len() > most {
            let left: usize = told[most..].iter().map(|told| told.findings().len()).sum();
            let sentence = match self.look.lang {
                Lang::En if left == 1 => format!("1 more finding is not shown (--max-findings {most})"),
                Lang::En => format!("{left} more findings are not shown (--max-findings {most})"),
                Lang::Zh => format!("另有 {left} 项发现未显示（--max-findings {most}）"),
            };
            let _ = writeln!(out, "{sentence}\n");
        }
        out
    }

    /// One manifest in one line, or in several where that is too wide.
    pub fn line(&self, report: &ManifestReport) -> String {
        let parts: Vec<_> = std::iter::once(self.name(report)).chain(counts(&report.outcomes, self.look)).collect();
        filled(&parts, self.look.dot(), self.look.width.saturating_sub(INDENT)).replace('\n', "\n    ") + "\n"
    }

    fn name(&self, report: &ManifestReport) -> String {
        let mut name = plain(&report.file.name);
        if report.in_stream {
            let _ = write!(name, ":{}", report.file.first_line);
        }
        let system = &report.system;
        let parts: Vec<_> = [&system.name, &system.version].into_iter().flatten().map(|text| plain(text)).collect();
        let lang = self.look.lang;
        if !parts.is_empty() {
            let _ = write!(name, "{}{}", lang.pick(": ", "："), parts.join(" "));
        }
        if !system.offered_in.is_empty() {
            let codes =
                system.offered_in.iter().map(|code| plain(code)).collect::<Vec<_>>().join(lang.pick(", ", "、"));
            let comma = if parts.is_empty() { lang.pick(": ", "：") } else { lang.pick(", ", "，") };
            let _ = write!(name, "{comma}{}{codes}", lang.pick("offered in ", "提供地："));
        }
        name
    }

    fn block<'a>(&self, report: &ManifestReport, excerpts: &'a Excerpts, told: &Told<'_>) -> Block<'a> {
        let findings = told.findings();
        let first = findings[0];
        let lang = self.look.lang;
        let headline = match told {
            Told::Duty(_) => self.headline(first, &say::message(self.plan, first, lang)),
            Told::Under(fact, _) => self.headline(first, &say::question(self.plan, fact, lang)),
        };
        let shown = match told {
            Told::Duty(findings) => places(findings),
            Told::Under(fact, _) => about(first, fact),
        };
        let shown = shown.into_iter().map(|label| (label.span, label.message.clone())).collect();
        let mut lines = vec![(lang.pick("law:", "法条："), self.law(first.rule))];
        if let Told::Duty(findings) = told {
            lines.extend(findings[1..].iter().map(|other| (lang.pick("law:", "法条："), self.same_law(first, other))));
        }
        lines.push((lang.pick("help:", "建议："), say::help(self.plan, first, lang)));
        if self.redact {
            let region = first.labels.first().map(|label| report.file.region(label.span));
            lines.extend(region.map(|at| {
                (lang.pick("at:", "位置："), format!("{}:{}:{}", plain(&report.file.name), at.line, at.column))
            }));
        }
        if first.omitted > 0 {
            let more = first.omitted;
            let sentence = match (lang, more) {
                (Lang::En, 1) => "in 1 more place".to_owned(),
                (Lang::En, _) => format!("in {more} more places"),
                (Lang::Zh, _) => format!("另有 {more} 处"),
            };
            lines.push((lang.pick("more:", "更多："), sentence));
        }
        if let Told::Under(_, findings) = told {
            lines.extend(self.others(&findings[1..]).map(|others| (lang.pick("also:", "另涉："), others)));
        }
        let severity = findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Advice);
        Block { severity, headline, excerpts: (!self.redact).then_some(excerpts), labels: shown, lines }
    }

    fn headline(&self, finding: &Finding, sentence: &str) -> String {
        let (_, rule) = self.plan.rule(finding.rule);
        let lang = self.look.lang;
        let word = match finding.outcome {
            Outcome::Fail => severity(finding.severity, lang),
            outcome => self::outcome(outcome, lang),
        };
        let item = finding.item.as_ref().map_or_else(String::new, |item| {
            format!(" [{}]", item.id.as_deref().map_or_else(|| item.pointer.clone(), plain))
        });
        format!("{word} {}{item}  {sentence}", rule.id)
    }

    fn law(&self, rule: RuleNumber) -> String {
        let (pack, rule) = self.plan.rule(rule);
        let lang = self.look.lang;
        let cited = rule.cite.first().map(|first| cite(&pack.instrument, first, lang)).unwrap_or_default();
        format!("{cited}{}{}", lang.pick(", ", "，"), in_force(rule.in_force.from, lang))
    }

    /// Another instrument that asks for the same thing, and in what it differs.
    fn same_law(&self, first: &Finding, other: &Finding) -> String {
        let lang = self.look.lang;
        let [own, others] = [first, other].map(|finding| self.plan.rule(finding.rule).1);
        let difference = own.same_as.iter().find(|same| same.rule == others.id);
        let difference = difference
            .map_or_else(String::new, |same| format!("{}{}", lang.pick(": ", "："), same.difference.get(lang)));
        format!("{} ({}){difference}", self.law(other.rule), others.id)
    }

    /// Violations and reviews in the manifest's order, then the questions, those that most findings wait for first.
    fn told<'r>(&self, findings: &'r [Finding]) -> Vec<Told<'r>> {
        let mut decided: Vec<_> = findings.iter().filter(|finding| finding.told_under.is_none()).collect();
        decided.sort_by_key(|finding| finding.labels.first().map_or(u32::MAX, |label| label.span.start));
        let mut duties: Vec<Vec<&Finding>> = Vec::new();
        for finding in decided {
            let same = |duty: &&mut Vec<&Finding>| duty.iter().any(|known| self.is_same_duty(known, finding));
            match duties.iter_mut().find(same) {
                Some(duty) => duty.push(finding),
                None => duties.push(vec![finding]),
            }
        }
        // The gravest leads; of equals, the first.
        duties.iter_mut().for_each(|duty| duty.sort_by_key(|finding| std::cmp::Reverse(finding.severity)));
        let duties = duties.into_iter().map(Told::Duty);
        duties.chain(questions(findings)).collect()
    }

    /// Whether two rules ask for the same thing of the same item.
    fn is_same_duty(&self, one: &Finding, other: &Finding) -> bool {
        let [a, b] = [one, other].map(|finding| self.plan.rule(finding.rule).1);
        let names = |a: &Rule, b: &Rule| a.same_as.iter().any(|same| same.rule == b.id);
        self.group == Group::Duty && one.item == other.item && (names(a, b) || names(b, a))
    }

    /// The other rules that wait for the same fact.
    fn others(&self, findings: &[&Finding]) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        for finding in findings {
            let name = self.plan.rule(finding.rule).1.id.to_string();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let more = names.len().saturating_sub(MOST_NAMED);
        names.truncate(MOST_NAMED);
        let lang = self.look.lang;
        let listed = names.join(lang.pick(", ", "、"));
        (!names.is_empty()).then(|| match (more, lang) {
            (0, _) => listed,
            (more, Lang::En) => format!("{listed} and {more} more"),
            (more, Lang::Zh) => format!("{listed} 等，另有 {more} 条"),
        })
    }

    /// A text that is not a manifest.
    pub fn broken(&self, broken: &Broken, in_stream: bool) -> String {
        let lang = self.look.lang;
        let mut name = plain(&broken.file.name);
        if in_stream {
            let _ = write!(name, ":{}", broken.file.first_line);
        }
        let count = broken.problems.len();
        let headline = match lang {
            Lang::En => {
                format!("{name} is not a system manifest: {count} {}", if count == 1 { "problem" } else { "problems" })
            }
            Lang::Zh => format!("{name} 不是系统清单：{count} 个问题"),
        };
        let excerpts = Excerpts::with_end(&broken.file, self.look.width);
        let mut labels = Vec::new();
        let mut lines: Vec<(&'static str, String)> = Vec::new();
        for problem in broken.problems.iter().take(MOST_PROBLEMS) {
            let kind = if self.redact { problem.kind.clone().redacted() } else { problem.kind.clone() };
            let sentence = plain(&kind.say(lang));
            if self.redact || broken.file.source.text().is_empty() {
                let at = broken.file.region(problem.span);
                lines.push((lang.pick("at:", "位置："), format!("{}:{}  {sentence}", at.line, at.column)));
            }
            labels.push((problem.span, sentence));
            labels.extend(problem.second.map(|(span, also)| (span, also.say(lang).to_owned())));
            let help = kind.help(lang).map(|help| (lang.pick("help:", "建议："), plain(&help)));
            lines.extend(help.filter(|line| !lines.contains(line)));
        }
        if count > MOST_PROBLEMS {
            let more = count - MOST_PROBLEMS;
            let sentence = match (lang, more) {
                (Lang::En, 1) => "1 more problem".to_owned(),
                (Lang::En, _) => format!("{more} more problems"),
                (Lang::Zh, _) => format!("另有 {more} 个问题"),
            };
            lines.push((lang.pick("more:", "更多："), sentence));
        }
        let shown = !self.redact && !broken.file.source.text().is_empty();
        Block { severity: Severity::Error, headline, excerpts: shown.then_some(&excerpts), labels, lines }
            .draw(self.look)
    }
}

impl<'r> Told<'r> {
    fn findings(&self) -> Vec<&'r Finding> {
        match self {
            Self::Duty(findings) | Self::Under(_, findings) => findings.clone(),
        }
    }
}

/// The questions to which findings wait for an answer, those that most wait for first.
fn questions(findings: &[Finding]) -> impl Iterator<Item = Told<'_>> {
    let mut questions: std::collections::BTreeMap<&NamedFact, Vec<&Finding>> = std::collections::BTreeMap::new();
    for finding in findings {
        if let Some(position) = finding.told_under {
            questions.entry(&finding.facts[position]).or_default().push(finding);
        }
    }
    let mut questions: Vec<_> = questions.into_iter().collect();
    questions.sort_by_key(|(fact, findings)| (std::cmp::Reverse(findings.len()), *fact));
    questions.into_iter().map(|(fact, findings)| Told::Under(fact, findings))
}

/// The labels of the first finding, and the further places that break what the others ask for.
fn places<'f>(findings: &[&'f Finding]) -> Vec<&'f Label> {
    let mut labels: Vec<&Label> = findings[0].labels.iter().collect();
    let others = findings[1..].iter().flat_map(|finding| &finding.labels);
    for label in others.filter(|label| label.role != Role::Because) {
        if labels.iter().all(|known| known.span != label.span) {
            labels.push(label);
        }
    }
    labels
}

/// The labels of a finding that speak of one fact, and why the duty applies.
fn about<'f>(finding: &'f Finding, fact: &NamedFact) -> Vec<&'f Label> {
    let silent = finding.labels.iter().filter(|label| label.role == Role::Unstated);
    let nearest =
        silent.filter(|label| fact.pointer.starts_with(&label.pointer)).max_by_key(|label| label.pointer.len());
    nearest.into_iter().chain(finding.labels.iter().filter(|label| label.role == Role::Because)).collect()
}

/// What is wrong with a rule pack, drawn one by one.
pub fn pack_errors(errors: &[PackError], look: Look) -> String {
    // What is said to authors of rules is English.
    let mut out = look.lang.pick("", "规则包有错误（面向规则作者的说明为英文）：\n\n").to_owned();
    for error in errors {
        let excerpts = Excerpts::new(&error.file, look.width);
        let has_text = !error.file.source.text().is_empty();
        let mistake = plain(&error.kind.to_string());
        let headline = if has_text { mistake } else { format!("{}: {mistake}", plain(&error.file.name)) };
        let labels = std::iter::once((error.span, "here".to_owned()))
            .chain(error.second.iter().map(|(span, also)| (*span, plain(also))));
        let lines = error.kind.help().map(|help| ("help:", plain(&help)));
        let block = Block {
            severity: Severity::Error,
            headline,
            excerpts: has_text.then_some(&excerpts),
            labels: labels.collect(),
            lines: lines.into_iter().collect(),
        };
        out.push_str(&block.draw(Look { lang: Lang::En, ..look }));
    }
    out
}

fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => lang.pick("error", "错误"),
        Severity::Warning => lang.pick("warning", "警告"),
        Severity::Advice => lang.pick("advice", "建议"),
    }
}

/// An outcome's word.
pub fn outcome(outcome: Outcome, lang: Lang) -> &'static str {
    match outcome {
        Outcome::Pass => lang.pick("met", "符合"),
        Outcome::Fail => lang.pick("violated", "违反"),
        Outcome::Review => lang.pick("review", "待人工判断"),
        Outcome::Unstated => lang.pick("unstated", "未说明"),
        Outcome::Undetermined => lang.pick("undetermined", "适用与否待定"),
        Outcome::Upcoming => lang.pick("upcoming", "尚未到期"),
        Outcome::NotApplicable => lang.pick("not applicable", "不适用"),
    }
}
