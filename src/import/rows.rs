//! Rows of a CSV file, each with its place.
//!
//! Everything about CSV is the `csv` crate's, but for two things that it keeps to itself. The line on which it says that a
//! row starts is too small after `\r\n` and blank lines. And it takes the end of the input for the end of an open cell, so
//! that one missing quotation mark swallows all rows after it in silence.

use std::io::{self, Read};

use csv::{ByteRecord, ReaderBuilder, StringRecord};

use super::{ImportError, Place};

/// Reads rows, the header first. All have as many cells as it has.
#[derive(Debug)]
pub(super) struct Rows<R> {
    reader: csv::Reader<Watched<R>>,
    /// The row that was read last.
    last: Place,
    /// How many cells the header has.
    width: Option<usize>,
}

impl<R: Read> Rows<R> {
    pub(super) fn new(input: R) -> Self {
        let input = Watched { input, odd: false, chunk: Vec::new(), end: 0, finished: false };
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(input);
        Rows { reader, last: Place { row: 0, line: 1 }, width: None }
    }

    /// The next row, or nothing at the end of the input.
    pub(super) fn next(&mut self) -> Result<Option<(Place, StringRecord)>, ImportError> {
        let mut row = ByteRecord::new();
        if !self.reader.read_byte_record(&mut row).map_err(failure)? {
            let open = self.reader.get_ref().odd;
            return if open { Err(ImportError::OpenQuote { last: self.last }) } else { Ok(None) };
        }
        let place = Place { row: self.width.map_or(0, |_| self.last.row + 1), line: self.first_line(&row) };
        self.last = place;
        let header = *self.width.get_or_insert(row.len());
        if row.len() != header {
            return Err(ImportError::Ragged { place, cells: row.len(), header });
        }
        let row = StringRecord::from_byte_record(row)
            .map_err(|error| ImportError::NotUtf8 { place, cell: error.utf8_error().field() + 1 })?;
        Ok(Some((place, row)))
    }

    /// The line that the reader is on now, less the row's own line breaks.
    fn first_line(&self, row: &ByteRecord) -> u64 {
        let now = self.reader.position();
        let breaks = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        let input = self.reader.get_ref();
        let ended = !input.finished && input.before(now.byte()) == Some(b'\n');
        now.line() - breaks(row.as_slice()) - u64::from(ended)
    }
}

/// What the CSV reader's error means; it is told to accept everything, so only reading itself can fail.
fn failure(error: csv::Error) -> ImportError {
    ImportError::Read(match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    })
}

/// Watches the bytes on their way to the CSV reader.
#[derive(Debug)]
struct Watched<R> {
    input: R,
    /// Whether the number of quotation marks so far is odd. In a well-formed file it is even.
    odd: bool,
    /// The bytes that were read last, which the reader asks for only after it has used up those before.
    chunk: Vec<u8>,
    /// The offset at which they end.
    end: u64,
    /// Whether there are no more. A row that was read before that has a line break at its end.
    finished: bool,
}

impl<R> Watched<R> {
    /// The byte before an offset in the last chunk.
    fn before(&self, offset: u64) -> Option<u8> {
        let left = usize::try_from(self.end.checked_sub(offset)?).ok()?;
        let at = self.chunk.len().checked_sub(left + 1)?;
        self.chunk.get(at).copied()
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        let bytes = &buffer[..count];
        if bytes.is_empty() {
            self.finished = true;
        } else {
            self.chunk.clear();
            self.chunk.extend_from_slice(bytes);
            self.end += count as u64;
        }
        self.odd ^= bytes.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Gives one byte at a time.
    struct Slowly<'t>(&'t [u8]);

    impl Read for Slowly<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(buffer.len()).min(1);
            self.0.read(&mut buffer[..count])
        }
    }

    /// First cells and places of all rows.
    fn all(input: impl Read) -> Result<Vec<(u64, u64, String)>, ImportError> {
        let mut rows = Rows::new(input);
        let mut all = Vec::new();
        while let Some((place, row)) = rows.next()? {
            all.push((place.row, place.line, row[0].to_owned()));
        }
        Ok(all)
    }

    #[test]
    fn a_row_starts_on_its_own_line_however_lines_end() {
        for end in ["\n", "\r\n"] {
            for last in ["", end] {
                let text = ["h,i", "\"a", "b\",c", "", "", "d,\"e", "f\"", "g,"].join(end) + last;
                let cell = format!("a{end}b");
                let rows = [(0, 1, "h".into()), (1, 2, cell), (2, 6, "d".into()), (3, 8, "g".into())];
                assert_eq!(all(text.as_bytes()).unwrap(), rows, "{text:?}");
                assert_eq!(all(Slowly(text.as_bytes())).unwrap(), rows, "{text:?}");
            }
        }
    }

    #[test]
    fn a_long_file_keeps_its_lines() {
        let row = "\"two\r\nlines\",x\r\n\r\n";
        let rows = all(row.repeat(9_000).as_bytes()).unwrap();
        assert!((0..9_000).zip(&rows).all(|(at, row)| (row.0, row.1) == (at, 3 * at + 1)));
    }

    #[test]
    fn a_ragged_row_is_an_error_with_its_place() {
        let error = all("h,i\n\n\"a\n\",b\nc\n".as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), "row 2 (line 5) has 1 cells, and the header has 2");
    }

    #[test]
    fn a_row_that_is_not_utf_8_is_an_error_with_its_place() {
        let error = all(b"h,i\na,\xff\n".as_slice()).unwrap_err();
        assert_eq!(error.to_string(), "row 1 (line 2) is not UTF-8 in cell 2");
    }

    #[test]
    fn a_cell_that_is_never_closed_is_an_error() {
        let error = all("h,i\na,\"b\nc,d\ne,f\n".as_bytes()).unwrap_err();
        assert!(matches!(error, ImportError::OpenQuote { last: Place { row: 1, line: 2 } }), "{error}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_rows_or_an_error(text in "[,\"\n\ra\u{feff}]{0,24}|.{0,24}", bytes: Vec<u8>) {
            for input in [text.as_bytes(), &bytes] {
                let breaks = input.iter().filter(|byte| **byte == b'\n').count() as u64;
                for rows in [all(input), all(Slowly(input))].into_iter().flatten() {
                    prop_assert!(rows.iter().all(|row| (1..=breaks + 1).contains(&row.1)), "{rows:?}");
                    prop_assert!(rows.is_sorted_by_key(|row| row.1), "{rows:?}");
                }
            }
        }
    }
}
