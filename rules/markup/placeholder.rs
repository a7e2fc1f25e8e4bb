use std::cell::LazyCell;

use crate::identifier::path;
use crate::prelude::*;
use crate::support::placeholders;

/// Its page is `placeholder.md`.
pub(crate) struct Placeholder;

/// A placeholder has one of these.
const SIGNS: ByteSet = ByteSet::of(b"{$%");

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "markup/placeholder",
            include_str!("placeholder.md"),
            Severity::Error,
            Scope::Unit,
            "do-not-translate",
        )
    }
}

impl UnitRule for Placeholder {
    #[inline]
    fn concerns(&self, _: &Localized, bytes: &Bytes) -> bool {
        bytes.source.has_any(SIGNS)
    }

    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.source_print().has_any(SIGNS) || unit.untouched() {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        if target.trim().is_empty() {
            return;
        }
        let masked = unit.masked_source();
        // A path is looked at as a whole by `identifier/path`.
        let paths = LazyCell::new(|| path::paths(masked));
        let (mut seen, mut used): (Vec<&str>, Vec<usize>) = (Vec::new(), Vec::new());
        for found in placeholders::exact(masked) {
            let text = &masked[found.clone()];
            if seen.contains(&text) || target.contains(text) {
                continue;
            }
            if paths.iter().any(|path| path.contains(&found.start)) {
                continue;
            }
            seen.push(text);
            let altered = placeholders::altered(target)
                .find(|other| !source.contains(&target[other.clone()]) && !used.contains(&other.start));
            used.extend(altered.as_ref().map(|other| other.start));
            let (at, message) = match &altered {
                Some(other) => (
                    unit.in_target(other.start, other.len()),
                    format!("the placeholder {} is {} here", quote(text), quote(&target[other.clone()])),
                ),
                None => (unit.unit().target.text, format!("the placeholder {} is missing", quote(text))),
            };
            let finding = sink.report_unit(unit, at, message);
            finding
                .identity(text)
                .keeps(text)
                .source_part(unit.in_source(found.start, found.len()))
                .help("keep placeholders as the source has them: a program fills them in");
            if altered.is_some() {
                finding.fix(Applicability::Safe, "restore the placeholder", at, text);
            }
        }
    }
}
