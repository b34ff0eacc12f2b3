//! The importer of the 2025 inventory of US federal agencies, on a sample of our own invention and on the inventory.
//!
//! After a change that is meant: `SNAPSHOTS=overwrite cargo test --test import_omb_2025`. The inventory is not in this
//! repository (see `the_whole_inventory_becomes_valid_manifests`).

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use std::fmt::Write;
use std::fs::File;

use govlint::import::{Tally, omb_2025};
use govlint::json::{self, Document, Limits};
use govlint::{manifest, schema};
use proptest::prelude::*;
use snapbox::assert_data_eq;

/// The manifests, the tally, and what could not be read.
fn import(path: &str) -> (String, Tally, Vec<String>) {
    let input = File::open(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let (mut output, mut unread) = (Vec::new(), Vec::new());
    let tally = omb_2025::run(input, &mut output, |cell| {
        unread.push(format!("{}: {}: {} ({})", cell.place, cell.column, cell.reason, cell.excerpt));
    });
    (String::from_utf8(output).unwrap(), tally.unwrap(), unread)
}

/// Each line as a document, all of which the manifest's schema accepts.
fn valid(manifests: &str) -> Vec<Document> {
    let schema = schema::compile(&serde_json::from_str(manifest::SCHEMA).unwrap()).unwrap();
    let documents: Vec<_> =
        manifests.lines().map(|line| json::read(line.into(), &Limits::default()).unwrap()).collect();
    for (line, document) in (1..).zip(&documents) {
        if let Err(error) = schema.validate(document.root()) {
            panic!("manifest {line}: {} at {}", error.kind().keyword(), error.instance_path());
        }
    }
    documents
}

/// The columns of a tally that have something to tell, as a table.
fn table(tally: &Tally) -> String {
    let mut text = format!("{} rows, {} manifests\n\n", tally.rows, tally.manifests);
    writeln!(text, "{:25}{:>8}{:>8}{:>11}{:>8}", "column", "stated", "blank", "imprecise", "unread").unwrap();
    for column in &tally.columns {
        assert_eq!(column.stated + column.blank + column.imprecise + column.unread, tally.rows);
        let name = column.column;
        let (stated, blank, imprecise, unread) = (column.stated, column.blank, column.imprecise, column.unread);
        writeln!(text, "{name:25}{stated:>8}{blank:>8}{imprecise:>11}{unread:>8}").unwrap();
    }
    let (stated, blank, imprecise, unread) = (tally.stated(), tally.blank(), tally.imprecise(), tally.unread());
    writeln!(text, "{:25}{stated:>8}{blank:>8}{imprecise:>11}{unread:>8}", "all").unwrap();
    text
}

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/omb-2025-sample.csv");

#[test]
fn the_sample_becomes_these_manifests() {
    let (manifests, ..) = import(SAMPLE);
    assert_data_eq!(manifests, snapbox::file!["import_omb_2025/manifests.ndjson": Text].raw());
}

#[test]
fn the_sample_is_accounted_for_cell_by_cell() {
    let (_, tally, unread) = import(SAMPLE);
    assert_eq!(tally.unread(), unread.len() as u64);
    let report = format!("{}\n{}\n", table(&tally), unread.join("\n"));
    assert_data_eq!(report, snapbox::file!["import_omb_2025/tally.txt"].raw());
}

#[test]
fn every_manifest_of_the_sample_is_valid() {
    assert_eq!(valid(&import(SAMPLE).0).len(), 12);
}

/// Cells as they might be written: answers, lists, dates, addresses, and anything else.
fn cell() -> impl Strategy<Value = String> {
    let answers = "Yes|No|In-progress|Deployed|High-impact|Other|IT|CAIO Waived|CAIO Review|Not Applicable";
    let others = [
        r"\[('(a\) )?(Age|Sex|Other|In-progress|None of the above|Public Hearings)',? ?){0,3}\]",
        r"[0-9]{1,4}[-/ ][0-9]{1,2}([-/ ][0-9]{1,4})?( 0:00)?",
        r"https?://[a-z.\u{a0}\u{feff}\u{85} ]{0,4}",
        r"[a \t\r\n\u{a0}\u{feff}\u{85}]{0,4}",
        r".{0,12}",
    ];
    let [a, b, c, d, e] = others;
    prop_oneof![answers, a, b, c, d, e]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_the_cells_say_the_manifests_are_valid(rows in prop::collection::vec(prop::collection::vec(cell(), 36), 0..8)) {
        let sample = std::fs::read_to_string(SAMPLE).unwrap();
        let mut text = sample.lines().next().unwrap().to_owned();
        for row in &rows {
            let cells: Vec<_> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            write!(text, "\n{}", cells.join(",")).unwrap();
        }
        let (mut output, mut unread) = (Vec::new(), 0);
        let tally = omb_2025::run(text.as_bytes(), &mut output, |_| unread += 1).unwrap();
        prop_assert_eq!(valid(std::str::from_utf8(&output).unwrap()).len(), rows.len());
        prop_assert_eq!((tally.rows, tally.unread()), (rows.len() as u64, unread));
    }
}

/// Counts of the inventory's commit 62329235dc3847672bc4fdc7bf64d850a2d6d0fe, made independently of this importer: rows
/// that are deployed and high-impact, by what they state of each minimum practice.
const PRACTICES: [(&str, [u32; 7]); 9] = [
    // done, in progress, not done, not applicable, precluded by law, waived, unstated
    ("/assessments/pre_deployment_testing/status", [44, 81, 0, 0, 0, 0, 102]),
    ("/assessments/ai_impact/status", [36, 90, 0, 0, 0, 0, 101]),
    ("/assessments/ai_impact/potential_impacts", [125, 0, 0, 0, 0, 0, 102]),
    ("/assessments/independent_review/status", [36, 89, 0, 0, 0, 0, 102]),
    ("/governance/monitoring/status", [40, 85, 0, 0, 0, 0, 102]),
    ("/governance/operator_training/status", [41, 81, 0, 0, 0, 0, 102 + 3]),
    ("/human_oversight/fail_safe/status", [35, 81, 0, 10, 0, 0, 101]),
    ("/complaints/appeal/status", [16, 78, 0, 28, 4, 0, 101]),
    ("/governance/public_consultation/status", [44, 80, 0, 0, 0, 0, 101 + 2]),
];

const STATUSES: [&str; 6] = ["done", "in-progress", "not-done", "not-applicable", "precluded-by-law", "waived"];

/// Which column of [`PRACTICES`] a manifest belongs to. A text, whatever it says, counts as done.
fn status(document: &Document, pointer: &str) -> usize {
    match document.root().pointer(pointer).and_then(|node| node.as_str()) {
        Some(text) => STATUSES.iter().position(|status| *status == text).unwrap_or(0),
        None => STATUSES.len(),
    }
}

#[test]
#[ignore = "needs the inventory: GOVLINT_OMB_2025=FILE.csv cargo test --test import_omb_2025 -- --ignored --nocapture"]
fn the_whole_inventory_becomes_valid_manifests() {
    let path = std::env::var("GOVLINT_OMB_2025").expect("GOVLINT_OMB_2025 names the inventory's CSV file");
    let (manifests, tally, unread) = import(&path);
    println!("{}\nunread cells:\n{}", table(&tally), unread.join("\n"));
    assert_eq!((tally.rows, tally.manifests), (3611, 3611));
    assert_eq!((tally.imprecise(), tally.unread()), (520, 741));
    let documents = valid(&manifests);
    let says = |document: &&Document, pointer, text| {
        document.root().pointer(pointer).and_then(|node| node.as_str()).as_deref() == Some(text)
    };
    for (stage, count) in [("pre-deployment", 1479), ("pilot", 440), ("deployed", 1040), ("retired", 314)] {
        assert_eq!(
            documents.iter().filter(|document| says(document, "/system/stage", stage)).count(),
            count,
            "{stage}"
        );
    }
    let deployed: Vec<_> = documents
        .iter()
        .filter(|document| says(document, "/system/stage", "deployed"))
        .filter(|document| says(document, "/markets/US/high_impact/determination", "high-impact"))
        .collect();
    assert_eq!(deployed.len(), 227);
    for (pointer, expected) in PRACTICES {
        let mut counts = [0; 7];
        deployed.iter().for_each(|document| counts[status(document, pointer)] += 1);
        assert_eq!(counts, expected, "{pointer}");
    }
}
