use std::collections::BTreeMap;

use bitext::{DocumentId, Locale, Span};

use crate::prelude::*;
use crate::{Facts, Quote};

/// Its page is `same_source.md`.
pub(crate) struct SameSource;

/// Translations that the message quotes; more are counted.
const QUOTED: usize = 3;

/// Translations that are shown with a place of their own.
const SHOWN: usize = 6;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        mqm: "terminology".into(),
        ..RuleInfo::new(
            "consistency/same-source",
            include_str!("same_source.md"),
            Severity::Info,
            Scope::Corpus,
            "inconsistency",
        )
    }
}

/// One of the translations of a text.
struct Variant {
    count: usize,
    first: Place,
}

impl CorpusRule for SameSource {
    fn check(&self, corpus: &Corpus, sink: &mut Sink<'_>) {
        let mut groups: BTreeMap<(u32, &Locale), Vec<&Facts>> = BTreeMap::new();
        for facts in corpus.facts.iter().filter(|facts| !facts.locale.is_english()) {
            groups.entry((corpus.docset(facts.article), &facts.locale)).or_default().push(facts);
        }
        for group in groups.values() {
            for variants in translated_otherwise(group) {
                report(&variants, sink);
            }
        }
    }
}

/// The texts that may have several translations: most have one, and need not be sorted. A text has a slot by its hash.
struct Doubtful {
    /// What is the same for units with the same text and translation; 0 for no unit, all bits for different ones.
    slots: Vec<u64>,
}

impl Doubtful {
    fn of(documents: &[&Facts]) -> Self {
        /// Slots for each unit, so that texts seldom share one.
        const ROOM: usize = 2;
        let units: usize = documents.iter().map(|facts| facts.units.len()).sum();
        let mut doubtful = Self { slots: vec![0; (ROOM * units).next_power_of_two()] };
        for unit in documents.iter().flat_map(|facts| &facts.units) {
            let at = doubtful.slot(unit.source);
            let own = (unit.source.rotate_left(32) ^ unit.target).clamp(1, u64::MAX - 1);
            let slot = &mut doubtful.slots[at];
            *slot = if *slot == 0 || *slot == own { own } else { u64::MAX };
        }
        doubtful
    }

    fn has(&self, source: u64) -> bool {
        self.slots[self.slot(source)] == u64::MAX
    }

    fn slot(&self, source: u64) -> usize {
        // The last bit is about headings.
        (source >> 1) as usize & (self.slots.len() - 1)
    }
}

/// The translations of every text that has several in these documents, the most frequent ones first.
fn translated_otherwise(documents: &[&Facts]) -> Vec<Vec<Variant>> {
    let doubtful = Doubtful::of(documents);
    let mut units: Vec<(u64, u64, DocumentId, Span)> = documents
        .iter()
        .flat_map(|facts| {
            facts.units.iter().map(|unit| (unit.source, unit.target, facts.document, unit.span))
        })
        .filter(|(source, ..)| doubtful.has(*source))
        .collect();
    units.sort_unstable();
    let mut found = Vec::new();
    for same_source in units.chunk_by(|left, right| left.0 == right.0) {
        let variants = same_source.chunk_by(|left, right| left.1 == right.1);
        let mut variants: Vec<Variant> = variants
            .map(|same| Variant { count: same.len(), first: Place { document: same[0].2, span: same[0].3 } })
            .collect();
        if variants.len() > 1 {
            variants.sort_by_key(|variant| {
                (std::cmp::Reverse(variant.count), variant.first.document, variant.first.span)
            });
            found.push(variants);
        }
    }
    found
}

/// Reports at the most frequent of the rarer translations, with the most frequent one for evidence.
fn report(variants: &[Variant], sink: &mut Sink<'_>) {
    let [usual, rarer, ..] = variants else { return };
    let quoted: Vec<String> =
        variants.iter().take(QUOTED).map(|variant| format!("{{}} ({})", times(variant.count))).collect();
    let more = variants.len().saturating_sub(QUOTED);
    let ways =
        if more == 0 { words::list(&quoted) } else { format!("{} and {more} more", quoted.join(", ")) };
    let message = format!("{{}} is translated {} ways: {ways}", variants.len());
    let mut quotes = vec![Quote::Source(rarer.first)];
    quotes.extend(variants.iter().take(QUOTED).map(|variant| Quote::Target(variant.first)));
    let tie = usual.count == rarer.count;
    let finding = sink.report_at(rarer.first, message).quoting(quotes).identity("same source");
    finding.help("translate it alike everywhere, unless the context asks for another translation");
    let role = if tie { Role::Place } else { Role::Evidence };
    finding.related(role, times(usual.count), usual.first, None);
    for other in variants.iter().take(SHOWN).skip(2) {
        finding.related(Role::Place, times(other.count), other.first, None);
    }
}

/// `once`, `twice`, `3 times`.
fn times(count: usize) -> String {
    match count {
        1 => "once".into(),
        2 => "twice".into(),
        n => format!("{n} times"),
    }
}
