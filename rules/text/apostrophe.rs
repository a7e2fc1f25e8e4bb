use crate::prelude::*;
use crate::support::places::Places;
use crate::support::{locale_data, scan};

/// Its page is `apostrophe.md`.
pub(crate) struct Apostrophe;

/// First bytes of the signs that are looked for.
const APOSTROPHES: ByteSet = ByteSet::of(&[b'\'', 0xe2]);

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "text/apostrophe",
            include_str!("apostrophe.md"),
            Severity::Warning,
            Scope::Unit,
            "whitespace",
        )
    }
}

impl UnitRule for Apostrophe {
    #[inline]
    fn concerns(&self, _: &Localized, bytes: &Bytes) -> bool {
        bytes.target.has_any(APOSTROPHES)
    }

    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.target_print().has_any(APOSTROPHES) {
            return;
        }
        let target = unit.target();
        if !scan::has_after_blank(target, &['\'', '’']) {
            return;
        }
        let Some(detached) = locale_data::of(unit.locale()).detached_ending.get() else { return };
        let (masked, source) = (unit.masked_target(), Places::of(unit.source()));
        for found in detached.captures_iter(masked) {
            let (Some(whole), Some(blank)) = (found.get(0), found.get(1)) else { continue };
            // 'quoted words' have an apostrophe at their end too.
            let ending = &masked[blank.end()..whole.end()];
            if masked[whole.end()..].starts_with(['\'', '’']) || source.has(ending) {
                continue;
            }
            let word = target[..blank.start()].rsplit(char::is_whitespace).next().unwrap_or_default();
            let start = blank.start() - word.len();
            let at = unit.in_target(start, whole.end() - start);
            sink.report_unit(
                unit,
                at,
                format!("the ending {} stands apart from {}", quote(ending), quote(word)),
            )
            .help("remove the blank before the apostrophe")
            .fix(
                Applicability::Safe,
                "remove the blank before the apostrophe",
                unit.in_target(blank.start(), blank.len()),
                "",
            );
        }
    }
}
