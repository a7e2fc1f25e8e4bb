//! What the options select: rules, locales, output files.

use std::path::PathBuf;

use bitext::Locale;
use clap::ValueEnum;
use rules::Rule;

use super::error::CliError;
use crate::discover::Plan;
use crate::engine::RuleSet;
use crate::report::Format;

/// A file to write a report to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Output {
    /// `None` for the format of stdout.
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
            None => (None, value),
        };
        if path.is_empty() {
            return Err("the file name is missing".into());
        }
        Ok(Self { format, path: path.into() })
    }
}

/// The rules that run: those selected (all if none is named) but not ignored.
pub(super) fn rule_set(rules: Vec<Rule>, select: &[String], ignore: &[String]) -> Result<RuleSet, CliError> {
    for name in select.iter().chain(ignore) {
        if !rules.iter().any(|rule| covers(name, rule)) {
            return Err(unknown_rule(name, &rules));
        }
    }
    let chosen = |rule: &Rule| {
        let selected = select.is_empty() || select.iter().any(|name| covers(name, rule));
        selected && !ignore.iter().any(|name| covers(name, rule))
    };
    let (mut chosen, left_out): (Vec<Rule>, Vec<Rule>) = rules.into_iter().partition(chosen);
    for rule in &mut chosen {
        // A rule that is off runs where it is named itself.
        if rule.info.severity.is_none() && select.iter().any(|name| rule.info.id == *name) {
            rule.info.severity = Some(rules::Severity::Info);
        }
    }
    let mut set = RuleSet::with_defaults(chosen);
    let on = left_out.iter().filter(|rule| rule.info.severity.is_some());
    set.left_out = on.map(|rule| rule.info.id.to_string()).collect();
    if set.rules.is_empty() { Err(CliError::NoRules) } else { Ok(set) }
}

fn covers(name: &str, rule: &Rule) -> bool {
    rule.info.id == name || rule.info.category() == name
}

/// The error for a rule or category that is not there, with the one that was probably meant.
pub(super) fn unknown_rule(name: &str, rules: &[Rule]) -> CliError {
    let ids = rules.iter().map(|rule| rule.info.id.to_string());
    let categories = rules.iter().map(|rule| rule.info.category().to_string());
    let names: Vec<String> = ids.chain(categories).collect();
    CliError::UnknownRule { name: name.into(), meant: rules::nearest(name, &names).map(Into::into) }
}

/// Limits what is reported to some locales.
pub(super) fn limit_locales(plan: &mut Plan, wanted: &[String]) -> Result<(), CliError> {
    if wanted.is_empty() {
        return Ok(());
    }
    let reported = plan.documents().filter(|document| document.reported);
    let mut there: Vec<String> = reported.map(|document| document.locale.to_string()).collect();
    there.sort();
    there.dedup();
    let mut locales = Vec::new();
    for tag in wanted {
        let locale = Locale::parse(tag).ok_or_else(|| CliError::NotALocale(tag.clone()))?;
        if !there.iter().any(|known| known == locale.as_str()) {
            return Err(CliError::NoSuchLocale { locale: locale.to_string(), there });
        }
        locales.push(locale);
    }
    for article in &mut plan.articles {
        for document in &mut article.documents {
            document.reported &= locales.contains(&document.locale);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_names_format_and_file() {
        let file = |format, path: &str| Ok(Output { format, path: path.into() });
        assert_eq!(Output::parse("json=out/report.json"), file(Some(Format::Json), "out/report.json"));
        assert_eq!(Output::parse("findings.txt"), file(None, "findings.txt"));
        let error = "\"xml\" is no format; the formats are full, concise, json";
        assert_eq!(Output::parse("xml=a"), Err(error.into()));
        assert_eq!(Output::parse("json="), Err("the file name is missing".into()));
    }

    #[test]
    fn a_wrong_name_gets_a_suggestion() {
        let rules = rules::builtin(&rules::Options::new(), bitext::Date::constant(2026, 11, 21)).unwrap();
        let Err(error) = rule_set(rules, &["glued-hyfen".into()], &[]) else { panic!("no such rule") };
        assert_eq!(
            error.to_string(),
            "there is no rule or category \"glued-hyfen\"; did you mean \"markup/glued-hyphen\"?"
        );
    }
}
