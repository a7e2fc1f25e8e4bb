use std::collections::{BTreeMap, BTreeSet};

use bitext::{Article, Document, Localized, Span};

use crate::prelude::*;
use crate::span::{in_code, uncovered_text};
use crate::support::drift::differing_words;
use crate::support::english::{English, differences};
use crate::support::yaml;

/// Its page is `source_text.md`.
pub(crate) struct SourceText;

/// Differences that are reported in one document.
const MOST: usize = 20;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "provenance/source-text",
        include_str!("source_text.md"),
        Severity::Error,
        Scope::Article,
        "inconsistency",
    )
}

impl ArticleRule for SourceText {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        let mut english: BTreeMap<&str, English> = BTreeMap::new();
        for (at, localized) in article.documents.iter().enumerate() {
            let Some(source) = article.verified_source(at) else { continue };
            if localized.document.is_bilingual() && is_sound(&localized.document) {
                let theirs = english.entry(&source.hash).or_insert_with(|| English::of(&source.document));
                body(localized, (source, theirs), sink);
            }
            front_matter(localized, source, sink);
        }
    }
}

/// Whether the pairs are whole and in order and none is in code: else other rules tell what is wrong, and the
/// rest would follow from that.
fn is_sound(document: &Document) -> bool {
    let numbers: Vec<u32> = document.units.iter().filter_map(|unit| document.unit_number(unit)).collect();
    let ascending = numbers.is_sorted_by(|left, right| left < right);
    document.faults.is_empty() && ascending && !in_code::any(document)
}

fn body(localized: &Localized, (source, theirs): (&bitext::SourceText, &English), sink: &mut Sink<'_>) {
    let (document, own) = (&localized.document, English::of(&localized.document));
    for (range, there) in differences(&own.folded, &theirs.folded, MOST) {
        let spans = (own.span(&range), theirs.span(&there));
        let (text, their_text) = (document.slice(spans.0), source.document.slice(spans.1));
        // An image that came or went is a finding of `id/gap`: its alt text has a number.
        let image = [text, their_text].iter().any(|text| text.contains("![") || text.contains("alt-text="));
        let words = words::whole(&source.document, spans.1) == spans.1 || their_text.trim().contains(' ');
        let lost_unit = range.is_empty() && words && is_lost_unit(document, spans.0);
        if !image && !lost_unit && !uncovered_text::is_outside(document, spans.0) {
            report(localized, source, spans, sink);
        }
    }
}

/// Whether unit numbers are skipped where text is missing: then `parity/unit-ids` or `id/gap` report the lost
/// unit.
fn is_lost_unit(document: &Document, place: Span) -> bool {
    let next = document.units.partition_point(|unit| unit.span.start < place.start);
    let number = |at: usize| document.units.get(at).and_then(|unit| document.unit_number(unit));
    let skipped = |before: usize, after: usize| match (number(before), number(after)) {
        (Some(before), Some(after)) => after > before + 1,
        _ => false,
    };
    // At an end, nothing tells how many units there were. A lost unit that began like the one after it seems to be
    // missing inside that one.
    next == 0
        || next == document.units.len()
        || skipped(next - 1, next)
        || (next > 1 && skipped(next - 2, next - 1))
}

fn report(localized: &Localized, source: &bitext::SourceText, spans: (Span, Span), sink: &mut Sink<'_>) {
    let document = &localized.document;
    let unit = document.unit_at(spans.0.start as usize);
    let unit = unit.filter(|unit| (unit.source.text.start..=unit.source.text.end).contains(&spans.0.start));
    // A difference that goes over the edge of a pair is shown up to there.
    let edge = match unit {
        Some(unit) => unit.source.text.end,
        None => {
            let next = document.units.partition_point(|unit| unit.span.start < spans.0.start);
            document.units.get(next).map_or(document.file.text().len() as u32, |unit| unit.span.start)
        }
    };
    let clipped = Span { start: spans.0.start, end: spans.0.end.min(edge).max(spans.0.start) };
    let (own, theirs) = words::whole_both((document, clipped), (&source.document, spans.1));
    let (own_text, their_text) = (document.slice(own), source.document.slice(theirs));
    let place = match unit {
        Some(unit) => format!("in the source side {}", quote(document.source(unit))),
        None => "outside the pairs".into(),
    };
    let message = match (own.is_empty(), theirs.is_empty()) {
        (true, _) => format!("{} of the English file is missing {place}", quote(their_text)),
        (false, true) => format!("{} stands {place}, but not in the English file", quote(own_text)),
        (false, false) => {
            format!("{} stands {place} where the English file has {}", quote(own_text), quote(their_text))
        }
    };
    let (_, added) = differing_words(own_text, their_text);
    let marks = added.into_iter().map(|range| theirs.part(range.start, range.len())).collect();
    let finding = sink.report(localized, own, message);
    finding.identity(their_text).help(match unit {
        Some(_) => "the source side is the English text and is never edited: restore it",
        None => "code, link targets and directives are those of the English file: restore them",
    });
    if let Some(unit) = unit {
        finding.unit(unit.target.id);
    }
    let place = Place { document: source.id, span: theirs };
    finding.related(Role::Source, "the English file", place, None).marks(marks);
}

/// Compares the keys and values that are not translated.
fn front_matter(localized: &Localized, source: &bitext::SourceText, sink: &mut Sink<'_>) {
    let (document, english) = (&localized.document, &source.document);
    if !yaml::is_readable(document) || !yaml::is_readable(english) {
        return;
    }
    let value = |document: &Document, key: &str| {
        let entry = yaml::entry(document, key);
        entry.map(|entry| yaml::shown(&entry.value, document.file.text()))
    };
    let keys: BTreeSet<&str> =
        yaml::source_keys(document).into_iter().chain(yaml::source_keys(english)).collect();
    for key in keys {
        let message = match (value(document, key), value(english, key)) {
            (own, theirs) if own == theirs || yaml::is_other_rules(document, english, key) => continue,
            (Some(own), Some(theirs)) => {
                format!("{} is {} where the English file has {}", quote(key), quote(&own), quote(&theirs))
            }
            (Some(_), None) => format!("the key {} is there, but not in the English file", quote(key)),
            (None, theirs) => {
                let theirs = quote(&theirs.unwrap_or_default());
                format!("{} is missing, where the English file has {theirs}", quote(key))
            }
        };
        let finding = sink.report(localized, yaml::place(document, key), message);
        finding
            .identity(key)
            .help("only title, description and keywords are translated: restore the English value");
        show(finding, source, key);
    }
    if let Some((own, theirs)) = yaml::out_of_order(document, english) {
        let place = yaml::entry(document, own).map_or(Span::at(0), |entry| entry.key.span);
        let (own, wanted) = (quote(own), quote(theirs));
        let message =
            format!("the keys are in another order: {own} comes here where the English file has {wanted}");
        let finding = sink.report(localized, place, message);
        finding.identity("order").help("the keys stand in the order of the English file: restore it");
        show(finding, source, theirs);
    }
}

/// Shows the key in the English file, if it is there.
fn show(finding: &mut Finding, source: &bitext::SourceText, key: &str) {
    if let Some(entry) = yaml::entry(&source.document, key) {
        let place = Place { document: source.id, span: entry.key.span };
        finding.related(Role::Source, "the English file", place, None);
    }
}
