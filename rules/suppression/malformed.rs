use bitext::{Localized, SuppressionFault};

use crate::prelude::*;
use crate::support::nearest::nearest;

/// Its page is `malformed.md`.
pub(crate) struct Malformed {
    /// The ids of all rules and their categories.
    pub(crate) names: Vec<String>,
}

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "suppression/malformed",
        include_str!("malformed.md"),
        Severity::Warning,
        Scope::Document,
        "other",
    )
}

const COMMANDS: [&str; 5] = [
    "loclint-disable-next-unit",
    "loclint-disable-next-line",
    "loclint-disable",
    "loclint-enable",
    "loclint-disable-file",
];

/// The category of this rule.
const OWN: &str = "suppression";

impl DocumentRule for Malformed {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let suppressions = &localized.document.suppressions;
        for (fault, span) in &suppressions.faults {
            let (message, help) = explain(fault);
            sink.report(localized, *span, message).help(help);
        }
        for suppression in &suppressions.list {
            let Some(name) = suppression.rule.as_deref() else { continue };
            if let Some((message, help)) = self.no_rule(name) {
                sink.report(localized, suppression.span, message).help(help);
            }
        }
    }
}

impl Malformed {
    /// What is wrong with the name of a rule, and what to do.
    fn no_rule(&self, name: &str) -> Option<(String, &'static str)> {
        if name == OWN || name.starts_with("suppression/") {
            let message = format!("findings of {} cannot be suppressed from within a document", quote(name));
            return Some((message, "mend the suppression that is meant, or leave the rule out of the run"));
        }
        if self.names.iter().any(|known| known == name) {
            return None;
        }
        if name.contains(char::is_whitespace) {
            let message = format!("{} is no rule and no category", quote(name));
            return Some((message, "write commas between rules, and a colon before the reason"));
        }
        let meant = nearest(name, self.names.iter().map(String::as_str));
        let meant = meant.map_or(String::new(), |meant| format!("; did you mean {}?", quote(meant)));
        let message = format!("there is no rule or category {}{meant}", quote(name));
        Some((message, "nothing is suppressed by it; \"loclint rules\" lists the rules"))
    }
}

/// `there is no command "x"; did you mean "y"?`
fn no_such(what: &str, name: &str, known: &[&str]) -> String {
    let in_common =
        |known: &str| known.split('-').filter(|word| name.split('-').any(|own| own == *word)).count();
    let likeness = |known: &str| strsim::normalized_damerau_levenshtein(name, known);
    let near = known.iter().filter(|known| likeness(known) > 0.7);
    let best =
        near.max_by(|a, b| in_common(a).cmp(&in_common(b)).then_with(|| likeness(a).total_cmp(&likeness(b))));
    let meant = best.map_or(String::new(), |meant| format!("; did you mean {}?", quote(meant)));
    format!("there is no {what} {}{meant}", quote(name))
}

fn explain(fault: &SuppressionFault) -> (String, &'static str) {
    match fault {
        SuppressionFault::UnknownCommand(name) => (
            no_such("command", name, &COMMANDS),
            "nothing is suppressed by it; the commands are loclint-disable-next-unit, loclint-disable-next-line, \
             loclint-disable, loclint-enable and loclint-disable-file",
        ),
        SuppressionFault::UnknownKey(name) => (
            no_such("key", name, &["loclint-disable"]),
            "nothing is suppressed by it; in the front matter, \"loclint-disable\" covers the whole file",
        ),
        SuppressionFault::Unclosed => {
            ("the comment never closes".into(), "write \"-->\" at its end: it hides the rest of the document")
        }
        SuppressionFault::NoRules => (
            "the rules to suppress cannot be read".into(),
            "name rules, with commas or as a list, each perhaps with a colon and the reason",
        ),
        SuppressionFault::Value(error) => (
            format!("the rules to suppress are no YAML: {error}"),
            "write a list of rules, or a line \"rule: reason\" for each; quote reasons with a colon in them",
        ),
        SuppressionFault::NothingDisabled(Some(rule)) => (
            format!("\"loclint-enable\" ends nothing: no \"loclint-disable\" of {} is open", quote(rule)),
            "name what the \"loclint-disable\" before it names, or remove it",
        ),
        SuppressionFault::NothingDisabled(None) => (
            "\"loclint-enable\" ends nothing: no \"loclint-disable\" is open".into(),
            "remove it, or put back the \"loclint-disable\" before it",
        ),
        SuppressionFault::NeverEnabled => (
            "no \"loclint-enable\" ends this: it covers the rest of the document".into(),
            "write \"<!-- loclint-enable -->\" where it should end, or \"loclint-disable-file\" if it should not",
        ),
        SuppressionFault::NoUnit => {
            ("no unit follows".into(), "put the comment before the unit, or remove it")
        }
        SuppressionFault::NoLine => {
            ("no line follows".into(), "put the comment before the line, or remove it")
        }
    }
}
