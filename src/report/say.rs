//! The sentences of a finding: what is wrong, what to do.

use crate::engine::{Outcome, Plan};
use crate::lang::Lang;

use super::finding::{Finding, NamedFact};
use super::words;

/// What a finding says: the rule's message where it is violated, its question to a person where that must judge, and
/// the fact's question where something is not stated.
pub fn message(plan: &Plan, finding: &Finding, lang: Lang) -> String {
    let (_, rule) = plan.rule(finding.rule);
    match finding.outcome {
        Outcome::Fail => rule.message.get(lang).to_owned(),
        Outcome::Review => rule.review.get(lang).to_owned(),
        _ => {
            let fact = finding.told_under.map(|position| &finding.facts[position]);
            fact.map_or_else(|| rule.title.get(lang).to_owned(), |fact| question(plan, fact, lang))
        }
    }
}

/// What an interviewer would ask to learn a fact.
pub fn question(plan: &Plan, fact: &NamedFact, lang: Lang) -> String {
    let known = plan.schema().fact(fact.id);
    if !known.question.is_empty() {
        return known.question.get(lang).to_owned();
    }
    let title = known.title.get(lang);
    match lang {
        Lang::En => format!("What are the {}? State the whole list, `[]` if there are none.", title.to_lowercase()),
        Lang::Zh => format!("有哪些{title}？请列出完整列表；没有则写 `[]`。"),
    }
}

/// What to do about a finding: the rule's help, the exception that could be claimed, and what else is to be known.
pub fn help(plan: &Plan, finding: &Finding, lang: Lang) -> String {
    let (_, rule) = plan.rule(finding.rule);
    let mut sentences = Vec::new();
    if finding.outcome == Outcome::Undetermined {
        sentences.push(
            lang.pick("First say whether the duty applies. If it does:", "请先说明该项要求是否适用；适用的：")
                .to_owned(),
        );
    }
    sentences.push(rule.help.get(lang).to_owned());
    if let Some(unless) = &rule.unless {
        let exception = words::condition(unless, lang);
        sentences.push(match lang {
            Lang::En => format!("Excepted where {exception}."),
            Lang::Zh => format!("例外情形：{exception}。"),
        });
    }
    for note in &finding.notes {
        sentences.push(match lang {
            Lang::En => format!("Note: {}.", note.0),
            Lang::Zh => format!("注意：{}。", note.0),
        });
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences.join(lang.pick(" ", ""))
}
