//! Texts that speak more or less strongly than the law, or in the wrong language.
//!
//! Best effort: words are looked for, sentences are not understood. What stands in backticks or in quotation marks is
//! not the text's own.

use std::sync::Arc;

use crate::json::{Kind, NodeRef, Span};
use crate::lang::Lang;
use crate::pack::{Pack, Rule, Strength};

use super::places::Places;
use super::problem::{Finding, Problem};

/// Words of a duty. Laws in Chinese say 应当 as English ones say shall.
const STRONG: [(Lang, &[&str]); 2] =
    [(Lang::En, &["must", "shall", "is required to", "are required to"]), (Lang::Zh, &["必须", "应当"])];

/// Words of advice.
const WEAK: [(Lang, &[&str]); 2] = [
    (Lang::En, &["should consider", "may wish to", "is encouraged to", "are encouraged to", "it is advisable"]),
    (Lang::Zh, &["可以考虑", "建议考虑", "宜考虑", "鼓励考虑"]),
];

/// The members of a rule that say what it asks. A `review` asks, so it may well ask what must be.
const SAYING: [&str; 3] = ["title", "message", "help"];

/// Words that begin a clause that names something: `what it must never do` commands nothing.
const NAMING: [&str; 6] = ["what", "which", "that", "who", "whatever", "where"];

pub(super) fn check(pack: &Arc<Pack>) -> Vec<Problem> {
    let places = Places::new(pack);
    let mut problems = Vec::new();
    for (number, file) in pack.files.iter().enumerate() {
        let Some(root) = places.root(number).filter(|_| !file.name.ends_with("example.json")) else { continue };
        texts(root, "", &mut |member, text| {
            let rule = pack.rules.iter().find(|rule| {
                rule.place.file == number
                    && rule.place.span.start <= text.span().start
                    && text.span().end <= rule.place.span.end
            });
            let found = translated(member, text)
                .into_iter()
                .chain(rule.map(|rule| strong(rule, member, text)).unwrap_or_default());
            problems.extend(found.map(|(finding, span)| Problem {
                finding,
                rule: rule.map(|rule| rule.id.clone()),
                file: Arc::clone(file),
                span,
                second: None,
                witness: None,
            }));
        });
    }
    problems
}

/// Calls `visit` with every text, an object of wordings, and the member that it is.
fn texts<'a>(node: NodeRef<'a>, member: &str, visit: &mut impl FnMut(&str, NodeRef<'a>)) {
    let is_wording = |key: &str, value: NodeRef<'_>| key.parse::<Lang>().is_ok() && value.kind() == Kind::String;
    match node.kind() {
        Kind::Object if !node.is_empty() && node.members().all(|each| is_wording(&each.key, each.value)) => {
            visit(member, node)
        }
        Kind::Object => {
            // Tests hold manifests, and notes are nobody's.
            for each in node.members().filter(|each| !["tests", "notes"].contains(&each.key.as_ref())) {
                texts(each.value, &each.key, visit);
            }
        }
        Kind::Array => node.items().for_each(|item| texts(item, member, visit)),
        _ => {}
    }
}

fn wording(text: NodeRef<'_>, lang: Lang) -> Option<(String, Span)> {
    let node = text.get(lang.tag())?;
    Some((node.as_str()?.into_owned(), node.span()))
}

fn translated(member: &str, text: NodeRef<'_>) -> Vec<(Finding, Span)> {
    let (en, zh) = (wording(text, Lang::En), wording(text, Lang::Zh));
    if let (Some((en, _)), Some((zh, span))) = (&en, &zh)
        && en == zh
        && has_word(en)
    {
        return vec![(Finding::Untranslated(member.to_owned()), *span)];
    }
    let wrong = |lang, span| (Finding::WrongLanguage { member: member.to_owned(), lang }, span);
    let english = en.filter(|(en, _)| own(en).chars().any(is_han)).map(|(_, span)| wrong(Lang::En, span));
    let is_latin = |zh: &str| has_word(zh) && !zh.chars().any(is_han);
    let chinese = zh.filter(|(zh, _)| is_latin(zh)).map(|(_, span)| wrong(Lang::Zh, span));
    english.into_iter().chain(chinese).collect()
}

fn strong(rule: &Rule, member: &str, text: NodeRef<'_>) -> Vec<(Finding, Span)> {
    if !SAYING.contains(&member) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for lang in Lang::ALL {
        let Some((wording, span)) = wording(text, lang) else { continue };
        let said = own(&wording);
        let word = |words: [(Lang, &[&'static str]); 2]| {
            let words =
                words.into_iter().filter(|(known, _)| *known == lang).flat_map(|(_, words)| words.iter().copied());
            words.into_iter().find(|word| says(&said, word)).map(str::to_owned)
        };
        let member = member.to_owned();
        match rule.strength {
            strength @ (Strength::Should | Strength::Encouraged) => {
                found.extend(word(STRONG).map(|word| (Finding::TooStrong { member, lang, word, strength }, span)));
            }
            // What a duty's help advises besides is no statement of the duty.
            Strength::Must | Strength::MustNot if member != "help" && word(STRONG).is_none() => {
                found.extend(word(WEAK).map(|word| (Finding::TooWeak { member, lang, word }, span)));
            }
            Strength::Must | Strength::MustNot => {}
        }
    }
    found
}

/// Whether a text says a word: in English, a whole one; and not only to name what must be.
fn says(text: &str, word: &str) -> bool {
    let text = text.to_lowercase();
    text.match_indices(word).any(|(start, found)| {
        let (before, after) = (&text[..start], &text[start + found.len()..]);
        let beside = [before.chars().next_back(), after.chars().next()];
        let whole = !word.is_ascii() || beside.into_iter().flatten().all(|c| !c.is_alphanumeric() && c != '-');
        whole && !is_naming(before, after, word.is_ascii())
    })
}

fn is_naming(before: &str, after: &str, english: bool) -> bool {
    if english {
        let clause = before.rsplit(['.', ',', ';', ':']).next().unwrap_or_default();
        clause.split_whitespace().rev().take(3).any(|word| NAMING.contains(&word))
    } else {
        let clause = after.split(['，', '。', '；', '、', '：', '？']).next().unwrap_or_default();
        clause.chars().take(9).any(|c| c == '的')
    }
}

/// A text without what it quotes.
fn own(text: &str) -> String {
    let (mut kept, mut until) = (String::new(), None);
    for c in text.chars() {
        match (until, c) {
            (Some(end), c) if c == end => until = None,
            (Some(_), _) => {}
            (None, '`') => until = Some('`'),
            (None, '"') => until = Some('"'),
            (None, '“') => until = Some('”'),
            (None, '「') => until = Some('」'),
            (None, '《') => until = Some('》'),
            (None, c) => kept.push(c),
        }
    }
    kept
}

/// Whether a text holds a word: numbers and letters of annexes are the same in every language.
fn has_word(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 2)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_a_whole_word_and_the_texts_own() {
        assert!(says("It must be so", "must"));
        assert!(!says("mustard, must-not", "must"));
        assert!(says("应当公开", "应当"));
        assert!(!says("Write down what it must never do", "must"));
        assert!(!says("应当提交的按规定提交", "应当"));
        assert_eq!(own("state `must-not`, “must” or \"shall\""), "state , or ".replace(", or", ",  or"));
    }
}
