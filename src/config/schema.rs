//! The JSON Schema of a configuration, for editors.

use rules::{DefaultValue, OptionInfo, RuleInfo};
use serde_json::{Map, Value, json};

use super::keys::{Key, Kind, LEVELS, TOP};

/// The schema (JSON Schema 2020-12, which editors read by way of the YAML language server), with all rules and their
/// options.
pub fn schema(rules: &[&RuleInfo]) -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "loclint",
        "description": "The configuration of loclint, a linter for localized documentation.",
        "type": "object",
        "additionalProperties": false,
        "properties": properties(TOP),
        "$defs": {
            "level": {
                "description": "How severe the findings are; \"off\" for none.",
                "enum": LEVELS,
            },
            "rule-name": {
                "description": "A rule or a category.",
                "anyOf": [{ "enum": names(rules) }, { "type": "string", "pattern": other_categories(rules) }],
            },
            "rules": {
                "type": ["object", "null"],
                "additionalProperties": false,
                "properties": rule_properties(rules),
                "patternProperties": { (other_categories(rules)): rule_of_a_pack() },
            },
        },
    })
}

fn properties(keys: &[Key]) -> Value {
    let one = |key: &Key| {
        let mut schema = kind(key.kind);
        schema["description"] = json!(key.about);
        (key.name.to_string(), schema)
    };
    Value::Object(keys.iter().map(one).collect())
}

fn object(keys: &[Key], or_nothing: bool) -> Value {
    let kind = if or_nothing { json!(["object", "null"]) } else { json!("object") };
    json!({ "type": kind, "additionalProperties": false, "properties": properties(keys) })
}

fn kind(kind: Kind) -> Value {
    match kind {
        Kind::Text => json!({ "type": "string" }),
        Kind::Texts => json!({
            "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }, { "type": "null" }],
        }),
        Kind::Word(words) => json!({ "enum": words }),
        Kind::Number => json!({ "type": "integer", "minimum": 0 }),
        Kind::Score => json!({ "type": "number", "minimum": 0, "maximum": 100 }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Source(keys) => json!({ "anyOf": [{ "type": "string" }, object(keys, false)] }),
        Kind::Mapping(keys) => object(keys, true),
        Kind::Mappings(keys, needs) => {
            let mut item = object(keys, false);
            item["anyOf"] = needs.iter().map(|need| json!({ "required": [need] })).collect();
            json!({ "type": ["array", "null"], "items": item })
        }
        Kind::Rules => json!({ "$ref": "#/$defs/rules" }),
        Kind::RuleName => json!({ "$ref": "#/$defs/rule-name" }),
        Kind::Units => {
            let unit = || json!({ "type": ["string", "integer"] });
            json!({ "anyOf": [unit(), { "type": "array", "items": unit() }] })
        }
    }
}

/// A pattern for packs and their rules, which are not known here: their categories are none that come with loclint.
fn other_categories(rules: &[&RuleInfo]) -> String {
    let own = categories(rules).join("|");
    format!("^(?!(?:{own})(?:/|$))[a-z][a-z0-9-]*(?:/[a-z][a-z0-9-]*)?$")
}

fn categories<'r>(rules: &[&'r RuleInfo]) -> Vec<&'r str> {
    let mut own: Vec<&str> = rules.iter().map(|rule| rule.category()).collect();
    own.dedup();
    own
}

/// The names of categories and rules.
fn names<'r>(rules: &[&'r RuleInfo]) -> Vec<&'r str> {
    let mut names = categories(rules);
    names.extend(rules.iter().map(|rule| &*rule.id));
    names.sort_unstable();
    names
}

/// What can be said about a rule that this schema does not know.
fn rule_of_a_pack() -> Value {
    let level = || json!({ "$ref": "#/$defs/level" });
    json!({
        "description": "A pack, or a rule of one.",
        "anyOf": [
            level(),
            { "type": "object", "additionalProperties": false, "properties": { "severity": level() } },
        ],
    })
}

/// Each category, and each rule with its options.
fn rule_properties(rules: &[&RuleInfo]) -> Value {
    let mut properties = Map::new();
    let level = || json!({ "$ref": "#/$defs/level" });
    for rule in rules {
        let about = format!("All rules of the category \"{}\".", rule.category());
        let mapping = json!({
            "type": "object",
            "additionalProperties": false,
            "properties": { "severity": level() },
        });
        properties
            .entry(rule.category())
            .or_insert_with(|| json!({ "description": about, "anyOf": [level(), mapping] }));
        let mut own = Map::from_iter([("severity".to_string(), level())]);
        own.extend(rule.options.iter().map(|info| (info.name.to_string(), option(info))));
        let mapping = json!({ "type": "object", "additionalProperties": false, "properties": own });
        let schema = json!({ "description": rule.summary(), "anyOf": [level(), mapping] });
        properties.insert(rule.id.to_string(), schema);
    }
    Value::Object(properties)
}

fn option(info: &OptionInfo) -> Value {
    let (mut schema, default) = match info.default {
        DefaultValue::Flag(flag) => (kind(Kind::Flag), json!(flag)),
        DefaultValue::Number(number) => (kind(Kind::Number), json!(number)),
        DefaultValue::List(items) => (kind(Kind::Texts), json!(items)),
    };
    schema["description"] = json!(info.summary);
    schema["default"] = default;
    schema
}
