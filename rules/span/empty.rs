use crate::prelude::*;
use crate::support::scan;

/// Its page is `empty.md`.
pub(crate) struct Empty;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("span/empty", include_str!("empty.md"), Severity::Error, Scope::Unit, "omission")
}

impl UnitRule for Empty {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let pair = unit.unit();
        let (tag, message, help) = if scan::is_blank(unit.target()) {
            (pair.target.tag, "the target is empty", "translate the source, or hand the article off again")
        } else if scan::is_blank(unit.source()) {
            (pair.source.tag, "the source is empty", "restore it from the version control history")
        } else {
            return;
        };
        sink.report_unit(unit, tag, message).identity(message).help(help);
    }
}
