use crate::prelude::*;
use crate::support::inline;

/// Its page is `bold_moved.md`.
pub(crate) struct BoldMoved;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        ..RuleInfo::new(
            "markup/bold-moved",
            include_str!("bold_moved.md"),
            Severity::Info,
            Scope::Unit,
            "markup",
        )
    }
}

impl UnitRule for BoldMoved {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        if !source.contains("**") || !target.contains("**") {
            return;
        }
        let (of_source, of_target) = (inline::bold(source), inline::bold(target));
        for wanted in &of_source {
            let text = source[wanted.clone()].trim_matches('*').trim();
            if text.chars().count() < 4 || !target.contains(text) {
                continue;
            }
            // The bold words were kept as they are, and stand outside every bold run.
            let is_bold = of_target.iter().any(|bold| target[bold.clone()].contains(text));
            let Some(at) = target.find(text).filter(|_| !is_bold && of_target.len() >= of_source.len())
            else {
                continue;
            };
            sink.report_unit(
                unit,
                unit.in_target(at, text.len()),
                format!("{} is not bold, other words are", quote(text)),
            )
            .source_part(unit.in_source(wanted.start, wanted.len()))
            .help("make the words bold that the source has bold");
        }
    }
}
