use std::cell::LazyCell;

use crate::prelude::*;
use crate::support::{inline, sources};

/// Its page is `bold_moved.md`.
pub(crate) struct BoldMoved;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        ..RuleInfo::new(
            "markup/bold-moved",
            include_str!("bold_moved.md"),
            Severity::Warning,
            Scope::Unit,
            "markup",
        )
    }
}

impl UnitRule for BoldMoved {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.source_print().has(b'*') || !unit.target_print().has(b'*') {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        if !source.contains("**") || !target.contains("**") {
            return;
        }
        let of_source = sources::of(unit).bold.get_or_init(|| inline::bold(source));
        let of_target = LazyCell::new(|| inline::bold(target));
        for wanted in of_source {
            let text = source[wanted.clone()].trim_matches('*').trim();
            if text.chars().count() < 4 || !target.contains(text) || source.matches(text).count() != 1 {
                continue;
            }
            // The bold words were kept as they are, and stand outside every bold run.
            let is_bold = of_target.iter().any(|bold| target[bold.clone()].contains(text));
            let masked = unit.masked_target();
            let whole = |at: &usize| {
                let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
                !masked[..*at].ends_with(['(', '（'])
                    && !part(masked[..*at].chars().next_back())
                    && !part(masked[at + text.len()..].chars().next())
            };
            let mut places = masked.match_indices(text).map(|(at, _)| at).filter(whole);
            let (first, more) = (places.next(), places.next());
            let alone = first.filter(|_| more.is_none() && !is_bold && of_target.len() >= of_source.len());
            let Some(at) = alone else { continue };
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
