//! `govlint rules test`: runs the tests that stand in rules.

use std::io::Write;
use std::sync::Arc;

use clap::Args;
use serde_json::{Value, json};

use super::Format;
use crate::authoring::test::{Bench, TestFailure, failed, wanted, written};
use crate::cli::failure::Failure;
use crate::cli::{Done, Shown, packs};
use crate::lang::Lang;
use crate::manifest::BUILT_IN;
use crate::pack::{Drafts, Pack, Rule, RuleTest};
use crate::report::{Look, plain};

#[derive(Debug, Args)]
pub struct TestArgs {
    /// Built-in packs, or folders; all built-in packs unless given
    packs: Vec<String>,
    /// Only tests whose names, or whose rules' names, contain this
    #[arg(short = 'k', value_name = "NAME", default_value = "")]
    named: String,
    /// One line for each rule
    #[arg(short, long)]
    verbose: bool,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

/// The tests of one pack that ran.
struct Ran {
    bench: Bench,
    /// Each rule of which tests ran, by its position, with each of those tests and what became of it.
    rules: Vec<(usize, Vec<Tested>)>,
}

/// A test by its position in its rule, and what became of it.
type Tested = (usize, Result<(), TestFailure>);

/// Runs the command.
pub(super) fn run(args: &TestArgs, shown: Shown, out: &mut dyn Write) -> Done {
    let look = shown.look(&std::io::stdout());
    let (mut ran, mut failed, mut reports, mut untested) = (0, 0, Vec::new(), Vec::new());
    let packs = packs::to_author(&args.packs, shown.look(&std::io::stderr()))?;
    let several = packs.len() > 1;
    for pack in packs {
        let run = Ran::new(pack, &args.named);
        if run.count() == 0 {
            untested.push(run.bench.pack().instrument.id.clone());
            continue;
        }
        (ran, failed) = (ran + run.count(), failed + run.failures().count());
        match args.format {
            Format::Human => write!(out, "{}", run.human(args.verbose, look))?,
            Format::Json => reports.push(run.report()),
        }
    }
    if ran == 0 {
        return Err(Failure::NoTest(args.named.clone()));
    }
    match (args.format, look.lang) {
        (Format::Json, _) => {
            let whole = json!({ "packs": reports, "ran": ran, "failed": failed });
            writeln!(out, "{}", serde_json::to_string_pretty(&whole).expect("a report can be written"))?;
        }
        (Format::Human, lang) if several => writeln!(out, "{}", sums(lang.pick("all", "合计"), ran, failed, lang))?,
        (Format::Human, _) => {}
    }
    // With a name, most packs have nothing of that name; without one, a pack in which nothing ran was not tested.
    if args.named.is_empty() && !untested.is_empty() {
        return Err(Failure::Untested(untested));
    }
    Ok(u8::from(failed > 0))
}

fn sums(of: &str, ran: usize, failed: usize, lang: Lang) -> String {
    match lang {
        Lang::En if ran == 1 => format!("{of}: 1 test, {failed} failed"),
        Lang::En => format!("{of}: {ran} tests, {failed} failed"),
        Lang::Zh => format!("{of}：{ran} 个测试，{failed} 个未通过"),
    }
}

impl Ran {
    /// Runs the tests of a pack whose names, or whose rules' names, contain `named`.
    fn new(pack: Arc<Pack>, named: &str) -> Self {
        let bench = Bench::new(&BUILT_IN, pack);
        let of_rule = |rule: &Rule| {
            let whole = rule.id.to_string().contains(named);
            let wanted = rule.tests.iter().enumerate().filter(|(_, test)| whole || test.name.contains(named));
            wanted.map(|(number, test)| (number, bench.run(rule, test))).collect::<Vec<_>>()
        };
        let rules = bench.pack().rules.iter().enumerate().map(|(number, rule)| (number, of_rule(rule)));
        let rules = rules.filter(|(_, tests)| named.is_empty() || !tests.is_empty()).collect();
        Self { rules, bench }
    }

    fn rule(&self, number: usize) -> &Rule {
        &self.bench.pack().rules[number]
    }

    fn count(&self) -> usize {
        self.rules.iter().map(|(_, tests)| tests.len()).sum()
    }

    fn failures(&self) -> impl Iterator<Item = (&Rule, &RuleTest, &TestFailure)> {
        self.rules.iter().flat_map(|(number, tests)| {
            let rule = self.rule(*number);
            tests.iter().filter_map(move |(test, result)| Some((rule, &rule.tests[*test], result.as_ref().err()?)))
        })
    }

    /// What failed, each test by itself; and the sums.
    fn human(&self, verbose: bool, look: Look) -> String {
        let pack = self.bench.pack();
        let mut out: String = if verbose {
            self.rules.iter().map(|(number, tests)| self.line(*number, tests, look)).collect()
        } else {
            String::new()
        };
        if self.failures().next().is_some() {
            let drafts = Drafts::new(&BUILT_IN, pack);
            if verbose {
                out.push('\n');
            }
            out.extend(
                self.failures().map(|(rule, test, failure)| failed(&self.bench, &drafts, (rule, test), failure, look)),
            );
        }
        out + &sums(&pack.instrument.id, self.count(), self.failures().count(), look.lang) + "\n"
    }

    fn line(&self, number: usize, tests: &[Tested], look: Look) -> String {
        let (id, ran) = (&self.rule(number).id, tests.len());
        let failed = tests.iter().filter(|(_, result)| result.is_err()).count();
        let sign = match (failed, look.unicode) {
            (0, true) if ran > 0 => "✓",
            (0, false) if ran > 0 => "ok",
            (_, true) => "✗",
            (_, false) => "x",
        };
        let told = match (look.lang, ran, failed) {
            (Lang::En, 0, _) => "no tests".to_owned(),
            (Lang::En, 1, 0) => "1 test".to_owned(),
            (Lang::En, _, 0) => format!("{ran} tests"),
            (Lang::En, _, _) => format!("{failed} of {ran} tests failed"),
            (Lang::Zh, 0, _) => "没有测试".to_owned(),
            (Lang::Zh, _, 0) => format!("{ran} 个测试"),
            (Lang::Zh, _, _) => format!("{ran} 个测试中 {failed} 个未通过"),
        };
        format!("{} {sign} {told}\n", plain(&id.to_string()))
    }

    fn report(&self) -> Value {
        let rules = self.rules.iter().map(|(number, tests)| {
            let rule = self.rule(*number);
            let tests: Vec<_> =
                tests.iter().map(|(test, result)| self.told(rule, &rule.tests[*test], result)).collect();
            json!({ "rule": rule.id.to_string(), "tests": tests })
        });
        json!({
            "pack": self.bench.pack().instrument.id,
            "ran": self.count(),
            "failed": self.failures().count(),
            "rules": rules.collect::<Vec<_>>(),
        })
    }

    fn told(&self, rule: &Rule, test: &RuleTest, result: &Result<(), TestFailure>) -> Value {
        let file = &self.bench.pack().files[test.place.file];
        let region = file.region(test.place.span);
        let mut told = json!({
            "name": test.name,
            "path": file.name,
            "line": region.line,
            "column": region.column,
            "as_of": self.bench.as_of(test),
            "passed": result.is_ok(),
            "expected": wanted(&test.expect),
        });
        let Err(failure) = result else { return told };
        told["message"] = json!({ "en": failure.say(Lang::En), "zh": failure.say(Lang::Zh) });
        if let (TestFailure::Outcome { found, .. }, Ok(manifest)) = (failure, self.bench.patched(test)) {
            let answers = self.bench.smallest_difference(rule, test, &manifest);
            let answer = |changes: Vec<crate::authoring::test::Changed>| {
                let one = changes.into_iter().map(|changed| json!({ "pointer": changed.pointer, "to": changed.to }));
                one.collect::<Vec<_>>()
            };
            told["found"] = written(found).into();
            told["smallest_differences"] = answers.into_iter().map(answer).collect::<Vec<_>>().into();
            told["manifest"] = manifest.root().to_value();
        }
        told
    }
}
