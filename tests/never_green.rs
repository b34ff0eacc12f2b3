//! No gate is green because it saw nothing.
//!
//! Inputs that turn other checkers green, a test each, and the table of them in the README; then every example with
//! each of its members misspelt, and left out. `GOVLINT_BLESS=1 cargo test --test never_green` writes the table, and
//! the lists in `tests/never_green/stays-green`, which are to be reviewed.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

#[path = "support/never_green/examples.rs"]
mod examples;
#[path = "support/never_green/table.rs"]
mod table;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use examples::{Example, Run, examples, failing};
use govlint::engine::Outcome;
use govlint::report::Gate;
use rayon::prelude::*;
use serde_json::Value;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/never_green")
}

#[test]
fn the_violating_manifest_fails_when_it_is_spelt_right() {
    assert_eq!(table::govlint(&["violating.json"]).0, 1);
}

#[test]
fn nothing_seen_is_never_green() {
    for row in table::ROWS {
        let (code, printed) = table::govlint(row.arguments);
        assert_eq!(code, row.exit, "{}: {printed}", row.input);
        assert_ne!(code, 0, "{}", row.input);
    }
}

#[test]
fn the_table_in_the_readme_is_what_govlint_says() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once("<!-- never-green -->\n").expect("the README has the section");
    let (section, after) = rest.split_once("<!-- /never-green -->").expect("the section ends");
    let table = table::markdown();
    if std::env::var_os("GOVLINT_BLESS").is_some() {
        fs::write(&path, format!("{before}<!-- never-green -->\n{table}<!-- /never-green -->{after}")).unwrap();
    } else {
        assert_eq!(section, table, "GOVLINT_BLESS=1 cargo test --test never_green writes the table");
    }
}

/// A misspelt member never passes. Keys that a manifest chooses itself have no spelling.
#[test]
fn a_misspelt_member_is_never_green() {
    for example in examples() {
        for pointer in members(&example.manifest).into_iter().filter(|pointer| !is_chosen(pointer)) {
            let run = example.run(&with(&example.manifest, &pointer, Change::Misspell));
            assert!(matches!(run, Run::Broken), "{}: {pointer} misspelt", example.name);
        }
    }
}

/// What is left out can only make less known. So where a member's absence stays green, no duty fell away: each comes
/// to what it came to, or is told (as advice), or is not in force yet, or was beyond its scope and is met in any case.
/// The members themselves are listed, and the list is reviewed.
#[test]
fn a_member_left_out_of_a_green_example_makes_no_duty_fall_away() {
    for example in examples().into_iter().filter(|example| example.run(&example.manifest).gate() == Gate::Passed) {
        let whole = example.run(&example.manifest).outcomes();
        let mut green = Vec::new();
        for pointer in members(&example.manifest) {
            let run = example.run(&with(&example.manifest, &pointer, Change::LeaveOut));
            if run.gate() == Gate::Passed {
                let outcomes = run.outcomes();
                assert_eq!(outcomes.len(), whole.len(), "{}: without {pointer}", example.name);
                let mut pairs = whole.iter().zip(&outcomes);
                assert!(pairs.all(|(before, now)| holds(*before, *now)), "{}: without {pointer}", example.name);
                green.push(pointer);
            }
        }
        reviewed(&example, &green);
    }
}

/// Whether a duty may come to this where less is known, and the gate passes.
fn holds(before: Outcome, now: Outcome) -> bool {
    now == before
        || now.is_finding()
        || now == Outcome::Upcoming
        || (before, now) == (Outcome::NotApplicable, Outcome::Pass)
}

/// Whatever is left out of a manifest that fails, it never passes.
#[test]
fn a_member_left_out_never_turns_a_failure_green() {
    let checked = AtomicUsize::new(0);
    failing().par_iter().for_each(|example| {
        assert_eq!(example.run(&example.manifest).gate(), Gate::Failed, "{}", example.name);
        for pointer in members(&example.manifest) {
            let run = example.run(&with(&example.manifest, &pointer, Change::LeaveOut));
            assert_ne!(run.gate(), Gate::Passed, "{}: without {pointer}", example.name);
            checked.fetch_add(1, Ordering::Relaxed);
        }
    });
    let checked = checked.into_inner();
    assert!(checked > 1000, "only {checked} were checked");
}

/// Compares with the list that was reviewed, or writes it.
fn reviewed(example: &Example, green: &[String]) {
    let path = folder().join("stays-green").join(format!("{}.txt", example.name));
    let list = green.iter().map(|pointer| format!("{pointer}\n")).collect::<String>();
    if std::env::var_os("GOVLINT_BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, list).unwrap();
        return;
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    let (known, list): (BTreeSet<_>, BTreeSet<_>) = (known.lines().collect(), list.lines().collect());
    let (fresh, gone): (Vec<_>, Vec<_>) = (list.difference(&known).collect(), known.difference(&list).collect());
    assert!(
        fresh.is_empty() && gone.is_empty(),
        "{}: without these it stays green now: {fresh:?}, without these no more: {gone:?}\n\
         GOVLINT_BLESS=1 cargo test --test never_green writes the list; review it",
        example.name
    );
}

/// Every member of every object, as pointers.
fn members(value: &Value) -> Vec<String> {
    let mut all = Vec::new();
    collect(value, "", &mut all);
    all
}

fn collect(value: &Value, at: &str, all: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (name, member) in object {
                let pointer = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                all.push(pointer.clone());
                collect(member, &pointer, all);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(number, item)| collect(item, &format!("{at}/{number}"), all));
        }
        _ => {}
    }
}

/// Whether a member's key is the manifest's own choice.
fn is_chosen(pointer: &str) -> bool {
    let parts: Vec<_> = pointer.split('/').skip(1).collect();
    matches!(parts.as_slice(), ["extensions", _, ..] | ["documents", _])
}

#[derive(Clone, Copy)]
enum Change {
    Misspell,
    LeaveOut,
}

/// A manifest with one member changed.
fn with(manifest: &Value, pointer: &str, change: Change) -> Value {
    let mut manifest = manifest.clone();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let name = name.replace("~1", "/").replace("~0", "~");
    let object = manifest.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    let value = object.shift_remove(&name).unwrap();
    if let Change::Misspell = change {
        object.insert(format!("{name}x"), value);
    }
    manifest
}

/// A folder that cannot be looked at may hold anything. (Whoever may look everywhere sees the violation in it.)
#[cfg(unix)]
#[test]
fn a_closed_folder_is_never_green() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::copy(root.join("rules/us-omb-m-25-21/example.json"), folder.path().join("fine.json")).unwrap();
    std::fs::copy(root.join("examples/claims-triage.json"), closed.join("violating.json")).unwrap();
    std::fs::set_permissions(&closed, PermissionsExt::from_mode(0o000)).unwrap();
    let mut check = std::process::Command::new(env!("CARGO_BIN_EXE_govlint"));
    let output = check.args(["check", "--as-of", "2026-11-24"]).arg(folder.path()).output().unwrap();
    std::fs::set_permissions(&closed, PermissionsExt::from_mode(0o755)).unwrap();
    assert_ne!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
}

/// Rules in a file with a misspelt ending, or in a folder of their own, would never be checked.
#[test]
fn a_pack_with_a_file_that_is_not_read_is_never_green() {
    let folder = tempfile::tempdir().unwrap();
    let (pack, rules) = (folder.path().join("pack"), std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"));
    std::fs::create_dir(&pack).unwrap();
    for entry in std::fs::read_dir(rules.join("us-omb-m-25-21")).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), pack.join(entry.file_name())).unwrap();
    }
    let run = || {
        let mut check = std::process::Command::new(env!("CARGO_BIN_EXE_govlint"));
        check.args(["check", "--as-of", "2026-11-24"]).arg(pack.join("example.json")).arg("--pack").arg(&pack);
        check.output().unwrap()
    };
    assert_eq!(run().status.code(), Some(0));
    std::fs::rename(pack.join("2a.json"), pack.join("2a.jsn")).unwrap();
    let output = run();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("2a.jsn: is no part of a pack"));
}
