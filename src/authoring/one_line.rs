//! JSON on one line, spaced as rule files are.

use serde_json::Value;

/// A member on one line.
pub fn one_member(key: &str, value: &Value) -> String {
    format!("{}: {}", Value::from(key), one_line(value))
}

/// A value on one line.
pub fn one_line(value: &Value) -> String {
    match value {
        Value::Object(members) if !members.is_empty() => {
            let members = members.iter().map(|(key, value)| one_member(key, value));
            format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(one_line).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}
