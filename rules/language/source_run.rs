use crate::language::untranslated;
use crate::prelude::*;
use crate::support::source_run;

/// Its page is `source_run.md`.
pub(crate) struct SourceRun;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "language/source-run",
        include_str!("source_run.md"),
        Severity::Warning,
        Scope::Unit,
        "untranslated",
    )
}

impl UnitRule for SourceRun {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let Some(run) = source_run::longest(unit) else { return };
        let (source, target) = (unit.source(), unit.target());
        // With the translation in brackets behind it, it is the business of `language/gloss`.
        let is_gloss = source_run::bracketed_after(unit.masked_target(), run.target.end).is_some();
        if is_gloss || untranslated::concerns(unit) {
            return;
        }
        let (kept, original) = (&target[run.target.clone()], &source[run.source.clone()]);
        sink.report_unit(
            unit,
            unit.in_target(run.target.start, run.target.len()),
            format!("left in English: {}", quote(kept)),
        )
        .source_part(unit.in_source(run.source.start, run.source.len()))
        .help(format!("translate it into {}", unit.locale()))
        .changes(original);
    }
}
