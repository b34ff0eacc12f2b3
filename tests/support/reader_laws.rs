//! What holds for every input of the reader. The tests and the fuzz target share it.

use govlint::json::{Document, Kind, Limits, NodeRef, ReadErrorKind, ReadFailure, Span, read};
use serde_json::Value;

/// Any bytes give an answer or an error, never a panic, and `serde_json` agrees with it but for what we decide
/// otherwise: we refuse duplicate keys, keep numbers beyond `f64`, and nest one level deeper.
pub fn reader_agrees_with_serde_json(bytes: &[u8]) {
    let theirs = serde_json::from_slice::<Value>(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    match (read(bytes.to_vec(), &Limits::default()), theirs) {
        (Ok(document), Ok(value)) => {
            assert_eq!(document.root().to_value(), value);
            assert_places_are_true(&document);
        }
        (Ok(document), Err(error)) => {
            let reason = error.to_string();
            let excused = reason.contains("number out of range") || reason.contains("recursion limit");
            assert!(excused, "only we accept {:?}: {error}", document.text());
            assert_places_are_true(&document);
        }
        (Err(failure), Ok(value)) => {
            let duplicate = |kind: &ReadErrorKind| matches!(kind, ReadErrorKind::DuplicateKey { .. });
            assert!(failure.errors.iter().all(|error| duplicate(&error.kind)), "{failure} in {value}");
            assert_errors_are_placed(&failure);
        }
        (Err(failure), Err(_)) => assert_errors_are_placed(&failure),
    }
}

/// The text of every node is the node, and every key is found where it stands.
fn assert_places_are_true(document: &Document) {
    let text = document.text();
    let mut nodes = vec![document.root()];
    while let Some(node) = nodes.pop() {
        assert_eq!(document.node(node.id()).span(), node.span());
        assert_text_is_value(&text[node.span().range()], node);
        nodes.extend(node.items());
        for member in node.members() {
            let key = &text[member.key_span.range()];
            assert_eq!(serde_json::from_str::<String>(key).unwrap(), member.key);
            assert_eq!(node.get(&member.key).unwrap().id(), member.value.id());
            nodes.push(member.value);
        }
        assert_eq!(node.len(), node.items().count() + node.members().count());
    }
}

fn assert_text_is_value(text: &str, node: NodeRef<'_>) {
    if matches!(node.kind(), Kind::Array | Kind::Object) {
        // What is inside is compared by itself.
        let brackets = if node.kind() == Kind::Array { ('[', ']') } else { ('{', '}') };
        assert!(text.starts_with(brackets.0) && text.ends_with(brackets.1), "{text}");
        return;
    }
    match serde_json::from_str::<Value>(text) {
        Ok(value) => assert_eq!(value, node.to_value(), "{text}"),
        Err(error) => assert!(error.to_string().contains("number out of range"), "{text}: {error}"),
    }
}

/// There are errors, in order, and they point into the text. A duplicate's two places are the same key.
fn assert_errors_are_placed(failure: &ReadFailure) {
    let slice = |span: Span| failure.text().get(span.range()).expect("a span is within the text");
    assert!(!failure.errors.is_empty());
    assert!(failure.errors.is_sorted_by_key(|error| error.span));
    for error in &failure.errors {
        slice(error.span);
        let second = error.second().map(|(span, _)| slice(span));
        assert!(!error.to_string().is_empty() && error.help().is_none_or(|help| !help.is_empty()));
        if let ReadErrorKind::DuplicateKey { key, .. } = &error.kind {
            for place in [slice(error.span), second.unwrap()] {
                assert_eq!(&serde_json::from_str::<String>(place).unwrap(), key);
            }
        }
    }
    assert!(!failure.to_string().is_empty());
}
