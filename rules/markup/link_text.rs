use std::collections::BTreeMap;

use crate::prelude::*;
use crate::support::inline::{self, Link};

/// Its page is `link_text.md`.
pub(crate) struct LinkText;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        ..RuleInfo::new(
            "markup/link-text",
            include_str!("link_text.md"),
            Severity::Warning,
            Scope::Unit,
            "omission",
        )
    }
}

/// A source text shorter than this, in characters, can become a letter or two.
const LONG: usize = 8;

impl UnitRule for LinkText {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        // One character of Chinese is a word, and one of Korean can be.
        if !inline::may_link(unit.target_print()) || matches!(unit.locale().language(), "zh" | "ko") {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        if inline::link_texts(target).all(|text| !is_short(text.trim())) {
            return;
        }
        let in_source = inline::links(source);
        let mut by_url: BTreeMap<&str, &Link> = BTreeMap::new();
        for link in &in_source {
            by_url.entry(&link.url).or_insert(link);
        }
        for link in inline::links(target) {
            let text = target[link.text.clone()].trim();
            let short = is_short(text);
            let same = by_url.get(&*link.url);
            let long = same.is_some_and(|other| source[other.text.clone()].chars().count() >= LONG);
            if text.is_empty()
                || !short
                || !long
                || text.contains('\u{1}')
                || text.starts_with(['!', '<', '`'])
            {
                continue;
            }
            let Some(other) = same else { continue };
            let words = &source[other.text.clone()];
            // "here" is a short word everywhere, and a number or a name stays what it is.
            if words.to_lowercase().contains("here") || words.split_whitespace().any(|word| word == text) {
                continue;
            }
            let at = unit.in_target(link.range.start, link.range.len());
            sink.report_unit(
                unit,
                at,
                format!("the text of the link is only {}, of {}", quote(text), quote(words)),
            )
            .identity(&*link.url)
            .source_part(unit.in_source(other.text.start, other.text.len()))
            .help("link the words that the source links");
        }
    }
}

/// Whether a text is punctuation, a letter, or two small ones.
fn is_short(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphanumeric()).take(3).count();
    letters < 2 || (letters == 2 && text.chars().all(char::is_lowercase))
}
