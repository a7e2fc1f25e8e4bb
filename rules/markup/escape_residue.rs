use crate::prelude::*;
use crate::support::inline;

/// Its page is `escape_residue.md`.
pub(crate) struct EscapeResidue;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "markup/escape-residue",
        include_str!("escape_residue.md"),
        Severity::Error,
        Scope::Unit,
        "markup",
    )
}

/// Escaped Markdown that readers see as signs.
const RESIDUES: [&str; 5] = ["\\*\\*", "\\_\\_", "\\`", "\\]\\(", "\\[\\["];

impl UnitRule for EscapeResidue {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        if !target.contains('\\') {
            return;
        }
        // The source shows the signs itself: escaped, in code, or as an operator.
        let shown = |residue: &str| {
            let bare = residue.replace('\\', "");
            source.contains(residue)
                || (bare == "**" && source.contains("**") && inline::bold(source).is_empty())
        };
        let residues = RESIDUES.iter().filter(|residue| !shown(residue));
        let found = residues.filter_map(|residue| Some((target.find(residue)?, residue)));
        let Some((start, residue)) = found.min() else { return };
        let len = target[start..].find(|c: char| !matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '('));
        let at = unit.in_target(start, len.unwrap_or(target.len() - start).max(residue.len()));
        sink.report_unit(
            unit,
            at,
            format!("left-over signs {} that the source does not show", quote(unit.document().slice(at))),
        )
        .identity("residue")
        .help("remove them, or restore the bold or code that they were");
    }
}
