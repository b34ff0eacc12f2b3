//! The account of a pack: articles, duties, rules, and why what has no rule has none.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::manifest::{FactKind, ManifestSchema};
use crate::pack::{Article, Checkable, Condition, Duty, Pack, Rule, Within, uses};

/// The account of one pack.
#[derive(Debug, Serialize)]
pub struct Account {
    /// The pack.
    pub pack: String,
    /// Article by article.
    pub articles: Vec<ArticleAccount>,
    /// How many duties the instrument has.
    pub duties: usize,
    /// How many of them have rules.
    pub checked: usize,
    /// How many of them have a reason in place of rules.
    pub not_checkable: usize,
    /// How many have neither.
    pub unaccounted: usize,
    /// How many rules there are.
    pub rules: usize,
    /// How many rules ask only for booleans that are stated to be true.
    pub bare_booleans: usize,
    /// How many rules rest on the official text, on others' descriptions, on memory.
    pub text_status: TextStatusCounts,
}

/// How many rules rest on which kind of text.
#[derive(Debug, Default, Serialize)]
pub struct TextStatusCounts {
    /// The official text.
    pub text: usize,
    /// Descriptions and quotations by others.
    pub secondary: usize,
    /// Memory.
    pub memory: usize,
}

/// The account of one article.
#[derive(Debug, Serialize)]
pub struct ArticleAccount {
    /// Its number.
    pub article: String,
    /// How many duties it has.
    pub duties: usize,
    /// The rules that cite it first.
    pub rules: Vec<String>,
    /// Why a duty, or the article, has no rule; why a rule does not settle all of it.
    #[serde(skip)]
    pub reasons: Vec<Reason>,
    /// The duties that have neither rule nor reason, by place: paragraph, item and part, or `""` for the whole article.
    pub unaccounted: Vec<String>,
}

/// Why a manifest does not show a duty, or does not show all of it.
#[derive(Clone, Debug)]
pub struct Reason {
    /// Where in the article, if it concerns a part of it.
    pub within: Within,
    /// Whether part of the duty is checked all the same.
    pub partly: bool,
    /// The reason.
    pub text: crate::lang::Text,
}

/// Computes the account of a pack.
pub fn account(schema: &ManifestSchema, pack: &Pack) -> Account {
    let articles: Vec<_> = pack.instrument.articles.iter().map(|article| article_account(pack, article)).collect();
    let duties =
        || pack.instrument.articles.iter().flat_map(|article| article.duties.iter().map(move |duty| (article, duty)));
    let has_rules = |article: &Article, duty: &Duty| pack.rules.iter().any(|rule| cites(rule, article, duty));
    let checked = duties().filter(|(article, duty)| has_rules(article, duty)).count();
    let unaccounted = articles.iter().map(|article| article.unaccounted.len()).sum();
    let total = duties().count();
    let mut text_status = TextStatusCounts::default();
    for rule in &pack.rules {
        *match rule.text_status {
            crate::pack::TextStatus::Text => &mut text_status.text,
            crate::pack::TextStatus::Secondary => &mut text_status.secondary,
            crate::pack::TextStatus::Memory => &mut text_status.memory,
        } += 1;
    }
    Account {
        pack: pack.instrument.id.clone(),
        duties: total,
        checked,
        not_checkable: total - checked - unaccounted,
        unaccounted,
        rules: pack.rules.len(),
        bare_booleans: pack.rules.iter().filter(|rule| rests_on_bare_booleans(schema, rule)).count(),
        articles,
        text_status,
    }
}

fn article_account(pack: &Pack, article: &Article) -> ArticleAccount {
    let first = |rule: &&Rule| rule.cite.first().is_some_and(|citation| citation.article == article.number);
    let has_rules = |duty: &Duty| pack.rules.iter().any(|rule| cites(rule, article, duty));
    let of_duty = |duty: &Duty| {
        duty.reason.clone().map(|text| Reason { within: duty.within.clone(), partly: has_rules(duty), text })
    };
    let of_article = article.reason.clone().map(|text| Reason { within: Within::default(), partly: false, text });
    let unaccounted = article.duties.iter().filter(|duty| !has_rules(duty) && duty.checkable != Checkable::No);
    ArticleAccount {
        article: article.number.clone(),
        duties: article.duties.len(),
        rules: pack.rules.iter().filter(first).map(|rule| rule.id.name.clone()).collect(),
        reasons: of_article.into_iter().chain(article.duties.iter().filter_map(of_duty)).collect(),
        unaccounted: unaccounted.map(|duty| duty.within.to_string()).collect(),
    }
}

fn cites(rule: &Rule, article: &Article, duty: &Duty) -> bool {
    rule.cite.iter().any(|citation| citation.article == article.number && citation.within.cites(&duty.within))
}

/// Whether everything that a rule asks for is a boolean: an assurance that no evidence could contradict.
fn rests_on_bare_booleans(schema: &ManifestSchema, rule: &Rule) -> bool {
    let mut facts = BTreeSet::new();
    uses::condition_facts(&rule.require, &mut facts);
    let stated_beside = |condition: &Condition| {
        let mut evidence = false;
        uses::leaves(condition, &mut |leaf| evidence |= leaf.checks.contains(&crate::pack::Check::Stated));
        evidence
    };
    !stated_beside(&rule.require) && facts.iter().all(|fact| schema.fact(*fact).kind == FactKind::Boolean)
}
