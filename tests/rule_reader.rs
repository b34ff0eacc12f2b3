//! The reader of packs never panics: valid files, changed a little at random.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

#[path = "support/rule_reader_laws.rs"]
mod rule_reader_laws;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use rule_reader_laws::{INSTRUMENT, RULES, any_bytes_give_a_pack_or_errors, read};

/// What takes the place of a value or of some bytes.
const PIECES: [&str; 40] = [
    "{}",
    "[]",
    "[[]]",
    "[{}]",
    "\"\"",
    "\"é\"",
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1.5",
    "1e400",
    "\"as-of\"",
    "\"2026-02-29\"",
    "\"9999-12-31\"",
    "\"36525 days\"",
    "\"10 working days CN\"",
    "\"/\"",
    "\"./\"",
    "\"../\"",
    "\"../../x\"",
    "\"/governance/waivers\"",
    "\"/governance/waivers/*/practices\"",
    "\"/systém/stagé\"",
    "\"/$schema\"",
    "\"/extensions/a/b\"",
    "\"/documents/a/title\"",
    "\"in-use\"",
    "\"granted\"",
    "\"stated\"",
    "\"not\"",
    "\"items\"",
    "{ \"/system/stage\": { \"const\": null } }",
    "{ \"stated\": true }",
    "{ \"enum\": [1e400, {}] }",
    "{ \"not\": {} }",
    "{ \"pattern\": \"(a{1000}){1000}\" }",
    "{ \"minimum\": 1e400 }",
    "\u{feff}",
];

/// One change: which token is taken, and what takes its place: another token of the file, or a piece.
fn change() -> impl Strategy<Value = (Index, Option<Index>, &'static str)> {
    (any::<Index>(), proptest::option::of(any::<Index>()), select(&PIECES[..]))
}

/// The file's values and keys, as slices: strings, numbers, words, and whatever stands between brackets.
fn tokens(text: &str) -> Vec<std::ops::Range<usize>> {
    let (mut tokens, mut open, mut string) = (Vec::new(), Vec::new(), None);
    for (at, byte) in text.bytes().enumerate() {
        match (byte, string) {
            (b'"', None) => string = Some(at),
            (b'"', Some(start)) => {
                tokens.push(start..at + 1);
                string = None;
            }
            (_, Some(_)) => {}
            (b'{' | b'[', None) => open.push(at),
            (b'}' | b']', None) => tokens.extend(open.pop().map(|start| start..at + 1)),
            (b'a'..=b'z' | b'0'..=b'9', None) => tokens.push(at..at + 1),
            _ => {}
        }
    }
    tokens
}

fn changed(text: &str, changes: &[(Index, Option<Index>, &'static str)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (place, other, piece)| {
        let tokens = tokens(&text);
        if tokens.is_empty() {
            return text;
        }
        let place = place.get(&tokens).clone();
        let piece = other.map_or(*piece, |other| &text[other.get(&tokens).clone()]);
        // Copying the whole into itself again and again makes it long and teaches nothing.
        let piece = if piece.len() > 2_000 { "[]" } else { piece };
        format!("{}{piece}{}", &text[..place.start], &text[place.end..])
    })
}

#[test]
fn the_files_that_are_changed_are_a_pack() {
    assert!(read(INSTRUMENT.as_bytes(), RULES.as_bytes()));
}

proptest! {
    #[test]
    fn a_changed_rule_file_is_a_pack_or_errors(changes in vec(change(), 1..6)) {
        read(INSTRUMENT.as_bytes(), changed(RULES, &changes).as_bytes());
    }

    #[test]
    fn a_changed_instrument_is_a_pack_or_errors(changes in vec(change(), 1..6)) {
        read(changed(INSTRUMENT, &changes).as_bytes(), RULES.as_bytes());
    }

    #[test]
    fn any_bytes_are_a_pack_or_errors(bytes in vec(any::<u8>(), 0..200), cut in any::<Index>()) {
        any_bytes_give_a_pack_or_errors(&bytes);
        let cut = cut.index(RULES.len());
        any_bytes_give_a_pack_or_errors(&[&RULES.as_bytes()[..cut], &bytes].concat());
    }
}
