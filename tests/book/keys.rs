//! The tables of `docs/configuration.md`: keys of the configuration from its JSON Schema, options from the rules.

use serde_json::Value;

use super::common::project;
use super::rules::{default, infos};
use super::{docs, read};

const END: &str = "<!-- end of table -->\n";

/// The page, with the tables as they are.
pub(crate) fn page() -> String {
    let page = read(&docs().join("configuration.md"));
    let page = with_table(&page, "keys", &keys());
    with_table(&page, "options", &options())
}

fn with_table(page: &str, name: &str, table: &str) -> String {
    let start = format!("<!-- table of {name} -->\n");
    let (before, rest) = page.split_once(&start).unwrap_or_else(|| panic!("no {start} in the page"));
    let (_, after) = rest.split_once(END).unwrap();
    format!("{before}{start}\n{table}\n{END}{after}")
}

fn keys() -> String {
    let schema: Value = serde_json::from_str(&read(&project().join("schema/loclint.schema.json"))).unwrap();
    let mut rows = Vec::new();
    properties("", &schema, &mut rows);
    format!("| key | takes | |\n|---|---|---|\n{}", rows.concat())
}

/// Adds a row for each key, and for the keys below it.
fn properties(path: &str, schema: &Value, rows: &mut Vec<String>) {
    let Some(keys) = schema["properties"].as_object() else { return };
    for (name, key) in keys {
        let path = format!("{path}{name}");
        let about = key["description"].as_str().unwrap_or_default().replace('|', "\\|");
        rows.push(format!("| `{path}` | {} | {about} |\n", takes(key)));
        properties(&format!("{path}."), key, rows);
        properties(&format!("{path}[]."), &key["items"], rows);
        for other in key["anyOf"].as_array().into_iter().flatten() {
            properties(&format!("{path}."), other, rows);
        }
    }
}

/// What a key takes, in words.
fn takes(schema: &Value) -> String {
    if let Some(to) = schema["$ref"].as_str() {
        return match to.rsplit('/').next() {
            Some("rules") => "rules with severities and options".into(),
            Some("rule-name") => "a rule or a category".into(),
            _ => "a severity".into(),
        };
    }
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<String> =
            words.iter().filter_map(|word| Some(format!("`{}`", word.as_str()?))).collect();
        return words.join(", ");
    }
    if let Some(others) = schema["anyOf"].as_array().filter(|_| schema.get("type").is_none()) {
        let mut words: Vec<String> = others.iter().map(takes).filter(|words| !words.is_empty()).collect();
        words.dedup();
        return words.join(" or ");
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(word) => vec![word.as_str()],
        Value::Array(words) => words.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let word = |word: &&str| match *word {
        "string" => Some("text"),
        "integer" => Some("whole number"),
        "number" => Some("number"),
        "boolean" => Some("`true`, `false`"),
        "object" => Some("mapping"),
        "array" => Some("list"),
        _ => None,
    };
    types.iter().filter_map(word).collect::<Vec<_>>().join(" or ")
}

fn options() -> String {
    let mut table = "| rule | option | by default | |\n|---|---|---|---|\n".to_string();
    for info in infos() {
        for option in info.options {
            let (id, name, default, about) = (&info.id, option.name, default(option.default), option.summary);
            let about = about.replace('|', "\\|");
            table += &format!("| [{id}](rules/{id}.md) | `{name}` | {default} | {about} |\n");
        }
    }
    table
}
