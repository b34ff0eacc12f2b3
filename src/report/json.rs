//! The machine-readable report: `schemas/report.schema.json`.
//!
//! Written as the run goes, so that a million manifests need no more memory than one.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use crate::engine::{Outcome, Plan};
use crate::lang::Lang;
use crate::pack::{Decides, Pack, Rule};
use crate::time::Date;

use super::cite::cite;
use super::finding::{Counts, Finding, ItemName, Label, ManifestReport, ResultLine};
use super::say;
use super::totals::Totals;

/// Whether a report is one document, or one element a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One document.
    Document,
    /// One element of `manifests` or `errors` a line, then the rest of the frame.
    Lines,
}

/// A report being written.
#[derive(Debug)]
pub struct JsonReport<'p> {
    plan: &'p Plan,
    shape: Shape,
    head: Value,
    manifests: u64,
    errors: Vec<Value>,
}

/// Something that could not be checked.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorLine {
    /// The file, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// What is wrong.
    pub message: String,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The column in code points, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
}

#[derive(Serialize)]
struct Head<'a> {
    govlint: &'a str,
    as_of: Date,
    allow: Vec<&'a str>,
    packs: Vec<PackHead<'a>>,
    lang: Lang,
    rules: Vec<RuleHead<'a>>,
}

#[derive(Serialize)]
struct PackHead<'a> {
    id: &'a str,
    version: &'a str,
    digest: &'a str,
}

#[derive(Serialize)]
struct RuleHead<'a> {
    id: String,
    title: &'a str,
    strength: &'a str,
    topics: &'a [String],
    cite: Value,
    decides: Vec<&'a str>,
}

#[derive(Serialize)]
struct ManifestLine<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    system: SystemLine<'a>,
    outcomes: Value,
    results: Vec<ResultElement<'a>>,
    findings: Vec<FindingElement<'a>>,
}

#[derive(Serialize)]
struct SystemLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct ItemElement<'a> {
    pointer: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
}

#[derive(Serialize)]
struct ResultElement<'a> {
    rule: String,
    outcome: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<ItemElement<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<Date>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    indicated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    because: &'a [String],
}

#[derive(Serialize)]
struct FindingElement<'a> {
    rule: String,
    outcome: &'a str,
    severity: &'a str,
    strength: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<ItemElement<'a>>,
    title: &'a str,
    message: String,
    help: String,
    cite: Value,
    labels: Vec<LabelElement<'a>>,
    facts: Vec<&'a str>,
}

#[derive(Serialize)]
struct LabelElement<'a> {
    path: &'a str,
    pointer: &'a str,
    line: u64,
    column: u64,
    end_line: u64,
    end_column: u64,
    byte_start: u64,
    byte_end: u64,
    role: &'a str,
    message: &'a str,
}

impl<'p> JsonReport<'p> {
    /// Begins a report.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn begin(
        out: &mut dyn Write,
        plan: &'p Plan,
        totals: &Totals,
        as_of: Date,
        lang: Lang,
        shape: Shape,
    ) -> io::Result<Self> {
        let head = serde_json::to_value(Head {
            govlint: env!("CARGO_PKG_VERSION"),
            as_of,
            allow: totals.allow().outcomes().into_iter().map(Outcome::word).collect(),
            packs: plan.packs().iter().map(|pack| pack_head(pack)).collect(),
            lang,
            rules: plan.rules().map(|(_, pack, rule)| rule_head(pack, rule, lang)).collect(),
        })?;
        if shape == Shape::Document {
            let text = harmless(&head)?;
            write!(out, "{},\"manifests\":[", &text[..text.len() - 1])?;
        }
        Ok(Self { plan, shape, head, manifests: 0, errors: Vec::new() })
    }

    /// One manifest as an element, without knowing what came before it.
    ///
    /// # Errors
    /// Never, but for what `serde_json` may say.
    pub fn element(plan: &Plan, report: &ManifestReport, lang: Lang) -> io::Result<String> {
        let line = ManifestLine {
            path: &report.file.name,
            line: report.in_stream.then_some(report.file.first_line),
            system: SystemLine { id: report.system.id.as_deref(), name: report.system.name.as_deref() },
            outcomes: counts(&report.outcomes),
            results: report.results.iter().map(|result| result_element(plan, result)).collect(),
            findings: report.findings.iter().map(|finding| finding_element(plan, report, finding, lang)).collect(),
        };
        harmless(&line)
    }

    /// Writes an element that [`JsonReport::element`] made.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn manifest(&mut self, out: &mut dyn Write, element: &str) -> io::Result<()> {
        match self.shape {
            Shape::Lines => writeln!(out, "{element}")?,
            Shape::Document if self.manifests == 0 => write!(out, "\n{element}")?,
            Shape::Document => write!(out, ",\n{element}")?,
        }
        self.manifests += 1;
        Ok(())
    }

    /// Notes something that could not be checked.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn error(&mut self, out: &mut dyn Write, error: &ErrorLine) -> io::Result<()> {
        match self.shape {
            Shape::Lines => writeln!(out, "{}", harmless(error)?),
            Shape::Document => {
                self.errors.push(serde_json::to_value(error)?);
                Ok(())
            }
        }
    }

    /// Ends the report.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn end(self, out: &mut dyn Write, totals: &Totals) -> io::Result<()> {
        let (sums, gate) = (self.totals(totals), totals.gate().word());
        match self.shape {
            Shape::Document => {
                let errors = harmless(&self.errors)?;
                writeln!(out, "\n],\"errors\":{errors},\"totals\":{},\"gate\":\"{gate}\"}}", harmless(&sums)?)
            }
            Shape::Lines => {
                let mut frame = self.head;
                frame["totals"] = sums;
                frame["gate"] = gate.into();
                writeln!(out, "{}", harmless(&frame)?)
            }
        }
    }

    fn totals(&self, totals: &Totals) -> Value {
        let by_rule = self
            .plan
            .rules()
            .map(|(number, _, rule)| (rule.id.to_string(), counts(&totals.by_rule[number.0 as usize])));
        serde_json::json!({
            "manifests": totals.manifests,
            "errors": totals.errors,
            "findings": totals.findings,
            "failing": totals.failing,
            "outcomes": counts(&totals.outcomes),
            "rules": by_rule.collect::<serde_json::Map<_, _>>(),
        })
    }
}

/// JSON that no log reader takes for a command: `##[` is written `\u0023#[`.
fn harmless(value: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_string(value)?.replace("##[", "\\u0023#["))
}

fn counts(counts: &Counts) -> Value {
    let mut object: serde_json::Map<_, _> =
        Outcome::ALL.into_iter().map(|outcome| (outcome.word().to_owned(), counts.of(outcome).into())).collect();
    object.insert("excepted".to_owned(), counts.excepted.into());
    Value::Object(object)
}

fn pack_head(pack: &Pack) -> PackHead<'_> {
    PackHead { id: &pack.instrument.id, version: &pack.instrument.version, digest: &pack.digest }
}

fn rule_head<'a>(pack: &'a Pack, rule: &'a Rule, lang: Lang) -> RuleHead<'a> {
    let Decides { breach, pass } = rule.decides;
    let decides = [(breach, "breach"), (pass, "pass")];
    RuleHead {
        id: rule.id.to_string(),
        title: rule.title.get(lang),
        strength: rule.strength.word(),
        topics: &rule.topics,
        cite: citation(pack, rule, lang),
        decides: decides.into_iter().filter_map(|(decided, word)| decided.then_some(word)).collect(),
    }
}

fn citation(pack: &Pack, rule: &Rule, lang: Lang) -> Value {
    let mut object = serde_json::Map::new();
    let instrument = &pack.instrument;
    object.insert("instrument".into(), instrument.short_title.get(lang).into());
    if let Some(first) = rule.cite.first() {
        object.insert("article".into(), first.article.as_str().into());
        object.extend(first.within.paragraph.map(|number| ("paragraph".to_owned(), number.into())));
        object.extend(first.within.item.as_ref().map(|item| ("item".to_owned(), item.as_str().into())));
        object.insert("text".into(), cite(instrument, first, lang).into());
    }
    object.insert("in_force_from".into(), rule.in_force.from.to_string().into());
    object.extend(instrument.url.as_ref().map(|url| ("url".to_owned(), url.as_str().into())));
    Value::Object(object)
}

fn item_element(item: &ItemName) -> ItemElement<'_> {
    ItemElement { pointer: &item.pointer, id: item.id.as_deref() }
}

fn result_element<'a>(plan: &'a Plan, result: &'a ResultLine) -> ResultElement<'a> {
    ResultElement {
        rule: plan.rule(result.rule).1.id.to_string(),
        outcome: result.outcome.word(),
        item: result.item.as_ref().map(item_element),
        due: result.due,
        indicated: result.indicated,
        reason: result.reason.map(crate::engine::Reason::word),
        because: &result.because,
    }
}

fn finding_element<'a>(
    plan: &'a Plan,
    report: &'a ManifestReport,
    finding: &'a Finding,
    lang: Lang,
) -> FindingElement<'a> {
    let (pack, rule) = plan.rule(finding.rule);
    FindingElement {
        rule: rule.id.to_string(),
        outcome: finding.outcome.word(),
        severity: finding.severity.word(),
        strength: rule.strength.word(),
        item: finding.item.as_ref().map(item_element),
        title: rule.title.get(lang),
        message: say::message(plan, finding, lang),
        help: say::help(plan, finding, lang),
        cite: citation(pack, rule, lang),
        labels: finding.labels.iter().map(|label| label_element(report, label)).collect(),
        facts: finding.facts.iter().map(|fact| fact.pointer.as_str()).collect(),
    }
}

fn label_element<'a>(report: &'a ManifestReport, label: &'a Label) -> LabelElement<'a> {
    let region = report.file.region(label.span);
    LabelElement {
        path: &report.file.name,
        pointer: &label.pointer,
        line: region.line,
        column: region.column,
        end_line: region.end_line,
        end_column: region.end_column,
        byte_start: region.byte_start,
        byte_end: region.byte_end,
        role: label.role.word(),
        message: &label.message,
    }
}
