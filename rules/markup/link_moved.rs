use std::collections::{BTreeMap, BTreeSet};

use crate::prelude::*;
use crate::support::inline::{self, Link};
use crate::support::script;

/// Its page is `link_moved.md`.
pub(crate) struct LinkMoved;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        ..RuleInfo::new(
            "markup/link-moved",
            include_str!("link_moved.md"),
            Severity::Warning,
            Scope::Unit,
            "markup",
        )
    }
}

impl UnitRule for LinkMoved {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !inline::may_link(unit.target_print()) || !inline::may_link(unit.source_print()) {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        // Words that were translated are nowhere to be found; those that are linked need no look.
        let may_be_in_target = |text: &str| text.bytes().all(|byte| unit.target_print().has(byte));
        let mut seen = BTreeSet::new();
        let mut texts = inline::link_texts(source).map(str::trim);
        if !texts.any(|text| {
            text.len() >= 5 && may_be_in_target(text) && seen.insert(text) && stands_unlinked(target, text)
        }) {
            return;
        }
        let (of_target, masked) = (inline::links(target), unit.masked_target());
        // Nothing for an address that several have.
        let mut by_url: BTreeMap<&str, Option<&Link>> = BTreeMap::new();
        for link in &of_target {
            by_url.entry(&link.url).and_modify(|only| *only = None).or_insert(Some(link));
        }
        let mut elsewhere: BTreeMap<&str, bool> = BTreeMap::new();
        for wanted in inline::links(source) {
            let text = source[wanted.text.clone()].trim();
            let Some(Some(link)) = by_url.get(&*wanted.url) else { continue };
            let own = &target[link.text.clone()];
            if text.chars().count() < 5 || own.trim().is_empty() || own.contains(text) {
                continue;
            }
            // The linked words were kept as they are, and stand outside every link.
            if !*elsewhere.entry(text).or_insert_with(|| stands_outside(masked, text, &of_target))
                || own.to_lowercase().contains(&text.to_lowercase())
            {
                continue;
            }
            let at = unit.in_target(link.range.start, link.range.len());
            sink.report_unit(
                unit,
                at,
                format!("the link is on {}, but in the source on {}", quote(own), quote(text)),
            )
            .identity(&*wanted.url)
            .source_part(unit.in_source(wanted.text.start, wanted.text.len()))
            .help("link the words that the source links");
        }
    }
}

/// Whether a text stands in a target, and nowhere as what a link consists of; without an opening bracket, so that no two
/// places overlap a link.
fn stands_unlinked(target: &str, text: &str) -> bool {
    let mut found = false;
    for at in words::places_of(target, text) {
        if target[..at].ends_with('[') && target[at + text.len()..].starts_with(']') {
            return false;
        }
        found = true;
    }
    found
}

/// Whether whole words stand in a masked target outside these links, which are in order.
fn stands_outside(masked: &str, text: &str, links: &[Link]) -> bool {
    let part = |c: Option<char>| {
        c.is_some_and(|c| (c.is_alphanumeric() && !script::is_spaceless_char(c)) || c == inline::MASK)
    };
    masked.match_indices(text).any(|(at, _)| {
        let whole =
            !part(masked[..at].chars().next_back()) && !part(masked[at + text.len()..].chars().next());
        let next = links.partition_point(|link| link.range.end <= at);
        whole && links.get(next).is_none_or(|link| link.range.start > at)
    })
}
