//! What makes the exit code 1.

use std::process::ExitCode;

use ::rules::Severity;

use super::args::{CheckArgs, FailOn};
use super::{COULD_NOT, fix};
use crate::config::Config;
use crate::fix::Fixed;
use crate::report::Report;

/// The gate of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gate {
    /// The least severity that fails; `None` for none.
    fail_on: Option<Severity>,
    /// More warnings than this fail.
    max_warnings: Option<usize>,
    /// A locale with a lower quality score fails.
    min_score: Option<f64>,
}

impl Gate {
    /// The gate by the arguments, and where they say nothing, by the configuration.
    pub(super) fn new(args: &CheckArgs, config: &Config) -> Self {
        let fail_on = match (args.fail_on, &config.fail_on) {
            (Some(FailOn::Error), _) | (None, None) => Some(Severity::Error),
            (Some(FailOn::Warning), _) => Some(Severity::Warning),
            (Some(FailOn::Info), _) => Some(Severity::Info),
            (Some(FailOn::Never), _) => None,
            (None, Some(configured)) => configured.value,
        };
        let configured = |value: Option<usize>| value.or(config.max_warnings.as_ref().map(|own| own.value));
        // "--fail-on never" is for looking at a tree, whatever its gate.
        let never = args.fail_on == Some(FailOn::Never);
        Self {
            fail_on,
            max_warnings: configured(args.max_warnings).filter(|_| !never),
            min_score: args.min_score.or(config.min_score.as_ref().map(|own| own.value)).filter(|_| !never),
        }
    }

    /// The exit code, and what to say about a gate that findings do not explain.
    pub(super) fn judge(&self, report: &Report<'_>) -> (ExitCode, Vec<String>) {
        let mut reasons = Vec::new();
        let fixed = report.outcome.fixed.as_ref();
        if let Some(fixed) = fixed.filter(|fixed| !fixed.fixing.write) {
            return (fix::diff_exit_code(report.outcome, fixed), reasons);
        }
        let warnings = report.outcome.findings.iter().filter(|one| one.severity == Severity::Warning).count();
        if let Some(most) = self.max_warnings.filter(|most| warnings > *most) {
            reasons.push(format!("warnings: {warnings}, more than the gate lets pass ({most})"));
        }
        if let Some(least) = self.min_score {
            for (locale, score) in report.scores().into_iter().filter(|(_, score)| *score < least) {
                reasons.push(format!(
                    "quality score of {locale}: {score:.2}, less than the gate lets pass ({least})"
                ));
            }
        }
        let severe = self
            .fail_on
            .is_some_and(|least| report.outcome.findings.iter().any(|finding| finding.severity >= least));
        let whole = report.outcome.unreadable.is_empty() && !fixed.is_some_and(Fixed::failed);
        let code = match (whole, severe || !reasons.is_empty()) {
            (false, _) => COULD_NOT,
            (true, failed) => u8::from(failed),
        };
        (ExitCode::from(code), reasons)
    }
}
