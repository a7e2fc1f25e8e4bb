//! Suppressions that stand in no document: by path, unit and message.

use std::collections::BTreeSet;
use std::path::Path;

use regex::Regex;

use super::document::{had_all, had_all_of};
use super::take_out;
use crate::config::Patterns;
use crate::engine::{Outcome, RuleSet};

/// Findings that are not to be reported wherever all conditions hold.
#[derive(Clone, Debug, Default)]
pub struct ConfigSuppression {
    /// A rule or a category; `None` for all rules.
    pub rule: Option<String>,
    /// The documents; `None` for all.
    pub paths: Option<Patterns>,
    /// Ids of units such as `8c032-103`, or their numbers, `103`, which stay the same when the source is handed off
    /// again; empty for all.
    pub units: Vec<String>,
    /// What the message must have; `None` for all.
    pub message: Option<Regex>,
    /// Why.
    pub reason: Option<String>,
}

impl ConfigSuppression {
    /// Whether it is about a rule.
    pub(crate) fn is_about(&self, rule: &str) -> bool {
        let named = |name: &str| name == rule || rule.split('/').next() == Some(name);
        self.rule.as_deref().is_none_or(named)
    }

    /// Whether it is about a finding, as far as that does not depend on places.
    pub(crate) fn names(&self, rule: &str, message: &str) -> bool {
        // A rule that failed is a fault of loclint.
        !rule.starts_with("internal/")
            && self.is_about(rule)
            && self.message.as_ref().is_none_or(|wanted| wanted.is_match(message))
    }

    /// Whether it is about a document; `path` is absolute.
    pub(crate) fn covers(&self, path: &Path) -> bool {
        self.paths.as_ref().is_none_or(|paths| paths.name(path))
    }

    /// Whether it is about a place.
    pub(crate) fn holds(&self, path: &Path, unit: Option<&str>) -> bool {
        let is = |wanted: &String, unit: &str| {
            wanted == unit || unit.rsplit_once('-').is_some_and(|(_, number)| number == wanted)
        };
        self.covers(path)
            && (self.units.is_empty()
                || unit.is_some_and(|unit| self.units.iter().any(|wanted| is(wanted, unit))))
    }
}

/// Whether a run can tell that an entry is not needed. `lone` says that the articles that it is about are there in one
/// locale only.
pub(crate) fn is_entry_judged(entry: &ConfigSuppression, rules: &RuleSet, source: bool, lone: bool) -> bool {
    match entry.rule {
        None => had_all(rules, source || !entry.units.is_empty(), lone),
        Some(_) => had_all_of(&|id| entry.is_about(id), rules, source, lone),
    }
}

/// Takes the findings out of an outcome that `suppressions` cover, and counts them with what the documents suppress.
/// Gives how many findings each one suppressed, wholly or in part.
pub fn suppress_by_config(outcome: &mut Outcome, suppressions: &[&ConfigSuppression]) -> Vec<usize> {
    let mut used = vec![0; suppressions.len()];
    let reported: BTreeSet<&Path> =
        outcome.documents.iter().map(|document| document.path.as_path()).collect();
    let is_reported = |path: &Path| reported.contains(path);
    let suppressed = &mut outcome.suppressed;
    outcome.findings.retain_mut(|finding| {
        let able: Vec<usize> = (0..suppressions.len())
            .filter(|index| suppressions[*index].names(&finding.rule, &finding.message))
            .collect();
        if able.is_empty() {
            return true;
        }
        let mut hit: BTreeSet<usize> = BTreeSet::new();
        let gone = take_out(
            finding,
            &mut |spot| {
                let here = able.iter().filter(|index| suppressions[**index].holds(spot.path, spot.unit));
                let here: Vec<usize> = here.copied().collect();
                hit.extend(&here);
                !here.is_empty()
            },
            &is_reported,
        );
        for index in &hit {
            used[*index] += 1;
        }
        if let Some(first) = hit.first().filter(|_| gone) {
            suppressed.count(&finding.rule, suppressions[*first].reason.as_deref());
        }
        !gone
    });
    used
}
