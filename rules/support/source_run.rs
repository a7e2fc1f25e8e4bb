//! Runs of English words that a target took over from its source.

use std::ops::Range;

use super::english_words::{self as english, Kind, Word};
use super::inline::{self, MASK};
use super::quoted::{without_bracketed, without_quoted};
use super::shared_words::{MIN_CONTENT, MIN_WORDS};
use super::tokens::{self, Words};
use crate::UnitView;

/// Words that stand in both texts, one after the other, and are prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// Their bytes in the source.
    pub(crate) source: Range<usize>,
    /// Their bytes in the target.
    pub(crate) target: Range<usize>,
    /// What share of the source's words they are, in percent.
    pub(crate) share: usize,
}

/// So many of them are in lower case in both texts.
const MIN_LOWER: usize = 3;
/// Runs are looked for at so many places of a word in the source; no sentence has a word more often.
const MAX_PLACES: usize = 64;

/// The longest run of English words of a unit's source in its target outside quotation marks, brackets, bold and code.
#[inline]
pub(crate) fn longest(unit: UnitView<'_>) -> Option<Run> {
    if tokens::shared(unit).run { longest_of(unit) } else { None }
}

fn longest_of(unit: UnitView<'_>) -> Option<Run> {
    let (document, index) = (unit.document(), unit.index);
    let words = tokens::of_target(document, index);
    let of_source = tokens::source_words(document, index);
    between(unit.source(), (unit.masked_source(), of_source), (unit.masked_target(), words))
}

/// The same of any two texts.
pub(crate) fn longest_in(source: &str, target: &str) -> Option<Run> {
    let (masked, masked_target) = (inline::masked(source), inline::masked(target));
    let words = english::words(&masked_target);
    if !has_function_words(&words) {
        return None;
    }
    between(source, (&masked, &Words::of(&masked)), (&masked_target, &words))
}

/// Whether words may be prose: most targets have no function words of English, but for those that look alike.
fn has_function_words(words: &[Word]) -> bool {
    let lower = words.iter().filter(|word| matches!(word.kind, Kind::Lower | Kind::Function)).count();
    lower >= MIN_LOWER && words.iter().any(|word| word.kind == Kind::Function)
}

fn between(
    source: &str,
    (masked_source, originals): (&str, &Words),
    (masked_target, words): (&str, &[Word]),
) -> Option<Run> {
    if !may_share(originals, words) {
        return None;
    }
    shared((masked_source, &originals.list), (masked_target, words))?;
    // Seldom anything gets here, so only now what is quoted is looked for.
    let source = without_quoted(&without_titles(source, masked_source.to_string()));
    let target = without_bracketed(&without_quoted(masked_target));
    shared((&source, &english::words(&source)), (&target, &english::words(&target)))
}

/// Whether so many words of the target in a row as a run has, and of such kinds, may be in the source.
fn may_share(originals: &Words, words: &[Word]) -> bool {
    let (mut count, mut content, mut function) = (0, 0, 0);
    for word in words {
        if !originals.may_have(word) {
            (count, content, function) = (0, 0, 0);
            continue;
        }
        match word.kind {
            Kind::Number => continue,
            Kind::Name => {}
            Kind::Lower => content += 1,
            Kind::Function => function += 1,
        }
        count += 1;
        if count >= MIN_WORDS && content >= MIN_CONTENT && function >= 1 && content + function >= MIN_LOWER {
            return true;
        }
    }
    false
}

/// The longest run that the words of a target share with those of a source.
fn shared((source, originals): (&str, &[Word]), (target, words): (&str, &[Word])) -> Option<Run> {
    let is_same = |from: usize, at: usize| originals[from].is_same(source, &words[at], target);
    let mut places: Vec<(u32, usize)> = originals.iter().map(|word| word.sum).zip(0..).collect();
    places.sort_unstable();
    let places_of = |at: usize| {
        let sum = words[at].sum;
        let first = places.partition_point(|(other, _)| *other < sum);
        let alike = places[first..].iter().take_while(move |(other, _)| *other == sum);
        alike.map(|(_, from)| *from).filter(move |from| is_same(*from, at))
    };
    let mut best: Option<(usize, usize, usize)> = None;
    let mut at = 0;
    while at < words.len() {
        let mut longest = 0;
        for from in places_of(at).take(MAX_PLACES) {
            let same = |len: &usize| {
                let (here, there) = (at + len, from + len);
                there < originals.len()
                    && is_same(there, here)
                    && (*len == 0
                        || english::are_joined(&target[words[here - 1].range.end..words[here].range.start]))
            };
            let len = (0..words.len() - at).take_while(same).count();
            longest = longest.max(len);
            let is_longer = best.is_none_or(|(_, _, best)| len > best);
            if is_longer && is_prose(&originals[from..from + len], &words[at..at + len]) {
                best = Some((from, at, len));
            }
        }
        at += longest.max(1);
    }
    let (from, at, len) = best?;
    let range = |words: &[Word]| words[0].range.start..words[words.len() - 1].range.end;
    let counted = |words: &[Word]| words.iter().filter(|word| word.kind != Kind::Number).count();
    Some(Run {
        source: range(&originals[from..from + len]),
        target: range(&words[at..at + len]),
        share: counted(&originals[from..from + len]) * 100 / counted(originals).max(1),
    })
}

fn is_prose(source: &[Word], target: &[Word]) -> bool {
    let both = |kind: Kind| {
        source
            .iter()
            .zip(target)
            .filter(|(source, target)| source.kind == kind && target.kind == kind)
            .count()
    };
    let words = target.iter().filter(|word| word.kind != Kind::Number).count();
    let (content, function) = (both(Kind::Lower), both(Kind::Function));
    let lower = content + function;
    words >= MIN_WORDS && lower >= MIN_LOWER && lower * 2 >= words && content >= MIN_CONTENT && function >= 1
}

/// `masked` with the texts of links as masks that lead out of the tree: titles of pages that have no other language.
pub(crate) fn without_titles(text: &str, mut masked: String) -> String {
    let is_outside = |url: &str| url.starts_with('/') || url.contains("://");
    for link in inline::links(text).into_iter().filter(|link| is_outside(&link.url)) {
        let mask = MASK.to_string().repeat(link.text.len());
        masked.replace_range(link.text, &mask);
    }
    masked
}

/// What stands in round brackets right behind the byte `at`, on one level, or right behind the target of the link that
/// ends there; in bytes. The text is masked.
pub(crate) fn bracketed_after(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?.trim_start_matches(MASK);
    let at = text.len() - rest.len();
    let gap = rest.find(['(', '（'])?;
    if rest[..gap].len() > 4 || !rest[..gap].chars().all(|c| c.is_whitespace() || "*_.:\"”“»\\".contains(c))
    {
        return None;
    }
    let open = at + gap;
    let start = open + text[open..].chars().next().map_or(1, char::len_utf8);
    let len = text[start..].find([')', '）']).unwrap_or(text.len() - start);
    Some(start..start + len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn longest(source: &str, target: &str) -> Option<Run> {
        longest_in(source, target)
    }

    #[test]
    fn runs_are_found_in_their_place() {
        let source = "A single key is also a single point of failure.";
        let target = "Jediný klíč je také single point of failure.";
        let run = longest(source, target).unwrap();
        assert_eq!(&source[run.source], "single point of failure");
        assert_eq!(&target[run.target], "single point of failure");
    }

    #[test]
    fn what_is_quoted_or_a_name_is_no_run() {
        let source = "It says that the key was not found by Harbor Cloud for students.";
        assert_eq!(longest(source, "Píše \"that the key was not found\"."), None);
        assert_eq!(longest(source, "Píše **that the key was not found**."), None);
        assert_eq!(longest(source, "Harbor Cloud for students to píše."), None);
        let title = |url: &str| format!("[Why the key was not found]({url})");
        let found = |url: &str| longest(&title(url), &title(url)).is_some();
        assert!(!found("https://harbor.example/blog") && !found("/blog/key"));
    }

    #[test]
    fn titles_of_the_tree_are_found() {
        let source = "See [Why the key was not found](key.md).";
        assert!(longest(source, "Viz [Why the key was not found](key.md).").is_some());
    }

    #[test]
    fn brackets_behind_a_run() {
        let text = "open the lid. (otevřít víko) a";
        assert_eq!(bracketed_after(text, 12).map(|range| &text[range]), Some("otevřít víko"));
        assert_eq!(bracketed_after("open the lid and (b)", 12), None);
        let text = inline::masked("[open the lid](lid.md) (otevřít víko)").into_owned();
        assert_eq!(bracketed_after(&text, 13).map(|range| &text[range]), Some("otevřít víko"));
    }
}
