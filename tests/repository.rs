//! The repository keeps its own promises: every duty is accounted for, every rule is tested, the table of facts follows
//! the schema, links resolve, modules open with a header and import only downwards.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use govlint::authoring::coverage::account;
use govlint::engine::Outcome;
use govlint::manifest::{BUILT_IN, FactKind};
use govlint::pack::{Expect, Rule, built_in, folder};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn every_duty_is_accounted_for() {
    for pack in built_in::all(&BUILT_IN) {
        let account = account(&BUILT_IN, &pack);
        let unaccounted: Vec<_> = account.articles.iter().filter(|article| !article.unaccounted.is_empty()).collect();
        assert!(unaccounted.is_empty(), "{}: {unaccounted:?}", account.pack);
    }
}

#[test]
fn every_rule_is_tested_to_pass_to_fail_and_to_stay_silent() {
    for name in built_in::names() {
        // A built-in pack is loaded without its tests; its folder has them.
        let pack = folder(&BUILT_IN, &root().join("rules").join(name)).expect("a built-in pack loads");
        for rule in &pack.rules {
            let expects =
                |wanted: &[Outcome]| outcomes(rule).any(|found| wanted.iter().any(|outcome| outcome.word() == found));
            assert!(expects(&[Outcome::Pass]), "{} has no passing test", rule.id);
            assert!(expects(&[Outcome::Fail, Outcome::Review]), "{} has no failing test", rule.id);
            assert!(expects(&[Outcome::Unstated, Outcome::Undetermined]), "{} has no silent test", rule.id);
        }
    }
}

#[test]
fn rules_that_ask_for_the_same_thing_name_each_other() {
    let packs = built_in::all(&BUILT_IN);
    let rules: BTreeMap<String, &Rule> =
        packs.iter().flat_map(|pack| &pack.rules).map(|rule| (rule.id.to_string(), rule)).collect();
    for (name, rule) in &rules {
        for same in &rule.same_as {
            let other = rules.get(&same.rule.to_string()).unwrap_or_else(|| panic!("{name} names {}", same.rule));
            assert_ne!(rule.id.pack, other.id.pack, "{name} names {} of its own instrument", same.rule);
            let back = other.same_as.iter().any(|back| back.rule == rule.id);
            assert!(back, "{} does not name {name} back", same.rule);
        }
    }
}

fn outcomes(rule: &Rule) -> impl Iterator<Item = &str> {
    rule.tests.iter().flat_map(|test| match &test.expect {
        Expect::One(expected) => vec![expected.outcome.as_str()],
        Expect::Items(items) => items.iter().map(|(_, expected)| expected.outcome.as_str()).collect(),
    })
}

#[test]
fn the_table_of_fact_names_has_every_fact_of_the_schema() {
    let page = text("docs/fact-names.md");
    let mut rows: BTreeMap<String, (String, String)> = BTreeMap::new();
    for line in page.lines().filter(|line| line.starts_with("| `/")) {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let pointer = cells[1].trim_matches('`').to_owned();
        let known = rows.insert(pointer.clone(), (cells[2].to_owned(), cells[3].to_owned()));
        assert!(known.is_none(), "{pointer} stands twice");
    }
    for (_, fact) in BUILT_IN.facts().filter(|(_, fact)| fact.kind != FactKind::Collection) {
        let pointer = named_as_in_the_table(&fact.pointer);
        if pointer.ends_with("/*/id") {
            continue;
        }
        let (kind, now) = rows.get(&pointer).unwrap_or_else(|| panic!("docs/fact-names.md lacks {pointer}"));
        assert_eq!(now, "yes", "{pointer}");
        assert!(is_kind(kind, fact.kind), "{pointer} is {:?}, and the table says {kind}", fact.kind);
    }
    let schema: Vec<_> = BUILT_IN.facts().map(|(_, fact)| named_as_in_the_table(&fact.pointer)).collect();
    for (pointer, _) in rows.iter().filter(|(_, (_, now))| now == "yes") {
        assert!(
            pointer == "/extensions" || schema.contains(pointer),
            "docs/fact-names.md says that the schema has {pointer}"
        );
    }
}

/// Members shared by every market stand once in the table; keys that one chooses have a name there.
fn named_as_in_the_table(pointer: &str) -> String {
    let mut parts = pointer.splitn(4, '/').skip(1);
    let pointer = match (parts.next(), parts.next(), parts.next()) {
        (Some("markets"), Some(_), Some(rest)) if is_common_to_markets(rest) => {
            format!("/markets/<code>/{rest}")
        }
        _ => pointer.to_owned(),
    };
    pointer.replace("/documents/*", "/documents/<key>")
}

fn is_common_to_markets(rest: &str) -> bool {
    let common = format!("/markets/*/{rest}");
    BUILT_IN.facts().any(|(_, fact)| fact.pointer == common)
}

fn is_kind(written: &str, kind: FactKind) -> bool {
    match kind {
        FactKind::Boolean => written == "boolean",
        FactKind::Integer => written == "integer",
        FactKind::Number => written == "number",
        FactKind::Date => written == "date",
        FactKind::Document => written == "document",
        FactKind::Word => {
            written.starts_with("enum")
                || written.starts_with("practice-status")
                || written.starts_with("filing-status")
        }
        FactKind::Text => ["string", "url", "country"].contains(&written),
        FactKind::List | FactKind::Collection => written.ends_with("[]"),
    }
}

#[test]
fn links_of_the_docs_resolve() {
    for page in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/rule-language.md",
        "docs/fact-names.md",
        "docs/governance-measures.md",
        "docs/facts-backbone.md",
    ] {
        let folder = root().join(page).parent().expect("a page lies in a folder").to_path_buf();
        for link in text(page).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = link.split('#').next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") {
                assert!(folder.join(target).exists(), "{page} links to {target}");
            }
        }
    }
}

#[test]
fn modules_open_with_a_header() {
    for path in sources() {
        let text = fs::read_to_string(&path).expect("a source file");
        assert!(text.starts_with("//!"), "{} has no header", path.display());
    }
}

#[test]
fn no_module_imports_upward() {
    let order = [
        "time",
        "lang",
        "json",
        "source",
        "schema",
        "manifest",
        "pack",
        "engine",
        "report",
        "authoring",
        "import",
        "cli",
    ];
    let rank = |name: &str| order.iter().position(|known| *known == name);
    for path in sources() {
        let inside = path.strip_prefix(root().join("src")).expect("a source lies in src");
        let first = inside.components().next().expect("a path").as_os_str().to_string_lossy().replace(".rs", "");
        let Some(own) = rank(&first) else { continue };
        for used in fs::read_to_string(&path).expect("a source file").split("crate::").skip(1) {
            let name: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let Some(used) = rank(&name) else { continue };
            assert!(used <= own, "{} imports {name}", inside.display());
            let equals = ["time", "lang", "json"];
            assert!(used == own || !equals.contains(&first.as_str()), "{} imports {name}", inside.display());
        }
    }
}

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found
}
