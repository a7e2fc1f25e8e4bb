//! The JSON Schema of a pack, for editors.

use rules::declarative::keys::{self, Key};
use rules::declarative::{DEFAULT_MQM, LEVELS, Where, mqm_types};
use serde_json::{Map, Value, json};

use super::taken;

/// The schema (JSON Schema 2020-12, with nothing that editors which know only draft 7 cannot read). What it cannot say,
/// such as whether a pattern is one, `loclint rules test` does.
pub fn schema() -> Value {
    let mut top = properties(keys::TOP, top);
    top["category"]["not"] = json!({ "enum": taken() });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rules for loclint",
        "description": "A pack: rules of your own for loclint, a linter for localized documentation.",
        "type": "object",
        "additionalProperties": false,
        "required": keys::names(keys::TOP),
        "properties": top,
        "$defs": {
            "word": {
                "type": "string",
                "pattern": "^[a-z][a-z0-9-]*$",
            },
            "pattern": {
                "description": "A regular expression without look-around; put it in single quotes.",
                "type": ["string", "number"],
                "minLength": 1,
            },
            "text": { "type": ["string", "number"], "minLength": 1 },
            "locale": { "type": "string", "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$" },
            "locales": {
                "anyOf": [
                    { "$ref": "#/$defs/locale" },
                    { "type": "array", "items": { "$ref": "#/$defs/locale" } },
                    { "type": "null" },
                ],
            },
            "example": {
                "anyOf": [text(), object(keys::EXAMPLE, example, &[])],
            },
            "translations": {
                "anyOf": [text(), { "type": "array", "items": text() }],
            },
            "term": term(),
            "rule": rule(),
        },
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn text() -> Value {
    reference("text")
}

/// What the keys take, each with what it does. A reference stands in an `allOf`, so that what is beside it counts for
/// readers of draft 7 as well.
fn properties(keys: &[Key], kind: fn(&str) -> Value) -> Value {
    let one = |key: &Key| {
        let mut schema = kind(key.name);
        if let Some(reference) = schema.get("$ref").cloned() {
            schema = json!({ "allOf": [{ "$ref": reference }] });
        }
        schema["description"] = json!(key.about);
        (key.name.to_string(), schema)
    };
    Value::Object(keys.iter().map(one).collect())
}

fn object(keys: &[Key], kind: fn(&str) -> Value, required: &[&str]) -> Value {
    let properties = properties(keys, kind);
    json!({ "type": "object", "additionalProperties": false, "required": required, "properties": properties })
}

fn top(key: &str) -> Value {
    match key {
        "category" => reference("word"),
        _ => json!({ "type": "array", "items": reference("rule") }),
    }
}

/// What the keys of a rule take.
fn kind(key: &str) -> Value {
    match key {
        "name" => reference("word"),
        "description" | "message" | "help" => text(),
        "locales" | "except-locales" => reference("locales"),
        "severity" => json!({ "enum": LEVELS, "default": "warning" }),
        "mqm" => json!({ "enum": mqm_types(), "default": DEFAULT_MQM }),
        "good" | "bad" => json!({ "type": "array", "items": reference("example") }),
        "in" => json!({
            "anyOf": [{ "enum": Where::WORDS }, object(keys::IN, |_| text(), &["front-matter"])],
            "default": "target",
        }),
        "raw" => json!({ "type": "boolean", "default": false }),
        "require-pair" => object(keys::PAIR, |_| reference("pattern"), &["source", "target"]),
        "terms" => json!({ "anyOf": [text(), { "type": "array", "items": reference("term") }] }),
        "fix" => json!({ "anyOf": [replacement(), object(keys::FIX, fix, &["replace"])] }),
        _ => reference("pattern"),
    }
}

fn example(key: &str) -> Value {
    match key {
        "locale" => reference("locale"),
        "count" => json!({ "type": "integer", "minimum": 0 }),
        _ => text(),
    }
}

fn fix(key: &str) -> Value {
    if key == "safe" { json!({ "type": "boolean", "default": false }) } else { replacement() }
}

/// A text that can be empty.
fn replacement() -> Value {
    json!({ "type": ["string", "number", "null"] })
}

/// A rule: its keys, and which of them go together.
fn rule() -> Value {
    let all: Vec<Key> = [keys::COMMON, keys::FORMS, keys::PATTERN].concat();
    let mut rule = object(&all, kind, &["name", "description"]);
    let forms = keys::names(keys::FORMS);
    rule["oneOf"] = forms.iter().map(|form| json!({ "required": [form] })).collect();
    let idle = forms.iter().filter(|form| !keys::idle(form).is_empty());
    let mut laws: Vec<Value> = idle.map(|form| law(has(form), without(&keys::idle(form)))).collect();
    let place = |word: &str| is_in(&json!({ "const": word }));
    let front_matter = || is_in(&json!({ "type": "object" }));
    let source = || json!({ "anyOf": [place("source"), place("pair")] });
    laws.push(law(source(), without(&["fix"])));
    laws.push(law(json!({ "anyOf": [source(), front_matter()] }), without(&["require-pair", "keep"])));
    laws.push(law(front_matter(), without(&["if-source", "unless-source"])));
    laws.push(law(front_matter(), examples(&["good", "bad"], &["source"])));
    laws.push(law(place("code"), without(&["raw"])));
    laws.push(law(json!({ "not": has("fix") }), examples(&["bad"], &["fixed"])));
    laws.push(examples(&["good"], &["count", "fixed", "message"]));
    rule["allOf"] = Value::Array(laws);
    rule
}

fn law(condition: Value, then: Value) -> Value {
    let mut law = Map::new();
    law.insert("if".into(), condition);
    law.insert("then".into(), then);
    Value::Object(law)
}

fn has(key: &str) -> Value {
    json!({ "required": [key] })
}

fn is_in(place: &Value) -> Value {
    json!({ "required": ["in"], "properties": { "in": place } })
}

/// None of these keys.
fn without(keys: &[&str]) -> Value {
    let none: Map<String, Value> = keys.iter().map(|key| ((*key).to_string(), json!(false))).collect();
    json!({ "properties": none })
}

/// Examples under `kinds` with none of these keys.
fn examples(kinds: &[&str], keys: &[&str]) -> Value {
    let list = json!({ "items": without(keys) });
    let kinds: Map<String, Value> = kinds.iter().map(|kind| ((*kind).to_string(), list.clone())).collect();
    json!({ "properties": kinds })
}

/// A term of a glossary.
fn term() -> Value {
    let about = |about: &str, mut schema: Value| {
        schema["description"] = json!(about);
        schema
    };
    let flag = |what: &str| about(what, json!({ "type": "boolean", "default": false }));
    let remark = |what: &str| about(what, json!({ "type": ["string", "number", "null"] }));
    let status = |what: &str| about(what, json!({ "allOf": [reference("translations")] }));
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["term"],
        "properties": {
            "term": about("The English term.", json!({ "allOf": [text()] })),
            "do-not-translate": flag("Whether it stays as it is in all locales."),
            "translations": {
                "description": "Its translations, by locale or language.",
                "type": "object",
                "propertyNames": reference("locale"),
                "additionalProperties": {
                    "anyOf": [
                        reference("translations"),
                        {
                            "type": "object",
                            "additionalProperties": false,
                            "properties": {
                                "required": status("One of these has to stand in the target where the term stands in the source."),
                                "preferred": status("The same, but what lacks it is info only."),
                                "allowed": status("Accepted instead of a required or preferred one."),
                                "forbidden": status("Must not stand in the target where the term stands in the source."),
                            },
                        },
                    ],
                },
            },
            "note": remark("Shown with the finding."),
            "case-sensitive": flag("Whether capitals count."),
            "exact": flag("Whether endings make another word of it: no plural, no inflected form, no compound."),
            "evidence": remark("Where it comes from; for readers of the file."),
        },
    })
}
