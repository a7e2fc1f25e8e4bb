//! Suppressions that stand in no document: by path, unit and message.

use std::collections::BTreeSet;
use std::path::Path;

use globset::GlobSet;
use regex::Regex;

use super::take_out;
use crate::engine::{LocatedFinding, Outcome};

/// Findings that are not to be reported wherever all conditions hold.
#[derive(Clone, Debug)]
pub struct ConfigSuppression {
    /// A rule or a category; `None` for all rules.
    pub rule: Option<String>,
    /// Paths relative to the folder of the configuration, with `/`; `None` for all.
    pub paths: Option<GlobSet>,
    /// Ids of units such as `8c032-103`, or their numbers, `103`, which stay the same when the source is handed off
    /// again; empty for all.
    pub units: Vec<String>,
    /// What the message must have; `None` for all.
    pub message: Option<Regex>,
    /// Why.
    pub reason: Option<String>,
}

impl ConfigSuppression {
    fn names(&self, finding: &LocatedFinding) -> bool {
        let rule = &*finding.rule;
        let named = |name: &str| name == rule || rule.split('/').next() == Some(name);
        self.rule.as_deref().is_none_or(named)
            && self.message.as_ref().is_none_or(|message| message.is_match(&finding.message))
    }

    fn holds(&self, path: &str, unit: Option<&str>) -> bool {
        let is = |wanted: &String, unit: &str| {
            wanted == unit || unit.rsplit_once('-').is_some_and(|(_, number)| number == wanted)
        };
        self.paths.as_ref().is_none_or(|paths| paths.is_match(path))
            && (self.units.is_empty()
                || unit.is_some_and(|unit| self.units.iter().any(|wanted| is(wanted, unit))))
    }
}

/// Takes the findings out of an outcome that `suppressions` cover, and counts them with what the documents suppress.
/// `root` is what the paths are relative to. Gives how many findings each one suppressed, wholly or in part.
pub fn suppress_by_config(
    outcome: &mut Outcome,
    suppressions: &[ConfigSuppression],
    root: &Path,
) -> Vec<usize> {
    let mut used = vec![0; suppressions.len()];
    let reported: BTreeSet<&Path> =
        outcome.documents.iter().map(|document| document.path.as_path()).collect();
    let is_reported = |path: &Path| reported.contains(path);
    let suppressed = &mut outcome.suppressed;
    outcome.findings.retain_mut(|finding| {
        // A rule that failed is a fault of loclint.
        let able: Vec<usize> = (0..suppressions.len())
            .filter(|index| !finding.rule.starts_with("internal/") && suppressions[*index].names(finding))
            .collect();
        if able.is_empty() {
            return true;
        }
        let mut hit: BTreeSet<usize> = BTreeSet::new();
        let gone = take_out(
            finding,
            &mut |spot| {
                let path = relative(spot.path, root);
                let first = able.iter().find(|index| suppressions[**index].holds(&path, spot.unit));
                hit.extend(first);
                first.is_some()
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

/// A path below `root`, with `/`; an absolute one if it lies elsewhere.
fn relative(path: &Path, root: &Path) -> String {
    crate::files::shown_path(path, root)
}
