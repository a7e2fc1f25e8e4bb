//! YAML as a schema sees it.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

use bitext::{Entry, Value};

/// YAML as JSON, with numbers and flags as a schema wants them.
pub(crate) fn json(text: &str) -> serde_json::Value {
    let (entries, error) = bitext::read_yaml(text);
    assert_eq!(error, None, "{text}");
    object(&entries, text)
}

fn object(entries: &[Entry], text: &str) -> serde_json::Value {
    entries.iter().map(|entry| (entry.key.text(text).to_string(), value(&entry.value, text))).collect()
}

fn value(yaml: &Value, text: &str) -> serde_json::Value {
    match yaml {
        Value::Mapping(_, entries) => object(entries, text),
        Value::Sequence(_, items) => items.iter().map(|item| value(item, text)).collect(),
        other => match other.scalar().map(|scalar| scalar.text(text)).unwrap_or_default() {
            "" => serde_json::Value::Null,
            word => serde_json::from_str(word).unwrap_or_else(|_| word.into()),
        },
    }
}
