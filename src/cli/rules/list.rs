//! `govlint rules list` and `rules search`: one line per rule.

use std::io::Write;
use std::sync::Arc;

use unicode_width::UnicodeWidthStr;

use super::choice::Choice;
use super::head;
use crate::cli::failure::Failure;
use crate::lang::Lang;
use crate::manifest::BUILT_IN;
use crate::pack::{Pack, Rule, uses};
use crate::report::{Look, hanging, words};

/// Lists the rules of packs that fit.
pub(super) fn list(out: &mut dyn Write, packs: &[Arc<Pack>], choice: &Choice, look: Look) -> Result<u8, Failure> {
    choice.prove()?;
    lines(out, packs, look, |pack| choice.of(pack))
}

/// Lists the rules of packs that fit and that have every word of a text in what they say or read, in either language.
pub(super) fn search(
    out: &mut dyn Write,
    packs: &[Arc<Pack>],
    text: &str,
    choice: &Choice,
    look: Look,
) -> Result<u8, Failure> {
    choice.prove()?;
    let words: Vec<_> = text.split_whitespace().map(str::to_lowercase).collect();
    lines(out, packs, look, |pack| {
        let mut rules = choice.of(pack);
        rules.retain(|rule| {
            let said = said(rule);
            words.iter().all(|word| said.contains(word))
        });
        rules
    })
}

/// All that a rule says and reads, in lower case.
fn said(rule: &Rule) -> String {
    let texts = [&rule.title, &rule.message, &rule.review, &rule.help];
    let texts = texts.into_iter().flat_map(|text| Lang::ALL.map(|lang| text.get(lang).to_owned()));
    let facts = uses::facts(rule).into_iter().map(|id| BUILT_IN.fact(id));
    let facts = facts.flat_map(|fact| [fact.pointer.clone(), Lang::ALL.map(|lang| fact.title.get(lang)).join("\n")]);
    let topics = rule.topics.iter().flat_map(|topic| [topic.as_str(), words::topic(topic, Lang::Zh)]);
    let all = texts.chain(facts).chain(topics.map(str::to_owned)).chain([rule.id.to_string()]);
    all.collect::<Vec<_>>().join("\n").to_lowercase()
}

fn lines<'p>(
    out: &mut dyn Write,
    packs: &'p [Arc<Pack>],
    look: Look,
    of: impl Fn(&'p Pack) -> Vec<&'p Rule>,
) -> Result<u8, Failure> {
    let mut any = false;
    for pack in packs {
        let rules = of(pack);
        if rules.is_empty() {
            continue;
        }
        any = true;
        head(out, pack, look)?;
        pack_lines(out, &rules, look)?;
    }
    if any { Ok(0) } else { Err(Failure::NoRule) }
}

fn pack_lines(out: &mut dyn Write, rules: &[&Rule], look: Look) -> Result<(), Failure> {
    let lang = look.lang;
    let words = |rule: &&Rule| (rule.id.to_string(), words::strength(rule.strength, lang));
    let named = rules.iter().map(words).collect::<Vec<_>>();
    let widest = named.iter().map(|(id, _)| id.width()).max().unwrap_or(0);
    let widest_word = named.iter().map(|(_, word)| word.width()).max().unwrap_or(0);
    for ((id, word), rule) in named.iter().zip(rules) {
        let (after_id, after_word) = (" ".repeat(widest - id.width()), " ".repeat(widest_word - word.width()));
        let before = format!("  {id}{after_id}  {word}{after_word}  ");
        writeln!(out, "{}", hanging(&before, rule.title.get(lang), look.width))?;
    }
    Ok(())
}
