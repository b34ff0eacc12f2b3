//! The laws of the reader, on random inputs and on inputs that are the same in every run.

#[path = "../support/reader_laws.rs"]
mod reader_laws;

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

use crate::document;
use reader_laws::reader_agrees_with_serde_json;

/// JSON by small pieces: most of what they make is nearly right.
const PIECES: [&str; 44] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    " ",
    "\n",
    "\"a\"",
    "\"\"",
    "\"\\u0061\"",
    "\"b\"",
    "\"推荐\"",
    "\"\\n\"",
    "\"",
    "\\",
    "\\ud83d\\ude00",
    "\\ud83d",
    "\\u00",
    "true",
    "false",
    "null",
    "0",
    "-",
    "1",
    "-0",
    "1.5",
    "1e5",
    "1e400",
    "12345678901234567890",
    ".",
    "e",
    "+",
    "NaN",
    "//",
    "/*",
    "#",
    "'",
    "“",
    "\u{feff}",
    "\u{7}",
    "{\"a\":",
    "[1,",
    "\"long enough to be looked at by eights \u{1f600}\"",
];

fn value() -> impl Strategy<Value = Value> {
    let string = prop_oneof![".*", "[\\x00-\\x7f]{0,20}", "[a-c]{1,2}"];
    let number = prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
    ];
    let scalar =
        prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::from), number, string.prop_map(Value::from)];
    scalar.prop_recursive(5, 60, 20, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..20).prop_map(Value::from),
            vec((".{0,3}", inner), 0..20).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

/// JSON written with an escape for every character that is not a letter.
fn escaped(value: &Value) -> String {
    let text = value.to_string();
    let escape = |c: char| c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect();
    text.chars().map(|c| if c.is_ascii() { c.to_string() } else { escape(c) }).collect()
}

proptest! {
    #[test]
    fn any_value_is_read_as_serde_json_reads_it(value in value()) {
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap(), escaped(&value)] {
            let document = document(&text);
            prop_assert_eq!(&document.root().to_value(), &value);
            reader_agrees_with_serde_json(text.as_bytes());
        }
    }

    #[test]
    fn damaged_json_is_judged_as_serde_json_judges_it(
        value in value(),
        damage in vec((any::<prop::sample::Index>(), 0..4, any::<u8>(), prop::sample::select(PIECES.to_vec())), 1..4),
    ) {
        let mut bytes = value.to_string().into_bytes();
        for (place, how, byte, piece) in damage {
            let place = place.index(bytes.len() + 1);
            match how {
                0 => bytes.truncate(place),
                1 => drop(bytes.splice(place..(place + 1).min(bytes.len()), [byte])),
                2 => drop(bytes.splice(place..(place + 1).min(bytes.len()), [])),
                _ => drop(bytes.splice(place..place, piece.bytes())),
            }
        }
        reader_agrees_with_serde_json(&bytes);
    }

    #[test]
    fn any_bytes_give_an_answer_or_an_error(bytes in vec(any::<u8>(), 0..64)) {
        reader_agrees_with_serde_json(&bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn pieces_of_json_are_judged_as_serde_json_judges_them(
        pieces in vec(prop::sample::select(PIECES.to_vec()), 0..16),
    ) {
        reader_agrees_with_serde_json(pieces.concat().as_bytes());
    }
}

/// What the fuzz target does, on inputs that are the same in every run: every text of up to four of the pieces that
/// structure is made of, and every byte put into every place of a small document.
#[test]
fn the_fuzz_targets_law_holds_without_a_fuzzer() {
    let pieces = ["{", "}", "[", "]", ",", ":", " ", "\"a\"", "\"\\u0061\"", "1", "-", ".", "e", "true", "\\", "é"];
    let mut texts = vec![String::new()];
    for _ in 0..4 {
        texts = texts.iter().flat_map(|text| pieces.map(|piece| format!("{text}{piece}"))).collect();
        texts.iter().for_each(|text| reader_agrees_with_serde_json(text.as_bytes()));
    }
    let small = r#"{"a":[-1.5e+3,true,null,"\ud83d\ude00é"],"b":{}}"#.as_bytes();
    for place in 0..small.len() {
        for byte in 0..=255 {
            let mut bytes = small.to_vec();
            bytes[place] = byte;
            reader_agrees_with_serde_json(&bytes);
        }
        reader_agrees_with_serde_json(&small[..place]);
    }
}
