//! `docs/facts-backbone.md` lists the facts on which three or more instruments rest. It is written from the rules:
//! `GOVLINT_BLESS=1 cargo test --test backbone` writes it, and the test holds it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use govlint::lang::Lang;
use govlint::manifest::{BUILT_IN, FactId, SCHEMA};
use govlint::pack::{Pack, built_in, uses};
use serde_json::Value;

/// How many instruments make a fact a part of the backbone.
const ENOUGH: usize = 3;

const HEAD: &str = "\
# The facts that many instruments rest on · 多部规定共用的事实

<!-- Written by `GOVLINT_BLESS=1 cargo test --test backbone`. -->

A duty differs from one instrument to the next; what has to be known is often the same. These are the facts that rules of at least three of the built-in instruments read,
the widest first in each section. Whoever states them has answered all of these instruments at once: it is where to begin with a manifest. What a fact means, and which rules read it:
`govlint facts POINTER`.

各部规定的义务不同，需要查明的事实却往往相同。下表列出至少三部内置规定的规则共同读取的事实，每节按规定数量从多到少排列。声明一项，即同时回答多部规定：编写清单可以由此入手。
某一事实的含义及读取它的规则见 `govlint facts POINTER --lang zh`。
";

#[test]
fn the_page_of_shared_facts_follows_the_rules() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/facts-backbone.md");
    let wanted = page();
    if std::env::var_os("GOVLINT_BLESS").is_some() {
        fs::write(&path, &wanted).expect("the page can be written");
    }
    let current = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(current, wanted, "GOVLINT_BLESS=1 cargo test --test backbone writes docs/facts-backbone.md");
}

fn page() -> String {
    let readers = readers();
    let schema: Value = serde_json::from_str(SCHEMA).expect("the built-in manifest schema is JSON");
    let mut sections: BTreeMap<String, Vec<(FactId, &str)>> = BTreeMap::new();
    for (id, fact) in BUILT_IN.facts() {
        if readers.get(&id).is_some_and(|packs| packs.len() >= ENOUGH) {
            let section = fact.pointer.split('/').nth(1).unwrap_or_default();
            sections.entry(section.to_owned()).or_default().push((id, &fact.pointer));
        }
    }
    let mut page = HEAD.to_owned();
    let order = schema["properties"].as_object().expect("the schema has sections").keys();
    for section in order {
        let Some(facts) = sections.get_mut(section) else { continue };
        let of = &schema["properties"][section];
        let titles = [&of["title"], &of["x-zh"]["title"]].map(|title| title.as_str().unwrap_or_default());
        let _ = write!(page, "\n## `{section}`: {} · {}\n\n", titles[0], titles[1]);
        page += "| fact 事实 | question 问题 | instruments 规定 |\n| --- | --- | --- |\n";
        facts.sort_by_key(|(id, _)| std::cmp::Reverse(readers[id].len()));
        for (id, pointer) in &*facts {
            page += &row(*id, pointer, &readers[id]);
        }
    }
    page
}

fn row(id: FactId, pointer: &str, packs: &BTreeSet<String>) -> String {
    let (_, fact) = BUILT_IN.facts().find(|(other, _)| *other == id).expect("the fact is of the schema");
    let [en, zh] = [Lang::En, Lang::Zh].map(|lang| fact.question.get(lang).replace('|', "\\|"));
    let names: Vec<_> = packs.iter().map(String::as_str).collect();
    format!("| `{pointer}` | {en} {zh} | {}: {} |\n", names.len(), names.join(", "))
}

/// The instruments whose scope or rules read each fact.
fn readers() -> BTreeMap<FactId, BTreeSet<String>> {
    let mut readers: BTreeMap<FactId, BTreeSet<String>> = BTreeMap::new();
    for pack in built_in::all(&BUILT_IN) {
        for fact in read_by(&pack) {
            readers.entry(fact).or_default().insert(pack.instrument.id.clone());
        }
    }
    readers
}

fn read_by(pack: &Pack) -> BTreeSet<FactId> {
    let mut facts: BTreeSet<FactId> = pack.rules.iter().flat_map(uses::facts).collect();
    uses::condition_facts(&pack.instrument.applies, &mut facts);
    facts
}
