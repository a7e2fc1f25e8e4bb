use std::collections::BTreeMap;

use bitext::{Article, Date, Localized, Span};

use crate::prelude::*;
use crate::support::drift::{Change, Drift};

/// Its page is `source_version.md`.
pub(crate) struct SourceVersion;

/// How many changed units a finding shows; the message counts them all.
const SHOWN_CHANGES: usize = 5;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        id: "parity/source-version".into(),
        page: include_str!("source_version.md").into(),
        severity: Some(Severity::Warning),
        confidence: Confidence::High,
        scope: Scope::Article,
        fix: FixKind::None,
        mqm: "other".into(),
        its: "other".into(),
        since: "0.1.0".into(),
        options: &[],
    }
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
        let mut by_hash: BTreeMap<&str, Vec<&Localized>> = BTreeMap::new();
        for localized in &article.documents {
            if let Some(hash) = localized.document.provenance.source_hash {
                by_hash.entry(localized.document.slice(hash)).or_default().push(localized);
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
    if document.is_bilingual() && model.document.is_bilingual() {
        message += &format!("; {} of {} source units still agree", drift.agreeing, drift.total);
    }
    let place = document.provenance.source_hash.unwrap_or(Span::at(0));
    let finding = sink.report(behind, place, message);
    finding.help(help(behind, &drift));
    for change in drift.changes.iter().take(SHOWN_CHANGES) {
        relate(finding, change, behind, model);
    }
}

fn help(behind: &Localized, drift: &Drift) -> String {
    let hand_off = format!("hand the article off again for {}", behind.locale);
    match drift.changes.len() {
        0 => hand_off,
        n => format!("{hand_off}; {} of the source changed", words::count(n, "place")),
    }
}

/// Shows one change at the newer document where there is something to see, else at the older one.
fn relate(finding: &mut Finding, change: &Change, behind: &Localized, model: &Localized) {
    let (localized, index) = match change {
        Change::Gone { old } => (behind, *old),
        Change::Split { new, .. }
        | Change::Merged { new, .. }
        | Change::New { new }
        | Change::Reworded { new, .. } => (model, *new),
    };
    let Some(unit) = localized.document.units.get(index) else { return };
    let source = quote(localized.document.source(unit));
    let number = |at: &usize| {
        let unit = behind.document.units.get(*at);
        unit.and_then(|unit| behind.document.unit_number(unit))
            .map_or("?".into(), |number| number.to_string())
    };
    let label = match change {
        Change::Split { old, .. } => {
            let numbers = words::list(&old.iter().map(number).collect::<Vec<_>>());
            format!("split in {} in {} (units {numbers}): {source}", old.len(), behind.locale)
        }
        Change::Merged { old, .. } => {
            format!("was joined with its neighbours in {} (unit {}): {source}", behind.locale, number(old))
        }
        Change::New { .. } => format!("absent in {}: {source}", behind.locale),
        Change::Reworded { old, .. } => {
            let was = behind.document.units.get(*old).map_or("", |unit| behind.document.source(unit));
            format!(
                "reworded since {} (unit {}), which has {}: {source}",
                behind.locale,
                number(old),
                quote(was)
            )
        }
        Change::Gone { .. } => format!("no longer in the source: {source}"),
    };
    let place = Place { document: localized.id, span: unit.source.text };
    finding.related(Role::Evidence, label, place, Some(unit.target.id));
}

fn days_between(from: Date, to: Date) -> usize {
    from.until(to).map_or(0, |span| usize::try_from(span.get_days()).unwrap_or(0))
}
