//! What the options select: rules, locales, output files.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::PathBuf;

use bitext::Locale;
use clap::ValueEnum;
use rules::{Confidence, Options, Rule, Severity};

use super::error::CliError;
use crate::config::{self, RuleSetting};
use crate::discover::Plan;
use crate::engine::{Active, RuleSet};
use crate::packs;
use crate::report::Format;

/// A file to write a report to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Output {
    /// `None` if none is named.
    pub(super) format: Option<Format>,
    pub(super) path: PathBuf,
}

impl Output {
    /// Reads `[FORMAT=]FILE`.
    pub(super) fn parse(value: &str) -> Result<Self, String> {
        let (format, path) = match value.split_once('=') {
            Some((format, path)) => {
                let known = || Format::value_variants().iter().filter_map(ValueEnum::to_possible_value);
                let names =
                    || known().map(|value| value.get_name().to_string()).collect::<Vec<_>>().join(", ");
                let unknown = |_| format!("\"{format}\" is no format; the formats are {}", names());
                (Some(Format::from_str(format, false).map_err(unknown)?), path)
            }
            None if Format::from_str(value, false).is_ok() => {
                return Err(format!("\"{value}\" is a format; name the file too, \"{value}=FILE\""));
            }
            None => (None, value),
        };
        if path.is_empty() {
            return Err("the file name is missing".into());
        }
        if path == "-" {
            return Err("findings go to standard output by \"--format\"; name a file".into());
        }
        Ok(Self { format, path: path.into() })
    }

    /// The format: the one that is named, or the one that the end of the file's name tells, or that of stdout.
    pub(super) fn format_or(&self, stdout: Format) -> Format {
        let name = self.path.file_name().and_then(OsStr::to_str).unwrap_or_default().to_ascii_lowercase();
        let mut endings = name.rsplit('.');
        let by_name = match (endings.next(), endings.next()) {
            (_, None) => None,
            (Some("jsonl"), _) => Some(Format::Jsonl),
            (Some("sarif"), _) | (Some("json"), Some("sarif")) => Some(Format::Sarif),
            (Some("html" | "htm"), _) => Some(Format::Html),
            (Some("xml"), _) => Some(Format::Junit),
            // These are JSON too.
            (Some("json"), _) if matches!(stdout, Format::Sarif | Format::Gitlab) => None,
            (Some("json"), _) => Some(Format::Json),
            _ => None,
        };
        self.format.or(by_name).unwrap_or(stdout)
    }
}

/// The rules that run: those selected (all if none is named) but not ignored, with the severities and options of the
/// settings. What is selected runs even where a setting turns it off, unless that is for some documents only. `make`
/// makes all rules with given options.
pub(super) fn rule_set(
    make: &dyn Fn(&Options) -> Result<Vec<Rule>, CliError>,
    settings: &[RuleSetting],
    select: &[String],
    ignore: &[String],
) -> Result<RuleSet, CliError> {
    let usual = options(settings.iter().filter(|setting| setting.scope.is_none()));
    let rules = make(&usual)?;
    for name in select.iter().chain(ignore) {
        if !rules.iter().any(|rule| covers(name, rule)) {
            return Err(unknown_rule(name, &rules));
        }
    }
    let chosen = |rule: &Rule| {
        let selected = select.is_empty() || select.iter().any(|name| covers(name, rule));
        selected && !ignore.iter().any(|name| covers(name, rule))
    };
    let mut active = Vec::new();
    let mut left_out = Vec::new();
    let mut off = false;
    for rule in rules {
        if !chosen(&rule) {
            left_out.extend(rule.info.severity.is_some().then(|| rule.info.id.to_string()));
            continue;
        }
        let by = |name: &str| select.iter().any(|selected| selected == name);
        let selected = (by(&rule.info.id), by(rule.info.category()));
        let made = activated(rule, settings, selected, make, &usual)?;
        off |= made.is_empty();
        active.extend(made);
    }
    if active.is_empty() {
        return Err(CliError::NoRules { select: !select.is_empty(), ignore: !ignore.is_empty(), off });
    }
    Ok(RuleSet { rules: active, min_confidence: Confidence::Low, left_out, suppress: Vec::new() })
}

/// A rule as the settings want it, once for each set of options; not at all where it is off. A rule that is off runs
/// where it is selected itself, and one whose category is off where that is selected.
fn activated(
    rule: Rule,
    settings: &[RuleSetting],
    (selected, category_selected): (bool, bool),
    make: &dyn Fn(&Options) -> Result<Vec<Rule>, CliError>,
    usual_options: &Options,
) -> Result<Vec<Active>, CliError> {
    let about = || settings.iter().filter(|setting| setting.is_about(&rule.info.id));
    let everywhere = || about().filter(|setting| setting.scope.is_none());
    let usual = match config::severity(everywhere(), &rule.info) {
        Some((None, setting)) if selected || (category_selected && setting.name != rule.info.id) => {
            rule.info.severity
        }
        Some((severity, _)) => severity,
        None => rule.info.severity,
    };
    let of_category = || everywhere().filter_map(|setting| setting.severity.flatten()).next_back();
    let usual = usual.or_else(|| selected.then(|| of_category().unwrap_or(Severity::Info)));
    let overrides: Vec<RuleSetting> = about().filter(|setting| setting.scope.is_some()).cloned().collect();
    let there = overrides.iter().filter_map(|setting| setting.severity_of(&rule.info, None)?);
    let Some(severity) = usual.or(there.max()) else {
        return Ok(Vec::new());
    };
    let mut active = Vec::new();
    for (at, setting) in overrides.iter().enumerate().filter(|(_, setting)| !setting.options.is_empty()) {
        let mut own = usual_options.clone();
        own.entry(rule.info.id.to_string()).or_default().extend(setting.options.clone());
        let made = make(&own)?.into_iter().find(|made| made.info.id == rule.info.id);
        let one = |rule| Active { rule, severity, usual, overrides: overrides.clone(), options_of: Some(at) };
        active.extend(made.map(one));
    }
    active.push(Active { rule, severity, usual, overrides, options_of: None });
    Ok(active)
}

/// The options of all rules; of two values the later one counts.
fn options<'a>(settings: impl Iterator<Item = &'a RuleSetting>) -> Options {
    let mut options = Options::new();
    for setting in settings.filter(|setting| !setting.options.is_empty()) {
        options.entry(setting.name.clone()).or_default().extend(setting.options.clone());
    }
    options
}

fn covers(name: &str, rule: &Rule) -> bool {
    rule.info.id == name || rule.info.category() == name
}

/// The error for a rule or category that is not there, with the one that was probably meant.
pub(super) fn unknown_rule(name: &str, rules: &[Rule]) -> CliError {
    let ids = rules.iter().map(|rule| rule.info.id.to_string());
    let categories = rules.iter().map(|rule| rule.info.category().to_string());
    let names: Vec<String> = ids.chain(categories).collect();
    if let Some(message) = packs::not_on(name, rules.iter().map(|rule| rule.info.category())) {
        return CliError::PackNotOn(message);
    }
    CliError::UnknownRule {
        name: name.into(),
        meant: rules::nearest(name, names.iter().map(String::as_str)).map(Into::into),
    }
}

/// Limits what is reported to some locales; a language names all its locales.
pub(super) fn limit_locales(plan: &mut Plan, wanted: &[String]) -> Result<(), CliError> {
    // Of what is left out nobody knows the locales.
    if wanted.is_empty() || plan.articles.is_empty() {
        return Ok(());
    }
    let reported = plan.documents().filter(|document| document.reported);
    let there: BTreeSet<Locale> = reported.map(|document| document.locale.clone()).collect();
    let mut named = Vec::new();
    for tag in wanted {
        let locale = Locale::parse(tag).ok_or_else(|| CliError::NotALocale(tag.clone()))?;
        // A list of files can be of other locales.
        if plan.listed.is_none() && !there.iter().any(|known| locale.means(known)) {
            let there = there.iter().map(ToString::to_string).collect();
            return Err(CliError::NoSuchLocale { locale: locale.to_string(), there });
        }
        named.push(locale);
    }
    for article in &mut plan.articles {
        for document in &mut article.documents {
            document.reported &= named.iter().any(|locale| locale.means(&document.locale));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failure here is the report")]

    use super::*;

    #[test]
    fn output_names_format_and_file() {
        let file = |format, path: &str| Ok(Output { format, path: path.into() });
        assert_eq!(Output::parse("json=out/report.json"), file(Some(Format::Json), "out/report.json"));
        assert_eq!(Output::parse("findings.txt"), file(None, "findings.txt"));
        let error = "\"xml\" is no format; the formats are full, concise, json, jsonl, sarif, github, gitlab, junit, html";
        assert_eq!(Output::parse("xml=a"), Err(error.into()));
        assert_eq!(Output::parse("json="), Err("the file name is missing".into()));
        let error = "\"sarif\" is a format; name the file too, \"sarif=FILE\"";
        assert_eq!(Output::parse("sarif"), Err(error.into()));
        let error = "findings go to standard output by \"--format\"; name a file";
        assert_eq!(Output::parse("json=-"), Err(error.into()));
    }

    #[test]
    fn a_file_has_the_format_that_is_named_or_that_its_name_tells() {
        let format = |value: &str, stdout| Output::parse(value).unwrap().format_or(stdout);
        assert_eq!(format("loclint.sarif", Format::Full), Format::Sarif);
        assert_eq!(format("full=loclint.json", Format::Concise), Format::Full);
        assert_eq!(format("loclint.sarif", Format::Github), Format::Sarif);
        assert_eq!(format("loclint.sarif.json", Format::Full), Format::Sarif);
        assert_eq!(format("loclint.json", Format::Github), Format::Json);
        assert_eq!(format("loclint.xml", Format::Full), Format::Junit);
        assert_eq!(format("findings.txt", Format::Concise), Format::Concise);
        assert_eq!(format("gl-code-quality-report.json", Format::Gitlab), Format::Gitlab);
    }

    #[test]
    fn a_wrong_name_gets_a_suggestion() {
        let make = |options: &Options| {
            Ok(rules::builtin(&rules::Settings { options: options.clone(), ..rules::Settings::default() })?)
        };
        let Err(error) = rule_set(&make, &[], &["glued-hyfen".into()], &[]) else { panic!("no such rule") };
        assert_eq!(
            error.to_string(),
            "there is no rule or category \"glued-hyfen\"; did you mean \"markup/glued-hyphen\"?"
        );
    }
}
