//! `govlint facts`: what a manifest can state, and which rules ask for it.

use std::collections::BTreeMap;
use std::io::Write;

use clap::Args;
use unicode_width::UnicodeWidthStr;

use crate::lang::Lang;
use crate::manifest::{BUILT_IN, Fact, FactId, FactKind};
use crate::pack::{Pack, uses};
use crate::report::{Look, hanging};

use super::failure::Failure;
use super::{Done, Shown, packs};

#[derive(Debug, Args)]
pub struct FactsArgs {
    /// Only facts whose pointer, title or description has this text
    search: Option<String>,
    /// The packs whose rules are named; all built-in packs unless given
    #[arg(long = "pack", value_name = "NAME|FOLDER")]
    packs: Vec<String>,
}

/// Runs the command.
pub fn run(args: &FactsArgs, shown: Shown, out: &mut dyn Write) -> Done {
    let packs = packs::load(&args.packs, shown.look(&std::io::stderr()))?;
    let used = used_by(packs.iter().map(AsRef::as_ref));
    let wanted = args.search.as_ref().map(|text| text.to_lowercase());
    let look = shown.look(&std::io::stdout());
    let mut any = false;
    for (id, fact) in BUILT_IN.facts() {
        if wanted.as_ref().is_none_or(|wanted| matches(fact, wanted)) {
            any = true;
            write!(out, "{}", describe(fact, used.get(&id).map_or(&[], Vec::as_slice), look))?;
        }
    }
    match (&args.search, any) {
        (Some(search), false) => Err(Failure::UnknownFact(search.clone())),
        _ => Ok(0),
    }
}

/// The rules that read each fact. A rule inherits what its instrument's scope reads.
pub fn used_by<'p>(packs: impl Iterator<Item = &'p Pack>) -> BTreeMap<FactId, Vec<String>> {
    let mut used: BTreeMap<FactId, Vec<String>> = BTreeMap::new();
    for pack in packs {
        let mut scope = std::collections::BTreeSet::new();
        uses::condition_facts(&pack.instrument.applies, &mut scope);
        for rule in &pack.rules {
            for fact in uses::facts(rule).union(&scope) {
                used.entry(*fact).or_default().push(rule.id.to_string());
            }
        }
    }
    used
}

fn matches(fact: &Fact, wanted: &str) -> bool {
    let texts = Lang::ALL.into_iter().flat_map(|lang| [fact.title.get(lang), fact.description.get(lang)]);
    texts.chain([fact.pointer.as_str()]).any(|text| text.to_lowercase().contains(wanted))
}

fn describe(fact: &Fact, rules: &[String], look: Look) -> String {
    let lang = look.lang;
    let mut lines = Vec::new();
    let (pointer, kind) = (&fact.pointer, kind(fact, lang));
    let head = format!("{pointer}  {kind}");
    let head =
        if head.width() <= look.width { head } else { format!("{pointer}\n{}", hanging("    ", &kind, look.width)) };
    lines.push(fact.description.get(lang).to_owned());
    if let Some(example) = fact.schema.get("examples").and_then(|examples| examples.get(0)) {
        lines.push(format!("{}{}{example}", lang.pick("for example:", "例如："), lang.gap()));
    }
    let label = format!("{}{}", lang.pick("used by:", "相关规则："), lang.gap());
    lines.extend(users(rules, lang).map(|users| format!("{label}{users}")));
    lines.iter().fold(head + "\n", |out, line| out + &hanging("    ", line, look.width) + "\n")
}

/// The rules of one instrument that read a fact, or the instruments whose rules do.
fn users(rules: &[String], lang: Lang) -> Option<String> {
    let mut packs: Vec<&str> = rules.iter().filter_map(|rule| rule.split('/').next()).collect();
    packs.dedup();
    let (first, count) = (rules.first()?, rules.len());
    Some(match (packs.len(), lang) {
        (1, _) if count == 1 => first.clone(),
        (1, Lang::En) => format!("{first} and {} more", count - 1),
        (1, Lang::Zh) => format!("{first} 等 {count} 条"),
        (_, Lang::En) => format!("{count} rules of {}", packs.join(", ")),
        (_, Lang::Zh) => format!("{} 的 {count} 条", packs.join("、")),
    })
}

/// What a fact can be, in a few words.
pub fn kind(fact: &Fact, lang: Lang) -> String {
    let words =
        fact.schema.get("enum").or_else(|| fact.schema.pointer("/items/enum")).and_then(|words| words.as_array());
    let listed = words.map(|words| words.iter().filter_map(|word| word.as_str()).collect::<Vec<_>>().join(" | "));
    match (fact.kind, listed) {
        (FactKind::Word, Some(words)) => words,
        (FactKind::List, Some(words)) => match lang {
            Lang::En => format!("list of {words}"),
            Lang::Zh => format!("列表：{words}"),
        },
        (kind, _) => kind.name(lang).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_of_several_instruments_names_them() {
        let named = |rules: &[&str]| {
            let rules: Vec<_> = rules.iter().map(|rule| (*rule).to_owned()).collect();
            users(&rules, Lang::En).unwrap_or_default()
        };
        assert_eq!(named(&[]), "");
        assert_eq!(named(&["a/1"]), "a/1");
        assert_eq!(named(&["a/1", "a/2"]), "a/1 and 1 more");
        assert_eq!(named(&["a/1", "a/2", "b/1"]), "3 rules of a, b");
    }
}
