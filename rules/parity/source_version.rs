use std::collections::BTreeMap;
use std::ops::Range;

use bitext::{Article, Date, Localized, Span, Unit};

use super::commit;
use crate::prelude::*;
use crate::support::drift::{Change, Drift, differing_words};

/// Its page is `source_version.md`.
pub(crate) struct SourceVersion;

/// How many changed units a finding shows; the message counts them all.
const SHOWN_CHANGES: usize = 5;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "parity/source-version",
        include_str!("source_version.md"),
        Severity::Warning,
        Scope::Article,
        "other",
    )
}

/// The documents that were translated from one version of the source.
struct Version<'a> {
    hash: &'a str,
    documents: Vec<&'a Localized>,
}

impl Version<'_> {
    fn newest_hand_off(&self) -> Option<Date> {
        self.documents.iter().filter_map(|localized| localized.document.provenance.hand_off_date).max()
    }
}

impl ArticleRule for SourceVersion {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        // The English tree knows better who is behind: `provenance/stale` tells.
        if article.source.as_ref().is_some_and(|source| source.newest().is_some()) {
            return;
        }
        let mut hashes =
            article.documents.iter().filter_map(|localized| ids::source_hash(&localized.document));
        let first = hashes.next();
        if hashes.all(|hash| Some(hash) == first) {
            return;
        }
        let contradicted = commit::contradicted(article);
        let mut by_hash: BTreeMap<&str, Vec<&Localized>> = BTreeMap::new();
        for localized in &article.documents {
            // Two hashes at one commit are the finding of `parity/commit`.
            let told = |_: &&str| !contradicted.contains(&localized.id);
            if let Some(hash) = ids::source_hash(&localized.document).filter(told) {
                by_hash.entry(hash).or_default().push(localized);
            }
        }
        let versions: Vec<_> =
            by_hash.into_iter().map(|(hash, documents)| Version { hash, documents }).collect();
        // The newest hand-off leads; among equals the version that most locales have.
        let rank = |version: &&Version<'_>| (version.newest_hand_off(), version.documents.len());
        let Some(newest) = versions.iter().max_by_key(rank) else { return };
        for version in versions.iter().filter(|version| version.hash != newest.hash) {
            for localized in &version.documents {
                report(localized, version.hash, newest, sink);
            }
        }
    }
}

fn report(behind: &Localized, hash: &str, newest: &Version<'_>, sink: &mut Sink<'_>) {
    let (document, model) = (&behind.document, newest.documents[0]);
    let drift = Drift::between(document, &model.document);
    let siblings = words::locales(newest.documents.iter().map(|sibling| &sibling.locale));
    let have = if newest.documents.len() == 1 { "has" } else { "have" };
    let (own_date, new_date) = (document.provenance.hand_off_date, newest.newest_hand_off());
    let mut message = match own_date.zip(new_date).map(|(own, new)| (own, new, days_between(own, new))) {
        Some((own, new, days)) if days > 0 => format!(
            "{} is behind by {}: source {} handed off {own}, while {siblings} {have} {} of {new}",
            behind.locale,
            words::count(days, "day"),
            words::short(hash),
            words::short(newest.hash),
        ),
        _ => format!(
            "{} was translated from source {}, while {siblings} {have} {}; the hand-off dates do not tell which is newer",
            behind.locale,
            words::short(hash),
            words::short(newest.hash),
        ),
    };
    let comparable = document.is_bilingual() && model.document.is_bilingual();
    if comparable {
        message += &format!("; {} of {} source units still agree", drift.agreeing, drift.total);
    }
    let place = document.provenance.source_hash.unwrap_or(Span::at(0));
    let finding = sink.report(behind, place, message);
    let same_words = comparable && drift.changes.iter().all(Change::keeps_words);
    if same_words {
        finding.as_info();
    }
    finding.help(help(behind, &drift, same_words));
    for change in drift.changes.iter().take(SHOWN_CHANGES) {
        relate(finding, change, behind, model);
    }
}

fn help(behind: &Localized, drift: &Drift, same_words: bool) -> String {
    let hand_off = format!("hand the article off again for {}", behind.locale);
    match drift.changes.len() {
        0 if same_words => {
            format!(
                "no word to translate changed: take over links, images, code blocks and keys, or {hand_off}"
            )
        }
        _ if same_words => format!(
            "no word to translate changed, only how the text is divided into units: {hand_off} when it is due"
        ),
        0 => hand_off,
        n => format!("{hand_off}; {} of the source changed", words::count(n, "place")),
    }
}

/// Shows one change at the newer document where there is something to see, else at the older one; where
/// words changed, at both.
fn relate(finding: &mut Finding, change: &Change, behind: &Localized, model: &Localized) {
    let (old_name, new_name) = (&behind.locale, &model.locale);
    let number = |at: &usize| {
        let unit = behind.document.units.get(*at);
        unit.and_then(|unit| unit.number).map_or("?".into(), |number| number.to_string())
    };
    match change {
        Change::Split { old, new } => {
            let numbers = words::list(&old.iter().map(number).collect::<Vec<_>>());
            let parts = old.len();
            evidence(finding, model, *new, |text| {
                format!("{text} is split in {parts} in {old_name}: units {numbers}")
            });
        }
        Change::Merged { old, new } => {
            let number = number(old);
            evidence(finding, model, *new, |text| {
                format!("{text} is joined with what follows in {old_name}: unit {number}")
            });
        }
        Change::New { new } => {
            evidence(finding, model, *new, |text| format!("{text} is absent in {old_name}"))
        }
        Change::Gone { old } => {
            evidence(finding, behind, *old, |text| format!("{text} is no longer in the source"))
        }
        Change::Reworded { old, new } => {
            let (then, now) = (&behind.document.units[*old], &model.document.units[*new]);
            let (gone, added) = differing_words(behind.document.source(then), model.document.source(now));
            let spans = |unit: &Unit, ranges: Vec<Range<usize>>| {
                ranges.into_iter().map(|range| unit.source.text.part(range.start, range.len())).collect()
            };
            evidence(finding, behind, *old, |_| format!("{old_name} has the older words"));
            finding.marks(spans(then, gone));
            evidence(finding, model, *new, |_| format!("{new_name} has the newer words"));
            finding.marks(spans(now, added));
        }
    }
}

/// Adds the source side of a unit as evidence, with a label about its text.
fn evidence(finding: &mut Finding, localized: &Localized, unit: usize, label: impl Fn(&str) -> String) {
    let Some(unit) = localized.document.units.get(unit) else { return };
    let text = words::quote_short(localized.document.source(unit));
    let place = Place { document: localized.id, span: unit.source.text };
    finding.related(Role::Evidence, label(&text), place, Some(unit.target.id));
}

fn days_between(from: Date, to: Date) -> usize {
    from.until(to).map_or(0, |span| usize::try_from(span.get_days()).unwrap_or(0))
}
