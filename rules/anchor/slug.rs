use std::borrow::Cow;
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
        let faults: Vec<_> = article.documents.iter().map(|localized| faults(&localized.document)).collect();
        for (localized, wrong) in article.documents.iter().zip(&faults).filter(|(_, wrong)| !wrong.is_empty())
        {
            check(localized, wrong, &right_names(article, localized, &faults), sink);
        }
    }
}

/// A heading with a wrong anchor, and the name that it should have.
type Fault = (Heading, String);

fn check(localized: &Localized, faults: &[Fault], right: &BTreeSet<Cow<'_, str>>, sink: &mut Sink<'_>) {
    let document = &localized.document;
    for (heading, wanted) in faults {
        let Some(anchor) = heading.anchor.map(|at| document.anchors[at]) else { continue };
        let (units, source) = (&document.units[heading.units.clone()], document.heading_source(heading));
        let name = document.slice(anchor.name);
        if right.contains(name) {
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

/// The anchors that the English file or a sibling of the same source has for what its headings say: then not
/// the anchor is wrong, but the source side, which `provenance/source-text` and `parity/source-text` report.
fn right_names<'d>(
    article: &'d Article,
    localized: &Localized,
    faults: &[Vec<Fault>],
) -> BTreeSet<Cow<'d, str>> {
    let at = article.documents.iter().position(|other| other.id == localized.id);
    if let Some(source) = at.and_then(|at| article.verified_source(at)) {
        let headings = source.document.file.text().lines().filter(|line| line.starts_with('#'));
        return headings.map(|line| slug(line.trim_start_matches('#')).into()).collect();
    }
    let Some(hash) = ids::source_hash(&localized.document) else { return BTreeSet::new() };
    let siblings = article.documents.iter().zip(faults).filter(|(sibling, _)| {
        sibling.id != localized.id && ids::source_hash(&sibling.document) == Some(hash)
    });
    siblings.flat_map(|(sibling, faults)| sound_names(&sibling.document, faults)).map(Cow::Borrowed).collect()
}

/// The anchors of a document but for the names of those that are wrong.
fn sound_names<'d>(document: &'d Document, faults: &[Fault]) -> BTreeSet<&'d str> {
    let names = document.anchors.iter().map(|anchor| document.slice(anchor.name));
    let wrong = faults.iter().filter_map(|(heading, _)| heading.anchor);
    let wrong: BTreeSet<&str> = wrong.map(|at| document.slice(document.anchors[at].name)).collect();
    names.filter(|name| !wrong.contains(name)).collect()
}

/// The headings with a wrong anchor, and the one that each should have.
pub(crate) fn faults(document: &Document) -> Vec<Fault> {
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
