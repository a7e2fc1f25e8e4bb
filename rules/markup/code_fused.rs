use crate::prelude::*;
use crate::support::inline;

/// Its page is `code_fused.md`.
pub(crate) struct CodeFused;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "markup/code-fused",
            include_str!("code_fused.md"),
            Severity::Error,
            Scope::Unit,
            "whitespace",
        )
    }
}

impl UnitRule for CodeFused {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        if !unit.target_print().has(b'`') || !target.contains("``") || source.contains("``") {
            return;
        }
        // The two runs of one backtick read as one delimiter of two, so the parser sees neither code.
        let codes: Vec<String> = inline::code(source).into_iter().map(|code| code.content).collect();
        for (at, _) in target.match_indices("``") {
            let single = !target[..at].ends_with('`') && !target[at + 2..].starts_with('`');
            let before = target[..at].rsplit('`').next().unwrap_or_default();
            let after = target[at + 2..].split('`').next().unwrap_or_default();
            let known = |content: &str| codes.iter().any(|code| code == content);
            if !single || !known(before) || !known(after) {
                continue;
            }
            let span = unit.in_target(at - before.len() - 1, before.len() + after.len() + 4);
            sink.report_unit(unit, span, format!("code {} and {} run into one", quote(before), quote(after)))
                .help("put a blank between them, or the word that belongs there")
                .fix(Applicability::Safe, "put a blank between them", unit.in_target(at + 1, 0), " ");
        }
    }
}
