use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use bitext::Span;

use crate::identifier::path;
use crate::prelude::*;
use crate::support::placeholders;
use crate::support::places::Places;

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
        let lost = lost(unit);
        if lost.is_empty() {
            return;
        }
        let of_source = Places::of(source);
        let mut changed: Changed<'_> = BTreeMap::new();
        for other in placeholders::altered(target) {
            changed.entry(&target[other.clone()]).or_default().push(other);
        }
        changed.retain(|other, _| !of_source.has(other));
        let names: Vec<&str> = lost.iter().map(|found| &unit.masked_source()[found.clone()]).collect();
        for ((found, name), now) in lost.iter().zip(&names).zip(paired(&names, &changed)) {
            // Windows does not look at the case of a variable.
            let is_same = |now: &&str| name.starts_with('%') && now.eq_ignore_ascii_case(name);
            if !now.iter().any(is_same) {
                report(unit, found, &now, &changed, sink);
            }
        }
    }
}

/// What may have been placeholders in a target, with all places of each.
type Changed<'t> = BTreeMap<&'t str, Vec<Range<usize>>>;

/// The placeholders of the source that the target has nowhere, each once.
fn lost(unit: UnitView<'_>) -> Vec<Range<usize>> {
    let (masked, target) = (unit.masked_source(), Places::of(unit.target()));
    // A path is looked at as a whole by `identifier/path`.
    let paths = LazyCell::new(|| path::paths(masked));
    let mut seen = BTreeSet::new();
    let is_lost = |found: &Range<usize>| {
        let text = &masked[found.clone()];
        let is_in_path = || {
            let next = paths.partition_point(|path| path.end <= found.start);
            paths.get(next).is_some_and(|path| path.start <= found.start)
        };
        !target.has(text) && !is_in_path() && seen.insert(text)
    };
    placeholders::exact(masked).filter(is_lost).collect()
}

/// What each of the placeholders has become: what is the same but for blanks and case, or the only one left where only one
/// of this kind is lost. With several of each nobody knows which is which.
fn paired<'t>(lost: &[&str], changed: &Changed<'t>) -> Vec<Vec<&'t str>> {
    // One can be written in several ways.
    let mut free: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for other in changed.keys() {
        free.entry(plain(other)).or_default().push(other);
    }
    let mut now: Vec<_> = lost.iter().map(|text| free.remove(&plain(text)).unwrap_or_default()).collect();
    for sign in ['%', '{', '$'] {
        let mut left =
            lost.iter().zip(&mut now).filter(|(text, now)| now.is_empty() && text.starts_with(sign));
        let mut others = free.values().filter(|others| others[0].starts_with(sign));
        if let (Some((_, now)), None, Some(other), None) =
            (left.next(), left.next(), others.next(), others.next())
        {
            now.clone_from(other);
        }
    }
    now
}

/// A placeholder without blanks and case.
fn plain(text: &str) -> String {
    text.chars().filter(|c| *c != ' ').flat_map(char::to_lowercase).collect()
}

fn report(unit: UnitView<'_>, lost: &Range<usize>, now: &[&str], changed: &Changed<'_>, sink: &mut Sink<'_>) {
    let text = &unit.masked_source()[lost.clone()];
    let places = now.iter().flat_map(|now| &changed[now]);
    let mut places: Vec<Span> = places.map(|other| unit.in_target(other.start, other.len())).collect();
    places.sort_unstable();
    let (at, message) = match (now.first(), places.first()) {
        (Some(now), Some(first)) => {
            (*first, format!("the placeholder {} is {} here", quote(text), quote(now)))
        }
        _ => (unit.unit().target.text, format!("the placeholder {} is missing", quote(text))),
    };
    let finding = sink.report_unit(unit, at, message);
    finding
        .identity(text)
        .keeps(text)
        .source_part(unit.in_source(lost.start, lost.len()))
        .help("keep placeholders as the source has them: a program fills them in");
    if !now.is_empty() {
        finding.fix_each(Applicability::Safe, "restore the placeholder", places, text);
    }
}
