use std::collections::{BTreeMap, BTreeSet};

use bitext::{Article, Document, DocumentId, Localized, Span};

use crate::id::{gap, start};
use crate::markup::merge_conflict;
use crate::prelude::*;
use crate::span::{in_code, uncovered_text};
use crate::support::difference::{self, Difference, Zone};
use crate::support::drift::differing_words;
use crate::support::english::English;
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
            let Some(source) = article.verified_source(at).filter(|source| source.legible) else { continue };
            if localized.document.is_bilingual() && is_sound(&localized.document) {
                let theirs = english.entry(&source.hash).or_insert_with(|| English::of(&source.document));
                body(article, at, (source, theirs), sink);
            }
            front_matter(localized, source, sink);
        }
    }
}

/// Whether the pairs are whole and in order and none is in code: else other rules tell what is wrong, and the
/// rest would follow from that.
fn is_sound(document: &Document) -> bool {
    let numbers: Vec<u32> = document.units.iter().filter_map(|unit| unit.number).collect();
    let ascending = numbers.is_sorted_by(|left, right| left < right);
    document.faults.is_empty() && ascending && !in_code::any(document)
}

fn body(
    article: &Article,
    at: usize,
    (source, theirs): (&bitext::SourceText, &English),
    sink: &mut Sink<'_>,
) {
    let (localized, own) = (&article.documents[at], English::of(&article.documents[at].document));
    let document = &localized.document;
    let differences = difference::between((document, &own), (&source.document, theirs), MOST);
    if differences.is_empty() || merge_conflict::any(document) {
        return;
    }
    let lost = lost_units(article, at, &own);
    for one in differences {
        let lost_unit = lost.iter().any(|(from, to)| one.may_be_lost_between(*from, *to));
        let is_other_rules = match one.zone {
            Zone::Anchor => true,
            Zone::Image => gap::tells_of(localized, article, one.own.start),
            Zone::Outside => uncovered_text::tells_of(document, one.own),
            Zone::Unit(_) => false,
        };
        if !lost_unit && !is_other_rules {
            report(localized, source, one, sink);
        }
    }
}

/// Where in the rebuilt text a unit was lost that another rule reports: from the end of the source side before to
/// the start of the one after.
fn lost_units(article: &Article, at: usize, own: &English) -> Vec<(usize, usize)> {
    let localized = &article.documents[at];
    let document = &localized.document;
    let siblings: BTreeSet<u32> = gap::numbers_of_siblings(localized, article).collect();
    let first = article.verified_source(at).map_or(0, |source| start::first_number(&source.document));
    let unit = |at: usize| document.units.get(at);
    let number = |at: usize| unit(at).and_then(|unit| unit.number);
    let mut lost = Vec::new();
    for next in 0..=document.units.len() {
        let before = next.checked_sub(1);
        let after = number(next);
        let from = before.map_or(Some(first), |before| number(before).map(|number| number + 1));
        let (from, to) = (from.unwrap_or(0), after.unwrap_or(u32::MAX));
        let text = document.file.text();
        let between = before.and_then(unit).map_or(document.body(), |unit| unit.span.end as usize)
            ..unit(next).map_or(text.len(), |unit| unit.span.start as usize);
        let between = text.get(between).unwrap_or_default();
        let images = between.matches("![").count() + between.matches("alt-text=").count();
        // What siblings have, `parity/unit-ids` reports; `id/gap` and `id/start` know what no image accounts for.
        let known = from < to && siblings.range(from..to).next().is_some();
        let skipped =
            after.is_some_and(|after| after as usize > from as usize + images * gap::MOST_SENTENCES);
        if known || skipped {
            let start = before.and_then(unit).map_or(0, |unit| own.range(unit.source.text).end);
            let end = unit(next).map_or(own.folded.len(), |unit| own.range(unit.source.text).start);
            lost.push((start, end));
        }
    }
    lost
}

fn report(localized: &Localized, source: &bitext::SourceText, one: Difference, sink: &mut Sink<'_>) {
    let document = &localized.document;
    let unit = match one.zone {
        Zone::Unit(unit) => Some(&document.units[unit]),
        _ => None,
    };
    let (own, theirs) = (document.slice(one.own), source.document.slice(one.other));
    let place = match unit {
        Some(unit) => format!("in the source side {}", quote(document.source(unit))),
        None => "outside the pairs".into(),
    };
    let message = match (own.is_empty(), theirs.is_empty()) {
        (true, _) => format!("{} of the English file is missing {place}", quote(theirs)),
        (false, true) => format!("{} stands {place}, but not in the English file", quote(own)),
        (false, false) => {
            format!("{} stands {place} where the English file has {}", quote(own), quote(theirs))
        }
    };
    let (_, added) = differing_words(own, theirs);
    let marks = added.into_iter().map(|range| one.other.part(range.start, range.len())).collect();
    let finding = sink.report(localized, one.own, message);
    finding.identity(theirs).help(match unit {
        Some(_) => "the source side is the English text and is never edited: restore it",
        None => "code, link targets and directives are those of the English file: restore them",
    });
    if let Some(unit) = unit {
        finding.unit(unit.target.id);
    }
    let place = Place { document: source.id, span: one.other };
    finding.related(Role::Source, "the English file", place, None).marks(marks);
}

/// The units of an article whose source side is not that of the English file.
pub(crate) fn altered(article: &Article) -> Vec<(DocumentId, usize)> {
    let mut altered = Vec::new();
    let mut english: BTreeMap<&str, English> = BTreeMap::new();
    for (at, localized) in article.documents.iter().enumerate() {
        let Some(source) =
            article.verified_source(at).filter(|source| source.legible && is_sound(&localized.document))
        else {
            continue;
        };
        let theirs = english.entry(&source.hash).or_insert_with(|| English::of(&source.document));
        let own = English::of(&localized.document);
        for one in difference::between((&localized.document, &own), (&source.document, theirs), MOST) {
            if let Zone::Unit(unit) = one.zone {
                altered.push((localized.id, unit));
            }
        }
    }
    altered
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
    let beside = yaml::Beside::new(document, english);
    for key in keys {
        let message = match (value(document, key), value(english, key)) {
            (own, theirs) if own == theirs || beside.is_other_rules(key) => continue,
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
