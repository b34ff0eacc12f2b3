//! `govlint init`: a manifest to begin with, and the questions that decide most.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Map, Value, json};

use crate::lang::Lang;
use crate::manifest::{BUILT_IN, Fact, FactId, FactKind, SCHEMA};
use crate::pack::built_in;
use crate::report::{hanging, wrap};

use super::facts::{kind, used_by};
use super::failure::Failure;
use super::{Done, Shown};

/// How many facts a new manifest asks for.
const QUESTIONS: usize = 10;

/// The schema that is written beside the manifest, so that an editor helps. Its name keeps it out of folder checks.
const BESIDE: &str = "govlint-manifest.schema.json";

/// Where a new manifest keeps what it does not state yet.
const OPEN: &str = "to-state";

#[derive(Debug, Args)]
pub struct InitArgs {
    /// The file to write; it must not be there yet
    file: PathBuf,
}

/// Runs the command.
pub fn run(args: &InitArgs, shown: Shown, out: &mut dyn Write) -> Done {
    let lang = shown.lang;
    let deciding = deciding();
    let questions: Map<String, Value> =
        deciding.iter().map(|fact| (fact.pointer.clone(), question(fact, lang).into())).collect();
    let manifest = json!({ "$schema": format!("./{BESIDE}"), "manifest": "1", "extensions": { OPEN: questions } });
    let mut text = serde_json::to_string_pretty(&manifest).expect("a JSON value can be written");
    text.push('\n');
    create(&args.file, &text)?;
    let schema = args.file.parent().unwrap_or(Path::new("")).join(BESIDE);
    let fresh = !schema.exists();
    if fresh {
        create(&schema, SCHEMA)?;
    }
    writeln!(out, "{} {}", lang.pick("wrote", "已写入"), args.file.display())?;
    if fresh {
        writeln!(
            out,
            "{} {}{}",
            lang.pick("wrote", "已写入"),
            schema.display(),
            lang.pick(", which lets an editor help", "，供编辑器提示使用")
        )?;
    }
    let width = shown.look(&io::stdout()).width;
    let next = lang.pick(
        "These facts decide the most rules. State each in its place, and take its line out of extensions/to-state:",
        "以下事实决定最多的规则。请在相应位置说明，并从 extensions/to-state 中删除该行：",
    );
    writeln!(out, "{}", wrap(next, width))?;
    for fact in deciding {
        writeln!(out, "  {}\n{}", fact.pointer, hanging("      ", &question(fact, lang), width))?;
    }
    Ok(0)
}

fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::AlreadyThere(path.to_path_buf()),
        _ => Failure::CannotWrite(path.to_path_buf(), error),
    })
}

/// The facts that decide most: those that most rules read, single facts only.
fn deciding() -> Vec<&'static Fact> {
    let packs = built_in::all(&BUILT_IN);
    let used = used_by(packs.iter().map(AsRef::as_ref));
    let mut facts: Vec<(FactId, usize)> = used.into_iter().map(|(id, rules)| (id, rules.len())).collect();
    facts.retain(|(id, _)| {
        let fact = BUILT_IN.fact(*id);
        fact.kind != FactKind::Collection && !fact.pointer.contains('*')
    });
    facts.sort_by_key(|(id, rules)| (std::cmp::Reverse(*rules), *id));
    facts.truncate(QUESTIONS);
    facts.into_iter().map(|(id, _)| BUILT_IN.fact(id)).collect()
}

fn question(fact: &Fact, lang: Lang) -> String {
    let (open, close) = (lang.pick(" (", "（"), lang.pick(")", "）"));
    format!("{}{open}{}{close}", fact.question.get(lang), kind(fact, lang))
}
