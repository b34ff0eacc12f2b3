//! What holds for every file that is read as a rule file or an instrument. The tests and the fuzz target share it.

use govlint::manifest::BUILT_IN;
use govlint::pack::{PackError, PackFile, Proof, load};

/// The instrument that a rule file is read with.
pub const INSTRUMENT: &str = include_str!("rule_reader/instrument.json");

/// A rule file without mistakes that uses everything a rule can have.
pub const RULES: &str = include_str!("rule_reader/1.json");

/// Any bytes as a rule file give a pack or errors, never a panic; and so do any bytes as an instrument.
pub fn any_bytes_give_a_pack_or_errors(bytes: &[u8]) {
    read(INSTRUMENT.as_bytes(), bytes);
    read(bytes, RULES.as_bytes());
}

/// Whether the two files are a pack.
pub fn read(instrument: &[u8], rules: &[u8]) -> bool {
    let file = |name: &str, bytes: &[u8]| PackFile { name: name.into(), bytes: bytes.to_vec() };
    match load(&BUILT_IN, vec![file("instrument.json", instrument), file("1.json", rules)], Proof::Full) {
        Ok(pack) => {
            assert!(!pack.rules.is_empty());
            true
        }
        Err(errors) => {
            assert_errors_are_told(&errors);
            false
        }
    }
}

/// There are errors, in order, each with words and within its file.
fn assert_errors_are_told(errors: &[PackError]) {
    assert!(!errors.is_empty());
    assert!(errors.is_sorted_by_key(|error| (error.file.name.clone(), error.span.start)));
    for error in errors {
        let text = error.file.source.text();
        let second = error.second.as_ref().map(|(span, _)| *span);
        for span in [Some(error.span), second].into_iter().flatten() {
            assert!(text.get(span.range()).is_some(), "{error} at {span:?}");
            error.file.region(span);
        }
        assert!(!error.to_string().is_empty() && error.kind.help().is_none_or(|help| !help.is_empty()));
    }
}
