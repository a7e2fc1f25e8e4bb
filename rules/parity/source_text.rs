use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use bitext::{Article, Document, Localized, Unit};

use crate::prelude::*;
use crate::support::drift::differing_words;
use crate::support::siblings::{Dissent, dissents, groups, is_verified};
use crate::support::source_text;

/// Its page is `source_text.md`.
pub(crate) struct SourceText;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "parity/source-text",
        include_str!("source_text.md"),
        Severity::Error,
        Scope::Article,
        "inconsistency",
    )
}

impl ArticleRule for SourceText {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        for mut siblings in groups(article, |localized| ids::source_version(&localized.document)) {
            // `provenance/source-text` compares those with the truth.
            siblings.retain(|sibling| !is_verified(article, sibling));
            compare(&siblings, sink);
        }
    }
}

/// The sound units of a document by number; a number that is used twice is another rule's finding.
fn by_number(document: &Document) -> BTreeMap<u32, &Unit> {
    let mut units = BTreeMap::new();
    let mut doubled = BTreeSet::new();
    for unit in document.units.iter().filter(|unit| !unit.damaged && !ids::differ(document, unit)) {
        if let Some(number) = document.unit_number(unit)
            && units.insert(number, unit).is_some()
        {
            doubled.insert(number);
        }
    }
    units.retain(|number, _| !doubled.contains(number));
    units
}

fn compare(siblings: &[&Localized], sink: &mut Sink<'_>) {
    let Some((first, rest)) = siblings.split_first() else { return };
    let alike = |other: &Localized| {
        let (own, other) = (&first.document, &other.document);
        own.units.len() == other.units.len()
            && own.units.iter().zip(&other.units).all(|(a, b)| own.source(a) == other.source(b))
    };
    if rest.iter().all(|other| alike(other)) {
        return;
    }
    let units: Vec<BTreeMap<u32, &Unit>> =
        siblings.iter().map(|sibling| by_number(&sibling.document)).collect();
    let numbers: BTreeSet<u32> = units.iter().flat_map(BTreeMap::keys).copied().collect();
    for number in numbers {
        let holders: Vec<usize> = (0..siblings.len()).filter(|at| units[*at].contains_key(&number)).collect();
        let source = |at: &usize| siblings[*at].document.source(units[*at][&number]);
        if holders.windows(2).all(|two| source(&two[0]) == source(&two[1])) {
            continue;
        }
        let folded: Vec<String> = holders.iter().map(|at| source_text::fold(source(at))).collect();
        let who: Vec<&Localized> = holders.iter().map(|at| siblings[*at]).collect();
        for dissent in dissents(&who, &folded) {
            let unit = |at: usize| units[holders[at]][&number];
            let (own, model) = (&units[holders[dissent.odd]], &units[holders[dissent.model]]);
            // A unit that the others have under another number, in a document whose numbers differ, is a finding
            // of `parity/unit-ids` or `id/order`.
            let numbered_alike = own.keys().eq(model.keys()) && is_ascending(&who[dissent.odd].document);
            let moved = model.values().any(|other| {
                let model = &who[dissent.model].document;
                source_text::fold(model.source(other)) == folded[dissent.odd]
            });
            if numbered_alike || !moved {
                report(&who, &dissent, (unit(dissent.odd), unit(dissent.model)), sink);
            }
        }
    }
}

fn is_ascending(document: &Document) -> bool {
    document.units.iter().map(|unit| document.unit_number(unit)).is_sorted()
}

fn report(siblings: &[&Localized], dissent: &Dissent, units: (&Unit, &Unit), sink: &mut Sink<'_>) {
    let (odd, model) = (siblings[dissent.odd], siblings[dissent.model]);
    let (own, other) = (odd.document.source(units.0), model.document.source(units.1));
    let (own_words, other_words) = differing_words(own, other);
    let from = |ranges: &[Range<usize>]| ranges.first().map_or(0, |range| range.start);
    let message = format!(
        "the source side is {}{}",
        words::quote_near(own, from(&own_words)),
        dissent.but_have(siblings, &words::quote_near(other, from(&other_words))),
    );
    let marks = |unit: &Unit, ranges: Vec<Range<usize>>| -> Vec<_> {
        ranges.into_iter().map(|range| unit.source.text.part(range.start, range.len())).collect()
    };
    let place = match marks(units.0, own_words).as_slice() {
        [one] if !one.is_empty() => *one,
        _ => units.0.source.text,
    };
    sink.report(odd, place, message)
        .unit(units.0.target.id)
        .identity("source text")
        .help("the source side is the English text and is never edited: restore it")
        .related(
            dissent.role(),
            format!("{} has this", model.locale),
            Place { document: model.id, span: units.1.source.text },
            Some(units.1.target.id),
        )
        .marks(marks(units.1, other_words));
}
