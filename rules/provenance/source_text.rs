use std::collections::BTreeMap;

use bitext::{Article, Document, Entry, Localized, Span};

use crate::prelude::*;
use crate::support::drift::differing_words;
use crate::support::english::{English, differences};
use crate::support::yaml::{shown, source_entries};

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
            // Damaged pairs leave their text outside.
            let sound = localized.document.is_bilingual() && localized.document.faults.is_empty();
            let Some(source) = article.verified_source(at).filter(|_| sound) else { continue };
            let own = English::of(&localized.document);
            let theirs = english.entry(&source.hash).or_insert_with(|| English::of(&source.document));
            for (range, there) in differences(&own.folded, &theirs.folded, MOST) {
                let spans = (own.span(&range), theirs.span(&there));
                let whole_words = words::whole(&source.document, spans.1) == spans.1;
                if !(range.is_empty() && whole_words && is_lost_unit(&localized.document, spans.0)) {
                    report(localized, source, spans, sink);
                }
            }
            front_matter(localized, source, sink);
        }
    }
}

/// Whether unit numbers are skipped where text is missing: then `parity/unit-ids` or `id/gap` report the lost
/// unit.
fn is_lost_unit(document: &Document, place: Span) -> bool {
    let next = document.units.partition_point(|unit| unit.span.start < place.start);
    let number = |at: usize| document.units.get(at).and_then(|unit| document.unit_number(unit));
    match (next.checked_sub(1).and_then(number), number(next)) {
        (Some(before), Some(after)) => after > before + 1,
        // At an end, nothing tells how many there were.
        _ => true,
    }
}

fn report(localized: &Localized, source: &bitext::SourceText, spans: (Span, Span), sink: &mut Sink<'_>) {
    let document = &localized.document;
    let unit = document.unit_at(spans.0.start as usize);
    let unit =
        unit.filter(|unit| unit.source.text.start <= spans.0.start && spans.0.end <= unit.source.text.end);
    let (own, theirs) = (words::whole(document, spans.0), words::whole(&source.document, spans.1));
    let (own_text, their_text) = (document.slice(own), source.document.slice(theirs));
    let place = match unit {
        Some(unit) => format!("in the source side {}", quote(document.source(unit))),
        None => "outside the pairs".into(),
    };
    let message = format!(
        "{} {place} where the English file has {}",
        words::quote_or_nothing(own_text),
        words::quote_or_nothing(their_text),
    );
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

/// Compares the values that are not translated.
fn front_matter(localized: &Localized, source: &bitext::SourceText, sink: &mut Sink<'_>) {
    let (document, english) = (&localized.document, &source.document);
    let readable =
        |document: &Document| document.front_matter.as_ref().is_none_or(|front| front.error.is_none());
    if !readable(document) || !readable(english) {
        return;
    }
    let value = |document: &Document, entry: &Entry| shown(&entry.value, document.file.text());
    let key = |document: &'_ Document, entry: &Entry| entry.key.text(document.file.text()).to_string();
    let own: BTreeMap<String, &Entry> =
        source_entries(document).map(|entry| (key(document, entry), entry)).collect();
    for theirs in source_entries(english) {
        let (name, wanted) = (key(english, theirs), value(english, theirs));
        let (place, message) = match own.get(&name) {
            Some(entry) if value(document, entry) == wanted => continue,
            Some(entry) => {
                let place = entry.value.scalar().map_or(entry.value.span(), |scalar| scalar.content());
                let place = if place.is_empty() { entry.key.span } else { place };
                let own = quote(&value(document, entry));
                (place, format!("{} is {own} where the English file has {}", quote(&name), quote(&wanted)))
            }
            None => {
                let start = document
                    .front_matter
                    .as_ref()
                    .map_or(Span::at(0), |front| front.block.part(0, 3.min(front.block.len())));
                (start, format!("{} is missing, where the English file has {}", quote(&name), quote(&wanted)))
            }
        };
        sink.report(localized, place, message)
            .identity(name)
            .help("only title, description and keywords are translated: restore the English value")
            .related(
                Role::Source,
                "the English file",
                Place { document: source.id, span: theirs.key.span },
                None,
            );
    }
    let known: Vec<String> = source_entries(english).map(|entry| key(english, entry)).collect();
    for (name, entry) in own.iter().filter(|(name, _)| !known.contains(name)) {
        sink.report(
            localized,
            entry.key.span,
            format!("{} is a key that the English file does not have", quote(name)),
        )
        .identity(name)
        .help("remove it; keys come from the English file");
    }
}
