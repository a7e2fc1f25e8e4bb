use crate::prelude::*;
use crate::support::inline;

/// Its page is `lowercase_start.md`.
pub(crate) struct LowercaseStart;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        // Items of lists and what goes on from the sentence before start small by right: 5 of 16 were faults.
        severity: None,
        ..RuleInfo::new(
            "text/lowercase-start",
            include_str!("lowercase_start.md"),
            Severity::Info,
            Scope::Unit,
            "typographical",
        )
    }
}

impl UnitRule for LowercaseStart {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        let starts_upper = source.starts_with(|c: char| c.is_ascii_uppercase());
        // Names and one-word cells have their own case.
        if !starts_upper || source.split_whitespace().count() < 4 || !source.ends_with(['.', '!', '?', ':']) {
            return;
        }
        let Some(first) = target.chars().next().filter(|c| c.is_lowercase()) else { return };
        let word = target.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let is_name = word.chars().any(|c| c.is_uppercase() || matches!(c, '.' | '_' | '/' | '('))
            || source
                .split(|c: char| !c.is_alphanumeric())
                .any(|other| other.len() > 1 && word.starts_with(other));
        if is_name || unit.masked_target().starts_with(inline::MASK) {
            return;
        }
        let upper: String = first.to_uppercase().collect();
        let at = unit.in_target(0, word.len());
        sink.report_unit(unit, at, format!("the sentence starts with {} in lower case", quote(word)))
            .help(format!("start it with \"{upper}\", or restore what stood before the word"));
    }
}
