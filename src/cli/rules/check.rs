//! `govlint rules check`: what can be proven to be wrong with rules.

use std::io::Write;
use std::sync::Arc;

use clap::Args;
use serde_json::Value;

use super::Format;
use crate::authoring::check::{Open, Problem, Report, check as checked};
use crate::cli::failure::Failure;
use crate::cli::{Done, Shown, packs};
use crate::engine::Severity;
use crate::lang::Lang;
use crate::manifest::BUILT_IN;
use crate::report::{Block, Excerpts, Look, plain, wrap};

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Built-in packs, or folders; all built-in packs unless given
    packs: Vec<String>,
    /// Name the questions that stayed open too
    #[arg(short, long)]
    verbose: bool,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

/// Runs the command; a problem is exit 1.
pub(super) fn run(args: &CheckArgs, shown: Shown, out: &mut dyn Write) -> Done {
    let packs = packs::to_author(&args.packs, shown.look(&std::io::stderr()))?;
    let report = checked(&BUILT_IN, &packs);
    if args.format == Format::Json {
        writeln!(out, "{:#}", report.json())?;
    } else {
        check(out, &report, args.verbose, shown.look(&std::io::stdout()))?;
    }
    Ok(u8::from(!report.problems.is_empty()))
}

/// A witness that is longer than this is told in JSON alone.
const LONGEST: usize = 600;

/// Writes what was found; with `verbose`, every question that stayed open too.
fn check(out: &mut dyn Write, report: &Report, verbose: bool, look: Look) -> Result<(), Failure> {
    let mut shown: Option<Excerpts> = None;
    let mut file = None;
    for problem in &report.problems {
        if file.is_none_or(|file| !Arc::ptr_eq(file, &problem.file)) {
            (shown, file) = (Some(Excerpts::new(&problem.file, look.width)), Some(&problem.file));
        }
        write!(out, "{}", drawn(problem, shown.as_ref(), look))?;
    }
    for open in report.tally.open.iter().filter(|_| verbose) {
        writeln!(out, "{}", wrap(&undecided(open, look.lang), look.width))?;
    }
    Ok(writeln!(out, "{}", wrap(&summary(report, look.lang), look.width))?)
}

fn drawn(problem: &Problem, excerpts: Option<&Excerpts>, look: Look) -> String {
    let lang = look.lang;
    let rule = problem.rule.as_ref().map(|rule| format!("{rule}  ")).unwrap_or_default();
    let mut lines = vec![(lang.pick("help:", "建议："), problem.finding.help(lang).to_owned())];
    if let Some(witness) = &problem.witness {
        let manifest = one_line(&witness.manifest);
        let at = witness.as_of;
        let told = match lang {
            _ if manifest.len() > LONGEST => lang.pick("see `--format json`", "见 `--format json`").to_owned(),
            Lang::En => format!("{} as of {at}", plain(&manifest)),
            Lang::Zh => format!("{}（截至 {at}）", plain(&manifest)),
        };
        lines.push((lang.pick("seen on:", "清单示例："), told));
    }
    let block = Block {
        severity: Severity::Warning,
        headline: format!("{rule}{}", plain(&problem.finding.say(lang))),
        excerpts,
        labels: std::iter::once((problem.span, lang.pick("here", "此处").to_owned()))
            .chain(problem.second.map(|other| (other, lang.pick("the other", "另一条").to_owned())))
            .collect(),
        lines,
    };
    block.draw(look)
}

/// JSON on one line, with spaces where it may be broken.
fn one_line(value: &Value) -> String {
    let listed = |parts: Vec<String>| parts.join(", ");
    match value {
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| format!("\"{name}\": {}", one_line(value)));
            format!("{{ {} }}", listed(members.collect())).replace("{  }", "{}")
        }
        Value::Array(items) => format!("[{}]", listed(items.iter().map(one_line).collect())),
        scalar => scalar.to_string(),
    }
}

fn undecided(open: &Open, lang: Lang) -> String {
    let (rule, analysis, why) = (&open.rule, open.analysis, open.why.word());
    match (lang, &open.other) {
        (Lang::En, Some(other)) => format!("not decided: {analysis} of {rule} with {other} ({why})"),
        (Lang::En, None) => format!("not decided: {analysis} of {rule} ({why})"),
        (Lang::Zh, Some(other)) => format!("未能判定：{rule} 与 {other} 的 {analysis}（{why}）"),
        (Lang::Zh, None) => format!("未能判定：{rule} 的 {analysis}（{why}）"),
    }
}

fn summary(report: &Report, lang: Lang) -> String {
    let Report { rules, pairs, left_out, tally, problems } = report;
    let (questions, proven, shown, open, found) =
        (tally.questions(), tally.proven, tally.shown, tally.open.len(), problems.len());
    let s = |count: usize| if count == 1 { "" } else { "s" };
    let not_compared = match (left_out, lang) {
        (0, _) => String::new(),
        (_, Lang::En) => format!("; about {left_out} more pairs are too many to be compared"),
        (_, Lang::Zh) => format!("；另有约 {left_out} 对规则因数量过多而未比较"),
    };
    match lang {
        Lang::En => format!(
            "{rules} rule{} and {pairs} pair{} checked: {found} problem{}; {questions} questions: {proven} proven, {shown} answered by a manifest, {open} not decided{not_compared}",
            s(*rules),
            s(*pairs),
            s(found)
        ),
        Lang::Zh => format!(
            "已检查 {rules} 条规则、{pairs} 对规则：{found} 个问题；共提出 {questions} 个疑问：{proven} 个已证明，{shown} 个以清单回答，{open} 个未能判定{not_compared}"
        ),
    }
}
