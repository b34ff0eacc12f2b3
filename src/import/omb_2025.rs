//! The inventory of AI use cases of US federal agencies for 2025, as the Office of Management and Budget publishes it: a
//! CSV file with a row per use case (<https://github.com/ombegov/2025-Federal-Agency-AI-Use-Case-Inventory>).
//!
//! Each row becomes one manifest, written before the next row is read. The parts: `table` says which column states which
//! fact, `cell` reads a cell, `dates` and `lists` know two spellings that take some reading.

mod cell;
mod dates;
mod lists;
mod table;

use std::io::{Read, Write};

use csv::StringRecord;
use serde_json::Value;

use super::report::excerpt;
use super::rows::Rows;
use super::{ColumnTally, ImportError, Importer, Mapping, Origin, Place, Tally, Unread};
use cell::{Reading, Said};
use table::{From, TABLE};

/// This importer.
pub const IMPORTER: Importer = Importer {
    name: "omb-2025",
    en: "the 2025 inventory of AI use cases of US federal agencies (CSV)",
    zh: "美国联邦机构2025年人工智能用例清单（CSV）",
    run: |input, output, unread| run(input, output, unread),
    mappings,
};

/// Where each fact comes from, in the order of the manifest's schema.
pub fn mappings() -> Vec<Mapping> {
    let mapping = |entry: &table::Entry| Mapping {
        origin: match entry.from {
            From::Source(json) => Origin::Source(json),
            From::Column(name, _) => Origin::Column(name),
        },
        facts: entry.facts,
    };
    TABLE.iter().map(mapping).collect()
}

/// Reads the inventory and writes its manifests, one per line. Each cell that is not understood goes to `unread`.
///
/// # Errors
/// Where the input is no such table, or cannot be read to its end, or the output cannot be written.
pub fn run(input: impl Read, mut output: impl Write, mut unread: impl FnMut(Unread)) -> Result<Tally, ImportError> {
    let mut rows = Rows::new(input);
    let (_, header) = rows.next()?.ok_or(ImportError::Empty)?;
    let (steps, mut tally) = plan(&header)?;
    while let Some((place, row)) = rows.next()? {
        tally.rows += 1;
        let mut line = manifest(&steps, &row, place, &mut tally, &mut unread).to_string();
        line.push('\n');
        output.write_all(line.as_bytes()).map_err(ImportError::Write)?;
        tally.manifests += 1;
    }
    output.flush().map_err(ImportError::Write)?;
    Ok(tally)
}

/// An entry of the table, made ready for one file.
struct Step {
    facts: &'static [&'static str],
    from: Ready,
}

enum Ready {
    Value(Value),
    /// The index of the cell, how to read it, and where it is counted.
    Cell {
        cell: usize,
        reading: Reading,
        count: usize,
    },
}

/// Finds the table's columns in the header, and prepares to count what is in them.
fn plan(header: &StringRecord) -> Result<(Vec<Step>, Tally), ImportError> {
    let names: Vec<&str> = header.iter().map(|name| name.trim_start_matches('\u{feff}').trim()).collect();
    let columns = columns();
    let missing: Vec<_> = columns.iter().copied().filter(|column| !names.contains(column)).collect();
    if !missing.is_empty() {
        return Err(ImportError::MissingColumns { columns: missing });
    }
    let mut tally = Tally::default();
    for name in &names {
        match columns.iter().find(|column| *column == name) {
            Some(column) if tally.columns.iter().any(|counted| counted.column == *column) => {
                return Err(ImportError::RepeatedColumn { column });
            }
            Some(column) => tally.columns.push(ColumnTally { column, ..ColumnTally::default() }),
            None => tally.unknown_columns.push((*name).to_owned()),
        }
    }
    let steps = TABLE.iter().map(|entry| step(entry, &names, &tally)).collect();
    Ok((steps, tally))
}

/// The table's columns.
fn columns() -> Vec<&'static str> {
    let name = |entry: &table::Entry| match entry.from {
        From::Column(name, _) => Some(name),
        From::Source(_) => None,
    };
    TABLE.iter().filter_map(name).collect()
}

fn step(entry: &table::Entry, names: &[&str], tally: &Tally) -> Step {
    let from = match entry.from {
        From::Source(json) => Ready::Value(serde_json::from_str(json).expect("the table's values are JSON")),
        From::Column(name, reading) => Ready::Cell {
            cell: names.iter().position(|other| *other == name).expect("no column is missing"),
            count: tally.columns.iter().position(|column| column.column == name).expect("each column is counted"),
            reading,
        },
    };
    Step { facts: entry.facts, from }
}

/// What a row says.
fn manifest(
    steps: &[Step],
    row: &StringRecord,
    place: Place,
    tally: &mut Tally,
    unread: &mut impl FnMut(Unread),
) -> Value {
    let mut manifest = Value::Null;
    for step in steps {
        match &step.from {
            Ready::Value(value) => state(&mut manifest, step.facts, vec![value.clone()]),
            Ready::Cell { cell, reading, count } => {
                let (cell, count) = (&row[*cell], &mut tally.columns[*count]);
                match reading.read(cell) {
                    Ok(said) => {
                        *tallied(count, &said) += 1;
                        if let Said::Values(values) = said {
                            state(&mut manifest, step.facts, values);
                        }
                    }
                    Err(reason) => {
                        count.unread += 1;
                        unread(Unread { place, column: count.column, reason, excerpt: excerpt(cell) });
                    }
                }
            }
        }
    }
    manifest
}

/// Where a cell that was understood is counted.
fn tallied<'c>(count: &'c mut ColumnTally, said: &Said) -> &'c mut u64 {
    match said {
        Said::Nothing => &mut count.blank,
        Said::Imprecise => &mut count.imprecise,
        Said::Values(_) => &mut count.stated,
    }
}

/// Writes values at the pointers of their facts. Members that are not there yet come after those that are.
fn state(manifest: &mut Value, facts: &[&str], values: Vec<Value>) {
    for (pointer, value) in facts.iter().zip(values) {
        let place = pointer.split('/').skip(1).fold(&mut *manifest, |place, name| &mut place[name]);
        *place = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A header, with what is to be changed in it, and rows that give the first cell only.
    fn table(change: impl Fn(Vec<&'static str>) -> Vec<&'static str>, first_cells: &[&str]) -> String {
        let header = change(columns());
        let rows = first_cells.iter().map(|cell| format!("{cell}{}\n", ",".repeat(header.len() - 1)));
        header.join(",") + "\n" + &rows.collect::<String>()
    }

    /// The manifests and the tally.
    fn import(text: &str) -> Result<(String, Tally), ImportError> {
        let mut output = Vec::new();
        let tally = run(text.as_bytes(), &mut output, |_| ())?;
        Ok((String::from_utf8(output).unwrap(), tally))
    }

    #[test]
    fn a_blank_row_states_only_what_the_source_guarantees() {
        let (manifests, tally) = import(&table(|header| header, &["\"\""])).unwrap();
        let expected = concat!(
            r#"{"manifest":"1","system":{"offered_in":["US"]},"markets":{"US":{"federal_agency":true}},"#,
            r#""filings":{"ai_inventory":{"listed":true,"reported_as":"individual","public":true}}}"#
        );
        assert_eq!(manifests, format!("{expected}\n"));
        assert_eq!((tally.rows, tally.manifests, tally.stated(), tally.blank()), (1, 1, 0, 36));
    }

    #[test]
    fn columns_are_found_by_name_wherever_they_stand() {
        let turned = table(|header| header.into_iter().rev().collect(), &["Desk Platform"]);
        let (manifests, tally) = import(&turned).unwrap();
        assert!(manifests.contains(r#""authorisation_to_operate":{"system_name":"Desk Platform"}"#), "{manifests}");
        assert_eq!((tally.columns[0].column, tally.columns[0].stated), ("system_name_ato", 1));
    }

    #[test]
    fn a_byte_order_mark_belongs_to_no_column() {
        let text = format!("\u{feff}{}", table(|header| header, &["BPP-1"]));
        assert!(import(&text).unwrap().0.contains(r#""id":"BPP-1""#));
    }

    #[test]
    fn a_header_that_lacks_columns_names_them() {
        let error = import(&table(|header| header[2..].to_vec(), &[])).unwrap_err();
        assert_eq!(error.to_string(), "the header has no column `id`, `use_case_name`");
    }

    #[test]
    fn a_header_that_repeats_a_column_is_refused() {
        let error = import(&table(|header| [&header[..], &["id"]].concat(), &[])).unwrap_err();
        assert_eq!(error.to_string(), "the header names the column `id` more than once");
    }

    #[test]
    fn columns_that_are_not_known_are_reported() {
        let (_, tally) = import(&table(|header| [&["mood"], &header[..]].concat(), &["fine"])).unwrap();
        assert_eq!(tally.unknown_columns, ["mood"]);
        assert_eq!(tally.columns.len(), 36);
    }

    #[test]
    fn nothing_at_all_is_an_error() {
        for text in ["", "\n\n", "\u{feff}"] {
            let error = import(text).unwrap_err();
            assert!(matches!(error, ImportError::Empty), "{text:?}: {error}");
        }
    }

    #[test]
    fn a_header_without_rows_makes_no_manifests() {
        let (manifests, tally) = import(&table(|header| header, &[])).unwrap();
        assert_eq!((manifests.as_str(), tally.rows), ("", 0));
    }

    #[test]
    fn manifests_before_a_ragged_row_stand() {
        let text = table(|header| header, &["A-1", "A-2"]) + "A-3\n";
        let mut output = Vec::new();
        let error = run(text.as_bytes(), &mut output, |_| ()).unwrap_err();
        assert_eq!(error.to_string(), "row 3 (line 4) has 1 cells, and the header has 36");
        assert_eq!(output.iter().filter(|byte| **byte == b'\n').count(), 2);
    }

    #[test]
    fn a_writer_that_fails_stops_the_import() {
        let text = table(|header| header, &["A-1"]);
        let error = run(text.as_bytes(), &mut [][..], |_| ()).unwrap_err();
        assert!(matches!(error, ImportError::Write(_)), "{error}");
    }

    #[test]
    fn every_fact_has_an_origin() {
        let mappings = mappings();
        assert_eq!(mappings[0], Mapping { origin: Origin::Source("\"1\""), facts: &["/manifest"] });
        assert_eq!(mappings.iter().filter(|mapping| matches!(mapping.origin, Origin::Column(_))).count(), 36);
    }
}
