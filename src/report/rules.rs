//! The list of rules, as a table and as JSON.

use std::io::{self, Write};

use ::rules::{DefaultValue, RuleInfo};
use anstyle::{Effects, Style};
use serde_json::{Value, json};

const BOLD: Style = Style::new().effects(Effects::BOLD);
const DIM: Style = Style::new().effects(Effects::DIMMED);

/// A line of facts a rule, which fits 100 columns for all rules that come with loclint, and its summary below, wrapped to
/// `width` columns. JSON has the rest.
///
/// # Errors
/// What `out` says.
pub fn rules_table(rules: &[&RuleInfo], width: usize, out: &mut dyn Write) -> io::Result<()> {
    let ids = rules.iter().map(|info| info.id.len()).max().unwrap_or(0);
    writeln!(out, "{DIM}{:ids$}  severity  conf.   fix     MQM, ITS{DIM:#}", "rule")?;
    for info in rules {
        let (id, severity) = (&info.id, severity(info));
        let (confidence, fix) = (info.confidence.as_str(), info.fix.as_str());
        let facts = format!("{severity:8}  {confidence:6}  {fix:6}  {}", issue(info));
        writeln!(out, "{BOLD}{id:ids$}{BOLD:#}  {facts}")?;
        let indented = textwrap::Options::new(width).initial_indent("    ").subsequent_indent("    ");
        writeln!(out, "{}", textwrap::fill(info.summary(), indented))?;
    }
    Ok(())
}

/// The MQM error type, and the ITS issue type where it is called otherwise.
fn issue(info: &RuleInfo) -> String {
    if info.mqm == info.its { info.mqm.to_string() } else { format!("{}, {}", info.mqm, info.its) }
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
        let (kind, default) = match option.default {
            DefaultValue::List(values) => ("list", json!(values)),
            DefaultValue::Number(value) => ("number", json!(value)),
            DefaultValue::Flag(value) => ("flag", json!(value)),
        };
        json!({ "name": option.name, "type": kind, "summary": option.summary, "default": default })
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
        "source": info.source.as_str(),
        "options": options.collect::<Vec<_>>(),
    })
}

fn severity(info: &RuleInfo) -> &'static str {
    info.severity.map_or("off", |severity| severity.as_str())
}
