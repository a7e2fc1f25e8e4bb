use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use bitext::{Article, Document, DocumentId, Localized, Span, Unit};

use crate::prelude::*;
use crate::support::drift::differing_words;
use crate::support::siblings::{Dissent, dissents, groups, is_verified};
use crate::support::{source_text, sources};

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
        each(article, &mut |siblings, dissent, units| report(siblings, dissent, units, sink));
    }
}

/// The units of an article whose source side is not that of most siblings.
pub(crate) fn altered(article: &Article) -> Vec<(DocumentId, Span)> {
    let mut altered = Vec::new();
    each(article, &mut |siblings, dissent, units| {
        altered.push((siblings[dissent.odd].id, units.0.span));
        if !dissent.has_majority {
            altered.push((siblings[dissent.model].id, units.1.span));
        }
    });
    altered
}

/// What is to be done with a unit that dissents, and the same unit of a sibling.
type Found<'f> = dyn FnMut(&[&Localized], &Dissent, (&Unit, &Unit)) + 'f;

fn each(article: &Article, found: &mut Found<'_>) {
    for mut siblings in groups(article, |localized| ids::source_version(&localized.document)) {
        // `provenance/source-text` compares those with the truth.
        siblings.retain(|sibling| !is_verified(article, sibling));
        // Most have the same source sides.
        if !siblings.windows(2).all(|two| sources::are_same(&two[0].document, &two[1].document)) {
            compare(&siblings, found);
        }
    }
}

/// The sound units of a document, ordered by number; a number that is used twice is another rule's finding.
fn by_number(document: &Document) -> Vec<(u32, &Unit)> {
    let sound = document.units.iter().filter(|unit| !unit.damaged && !unit.ids_differ);
    let mut units: Vec<(u32, &Unit)> = sound.filter_map(|unit| Some((unit.number?, unit))).collect();
    units.sort_by_key(|(number, _)| *number);
    if units.windows(2).any(|two| two[0].0 == two[1].0) {
        let same = units.chunk_by(|one, next| one.0 == next.0);
        units = same.filter(|same| same.len() == 1).map(|same| same[0]).collect();
    }
    units
}

fn compare(siblings: &[&Localized], found: &mut Found<'_>) {
    let units: Vec<Vec<(u32, &Unit)>> = siblings.iter().map(|sibling| by_number(&sibling.document)).collect();
    let ascending: Vec<bool> = siblings.iter().map(|sibling| is_ascending(&sibling.document)).collect();
    let numbers = |at: usize| units[at].iter().map(|(number, _)| *number);
    let alike = (1..units.len()).all(|at| numbers(at).eq(numbers(0)));
    let mut texts: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    // All go through their units side by side, from number to number.
    let mut next = vec![0; units.len()];
    let unit = |at: usize, next: &[usize]| units[at].get(next[at]).copied();
    let mut holders: Vec<(usize, &Unit)> = Vec::with_capacity(units.len());
    while let Some(number) = (0..units.len()).filter_map(|at| Some(unit(at, &next)?.0)).min() {
        holders.clear();
        for at in 0..units.len() {
            if let Some((_, unit)) = unit(at, &next).filter(|(own, _)| *own == number) {
                holders.push((at, unit));
                next[at] += 1;
            }
        }
        let source = |(at, unit): &(usize, &Unit)| siblings[*at].document.source(unit);
        if holders.windows(2).all(|two| source(&two[0]) == source(&two[1])) {
            continue;
        }
        let folded: Vec<String> = holders.iter().map(|holder| source_text::fold(source(holder))).collect();
        let who: Vec<&Localized> = holders.iter().map(|(at, _)| siblings[*at]).collect();
        for dissent in dissents(&who, &folded) {
            let ((odd, own), (model, other)) = (holders[dissent.odd], holders[dissent.model]);
            // A unit that the others have under another number, in a document whose numbers differ, is a finding
            // of `parity/unit-ids` or `id/order`.
            let moved = !(alike && ascending[odd]) && {
                let document = &siblings[model].document;
                let fold = |(_, unit): &(u32, &Unit)| source_text::fold(document.source(unit));
                texts
                    .entry(model)
                    .or_insert_with(|| units[model].iter().map(fold).collect())
                    .contains(&folded[dissent.odd])
            };
            if !moved {
                found(&who, &dissent, (own, other));
            }
        }
    }
}

fn is_ascending(document: &Document) -> bool {
    document.units.iter().map(|unit| unit.number).is_sorted()
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
    let finding = sink.report(odd, place, message).unit(units.0.target.id);
    dissent
        .settle(finding, &source_text::fold(own), &source_text::fold(other))
        .help("the source side is the English text and is never edited: restore it")
        .related(
            dissent.role(),
            format!("{} has this", model.locale),
            Place { document: model.id, span: units.1.source.text },
            Some(units.1.target.id),
        )
        .marks(marks(units.1, other_words));
}
