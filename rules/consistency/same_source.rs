use std::collections::BTreeMap;

use bitext::{DocumentId, Locale};

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
        for facts in corpus.facts.iter().filter(|facts| facts.locale.language() != "en") {
            groups.entry((corpus.docset(facts.article), &facts.locale)).or_default().push(facts);
        }
        for group in groups.values() {
            for variants in translated_otherwise(group) {
                report(&variants, sink);
            }
        }
    }
}

/// The translations of every text that has several in these documents, the most frequent ones first.
fn translated_otherwise(documents: &[&Facts]) -> Vec<Vec<Variant>> {
    let units = || documents.iter().flat_map(|facts| facts.units.iter().map(|unit| (facts.document, unit)));
    let repeated = Repeated::among(units().map(|(_, unit)| unit.source));
    let mut units: Vec<(u64, u64, DocumentId, bitext::Span)> = units()
        .filter(|(_, unit)| repeated.may_have(unit.source))
        .map(|(document, unit)| (unit.source, unit.target, document, unit.span))
        .collect();
    units.sort_unstable();
    let mut found = Vec::new();
    let several = |units: &&[(u64, u64, DocumentId, bitext::Span)]| units[0].1 != units[units.len() - 1].1;
    for same_source in units.chunk_by(|left, right| left.0 == right.0).filter(several) {
        let variants = same_source.chunk_by(|left, right| left.1 == right.1);
        let mut variants: Vec<Variant> = variants
            .map(|same| Variant { count: same.len(), first: Place { document: same[0].2, span: same[0].3 } })
            .collect();
        variants.sort_by_key(|variant| {
            (std::cmp::Reverse(variant.count), variant.first.document, variant.first.span)
        });
        found.push(variants);
    }
    found
}

/// Which hashes come more than once, and a few of the others: most texts stand in one place only, and need not be sorted.
struct Repeated {
    /// A bit for each slot that a hash fell into, and one for each that another fell into too.
    slots: Vec<(u64, u64)>,
}

impl Repeated {
    fn among(hashes: impl Iterator<Item = u64> + Clone) -> Self {
        // Eight slots for a hash, at least.
        let slots = (hashes.clone().count() / 8 + 1).next_power_of_two();
        let mut repeated = Self { slots: vec![(0, 0); slots] };
        for hash in hashes {
            let (at, bit) = repeated.slot(hash);
            let (once, more) = &mut repeated.slots[at];
            *more |= *once & bit;
            *once |= bit;
        }
        repeated
    }

    fn may_have(&self, hash: u64) -> bool {
        let (at, bit) = self.slot(hash);
        self.slots[at].1 & bit != 0
    }

    fn slot(&self, hash: u64) -> (usize, u64) {
        ((hash >> 32) as usize & (self.slots.len() - 1), 1 << (hash >> 8 & 63))
    }
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
