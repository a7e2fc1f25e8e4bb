use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::prelude::*;
use crate::support::inline::{self, Link};
use crate::support::places::Places;
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
        let places = Places::of(target);
        if !texts.any(|text| {
            text.len() >= 5 && may_be_in_target(text) && seen.insert(text) && stands_unlinked(&places, text)
        }) {
            return;
        }
        let (of_target, masked) = (inline::links(target), Places::of(unit.masked_target()));
        // Nothing for an address that several have.
        let mut by_url: BTreeMap<&str, Option<Linked<'_>>> = BTreeMap::new();
        for link in &of_target {
            let linked =
                Linked { link, text: Places::of(&target[link.text.clone()]), small: OnceCell::new() };
            by_url.entry(&link.url).and_modify(|only| *only = None).or_insert(Some(linked));
        }
        let mut elsewhere: BTreeMap<&str, bool> = BTreeMap::new();
        for wanted in inline::links(source) {
            let text = source[wanted.text.clone()].trim();
            let Some(Some(Linked { link, text: own, small })) = by_url.get(&*wanted.url) else { continue };
            if text.chars().count() < 5 || own.text().trim().is_empty() || own.has(text) {
                continue;
            }
            // The linked words were kept as they are, and stand outside every link.
            let small = || small.get_or_init(|| Places::of(own.text().to_lowercase()));
            if !*elsewhere.entry(text).or_insert_with(|| stands_outside(&masked, text, &of_target))
                || small().has(&text.to_lowercase())
            {
                continue;
            }
            let at = unit.in_target(link.range.start, link.range.len());
            sink.report_unit(
                unit,
                at,
                format!("the link is on {}, but in the source on {}", quote(own.text()), quote(text)),
            )
            .identity(&*wanted.url)
            .source_part(unit.in_source(wanted.text.start, wanted.text.len()))
            .help("link the words that the source links");
        }
    }
}

/// A link with its text, as it is and in small letters.
struct Linked<'t> {
    link: &'t Link,
    text: Places<'t>,
    small: OnceCell<Places<'static>>,
}

/// Whether a text stands in a target, and nowhere as what a link consists of; without an opening bracket, so that no two
/// places overlap a link.
fn stands_unlinked(places: &Places<'_>, text: &str) -> bool {
    let (mut found, target) = (false, places.text());
    for at in places.all(text) {
        if target[..at].ends_with('[') && target[at + text.len()..].starts_with(']') {
            return false;
        }
        found = true;
    }
    found
}

/// Whether whole words stand in a masked target outside these links, which are in order.
fn stands_outside(places: &Places<'_>, text: &str, links: &[Link]) -> bool {
    let masked = places.text();
    let part = |c: Option<char>| {
        c.is_some_and(|c| (c.is_alphanumeric() && !script::is_spaceless_char(c)) || c == inline::MASK)
    };
    places.all(text).any(|at| {
        let whole =
            !part(masked[..at].chars().next_back()) && !part(masked[at + text.len()..].chars().next());
        let next = links.partition_point(|link| link.range.end <= at);
        whole && links.get(next).is_none_or(|link| link.range.start > at)
    })
}
