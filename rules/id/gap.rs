use std::cell::LazyCell;
use std::collections::BTreeSet;

use bitext::{Article, Document, Gap as Between, Localized, Signs, Span, Unit};

use crate::prelude::*;
use crate::support::images::{self, Mark};

/// Its page is `gap.md`.
pub(crate) struct Gap;

/// Sentences that an alt text can have; published ones have one, two or three.
pub(crate) const MOST_SENTENCES: usize = 4;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("id/gap", include_str!("gap.md"), Severity::Error, Scope::Article, "omission")
}

impl ArticleRule for Gap {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        for localized in article.documents.iter().filter(|localized| localized.document.faults.is_empty()) {
            check(localized, article, sink);
        }
    }
}

/// What is wrong between two units.
enum Wrong {
    /// Numbers from the first to the last are skipped.
    Skipped(u32, u32),
    /// An alt text has no number.
    NoNumber(Span),
}

fn check(localized: &Localized, article: &Article, sink: &mut Sink<'_>) {
    let document = &localized.document;
    each(localized, article, &mut |[before, after], wrong| {
        let number = |unit: &Unit| unit.number.unwrap_or_default();
        let (left, right) = (number(before), number(after));
        match wrong {
            Wrong::Skipped(first, last) => {
                let message = format!(
                    "{} skipped before unit {right}, and no image accounts for it",
                    named(first, last)
                );
                sink.report(localized, after.target.tag, message).identity(document.source(after)).help(
                    "a unit was lost: restore it from the version control history, or hand the article off again",
                );
            }
            Wrong::NoNumber(alt) => {
                let message = format!(
                    "the image between units {left} and {right} has an alt text, but no number is left for it"
                );
                sink.report(localized, alt, message)
                    .help("the image was added after the hand-off: hand the article off again");
            }
        }
    });
}

/// Whether the rule reports something between the units before and behind a place.
pub(crate) fn tells_of(localized: &Localized, article: &Article, at: u32) -> bool {
    let mut tells = false;
    each(localized, article, &mut |[before, after], _| {
        tells |= before.span.end <= at && at <= after.span.start;
    });
    tells
}

fn each(localized: &Localized, article: &Article, found: &mut dyn FnMut([&Unit; 2], Wrong)) {
    let document = &localized.document;
    let marks = Marks::of(document);
    // Whether each number is the one after that before it, as mostly.
    let go_on = |before: &Unit, unit: &Unit| {
        before.number.is_some_and(|number| unit.number.is_some() && unit.number == number.checked_add(1))
    };
    if marks.images.is_empty() && marks.attributes.is_empty() && document.units.is_sorted_by(go_on) {
        return;
    }
    // Without order there are no gaps to speak of; that is another rule's finding.
    let Some(numbers) = numbers(&document.units) else { return };
    let alts = alt_texts(document, &marks);
    // Those from the next place on.
    let mut alts = &alts[..];
    let siblings = LazyCell::new(|| numbers_of_siblings(localized, article).collect::<BTreeSet<u32>>());
    for (two, of_two) in document.units.windows(2).zip(numbers.windows(2)) {
        let (before, after, left, right) = (&two[0], &two[1], of_two[0], of_two[1]);
        // Numbers start at 101; one below that is the finding of `id/start`.
        if left < 101 {
            continue;
        }
        alts = &alts[alts.iter().take_while(|alt| alt.start < before.span.end).count()..];
        let between = alts.iter().take_while(|alt| alt.start < after.span.start);
        let between = between.filter(|alt| alt.end <= after.span.start);
        let (last_alt, alts) = (between.clone().last(), between.count());
        let skipped = (right - left - 1) as usize;
        // What another locale has is the finding of `parity/unit-ids`, which tells more.
        let is_known = || siblings.range(left + 1..right).next().is_some();
        if skipped > alts * MOST_SENTENCES && !is_known() {
            found([before, after], Wrong::Skipped(left + 1, right - 1));
        } else if let Some(alt) = last_alt.filter(|_| skipped < alts) {
            found([before, after], Wrong::NoNumber(*alt));
        }
    }
}

/// The numbers of the units; `None` if one is illegible, or they are out of order.
fn numbers(units: &[Unit]) -> Option<Vec<u32>> {
    let legible = units.iter().map(|unit| unit.number.filter(|_| !unit.ids_differ));
    let numbers: Vec<u32> = legible.collect::<Option<_>>()?;
    numbers.is_sorted_by(|left, right| left < right).then_some(numbers)
}

/// `number 105 is`, `numbers 105 to 107 are`.
fn named(first: u32, last: u32) -> String {
    if first == last { format!("number {first} is") } else { format!("numbers {first} to {last} are") }
}

/// The unit numbers that other locales of the same source version have.
pub(crate) fn numbers_of_siblings(localized: &Localized, article: &Article) -> impl Iterator<Item = u32> {
    let own = ids::source_version(&localized.document);
    let same = move |other: &&Localized| {
        own.is_some() && other.id != localized.id && ids::source_version(&other.document) == own
    };
    let documents = article.documents.iter().filter(same).map(|other| &other.document);
    documents.flat_map(|document| document.units.iter().filter_map(|unit| unit.number))
}

/// Where alt texts may start between two pairs: no parse is needed to see that there are none.
#[derive(Default)]
struct Marks {
    images: Vec<Mark>,
    attributes: Vec<usize>,
}

impl Marks {
    fn of(document: &Document) -> Self {
        let mut marks = Self::default();
        let is_between = |gap: &&Between| (1..document.units.len()).contains(&gap.unit);
        for gap in document.gaps.with(Signs::EXCLAMATION).filter(is_between) {
            let (between, from) = (gap.span.slice(document.file.text()), gap.span.start as usize);
            let last = between.rfind(']').unwrap_or_default();
            let images = between.match_indices("![").filter(|(at, _)| *at < last);
            marks.images.extend(images.map(|(at, _)| Mark { at: from + at, from }));
        }
        for gap in document.gaps.with(Signs::QUOTE).filter(is_between) {
            let between = gap.span.slice(document.file.text()).as_bytes();
            // The name of an anchor seldom has that one.
            if memchr::memchr(b'x', between).is_none() {
                continue;
            }
            let quotes = memchr::memchr_iter(b'"', between);
            let starts = quotes.filter_map(|quote| between[..quote].strip_suffix(b"alt-text="));
            marks.attributes.extend(starts.map(|before| gap.span.start as usize + before.len()));
        }
        marks
    }
}

/// The alt texts of images outside the pairs, each of which takes a number.
fn alt_texts(document: &Document, marks: &Marks) -> Vec<Span> {
    let text = document.file.text();
    let in_unit = |at: usize| document.unit_at(at).is_some();
    let parsed = || document.images().filter(|span| !in_unit(span.start as usize)).collect();
    let mut alts: Vec<Span> = images::at(document, &marks.images).unwrap_or_else(parsed);
    for at in marks.attributes.iter().copied() {
        let start = at + "alt-text=\"".len();
        let value = text[start..].split('"').next().unwrap_or_default();
        if !value.trim().is_empty() && document.code_at(at).is_none() {
            alts.push(Span::new(at, start + value.len() + 1));
        }
    }
    alts.sort_unstable();
    alts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_of_any_size() {
        let numbers_of = |numbers: &[u32]| {
            let pairs = numbers.iter().map(|number| words::pair(*number as usize, "Přístav"));
            let file = bitext::SourceFile::from_bytes(pairs.collect::<String>().into_bytes()).unwrap();
            super::numbers(&Document::parse(file).units)
        };
        for ordered in [&[101, 102, 107][..], &[0, u32::MAX], &[]] {
            assert_eq!(numbers_of(ordered).as_deref(), Some(ordered));
        }
        for mixed in [[u32::MAX, 101], [u32::MAX, u32::MAX], [102, 101]] {
            assert_eq!(numbers_of(&mixed), None, "{mixed:?}");
        }
    }
}
