//! What the other locales of an article did with a unit is evidence: a name that nearly all of them keep was surely
//! lost by the one that does not; one that nearly none of them keeps was meant to be changed.
//!
//! Machines err alike: a sibling whose translation of the unit is a finding of the same rule bears witness to nothing,
//! unless the rule speaks of a convention, which is what most do.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use bitext::{Article, DocumentId, Localized, Span, Unit};

use crate::support::inline;
use crate::support::words::quote;
use crate::{Claim, Confidence, Finding, Role};

/// Fewer siblings than this prove nothing.
const LEAST_TO_RAISE: usize = 2;

/// More siblings are needed to doubt a finding than to believe it.
const LEAST_TO_LOWER: usize = 3;

/// The share of the siblings, in percent, that makes "nearly all"; what is left of 100 makes "nearly none".
const NEARLY_ALL: usize = 80;

/// Weighs the findings about units against the other locales: those that the siblings bear out become more
/// confident, those that they contradict are not sure any more. The help says what the siblings did.
pub fn weigh(article: &Article, findings: &mut [Finding]) {
    if article.documents.len() <= LEAST_TO_RAISE || findings.iter().all(|finding| finding.claim.is_none()) {
        return;
    }
    let faults = faults(article, findings);
    let siblings = Siblings::of(article, &faults);
    for finding in findings {
        let Some(claim) = finding.claim.clone() else { continue };
        let places = units_of(article, finding);
        let votes = siblings.votes(&claim, &places, &faults[finding.rule.as_ref()]);
        let (agree, all) = (votes.iter().filter(|agrees| **agrees).count(), votes.len());
        if all < LEAST_TO_RAISE {
            continue;
        }
        if agree * 100 >= all * NEARLY_ALL {
            finding.confidence = raised(finding.confidence);
        } else if all >= LEAST_TO_LOWER && agree * 100 <= all * (100 - NEARLY_ALL) {
            finding.confidence = Confidence::Low;
        }
        let said = what_they_did(&claim, agree, all);
        finding.help = Some(match finding.help.take() {
            Some(help) => format!("{help}; {said}"),
            None => said,
        });
    }
}

/// Units by their documents and source texts.
type Units<'a> = BTreeSet<(DocumentId, &'a str)>;

/// The units that each rule faults, of the rules that make claims.
fn faults<'a>(article: &'a Article, findings: &[Finding]) -> BTreeMap<Cow<'static, str>, Units<'a>> {
    let mut faults: BTreeMap<_, Units<'a>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.claim.is_some()) {
        let units = units_of(article, finding).into_iter();
        let units = units.map(|(localized, unit)| (localized.id, localized.document.source(unit).trim()));
        faults.entry(finding.rule.clone()).or_default().extend(units);
    }
    faults
}

fn what_they_did(claim: &Claim, agree: usize, all: usize) -> String {
    let who = match agree {
        0 => format!("none of the {all} other locales"),
        2 if all == 2 => "both other locales".into(),
        agree if agree == all => format!("all {all} other locales"),
        _ => format!("{agree} of {all} other locales"),
    };
    let s = if agree > 1 { "" } else { "s" };
    match claim {
        Claim::Keep(text) | Claim::Convention(text) => format!("{who} keep{s} {}", quote(text)),
        Claim::Change(_) => format!("{who} translate{s} it"),
        Claim::Bold => format!("{who} keep{s} the bold"),
    }
}

/// The units that a finding has places in: its own document's.
fn units_of<'a>(article: &'a Article, finding: &Finding) -> Vec<(&'a Localized, &'a Unit)> {
    let Some(localized) = document(article, finding.place.document) else { return Vec::new() };
    let more = finding
        .related
        .iter()
        .filter(|related| related.role == Role::Place && related.place.document == localized.id);
    let ids = finding.unit.into_iter().chain(more.filter_map(|related| related.unit));
    let mut ids: Vec<Span> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    let units = &localized.document.units;
    // Units are in the order of the file.
    let unit = |id: &Span| units.binary_search_by_key(&id.start, |unit| unit.target.id.start).ok();
    ids.iter().filter_map(unit).map(|at| (localized, &units[at])).collect()
}

fn document(article: &Article, id: DocumentId) -> Option<&Localized> {
    article.documents.iter().find(|localized| localized.id == id)
}

/// The units of all bilingual documents that the findings are about.
struct Siblings<'a> {
    /// The source texts of the findings, in order.
    wanted: Vec<&'a str>,
    /// Of each document, the first unit with each of these texts.
    documents: Vec<(&'a Localized, Vec<Option<&'a Unit>>)>,
}

impl<'a> Siblings<'a> {
    fn of(article: &'a Article, faults: &BTreeMap<Cow<'static, str>, Units<'a>>) -> Self {
        let wanted: BTreeSet<&str> = faults.values().flatten().map(|(_, source)| *source).collect();
        let wanted: Vec<&str> = wanted.into_iter().collect();
        // Most units are none of them, which their lengths tell.
        let lengths = wanted.iter().fold(0_u64, |lengths, source| lengths | (1 << (source.len() % 64)));
        let place = |source: &str| {
            let may_be = lengths & (1 << (source.len() % 64)) != 0;
            may_be.then(|| wanted.binary_search(&source).ok()).flatten()
        };
        let bilingual = article.documents.iter().filter(|localized| localized.document.is_bilingual());
        let by_source = |localized: &'a Localized| {
            let document = &localized.document;
            let mut units = vec![None; wanted.len()];
            for unit in document.units.iter().filter(|unit| !unit.damaged) {
                if let Some(place) = place(document.source(unit).trim()) {
                    units[place].get_or_insert(unit);
                }
            }
            (localized, units)
        };
        let documents = bilingual.map(by_source).collect();
        Self { wanted, documents }
    }

    /// For each sibling that has one of the units without the fault, whether it mostly bears the claim out.
    fn votes(&self, claim: &Claim, units: &[(&Localized, &Unit)], faults: &Units<'_>) -> Vec<bool> {
        let Some((own, _)) = units.first() else { return Vec::new() };
        let sources = units.iter().map(|(localized, unit)| localized.document.source(unit).trim());
        let places = sources.filter_map(|source| self.wanted.binary_search(&source).ok());
        let places: Vec<usize> = places.collect();
        let vote = |(sibling, units): &(&Localized, Vec<Option<&Unit>>)| {
            let targets = places.iter().filter_map(|place| {
                let (source, target) = (self.wanted[*place], sibling.document.target(units[*place]?));
                let errs_alike =
                    faults.contains(&(sibling.id, source)) && !matches!(claim, Claim::Convention(_));
                (!target.trim().is_empty() && !errs_alike).then_some((source, target))
            });
            let votes: Vec<bool> = targets.map(|(source, target)| bears_out(claim, source, target)).collect();
            let agree = votes.iter().filter(|agrees| **agrees).count();
            (!votes.is_empty()).then_some(agree * 2 > votes.len())
        };
        let others = self.documents.iter().filter(|(sibling, _)| sibling.locale != own.locale);
        others.filter_map(vote).collect()
    }
}

fn bears_out(claim: &Claim, source: &str, target: &str) -> bool {
    match claim {
        Claim::Keep(text) | Claim::Convention(text) => stands_in(text, target),
        Claim::Change(text) => !stands_in(text, target),
        Claim::Bold => inline::bold(target).len() >= inline::bold(source).len(),
    }
}

/// Whether a text stands in a target, not as a part of a longer Latin word; an ending of another script may follow.
fn stands_in(text: &str, target: &str) -> bool {
    let edge = |c: Option<char>, inner: Option<char>| {
        !(c.is_some_and(|c| c.is_ascii_alphanumeric())
            && inner.is_some_and(|inner| inner.is_ascii_alphanumeric()))
    };
    !text.is_empty()
        && target.match_indices(text).any(|(at, _)| {
            edge(target[..at].chars().next_back(), text.chars().next())
                && edge(target[at + text.len()..].chars().next(), text.chars().next_back())
        })
}

fn raised(confidence: Confidence) -> Confidence {
    match confidence {
        Confidence::Low => Confidence::Medium,
        Confidence::Medium | Confidence::High => Confidence::High,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_as_words() {
        assert!(stands_in("harbor.json", "Megnyitja a harbor.json-ban"));
        assert!(stands_in("NuGet", "NuGet에서"));
        assert!(!stands_in("NuGet", "NuGetPackage"));
        assert!(stands_in("-Output", "před -Output."));
    }

    #[test]
    fn says_what_the_siblings_did() {
        let keep = Claim::Keep("harbor.json".into());
        let said =
            [(0, 4), (1, 4), (3, 4), (4, 4), (2, 2)].map(|(agree, all)| what_they_did(&keep, agree, all));
        let wanted = [
            "none of the 4 other locales keeps \"harbor.json\"",
            "1 of 4 other locales keeps \"harbor.json\"",
            "3 of 4 other locales keep \"harbor.json\"",
            "all 4 other locales keep \"harbor.json\"",
            "both other locales keep \"harbor.json\"",
        ];
        assert_eq!(said, wanted);
    }
}
