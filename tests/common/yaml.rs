//! YAML as a schema sees it.

use bitext::{Entry, Style, Value};

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
        other => match other.scalar().map(|scalar| (scalar.style, scalar.text(text))) {
            None | Some((Style::Plain, "")) => serde_json::Value::Null,
            Some((Style::Plain, word)) => serde_json::from_str(word).unwrap_or_else(|_| word.into()),
            Some((_, quoted)) => quoted.into(),
        },
    }
}
