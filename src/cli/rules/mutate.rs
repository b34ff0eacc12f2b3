//! `govlint rules mutate`: whether the tests of rules notice small changes of the rules.

use std::io::Write;

use clap::Args;
use serde_json::{Value, json};

use super::Format;
use crate::authoring::mutate::{Fate, Mutant, Mutation, mutate, survivor};
use crate::authoring::test::written;
use crate::cli::failure::Failure;
use crate::cli::{Done, Shown, packs};
use crate::lang::Lang;
use crate::manifest::BUILT_IN;
use crate::report::{Excerpts, Look};

#[derive(Debug, Args)]
pub struct MutateArgs {
    /// Built-in packs, or folders; all built-in packs unless given
    packs: Vec<String>,
    /// Only rules and shared conditions (PACK/conditions/NAME) whose names contain this
    #[arg(short = 'k', value_name = "NAME", default_value = "")]
    named: String,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

/// Runs the command.
pub(super) fn run(args: &MutateArgs, shown: Shown, out: &mut dyn Write) -> Done {
    let look = shown.look(&std::io::stdout());
    let (mut made, mut survived, mut reports) = (0, 0, Vec::new());
    for pack in packs::to_author(&args.packs, shown.look(&std::io::stderr()))? {
        let mutation = mutate(&BUILT_IN, &pack, &args.named);
        if mutation.mutants.is_empty() {
            continue;
        }
        made += mutation.mutants.len();
        survived += mutation.survivors().count();
        match args.format {
            Format::Human => write!(out, "{}", human(&mutation, look))?,
            Format::Json => reports.push(report(&mutation)),
        }
    }
    if made == 0 {
        return Err(Failure::NoMutant(args.named.clone()));
    }
    if args.format == Format::Json {
        let text = serde_json::to_string_pretty(&json!({ "packs": reports })).expect("a report can be written");
        writeln!(out, "{text}")?;
    }
    Ok(u8::from(survived > 0))
}

/// The survivors, each at its place, and the sums.
fn human(mutation: &Mutation, look: Look) -> String {
    let pack = &mutation.pack;
    let excerpts: Vec<_> = pack.files.iter().map(|file| Excerpts::new(file, look.width)).collect();
    let drawn = mutation.survivors().map(|one| survivor(pack, one, &excerpts[one.0.place.file], look));
    drawn.collect::<String>() + &sums(mutation, look.lang) + "\n"
}

fn sums(mutation: &Mutation, lang: Lang) -> String {
    let (id, made) = (&mutation.pack.instrument.id, mutation.mutants.len());
    let survived = mutation.survivors().count();
    let equivalent = mutation.equivalent();
    let killed = made - survived - equivalent;
    let mut sums = match lang {
        Lang::En => {
            format!("{id}: {made} mutants, {killed} killed, {equivalent} proven equivalent, {survived} survived")
        }
        Lang::Zh => {
            format!("{id}：变异 {made} 个，被测试发现 {killed} 个，证明等价 {equivalent} 个，存活 {survived} 个")
        }
    };
    if mutation.failing > 0 {
        let failing = mutation.failing;
        sums += &match lang {
            Lang::En if failing == 1 => "; 1 test fails without them and was left out".to_owned(),
            Lang::En => format!("; {failing} tests fail without them and were left out"),
            Lang::Zh => format!("；另有 {failing} 个测试本身未通过，未计入"),
        };
    }
    sums
}

fn report(mutation: &Mutation) -> Value {
    let pack = &mutation.pack;
    let one = |(mutant, fate): &(Mutant, Fate)| {
        let file = &pack.files[mutant.place.file];
        let region = file.region(mutant.place.span);
        let rules: Vec<_> = mutant.rules.iter().map(|(number, _)| pack.rules[*number].id.to_string()).collect();
        let mut told = json!({
            "of": mutant.subject.name(pack),
            "kind": mutant.change.kind.word(),
            "path": file.name,
            "line": region.line,
            "column": region.column,
            "before": mutant.change.before,
            "after": mutant.change.after,
            "rules": rules,
        });
        match fate {
            Fate::Killed { rule, test } => {
                let rule = &pack.rules[*rule];
                told["fate"] = "killed".into();
                told["killed_by"] = json!({ "rule": rule.id.to_string(), "test": rule.tests[*test].name });
            }
            Fate::Equivalent => told["fate"] = "equivalent".into(),
            Fate::Survived(suggestion) => {
                let kind = &mutant.change.kind;
                told["fate"] = "survived".into();
                told["message"] = json!({ "en": kind.unnoticed(Lang::En), "zh": kind.unnoticed(Lang::Zh) });
                told["help"] = json!({ "en": kind.hint(Lang::En), "zh": kind.hint(Lang::Zh) });
                if let Some(suggestion) = suggestion {
                    told["test"] = suggestion.test();
                    told["test_of"] = pack.rules[suggestion.rule].id.to_string().into();
                    told["instead"] = written(&suggestion.instead).into();
                }
            }
        }
        told
    };
    let survived = mutation.survivors().count();
    json!({
        "pack": pack.instrument.id,
        "made": mutation.mutants.len(),
        "killed": mutation.mutants.len() - survived - mutation.equivalent(),
        "equivalent": mutation.equivalent(),
        "survived": survived,
        "failing_tests": mutation.failing,
        "mutants": mutation.mutants.iter().map(one).collect::<Vec<_>>(),
    })
}
