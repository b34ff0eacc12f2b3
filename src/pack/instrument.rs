//! `instrument.json`: the law, its dates, its articles and the account of their duties.

use super::condition::{self, Scope, Shared};
use super::error::Mistake;
use super::model::{Article, Checkable, Division, Duty, InForce, Instrument, TextStatus, Within};
use super::read::FileReader;
use crate::json::{Kind, NodeRef};
use crate::lang::Lang;
use crate::manifest::ManifestSchema;
use crate::time::Date;

const MEMBERS: [&str; 17] = [
    "$schema",
    "id",
    "version",
    "title",
    "short_title",
    "issuer",
    "document_number",
    "url",
    "languages",
    "text_status",
    "in_force",
    "applies",
    "conditions",
    "tests",
    "articles",
    "division",
    "notes",
];

/// The words for [`TextStatus`].
pub(super) const TEXT_STATUS: [(&str, TextStatus); 3] =
    [("text", TextStatus::Text), ("secondary", TextStatus::Secondary), ("memory", TextStatus::Memory)];

const DIVISIONS: [(&str, Division); 2] = [("article", Division::Article), ("section", Division::Section)];

/// The languages that an instrument declares; both where it does not say.
pub(super) fn languages(root: NodeRef<'_>) -> Vec<Lang> {
    let declared = |list: NodeRef<'_>| list.items().filter_map(|tag| tag.as_str()?.parse().ok()).collect();
    root.get("languages").map_or_else(|| Lang::ALL.to_vec(), declared)
}

/// The shared conditions of an instrument.
pub(super) fn shared<'a>(file: &'a FileReader<'a>, root: NodeRef<'a>) -> Option<Shared<'a>> {
    Some(Shared { conditions: root.get("conditions")?, file })
}

/// Reads an instrument.
pub(super) fn read(cx: &FileReader<'_>, schema: &ManifestSchema, root: NodeRef<'_>) -> Option<Instrument> {
    const WHAT: &str = "the instrument";
    if !cx.object(root, WHAT, &MEMBERS) {
        return None;
    }
    let scope = Scope::root(schema, shared(cx, root));
    let optional = |member: &str| root.get(member).and_then(|node| cx.string(node, &format!("`{member}`")));
    if let Some(list) = root.get("languages") {
        declared(cx, list);
    }
    if let Some(conditions) = root.get("conditions").filter(|node| node.kind() != Kind::Object) {
        cx.wrong_type(conditions, "`conditions`", "an object");
    }
    let id = cx.string_member(root, WHAT, "id").filter(|id| named(cx, root, id));
    let status = cx.need(root, WHAT, "text_status").and_then(|node| cx.word(node, "text status", &TEXT_STATUS));
    let in_force = cx.need(root, WHAT, "in_force").and_then(|node| in_force(cx, node));
    let applies = cx.need(root, WHAT, "applies").and_then(|node| condition::read(cx, &scope, node));
    let tests_as_of = tests_as_of(cx, root);
    Some(Instrument {
        version: cx.string_member(root, WHAT, "version").unwrap_or_default(),
        title: cx.text_member(root, WHAT, "title"),
        short_title: cx.text_member(root, WHAT, "short_title"),
        issuer: cx.text_member(root, WHAT, "issuer"),
        division: root.get("division").and_then(|word| cx.word(word, "division", &DIVISIONS)).unwrap_or_default(),
        document_number: optional("document_number"),
        url: optional("url"),
        languages: cx.languages.to_vec(),
        articles: articles(cx, root),
        tests_as_of: tests_as_of?,
        id: id?,
        text_status: status?,
        in_force: in_force?,
        applies: applies?,
    })
}

fn declared(cx: &FileReader<'_>, languages: NodeRef<'_>) {
    let tags = cx.items(languages, "`languages`");
    if tags.is_empty() && languages.kind() == Kind::Array {
        cx.report(languages.span(), Mistake::Empty("list of languages"));
    }
    for tag in tags {
        cx.word(tag, "language", &[("en", ()), ("zh", ())]);
    }
}

fn named(cx: &FileReader<'_>, root: NodeRef<'_>, id: &str) -> bool {
    let good = id
        .split('-')
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
    if let Some(node) = root.get("id").filter(|_| !good) {
        let form = "names of packs are lower-case words and numbers joined by hyphens";
        cx.report(node.span(), Mistake::BadName { what: "a pack", name: id.to_owned(), form });
    }
    good
}

fn tests_as_of(cx: &FileReader<'_>, root: NodeRef<'_>) -> Option<Date> {
    let tests = cx.need(root, "the instrument", "tests")?;
    cx.object(tests, "`tests`", &["as_of"]);
    cx.date(cx.need(tests, "`tests`", "as_of")?, "`as_of`")
}

/// Reads dates in force.
pub(super) fn in_force(cx: &FileReader<'_>, node: NodeRef<'_>) -> Option<InForce> {
    if !cx.object(node, "`in_force`", &["from", "until"]) {
        return None;
    }
    let from = cx.date(cx.need(node, "`in_force`", "from")?, "`from`")?;
    let until = match node.get("until") {
        Some(until) => Some(cx.date(until, "`until`")?),
        None => None,
    };
    if until.is_some_and(|until| until < from) {
        cx.report(node.span(), Mistake::Date("`until` lies before `from`".into()));
    }
    Some(InForce { from, until })
}

fn articles(cx: &FileReader<'_>, root: NodeRef<'_>) -> Vec<Article> {
    let Some(list) = cx.need(root, "the instrument", "articles") else { return Vec::new() };
    let mut articles: Vec<Article> = Vec::new();
    for node in cx.items(list, "`articles`") {
        let Some(article) = article(cx, node) else { continue };
        if articles.iter().any(|earlier| earlier.number == article.number) {
            cx.report(node.span(), Mistake::Twice { what: "articles", name: article.number.clone(), other: None });
        }
        articles.push(article);
    }
    articles
}

fn article(cx: &FileReader<'_>, node: NodeRef<'_>) -> Option<Article> {
    const WHAT: &str = "an article";
    if !cx.object(node, WHAT, &["article", "cited_as", "title", "duties", "reason"]) {
        return None;
    }
    let duties = node.get("duties").map(|list| cx.items(list, "`duties`")).unwrap_or_default();
    let reason = node.get("reason").map(|text| cx.text(text, "`reason`"));
    if duties.is_empty() && reason.is_none() {
        cx.report(node.span(), Mistake::MissingReason("an article without duties"));
    }
    Some(Article {
        number: cx.string_member(node, WHAT, "article")?,
        cited_as: node.get("cited_as").map(|text| cx.text(text, "`cited_as`")),
        title: cx.text_member(node, WHAT, "title"),
        duties: duties.into_iter().filter_map(|duty| self::duty(cx, duty)).collect(),
        reason,
    })
}

fn duty(cx: &FileReader<'_>, node: NodeRef<'_>) -> Option<Duty> {
    const WHAT: &str = "a duty";
    if !cx.object(node, WHAT, &["paragraph", "item", "part", "summary", "checkable", "reason"]) {
        return None;
    }
    let words = [("yes", Checkable::Yes), ("partly", Checkable::Partly), ("no", Checkable::No)];
    let checkable = cx.word(cx.need(node, WHAT, "checkable")?, "answer to `checkable`", &words)?;
    let reason = node.get("reason").map(|text| cx.text(text, "`reason`"));
    match checkable {
        Checkable::Partly if reason.is_none() => {
            cx.report(node.span(), Mistake::MissingReason("a duty that is only partly checkable"))
        }
        Checkable::No if reason.is_none() => {
            cx.report(node.span(), Mistake::MissingReason("a duty that is not checkable"))
        }
        _ => {}
    }
    Some(Duty {
        within: within(cx, node),
        summary: cx.text_member(node, WHAT, "summary"),
        checkable,
        reason,
        place: cx.place(node.span()),
    })
}

/// Reads where in its article a duty or a citation stands.
pub(super) fn within(cx: &FileReader<'_>, node: NodeRef<'_>) -> Within {
    Within {
        paragraph: node.get("paragraph").and_then(|number| paragraph(cx, number)),
        item: node.get("item").and_then(|item| cx.string(item, "`item`")),
        part: node.get("part").and_then(|part| cx.string(part, "`part`")),
    }
}

fn paragraph(cx: &FileReader<'_>, node: NodeRef<'_>) -> Option<u32> {
    let number = node.as_u64().and_then(|number| u32::try_from(number).ok()).filter(|number| *number > 0);
    if number.is_none() {
        cx.wrong_type(node, "a paragraph", "a number from 1");
    }
    number
}
