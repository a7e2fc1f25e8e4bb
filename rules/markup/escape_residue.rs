use crate::prelude::*;
use crate::support::inline;

/// Its page is `escape_residue.md`.
pub(crate) struct EscapeResidue;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Unsafe,
        ..RuleInfo::new(
            "markup/escape-residue",
            include_str!("escape_residue.md"),
            Severity::Error,
            Scope::Unit,
            "markup",
        )
    }
}

/// Escaped Markdown that readers see as signs.
const RESIDUES: [&str; 5] = ["\\*\\*", "\\_\\_", "\\`", "\\]\\(", "\\[\\["];

impl UnitRule for EscapeResidue {
    #[inline]
    fn concerns(&self, _: &Localized, bytes: &Bytes) -> bool {
        bytes.target.has(b'\\')
    }

    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.target_print().has(b'\\') {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
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
        let signs = unit.document().slice(at);
        // A bracket after stars is the target's own.
        let own = if residue.chars().all(is_plain) { signs.find(|c| !is_plain(c)) } else { None };
        let shown = own.map_or(signs, |end| signs[..end].trim_end_matches('\\'));
        let finding = sink.report_unit(
            unit,
            unit.in_target(start, shown.len()),
            format!("left-over signs {} that the source does not show", quote(shown)),
        );
        finding.identity("residue").help("remove them, or restore the bold or code that they were");
        // What is left of a link has to be put together again.
        if signs.chars().all(is_plain) {
            let edit = |(from, len): (usize, usize)| {
                let blank = target[..from].ends_with(' ') && target[from + len..].starts_with(' ');
                crate::Edit {
                    span: unit.in_target(from, len + usize::from(blank)),
                    replacement: String::new(),
                }
            };
            let edits = runs(target, residue).into_iter().map(edit).collect();
            let title = "remove the signs".into();
            finding.fix = Some(crate::Fix { title, applicability: Applicability::Unsafe, edits });
        }
    }
}

fn is_plain(c: char) -> bool {
    matches!(c, '\\' | '*' | '_')
}

/// All stretches of such signs that hold the residue, as offsets and lengths.
fn runs(target: &str, residue: &str) -> Vec<(usize, usize)> {
    let (mut runs, mut at) = (Vec::new(), 0);
    while let Some(from) = target[at..].find(residue).map(|from| at + from) {
        let len = target[from..].find(|c| !is_plain(c)).unwrap_or(target.len() - from);
        runs.push((from, len));
        at = from + len;
    }
    runs
}
