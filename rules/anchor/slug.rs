use std::collections::BTreeSet;

use bitext::{Article, Document, Heading, Localized, is_slug, slug};

use crate::prelude::*;

/// Its page is `slug.md`.
pub(crate) struct SlugMatch;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new("anchor/slug", include_str!("slug.md"), Severity::Error, Scope::Article, "markup")
    }
}

impl ArticleRule for SlugMatch {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        let wrong: Vec<_> = article.documents.iter().map(|localized| faults(&localized.document)).collect();
        if wrong.iter().all(Vec::is_empty) {
            return;
        }
        let sound: Vec<_> = article.documents.iter().zip(&wrong).map(sound_names).collect();
        for (at, localized) in article.documents.iter().enumerate().filter(|(at, _)| !wrong[*at].is_empty()) {
            let english = article.verified_source(at).map(|source| slugs(&source.document));
            let is_right = |name: &str| match &english {
                Some(english) => english.contains(name),
                None => others_have(article, at, &sound, name),
            };
            check(localized, &wrong[at], &is_right, sink);
        }
    }
}

/// A heading with a wrong anchor, and the name that it should have.
type Wrong = (Heading, String);

/// Reports those whose name `is_right` for no heading of the English file or of a sibling: else not the anchor is wrong, but the
/// source side, which `provenance/source-text` and `parity/source-text` report.
fn check(localized: &Localized, wrong: &[Wrong], is_right: &dyn Fn(&str) -> bool, sink: &mut Sink<'_>) {
    let document = &localized.document;
    for (heading, wanted) in wrong {
        let Some(anchor) = heading.anchor.map(|at| document.anchors[at]) else { continue };
        let (units, source) = (&document.units[heading.units.clone()], document.heading_source(heading));
        let name = document.slice(anchor.name);
        if is_right(name) {
            continue;
        }
        sink.report(
            localized,
            anchor.name,
            format!("the anchor {} is not that of {}", quote(name), quote(&source)),
        )
        .unit(units[0].target.id)
        .identity("slug")
        .help(format!("links from other pages expect {}", quote(wanted)))
        .fix(Applicability::Safe, "write the anchor of the English heading", anchor.name, wanted);
    }
}

/// The anchors of the headings of an English file.
fn slugs(english: &Document) -> BTreeSet<String> {
    let headings = english.file.text().lines().filter(|line| line.starts_with('#'));
    headings.map(|line| slug(line.trim_start_matches('#'))).collect()
}

/// Whether another document from the same source has an anchor of this name, and a right one.
fn others_have(article: &Article, at: usize, sound: &[BTreeSet<&str>], name: &str) -> bool {
    let Some(hash) = ids::source_hash(&article.documents[at].document) else { return false };
    let mut others = article.documents.iter().zip(sound).enumerate().filter(|(other, _)| *other != at);
    others.any(|(_, (other, sound))| sound.contains(name) && ids::source_hash(&other.document) == Some(hash))
}

/// The anchors of a document but for the names of those that are wrong.
fn sound_names<'d>((localized, wrong): (&'d Localized, &Vec<Wrong>)) -> BTreeSet<&'d str> {
    let document = &localized.document;
    let names = document.anchors.iter().map(|anchor| document.slice(anchor.name));
    let wrong = wrong.iter().filter_map(|(heading, _)| heading.anchor);
    let wrong: BTreeSet<&str> = wrong.map(|at| document.slice(document.anchors[at].name)).collect();
    names.filter(|name| !wrong.contains(name)).collect()
}

/// The headings with a wrong anchor, and the one that each should have.
pub(crate) fn faults(document: &Document) -> Vec<Wrong> {
    let mut broken_at: Vec<u32> = document.faults.iter().map(|fault| fault.span.start).collect();
    broken_at.sort_unstable();
    let fault = |heading: &Heading| {
        let anchor = document.anchors[heading.anchor?];
        let units = &document.units[heading.units.clone()];
        let source = document.heading_source(heading);
        if is_slug(document.slice(anchor.name), &source) {
            return None;
        }
        // A heading broken by a line has lost a part of its source.
        let broken = units.iter().any(|unit| unit.damaged || unit.span.end > heading.span.end);
        (!broken && !is_misplaced(document, heading, &broken_at)).then(|| (heading.clone(), slug(&source)))
    };
    document.headings().iter().filter_map(fault).collect()
}

/// Whether the units of the heading are not the ones it had: a pair was moved, pasted or damaged there, which
/// other rules report. `broken` are the places of broken pairs, in order.
fn is_misplaced(document: &Document, heading: &Heading, broken: &[u32]) -> bool {
    let number = |at: usize| document.units.get(at).and_then(|unit| unit.number);
    let from = heading.units.start.saturating_sub(1);
    let around: Vec<u32> = (from..=heading.units.end).filter_map(number).collect();
    let next = broken.partition_point(|at| *at < heading.span.start);
    let faulty = broken.get(next).is_some_and(|at| *at < heading.span.end);
    faulty || !around.is_sorted_by(|left, right| left < right)
}
