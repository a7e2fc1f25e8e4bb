//! `loclint config`: the values that count, and where each comes from.

use std::collections::BTreeMap;
use std::io::{self, Write};

use rules::reader::{Origin, Sourced};
use rules::{OptionValue, RuleInfo, Severity};

use super::{Config, Patterns, RuleSetting};
use crate::suppression::ConfigSuppression;

/// Writes the effective values as a configuration with their origins as comments; `name` is how messages show a path.
///
/// # Errors
/// Those of `out`.
pub fn write(
    config: &Config,
    rules: &[&RuleInfo],
    name: &dyn Fn(&std::path::Path) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    match config.files.split_last() {
        None => writeln!(out, "# no configuration file; these are the defaults")?,
        Some((own, bases)) => {
            let bases: Vec<String> = bases.iter().map(|base| name(base)).collect();
            let extends =
                if bases.is_empty() { String::new() } else { format!(", extends {}", bases.join(", ")) };
            writeln!(out, "# {}{extends}", name(own))?;
        }
    }
    let patterns = |lists: &[Sourced<Patterns>]| -> Vec<(String, Option<Origin>)> {
        let each = lists.iter().flat_map(|list| list.value.written.iter().map(|text| (text, &list.origin)));
        each.map(|(text, origin)| (quoted(text), Some(origin.clone()))).collect()
    };
    list(out, "include", &patterns(&config.include))?;
    list(out, "exclude", &patterns(&config.exclude))?;
    list(out, "layout", &sourced(&config.layout, |layout| layout.written.clone()))?;
    match &config.source {
        None => writeln!(out, "# source: none")?,
        Some(Sourced { value, origin }) => {
            writeln!(out, "source:")?;
            line(out, 2, "path", &quoted(&name(&value.path)), Some(origin))?;
            for (key, text) in [("folder", &value.folder), ("ref", &value.reference)] {
                if let Some(text) = text {
                    line(out, 2, key, &quoted(text), Some(origin))?;
                }
            }
        }
    }
    let tree = |tree: &crate::discover::SiblingTree| {
        let reference = tree.reference.as_ref().map(|reference| format!("@{reference}"));
        name(&tree.path) + &reference.unwrap_or_default()
    };
    list(out, "siblings", &sourced(&config.siblings, tree))?;
    list(out, "glossary", &sourced(&config.glossary, |path| name(path)))?;
    word(out, 0, "default-glossary", config.default_glossary.as_ref(), ToString::to_string, "true")?;
    word(out, 0, "baseline", config.baseline.as_ref(), |path| quoted(&name(path)), "")?;
    list(out, "packs", &sourced(&config.packs, |pack| pack.name.clone()))?;
    word(out, 0, "min-confidence", config.min_confidence.as_ref(), |own| own.as_str().into(), "low")?;
    writeln!(out, "gate:")?;
    word(out, 2, "fail-on", config.fail_on.as_ref(), |own| level(*own, "never").into(), "error")?;
    word(out, 2, "max-warnings", config.max_warnings.as_ref(), ToString::to_string, "")?;
    word(out, 2, "min-score", config.min_score.as_ref(), ToString::to_string, "")?;
    writeln!(out, "rules:")?;
    for rule in rules {
        write_rule(rule, config, out)?;
    }
    overrides(config, out)?;
    suppressions(&config.suppress, out)
}

/// A rule with its severity and its options.
fn write_rule(rule: &RuleInfo, config: &Config, out: &mut dyn Write) -> io::Result<()> {
    let settings =
        || config.rules.iter().filter(|setting| setting.scope.is_none() && setting.is_about(&rule.id));
    let said = super::severity(settings(), rule);
    let (own, origin) = said.map_or((rule.severity, None), |(own, setting)| (own, Some(&setting.origin)));
    let own = level(own, "off");
    let mut options: BTreeMap<&str, (String, &Origin)> = BTreeMap::new();
    for setting in settings() {
        for (name, value) in &setting.options {
            options.insert(name, (shown(value), &setting.origin));
        }
    }
    if options.is_empty() {
        return line(out, 2, &rule.id, own, origin);
    }
    writeln!(out, "  {}:", rule.id)?;
    line(out, 4, "severity", own, origin)?;
    options.into_iter().try_for_each(|(name, (value, origin))| line(out, 4, name, &value, Some(origin)))
}

fn overrides(config: &Config, out: &mut dyn Write) -> io::Result<()> {
    let scoped: Vec<&RuleSetting> = config.rules.iter().filter(|setting| setting.scope.is_some()).collect();
    if !scoped.is_empty() {
        writeln!(out, "overrides:")?;
    }
    for RuleSetting { name, severity, options, scope, origin } in scoped {
        let Some(scope) = scope else { continue };
        let mut lead = "- ";
        if let Some(paths) = &scope.paths {
            writeln!(out, "  {lead}paths: {}", list_of(&paths.written))?;
            lead = "  ";
        }
        if !scope.locales.is_empty() {
            let tags: Vec<&str> = scope.locales.iter().map(bitext::Locale::as_str).collect();
            writeln!(out, "  {lead}locales: [{}]", tags.join(", "))?;
        }
        writeln!(out, "    rules:")?;
        match severity {
            Some(severity) if options.is_empty() => {
                line(out, 6, name, level(*severity, "off"), Some(origin))?
            }
            _ => {
                writeln!(out, "      {name}:")?;
                if let Some(severity) = severity {
                    line(out, 8, "severity", level(*severity, "off"), Some(origin))?;
                }
                for (name, value) in options {
                    line(out, 8, name, &shown(value), Some(origin))?;
                }
            }
        }
    }
    Ok(())
}

fn suppressions(entries: &[Sourced<ConfigSuppression>], out: &mut dyn Write) -> io::Result<()> {
    if entries.is_empty() {
        return writeln!(out, "# suppress: none");
    }
    writeln!(out, "suppress:")?;
    for Sourced { value, origin } in entries {
        let ConfigSuppression { rule, paths, units, message, reason } = value;
        let parts = [
            ("rule", rule.clone()),
            ("paths", paths.as_ref().map(|paths| list_of(&paths.written))),
            ("units", (!units.is_empty()).then(|| list_of(units))),
            ("message", message.as_ref().map(|pattern| quoted(pattern.as_str()))),
            ("reason", reason.as_deref().map(quoted)),
        ];
        let said = parts.into_iter().filter_map(|(key, text)| Some((key, text?)));
        for (at, (key, text)) in said.enumerate() {
            let lead = if at == 0 { "- " } else { "  " };
            with_origin(out, &format!("  {lead}{key}: {text}"), Some(origin).filter(|_| at == 0))?;
        }
    }
    Ok(())
}

fn sourced<T>(items: &[Sourced<T>], text: impl Fn(&T) -> String) -> Vec<(String, Option<Origin>)> {
    items.iter().map(|item| (quoted(&text(&item.value)), Some(item.origin.clone()))).collect()
}

fn list(out: &mut dyn Write, key: &str, items: &[(String, Option<Origin>)]) -> io::Result<()> {
    if items.is_empty() {
        return writeln!(out, "# {key}: none");
    }
    writeln!(out, "{key}:")?;
    items.iter().try_for_each(|(text, origin)| with_origin(out, &format!("  - {text}"), origin.as_ref()))
}

fn word<T>(
    out: &mut dyn Write,
    indent: usize,
    key: &str,
    value: Option<&Sourced<T>>,
    text: impl Fn(&T) -> String,
    default: &str,
) -> io::Result<()> {
    match value {
        Some(Sourced { value, origin }) => line(out, indent, key, &text(value), Some(origin)),
        None if default.is_empty() => writeln!(out, "{:indent$}# {key}: none", ""),
        None => line(out, indent, key, default, None),
    }
}

fn line(
    out: &mut dyn Write,
    indent: usize,
    key: &str,
    value: &str,
    origin: Option<&Origin>,
) -> io::Result<()> {
    with_origin(out, &format!("{:indent$}{key}: {value}", ""), origin)
}

fn with_origin(out: &mut dyn Write, text: &str, origin: Option<&Origin>) -> io::Result<()> {
    const COLUMN: usize = 44;
    match origin {
        Some(Origin { file, line }) => writeln!(out, "{text:COLUMN$} # {file}:{line}"),
        None => writeln!(out, "{text}"),
    }
}

fn level(severity: Option<Severity>, none: &'static str) -> &'static str {
    severity.map_or(none, Severity::as_str)
}

fn shown(value: &OptionValue) -> String {
    match value {
        OptionValue::Flag(flag) => flag.to_string(),
        OptionValue::Number(number) => number.to_string(),
        OptionValue::List(items) => list_of(items),
    }
}

fn list_of(items: &[String]) -> String {
    format!("[{}]", items.iter().map(|item| quoted(item)).collect::<Vec<_>>().join(", "))
}

/// A text as YAML and JSON write it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
