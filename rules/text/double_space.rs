use crate::prelude::*;
use crate::support::inline;

/// Its page is `double_space.md`.
pub(crate) struct DoubleSpace;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "text/double-space",
            include_str!("double_space.md"),
            Severity::Warning,
            Scope::Unit,
            "whitespace",
        )
    }
}

impl UnitRule for DoubleSpace {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        if !target.contains("  ") || source.contains("  ") {
            return;
        }
        let code = inline::code(target);
        let mut at = 0;
        while let Some(found) = target[at..].find("  ").map(|found| at + found) {
            let len = target[found..].len() - target[found..].trim_start_matches(' ').len();
            at = found + len;
            let inside = found > 0 && at < target.len();
            // "A  >  B" is a way through menus, and its blanks are often doubled on purpose.
            let menu = target[..found].ends_with('>') || target[at..].starts_with('>');
            if inside && !menu && !code.iter().any(|code| code.range.contains(&found)) {
                let span = unit.in_target(found, len);
                let before = target[..found].rsplit(char::is_whitespace).next().unwrap_or_default();
                sink.report_unit(unit, span, format!("{len} blanks after {}", quote(before)))
                    .help("leave one blank")
                    .fix(Applicability::Safe, "leave one blank", span, " ");
            }
        }
    }
}
