//! Rules, their citations and their tests.

use std::sync::Arc;

use super::condition::{self, Scope};
use super::error::Mistake;
use super::instrument::{TEXT_STATUS, in_force, within};
use super::leaf;
use super::model::{
    ArrayPath, Article, Change, Checkable, Citation, Decides, Expect, Expected, Instrument, Rule, RuleId, RuleTest,
    SameDuty, Strength, Within,
};
use super::path;
use super::read::{FileReader, Proof, head, unknown_word};
use crate::json::{Kind, NodeRef, Span};
use crate::lang::Text;
use crate::manifest::suggest;

const MEMBERS: [&str; 20] = [
    "id",
    "title",
    "cite",
    "same_as",
    "strength",
    "topics",
    "text_status",
    "in_force",
    "decides",
    "for",
    "applies",
    "when",
    "unless",
    "require",
    "due",
    "message",
    "review",
    "help",
    "tests",
    "notes",
];

const STRENGTHS: [(&str, Strength); 4] = [
    ("must", Strength::Must),
    ("must-not", Strength::MustNot),
    ("should", Strength::Should),
    ("encouraged", Strength::Encouraged),
];

/// The words that `topics` may list.
pub const TOPICS: [&str; 24] = [
    "user-choice",
    "transparency",
    "accountability",
    "risk-assessment",
    "filing",
    "labelling",
    "content-safety",
    "data-governance",
    "privacy",
    "intellectual-property",
    "fairness",
    "minors",
    "elderly",
    "workers",
    "consumers",
    "security",
    "human-oversight",
    "complaints",
    "ethics",
    "incident-response",
    "record-keeping",
    "competition",
    "staff-and-training",
    "sustainability",
];

/// The words for outcomes that a test may expect.
pub const OUTCOMES: [&str; 7] = ["pass", "fail", "review", "unstated", "undetermined", "upcoming", "not-applicable"];

const SEVERITIES: [&str; 3] = ["error", "warning", "advice"];

const WHAT: &str = "the rule";

/// Reads the rules of one file.
pub(super) fn file(cx: &FileReader<'_>, scope: &Scope<'_>, instrument: &Instrument, root: NodeRef<'_>) -> Vec<Rule> {
    if !cx.object(root, "a rule file", &["$schema", "rules", "notes"]) {
        return Vec::new();
    }
    let Some(list) = cx.need(root, "a rule file", "rules") else { return Vec::new() };
    let rules = cx.items(list, "`rules`");
    if rules.is_empty() && list.kind() == Kind::Array {
        cx.report(list.span(), Mistake::NoRules("the file"));
    }
    rules.into_iter().filter_map(|node| rule(cx, scope, instrument, node)).collect()
}

fn rule(cx: &FileReader<'_>, scope: &Scope<'_>, instrument: &Instrument, node: NodeRef<'_>) -> Option<Rule> {
    if !cx.object(node, WHAT, &MEMBERS) {
        return None;
    }
    let (each, scope) = item_scope(cx, scope, node);
    let condition = |member: &str| node.get(member).and_then(|found| condition::read(cx, &scope, found));
    let decides = node.get("decides").map_or(Decides { breach: true, pass: true }, |list| decides(cx, list));
    let text = |member: &'static str, wanted: bool| told(cx, node, member, wanted);
    let strength = cx.need(node, WHAT, "strength").and_then(|word| cx.word(word, "strength", &STRENGTHS));
    let require = cx.need(node, WHAT, "require").and_then(|found| condition::read_require(cx, &scope, found));
    let name = cx.string_member(node, WHAT, "id").filter(|name| named(cx, node, name));
    // Whoever loads a proven pack runs none of its tests, which are most of its text.
    let own_tests = node.get("tests").filter(|_| cx.proof == Proof::Full);
    Some(Rule {
        title: cx.text_member(node, WHAT, "title"),
        cite: citations(cx, instrument, node),
        same_as: node.get("same_as").map(|list| same_as(cx, list)).unwrap_or_default(),
        topics: topics(cx, node),
        text_status: status(cx, node).unwrap_or(instrument.text_status),
        in_force: node.get("in_force").and_then(|dates| in_force(cx, dates)).unwrap_or(instrument.in_force),
        applies: condition("applies"),
        when: condition("when"),
        unless: condition("unless"),
        due: node.get("due").and_then(|date| leaf::date_expr(cx, &scope, date)),
        message: text("message", decides.breach),
        review: text("review", !decides.breach),
        help: cx.text_member(node, WHAT, "help"),
        tests: own_tests.map(|list| tests(cx, list, node.get("for").is_some())).unwrap_or_default(),
        id: RuleId { pack: Arc::from(instrument.id.as_str()), name: name? },
        strength: strength?,
        require: require?,
        decides,
        each,
        place: cx.place(node.span()),
    })
}

fn item_scope<'a>(cx: &FileReader<'_>, scope: &Scope<'a>, node: NodeRef<'_>) -> (Option<ArrayPath>, Scope<'a>) {
    let Some(array) = node.get("for") else { return (None, scope.clone()) };
    let resolved = cx.string(array, "`for`").and_then(|text| {
        let mistake = |mistake| cx.report(array.span(), mistake);
        path::arrays(scope.schema, &text).map_err(mistake).ok()
    });
    match resolved {
        Some((path, frames)) => (Some(path), Scope { frames, ..scope.clone() }),
        None => (None, scope.clone()),
    }
}

fn named(cx: &FileReader<'_>, node: NodeRef<'_>, name: &str) -> bool {
    let good = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"().-".contains(&b));
    if let Some(id) = node.get("id").filter(|_| !good) {
        let form = "names of rules are letters, digits, dots, hyphens and round brackets";
        cx.report(id.span(), Mistake::BadName { what: "a rule", name: name.to_owned(), form });
    }
    good
}

fn status(cx: &FileReader<'_>, node: NodeRef<'_>) -> Option<super::model::TextStatus> {
    cx.word(node.get("text_status")?, "text status", &TEXT_STATUS)
}

/// A text that must be there where it can be told.
fn told(cx: &FileReader<'_>, node: NodeRef<'_>, member: &'static str, wanted: bool) -> Text {
    let found = node.get(member);
    if found.is_none() && wanted {
        cx.report(head(node), Mistake::MissingMessage { member });
    }
    found.map(|text| cx.text(text, &format!("`{member}`"))).unwrap_or_default()
}

fn decides(cx: &FileReader<'_>, list: NodeRef<'_>) -> Decides {
    let words = [("breach", true), ("pass", false)];
    let decided: Vec<bool> = cx
        .items(list, "`decides`")
        .into_iter()
        .filter_map(|word| cx.word(word, "answer to `decides`", &words))
        .collect();
    Decides { breach: decided.contains(&true), pass: decided.contains(&false) }
}

fn topics(cx: &FileReader<'_>, node: NodeRef<'_>) -> Vec<String> {
    let Some(list) = cx.need(node, WHAT, "topics") else { return Vec::new() };
    let topics = cx.strings(list, "`topics`");
    if list.kind() == Kind::Array && list.is_empty() {
        cx.report(list.span(), Mistake::Empty("list of topics"));
    }
    for (topic, span) in &topics {
        if !TOPICS.contains(&topic.as_str()) {
            cx.report(*span, unknown_word("topic", topic, &TOPICS));
        }
    }
    topics.into_iter().map(|(topic, _)| topic).collect()
}

fn same_as(cx: &FileReader<'_>, list: NodeRef<'_>) -> Vec<SameDuty> {
    const WHAT: &str = "an entry of `same_as`";
    let entries =
        cx.items(list, "`same_as`").into_iter().filter(|entry| cx.object(*entry, WHAT, &["rule", "difference"]));
    let duty = |entry: NodeRef<'_>| {
        let named = cx.need(entry, WHAT, "rule")?;
        let name = cx.string(named, "`rule`")?;
        let difference = cx.text_member(entry, WHAT, "difference");
        let Some((pack, rule)) = name.split_once('/').filter(|(pack, rule)| !pack.is_empty() && !rule.is_empty())
        else {
            let form = "a rule of another pack is written `pack/rule`";
            cx.report(named.span(), Mistake::BadName { what: "a rule", name, form });
            return None;
        };
        Some(SameDuty { rule: RuleId { pack: Arc::from(pack), name: rule.to_owned() }, difference })
    };
    entries.filter_map(duty).collect()
}

fn citations(cx: &FileReader<'_>, instrument: &Instrument, node: NodeRef<'_>) -> Vec<Citation> {
    let Some(first) = cx.need(node, WHAT, "cite") else { return Vec::new() };
    if !cx.object(first, "`cite`", &["article", "paragraph", "item", "part", "also"]) {
        return Vec::new();
    }
    let also = first.get("also").map(|list| cx.items(list, "`also`")).unwrap_or_default();
    let also =
        also.into_iter().filter(|further| cx.object(*further, "`also`", &["article", "paragraph", "item", "part"]));
    std::iter::once(first).chain(also).filter_map(|citation| self::citation(cx, instrument, citation)).collect()
}

fn citation(cx: &FileReader<'_>, instrument: &Instrument, node: NodeRef<'_>) -> Option<Citation> {
    let named = cx.need(node, "`cite`", "article")?;
    let article = cx.string(named, "`article`")?;
    let within = within(cx, node);
    match instrument.articles.iter().find(|listed| listed.number == article) {
        Some(listed) if node.get("paragraph").is_none() || within.paragraph.is_some() => {
            duty(cx, listed, &within, node.span());
        }
        Some(_) => {}
        None => {
            let numbers = instrument.articles.iter().map(|listed| listed.number.as_str());
            let suggestion = suggest::nearest(&article, numbers).map(str::to_owned);
            cx.report(named.span(), Mistake::UnknownArticle { article: article.clone(), suggestion });
        }
    }
    Some(Citation { article, within })
}

fn duty(cx: &FileReader<'_>, article: &Article, within: &Within, span: Span) {
    let duties: Vec<_> = article.duties.iter().filter(|duty| within.cites(&duty.within)).collect();
    if duties.is_empty() {
        let there_are = article.duties.iter().map(|duty| duty.within.clone()).collect();
        let (article, within) = (article.number.clone(), within.clone());
        cx.report(span, Mistake::UnknownDuty { article, within, duties: there_are });
    } else if duties.iter().all(|duty| duty.checkable == Checkable::No) {
        cx.report(span, Mistake::UncheckableDuty { article: article.number.clone() });
    }
}

fn tests(cx: &FileReader<'_>, list: NodeRef<'_>, by_item: bool) -> Vec<RuleTest> {
    let mut tests: Vec<RuleTest> = Vec::new();
    for node in cx.items(list, "`tests`") {
        let Some(test) = test(cx, node, by_item) else { continue };
        if tests.iter().any(|earlier| earlier.name == test.name) {
            cx.report(node.span(), Mistake::Twice { what: "tests of the rule", name: test.name.clone(), other: None });
        }
        tests.push(test);
    }
    tests
}

fn test(cx: &FileReader<'_>, node: NodeRef<'_>, by_item: bool) -> Option<RuleTest> {
    const TEST: &str = "a test";
    if !cx.object(node, TEST, &["name", "patch", "ops", "as_of", "expect"]) {
        return None;
    }
    let change = match (node.get("patch"), node.get("ops")) {
        (None, None) => Change::Nothing,
        (Some(patch), None) => {
            if patch.kind() != Kind::Object {
                cx.wrong_type(patch, "`patch`", "an object");
            }
            Change::Merge(patch.to_value())
        }
        (None, Some(ops)) => {
            cx.items(ops, "`ops`");
            Change::Operations(ops.to_value())
        }
        (Some(_), Some(_)) => {
            cx.report(
                node.span(),
                Mistake::WrongType { what: TEST.into(), expected: "given either `patch` or `ops`, not both" },
            );
            return None;
        }
    };
    let as_of = node.get("as_of").and_then(|date| cx.date(date, "`as_of`"));
    let expected = cx.need(node, TEST, "expect")?;
    let expect = expect(cx, expected)?;
    if !by_item && matches!(&expect, Expect::Items(items) if !items.is_empty()) {
        cx.wrong_type(expected, "the expectation of a rule without `for`", "one outcome");
    }
    Some(RuleTest { name: cx.string_member(node, TEST, "name")?, change, as_of, expect, place: cx.place(node.span()) })
}

fn expect(cx: &FileReader<'_>, node: NodeRef<'_>) -> Option<Expect> {
    if node.kind() != Kind::Object {
        return expected(cx, node).map(Expect::One);
    }
    if node.is_empty() {
        cx.report(node.span(), Mistake::Empty("expectation"));
    }
    let items = node.members().map(|member| Some((member.key.into_owned(), expected(cx, member.value)?)));
    items.collect::<Option<Vec<_>>>().map(Expect::Items)
}

fn expected(cx: &FileReader<'_>, node: NodeRef<'_>) -> Option<Expected> {
    let text = cx.string(node, "an expected outcome")?;
    let (outcome, detail) =
        text.split_once('/').map_or((text.as_str(), None), |(outcome, detail)| (outcome, Some(detail)));
    if !OUTCOMES.contains(&outcome) {
        cx.report(node.span(), unknown_word("outcome", outcome, &OUTCOMES));
        return None;
    }
    let details: &[&'static str] = match outcome {
        "pass" => &["indicated"],
        "not-applicable" => &[],
        _ => &SEVERITIES,
    };
    if let Some(detail) = detail.filter(|detail| !details.contains(detail)) {
        cx.report(node.span(), unknown_word("detail of that outcome", detail, details));
        return None;
    }
    Some(Expected { outcome: outcome.to_owned(), detail: detail.map(str::to_owned) })
}
