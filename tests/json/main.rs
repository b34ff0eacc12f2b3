//! The reader, seen from outside: what it accepts, what it says about what it refuses, and the laws that always hold.

#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

mod laws;

use govlint::json::{Document, Kind, Limits, ReadErrorKind, ReadFailure, read};

fn document(text: &str) -> Document {
    read(text.into(), &Limits::default()).unwrap_or_else(|failure| panic!("{text}: {failure}"))
}

#[track_caller]
fn failure(text: impl Into<Vec<u8>>) -> ReadFailure {
    read(text.into(), &Limits::default()).expect_err("the text should be refused")
}

/// The one error of a text: its sentence, and the text that it points at.
#[track_caller]
fn assert_refused(text: &str, sentence: &str, at: &str) {
    let failure = failure(text);
    let found: Vec<_> =
        failure.errors.iter().map(|error| (error.to_string(), failure.source.slice(error.span))).collect();
    assert_eq!(found, [(sentence.to_owned(), at)], "{text:?}");
}

#[track_caller]
fn assert_help(text: &str, help: &str) {
    let errors = failure(text).errors;
    assert_eq!(errors[0].help().as_deref(), Some(help), "{}", errors[0]);
}

#[test]
fn every_kind_of_value_is_read() {
    let document = document(r#" { "a": [null, true, -1.5e3, "x\ty"], "b": {}, "c": [] } "#);
    let root = document.root();
    assert_eq!(root.kind(), Kind::Object);
    assert_eq!(root.len(), 3);
    let items: Vec<_> = root.get("a").unwrap().items().collect();
    assert!(items[0].is_null());
    assert_eq!(items[1].as_bool(), Some(true));
    assert_eq!((items[2].as_f64(), items[2].as_i64()), (Some(-1500.0), None));
    assert_eq!(items[3].as_str().as_deref(), Some("x\ty"));
    assert!(root.get("b").unwrap().is_empty() && root.get("c").unwrap().is_empty());
    assert_eq!(root.get("d").map(|node| node.id()), None);
}

#[test]
fn every_place_is_where_it_stands() {
    let text = r#"{ "推荐" : [ 1, {"b": "é"} ] }"#;
    let document = document(text);
    let member = document.root().member("推荐").unwrap();
    assert_eq!(document.source().slice(member.key_span), "\"推荐\"");
    assert_eq!(document.source().slice(member.value.span()), "[ 1, {\"b\": \"é\"} ]");
    let b = document.root().pointer("/推荐/1/b").unwrap();
    assert_eq!(document.source().slice(b.span()), "\"é\"");
    assert_eq!(document.position(b.span().start).column, 21);
}

#[test]
fn pointers_name_nodes() {
    let document = document(r#"{ "a/b": { "~": [10, [20]], "": 30 } }"#);
    let number = |pointer: &str| document.root().pointer(pointer).and_then(|node| node.as_i64());
    assert_eq!(document.root().pointer("").unwrap().id(), document.root().id());
    assert_eq!(number("/a~1b/~0/0"), Some(10));
    assert_eq!(number("/a~1b/~0/1/0"), Some(20));
    assert_eq!(number("/a~1b/"), Some(30));
    for nothing in ["a~1b", "/a", "/a~1b/~0/2", "/a~1b/~0/00", "/a~1b/~0/+0", "/a~1b/~0/-", "/a~1b//x"] {
        assert_eq!(number(nothing), None, "{nothing}");
    }
}

#[test]
fn numbers_keep_their_text() {
    let document = document("[1.10, 1e400, 123456789012345678901234567890, -0]");
    let texts: Vec<_> = document.root().items().filter_map(|item| item.number_text()).collect();
    assert_eq!(texts, ["1.10", "1e400", "123456789012345678901234567890", "-0"]);
}

#[test]
fn an_escaped_key_is_found_by_what_it_stands_for() {
    let document = document(r#"{ "\u0061\"": 1 }"#);
    assert_eq!(document.root().get("a\"").and_then(|node| node.as_u64()), Some(1));
    assert!(document.root().get(r#"\u0061\""#).is_none());
}

#[test]
fn a_byte_order_mark_is_skipped_and_counts_as_bytes() {
    let document = document("\u{feff}{}");
    assert_eq!((document.root().span().start, document.root().span().end), (3, 5));
    assert_eq!(document.position(3).column, 1);
}

#[test]
fn all_duplicate_keys_are_reported_with_both_places() {
    let text = r#"{ "a": { "x": 1, "\u0078": 2 }, "b": 0, "a": 3, "a": 4 }"#;
    let failure = failure(text);
    let found: Vec<_> = failure
        .errors
        .iter()
        .map(|error| (error.to_string(), error.span.start, error.second().unwrap().0.start))
        .collect();
    let sentence = |key: &str| format!("key `{key}` is given twice");
    assert_eq!(found, [(sentence("x"), 17, 9), (sentence("a"), 40, 2), (sentence("a"), 48, 2)]);
}

#[test]
fn duplicates_are_found_among_many_keys_too() {
    let keys: Vec<_> = (0..40).map(|key| format!("\"k{key}\": 0")).collect();
    let failure = failure(format!("{{ {}, \"k7\": 1 }}", keys.join(", ")));
    assert!(matches!(&failure.errors[..], [error] if error.to_string() == "key `k7` is given twice"));
}

#[test]
fn a_syntax_error_does_not_hide_the_duplicates_before_it() {
    let failure = failure(r#"{ "a": 1, "a": [{ "b": 1, "b": 2, oops"#);
    let found: Vec<_> = failure.errors.iter().map(ToString::to_string).collect();
    assert_eq!(found, ["key `a` is given twice", "key `b` is given twice", "key `oops` has no quotes"]);
}

#[test]
fn endless_duplicates_are_counted() {
    let failure = failure(format!("{{ \"a\": 0{} }}", ", \"a\": 0".repeat(1000)));
    assert_eq!((failure.errors.len(), failure.omitted), (100, 900));
}

#[test]
fn an_empty_text_is_said_to_be_empty() {
    for text in ["", " \r\n\t", "\u{feff}", "\u{feff} "] {
        assert_refused(text, "the text is empty", "");
    }
}

#[test]
fn what_is_not_utf8_is_shown_at_its_place() {
    let failure = failure(b"{ \"\xe6\x8e\xa8\": \"caf\xe9\" }");
    let error = &failure.errors[0];
    assert_eq!(error.kind, ReadErrorKind::InvalidUtf8 { utf16: false });
    assert_eq!((error.span.start, error.span.end), (13, 14));
    assert_eq!(&**failure.text(), "{ \"推\": \"caf?\" }");
}

#[test]
fn utf16_is_recognised() {
    let errors = failure(b"\xff\xfe{\0}\0").errors;
    assert_eq!(errors[0].to_string(), "the text is UTF-16, not UTF-8");
    assert_eq!(errors[0].help().as_deref(), Some("save the file as UTF-8"));
}

#[test]
fn a_text_too_large_is_not_read() {
    let limits = Limits { max_bytes: 3, ..Limits::default() };
    assert!(read(b"123".into(), &limits).is_ok());
    let failure = read(b"1234".into(), &limits).unwrap_err();
    assert_eq!(failure.errors[0].kind, ReadErrorKind::TooLarge { bytes: 4, limit: 3 });
}

#[test]
fn nesting_has_a_limit_whatever_is_asked() {
    let nested = |depth: usize| [b"[".repeat(depth), b"]".repeat(depth)].concat();
    let limits = |max_depth| Limits { max_depth, ..Limits::default() };
    assert!(read(nested(128), &Limits::default()).is_ok());
    let error = read(nested(129), &Limits::default()).unwrap_err().errors[0].clone();
    assert_eq!((error.kind, error.span.start), (ReadErrorKind::TooDeep { limit: 128 }, 128));
    assert!(read(nested(2), &limits(1)).is_err());
    assert!(read(b"1".into(), &limits(0)).is_ok());
    let deepest = read(nested(512), &limits(usize::MAX)).unwrap();
    assert!(deepest.root().to_value().is_array());
    assert!(read(nested(1_000_000), &limits(usize::MAX)).is_err());
}

#[test]
fn what_is_not_json_is_called_by_its_name() {
    assert_refused(r#"{ "a": 1, }"#, "a comma with nothing after it", ",");
    assert_refused("[1, 2,\n]", "a comma with nothing after it", ",");
    assert_refused("[1] // why", "JSON has no comments", "// why");
    assert_refused("[/* one */ 1]", "JSON has no comments", "/* one */");
    assert_refused("# yaml\na: 1", "JSON has no comments", "# yaml");
    assert_refused("['a']", "`'` does not quote in JSON", "'");
    assert_refused("{ “a”: 1 }", "`“` does not quote in JSON", "“");
    assert_refused("[NaN]", "`NaN` is not a value", "NaN");
    assert_refused("[-Infinity]", "`-Infinity` is not a value", "-Infinity");
    assert_refused("[True, False]", "`True` is not a value", "True");
    assert_refused("[nullish]", "`nullish` is not a value", "nullish");
    assert_refused("{ name: 1 }", "key `name` has no quotes", "name");
    assert_refused("{} {}", "text after the end of the document", "{");
    assert_refused("[1 2]", "expected `,` or `]`, found `2`", "2");
    assert_refused("[1}", "expected `,` or `]`, found `}`", "}");
    assert_refused("]", "expected a value, found `]`", "]");
    assert_refused("[,1]", "expected a value or `]`, found `,`", ",");
    assert_refused("[1,,2]", "expected a value, found `,`", ",");
    assert_refused(r#"{ "a" 1 }"#, "expected `:`, found `1`", "1");
    assert_refused(r#"{ 1: 1 }"#, "expected a key or `}`, found `1`", "1");
    assert_refused("[\u{a0}1]", "expected a value or `]`, found a no-break space (U+00A0)", "\u{a0}");
}

#[test]
fn numbers_that_json_writes_differently_are_explained() {
    assert_refused("[007]", "a number does not begin with a superfluous zero", "007");
    assert_refused("[+1]", "a number does not begin with `+`", "+");
    assert_refused("[-]", "a minus sign without a number", "-");
    assert_refused("[.5]", "a number needs a digit before its point", ".");
    assert_refused("[5.]", "a number needs a digit after its point", "5.");
    assert_refused("[5e]", "a number needs a digit in its exponent", "5e");
    assert_refused("[0xff]", "JSON has decimal numbers only", "0x");
}

#[test]
fn strings_are_refused_where_they_go_wrong() {
    assert_refused(r#"["\x"]"#, r"`\x` is not an escape", r"\x");
    assert_refused(r#"["\u12"]"#, r"`\u` needs four hexadecimal digits", r"\u12");
    assert_refused(r#"["\ud83d!"]"#, r"`\ud83d` is half of a surrogate pair", r"\ud83d");
    assert_refused("[\"a\nb\"]", "a line break inside a string", "\n");
    assert_refused("[\"a\0b\"]", "the character U+0000 inside a string", "\0");
    assert_refused("[\"a", "the text ends where a closing `\"` should be", "");
    assert_refused("[\"a\\", "the text ends where a closing `\"` should be", "");
}

#[test]
fn an_early_end_points_at_the_end_and_at_what_is_open() {
    let failure = failure("{ \"a\": [1\n\n");
    let error = &failure.errors[0];
    assert_eq!(error.to_string(), "the text ends where `,` or `]` should be");
    assert_eq!(error.span.start, 9);
    assert_eq!(error.second().map(|(span, label)| (span.start, label)), Some((7, "opened here")));
}

#[test]
fn help_says_what_to_write() {
    assert_help("[True]", "write `true`");
    assert_help("[None]", "write `null`, or leave the member out");
    assert_help("[NaN]", "JSON has no such number: leave the member out");
    assert_help("[high]", "write text between quotes: `\"high\"`");
    assert_help("{ a: 1 }", "write `\"a\"`");
    assert_help("{ \"a\": 1 \"b\": 2 }", "a comma is missing before it");
    assert_help("{ \"a\"：1 }", "JSON's punctuation is half-width: `,` `:` `{` `}` `[` `]`");
    assert_help("[\"C:\\Windows\"]", "a backslash itself is written `\\\\`");
}

#[test]
fn a_failure_is_told_line_by_line() {
    let told = failure("{ \"a\": 1,\n  \"a\": tru }").to_string();
    assert_eq!(told, "2:3: key `a` is given twice\n2:8: `tru` is not a value");
}

#[test]
fn documents_are_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&document("{}"));
}
