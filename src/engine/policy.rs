//! Which severity the findings of a rule get, in which documents.

use std::path::Path;

use bitext::Locale;
use rules::{Finding, Severity};

use crate::config::RuleSetting;

/// A rule that runs.
pub struct Active {
    /// The rule.
    pub rule: rules::Rule,
    /// The severity that it reports with.
    pub severity: Severity,
    /// The severity where no override fits; `None` for none.
    pub usual: Option<Severity>,
    /// The overrides about the rule; the last that fits wins.
    pub overrides: Vec<RuleSetting>,
    /// Which of the rule's sets of options it was made with: `None` for the usual ones, otherwise the index of the
    /// override that sets them.
    pub options_of: Option<usize>,
}

impl Active {
    /// A rule without overrides.
    pub fn new(rule: rules::Rule, severity: Severity) -> Self {
        Self { rule, severity, usual: Some(severity), overrides: Vec::new(), options_of: None }
    }

    /// The finding as it is to be reported in a document, if it is.
    pub(super) fn settle(&self, mut finding: Finding, path: &Path, locale: &Locale) -> Option<Finding> {
        // A rule that panicked is a finding of another rule.
        if finding.rule != self.rule.info.id {
            return Some(finding);
        }
        let fitting = || {
            let numbered = self.overrides.iter().enumerate().rev();
            numbered
                .filter(|(_, setting)| setting.scope.as_ref().is_none_or(|scope| scope.covers(path, locale)))
        };
        let options = fitting().find(|(_, setting)| !setting.options.is_empty()).map(|(at, _)| at);
        if options != self.options_of {
            return None;
        }
        let one =
            |before, setting: &RuleSetting| setting.severity_of(&self.rule.info, before).unwrap_or(before);
        let severity = fitting().rev().map(|(_, setting)| setting).fold(self.usual, one)?;
        // What a rule holds for less bad than usual stays so.
        finding.severity =
            if finding.severity < self.severity { finding.severity.min(severity) } else { severity };
        Some(finding)
    }
}
