//! The list of rules, as a table and as JSON.

use std::io::{self, Write};

use ::rules::{DefaultValue, RuleInfo};
use serde_json::{Value, json};

/// One line a rule: id, severity, confidence, scope, fix, summary.
///
/// # Errors
/// What `out` says.
pub fn rules_table(rules: &[&RuleInfo], out: &mut dyn Write) -> io::Result<()> {
    let width = rules.iter().map(|info| info.id.len()).max().unwrap_or(0);
    writeln!(
        out,
        "{:width$}  {:8}  {:10}  {:8}  {:6}  summary",
        "rule", "severity", "confidence", "scope", "fix"
    )?;
    for info in rules {
        let (confidence, scope, fix) = (info.confidence.as_str(), info.scope.as_str(), info.fix.as_str());
        let severity = severity(info);
        writeln!(
            out,
            "{:width$}  {severity:8}  {confidence:10}  {scope:8}  {fix:6}  {}",
            info.id,
            info.summary()
        )?;
    }
    Ok(())
}

/// `{"rules":[{"id":…}]}`.
///
/// # Errors
/// What `out` says.
pub fn rules_json(rules: &[&RuleInfo], out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<Value> = rules.iter().map(|info| rule(info)).collect();
    serde_json::to_writer_pretty(&mut *out, &json!({ "rules": rules }))?;
    writeln!(out)
}

fn rule(info: &RuleInfo) -> Value {
    let options = info.options.iter().map(|option| {
        let default = match option.default {
            DefaultValue::List(values) => json!(values),
            DefaultValue::Number(value) => json!(value),
            DefaultValue::Flag(value) => json!(value),
        };
        json!({ "name": option.name, "summary": option.summary, "default": default })
    });
    json!({
        "id": info.id,
        "category": info.category(),
        "summary": info.summary(),
        "severity": severity(info),
        "confidence": info.confidence.as_str(),
        "scope": info.scope.as_str(),
        "fix": info.fix.as_str(),
        "mqm": info.mqm,
        "its": info.its,
        "since": info.since,
        "options": options.collect::<Vec<_>>(),
    })
}

fn severity(info: &RuleInfo) -> &'static str {
    info.severity.map_or("off", |severity| severity.as_str())
}
