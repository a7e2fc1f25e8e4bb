//! What makes the exit code 1.

use std::process::ExitCode;

use ::rules::Severity;

use super::args::{CheckArgs, FailOn};
use super::{COULD_NOT, fix};
use crate::config::Config;
use crate::engine::{INTERNAL, Outcome};
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
        // "--fail-on never" is for looking at a tree, whatever its gate; what the command line adds to it counts.
        let never = args.fail_on == Some(FailOn::Never);
        let max_warnings = config.max_warnings.as_ref().filter(|_| !never).map(|own| own.value);
        let min_score = config.min_score.as_ref().filter(|_| !never).map(|own| own.value);
        Self {
            fail_on,
            max_warnings: args.max_warnings.or(max_warnings),
            min_score: args.min_score.or(min_score),
        }
    }

    /// Whether it goes by quality scores.
    pub(super) fn needs_scores(&self) -> bool {
        self.min_score.is_some()
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
        let whole = is_whole(report.outcome) && !fixed.is_some_and(Fixed::failed);
        let code = match (whole, severe || !reasons.is_empty()) {
            (false, _) => COULD_NOT,
            (true, failed) => u8::from(failed),
        };
        (ExitCode::from(code), reasons)
    }
}

/// Whether every file was read and no rule panicked.
pub(super) fn is_whole(outcome: &Outcome) -> bool {
    outcome.unreadable.is_empty() && !outcome.findings.iter().any(|finding| finding.rule == INTERNAL)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use ::rules::{Rule, RuleInfo, Scope, Settings, Sink, UnitRule, UnitView};

    use super::*;
    use crate::Linter;

    struct Panics;

    impl UnitRule for Panics {
        fn check(&self, unit: UnitView<'_>, _: &mut Sink<'_>) {
            assert!(unit.target().is_empty(), "no target may have text");
        }
    }

    fn panics(_: &Settings) -> Rule {
        Rule::unit(
            RuleInfo::new("house/panics", "# Panics\n\nIt does.\n", Severity::Info, Scope::Unit, "style"),
            Panics,
        )
    }

    #[test]
    fn a_rule_that_panicked_is_a_job_not_done_whatever_the_gate() {
        let tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/clean");
        let gate = Gate { fail_on: None, max_warnings: None, min_score: None };
        let judged = |linter: Linter| {
            let checked = linter.check([&tree]).unwrap();
            let found: Vec<_> = checked.findings().iter().map(|one| one.rule.to_string()).collect();
            (format!("{:?}", gate.judge(&checked.report()).0), found)
        };
        let code = |code: u8| format!("{:?}", ExitCode::from(code));
        assert_eq!(judged(Linter::new()), (code(0), vec![]));
        let (judged, found) = judged(Linter::new().rule(panics));
        assert_eq!(judged, code(COULD_NOT));
        assert!(!found.is_empty() && found.iter().all(|rule| rule == INTERNAL), "{found:?}");
    }
}
