//! Every mistake an author can make, as a folder of `tests/mistakes/`: what is said, where, and what to do about it.
//!
//! A folder holds the files in which it differs from `_base`, a pack without mistakes, and `expected`: one line
//! `file:line:column: message` per mistake, then its help and its second place. `GOVLINT_BLESS=1` rewrites `expected`.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use govlint::json::Span;
use govlint::manifest::BUILT_IN;
use govlint::pack::{self, Mistake, PackError};

const EXPECTED: &str = "expected.md";

#[test]
fn every_mistake_is_told_as_expected() {
    let mut wrong = Vec::new();
    for folder in folders() {
        let told = render(&errors(&folder));
        let expected = folder.join(EXPECTED);
        if std::env::var_os("GOVLINT_BLESS").is_some() {
            fs::write(&expected, &told).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != told {
            wrong.push(format!("{}:\n{told}", folder.display()));
        }
    }
    let bless = "GOVLINT_BLESS=1 cargo test --test mistakes";
    assert!(wrong.is_empty(), "not as expected (`{bless}` accepts them):\n{}", wrong.join("\n"));
}

#[test]
fn the_base_has_no_mistake() {
    assert_eq!(render(&errors(&root().join("_base"))), "");
}

#[test]
fn every_kind_of_mistake_has_a_folder() {
    let seen: BTreeSet<_> = folders().iter().flat_map(|folder| errors(folder)).map(|error| name(&error.kind)).collect();
    let missing: Vec<_> = KINDS.iter().filter(|kind| !seen.contains(*kind)).collect();
    assert!(missing.is_empty(), "no folder under tests/mistakes shows {missing:?}");
}

#[test]
fn sentences_are_lower_case_and_without_full_stop() {
    for error in folders().iter().flat_map(|folder| errors(folder)) {
        let help = error.kind.help();
        for sentence in [Some(error.to_string()), help].into_iter().flatten() {
            assert!(!sentence.starts_with(char::is_uppercase) || sentence.starts_with("JSON"), "{sentence}");
            assert!(!sentence.ends_with('.'), "{sentence}");
            assert_eq!(sentence.matches('`').count() % 2, 0, "{sentence}");
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes")
}

fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<_> = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| !folder.ends_with("_base"));
    folders.sort();
    folders
}

/// What is wrong with `_base` once the files of `folder` are laid over it; an empty file named `x.json.absent` takes
/// `x.json` away.
fn errors(folder: &Path) -> Vec<PackError> {
    let pack = tempfile::tempdir().unwrap();
    let mut files: BTreeMap<String, PathBuf> = BTreeMap::new();
    for path in [root().join("_base"), folder.to_owned()].iter().flat_map(|from| fs::read_dir(from).unwrap()) {
        let path = path.unwrap().path();
        files.insert(file_name(&path.to_string_lossy()), path);
    }
    let absent: Vec<_> = files.keys().filter_map(|name| name.strip_suffix(".absent")).map(str::to_owned).collect();
    for (name, path) in files.iter().filter(|(name, _)| !absent.contains(name) && !name.ends_with(".absent")) {
        fs::copy(path, pack.path().join(name)).unwrap();
    }
    pack::folder(&BUILT_IN, pack.path()).err().unwrap_or_default()
}

fn render(errors: &[PackError]) -> String {
    let mut told = String::new();
    for error in errors {
        writeln!(told, "{}: {error}", place(error, error.span)).unwrap();
        if let Some((span, what)) = &error.second {
            writeln!(told, "  {}: {what}", place(error, *span)).unwrap();
        }
        if let Some(help) = error.kind.help() {
            writeln!(told, "  help: {help}").unwrap();
        }
    }
    told
}

fn place(error: &PackError, span: Span) -> String {
    let region = error.file.region(span);
    // A mistake of the whole pack stands at its folder, whose name is another in every run.
    let name = file_name(&error.file.name);
    let name = if name.ends_with(".json") { name } else { "<folder>".into() };
    format!("{name}:{}:{}", region.line, region.column)
}

fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

/// Every kind.
const KINDS: [&str; 42] = [
    "BadExample",
    "NotJson",
    "WrongType",
    "UnknownMember",
    "MissingMember",
    "UnknownWord",
    "Date",
    "NotADay",
    "MissingTranslation",
    "UnknownFact",
    "NoItem",
    "NotAnArray",
    "LeafOnArray",
    "UnknownKeyword",
    "NestedKeyword",
    "Empty",
    "BadPattern",
    "UnknownFormat",
    "BadSchema",
    "DeadLeaf",
    "DeadWord",
    "VacuousLeaf",
    "IdleKeyword",
    "StatedElsewhere",
    "StatedFalse",
    "StatedAlone",
    "ItemsWithoutMinItems",
    "NotADate",
    "NotAPeriod",
    "UnknownCondition",
    "UnusedCondition",
    "Cycle",
    "TooManyNames",
    "UnknownArticle",
    "UnknownDuty",
    "UncheckableDuty",
    "MissingReason",
    "Twice",
    "BadName",
    "MissingMessage",
    "NoRules",
    "Unreadable",
];

/// A mistake's kind. Whoever adds one is led here, and adds it to [`KINDS`] and a folder that shows it.
fn name(mistake: &Mistake) -> &'static str {
    match mistake {
        Mistake::NotJson(..) => "NotJson",
        Mistake::WrongType { .. } => "WrongType",
        Mistake::UnknownMember { .. } => "UnknownMember",
        Mistake::MissingMember { .. } => "MissingMember",
        Mistake::UnknownWord { .. } => "UnknownWord",
        Mistake::Date(_) => "Date",
        Mistake::NotADay(_) => "NotADay",
        Mistake::MissingTranslation { .. } => "MissingTranslation",
        Mistake::UnknownFact { .. } => "UnknownFact",
        Mistake::NoItem(_) => "NoItem",
        Mistake::NotAnArray(_) => "NotAnArray",
        Mistake::LeafOnArray(_) => "LeafOnArray",
        Mistake::UnknownKeyword { .. } => "UnknownKeyword",
        Mistake::NestedKeyword(_) => "NestedKeyword",
        Mistake::Empty(_) => "Empty",
        Mistake::BadPattern(_) => "BadPattern",
        Mistake::UnknownFormat(_) => "UnknownFormat",
        Mistake::BadSchema(_) => "BadSchema",
        Mistake::DeadLeaf { .. } => "DeadLeaf",
        Mistake::DeadWord { .. } => "DeadWord",
        Mistake::VacuousLeaf { .. } => "VacuousLeaf",
        Mistake::IdleKeyword { .. } => "IdleKeyword",
        Mistake::StatedElsewhere => "StatedElsewhere",
        Mistake::StatedFalse => "StatedFalse",
        Mistake::StatedAlone => "StatedAlone",
        Mistake::ItemsWithoutMinItems => "ItemsWithoutMinItems",
        Mistake::NotADate { .. } => "NotADate",
        Mistake::NotAPeriod(_) => "NotAPeriod",
        Mistake::UnknownCondition { .. } => "UnknownCondition",
        Mistake::UnusedCondition(_) => "UnusedCondition",
        Mistake::Cycle(_) => "Cycle",
        Mistake::TooManyNames(_) => "TooManyNames",
        Mistake::UnknownArticle { .. } => "UnknownArticle",
        Mistake::UnknownDuty { .. } => "UnknownDuty",
        Mistake::UncheckableDuty { .. } => "UncheckableDuty",
        Mistake::MissingReason(_) => "MissingReason",
        Mistake::Twice { .. } => "Twice",
        Mistake::BadName { .. } => "BadName",
        Mistake::MissingMessage { .. } => "MissingMessage",
        Mistake::NoRules(_) => "NoRules",
        Mistake::Unreadable(_) => "Unreadable",
        Mistake::BadExample(_) => "BadExample",
    }
}
