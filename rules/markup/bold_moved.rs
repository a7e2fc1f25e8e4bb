use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::prelude::*;
use crate::support::places::Places;
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
        let masked = unit.masked_target();
        let [of_text, in_target, in_masked] = [source, target, masked].map(Places::of);
        let outer = LazyCell::new(|| outer(&of_target));
        let mut seen = BTreeSet::new();
        for wanted in of_source {
            let text = source[wanted.clone()].trim_matches('*').trim();
            // What is bold twice stands there twice.
            if text.chars().count() < 4
                || !in_target.has(text)
                || !seen.insert(text)
                || of_text.all(text).nth(1).is_some()
            {
                continue;
            }
            // The bold words were kept as they are, and stand outside every bold run.
            let is_bold = in_target.overlapping(text).any(|at| {
                let next = outer.partition_point(|bold| bold.end <= at);
                outer.get(next).is_some_and(|bold| bold.start <= at && at + text.len() <= bold.end)
            });
            let whole = |at: &usize| {
                let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
                !masked[..*at].ends_with(['(', '（'])
                    && !part(masked[..*at].chars().next_back())
                    && !part(masked[at + text.len()..].chars().next())
            };
            let mut places = in_masked.all(text).filter(whole);
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

/// The bold runs that stand in no others.
fn outer(bold: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut outer: Vec<Range<usize>> = Vec::new();
    for bold in bold {
        if outer.last().is_none_or(|last| last.end <= bold.start) {
            outer.push(bold.clone());
        }
    }
    outer
}
