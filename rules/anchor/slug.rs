use bitext::{Article, Document, Heading, is_slug, slug};

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
        for at in 0..article.documents.len() {
            check(article, at, sink);
        }
    }
}

fn check(article: &Article, at: usize, sink: &mut Sink<'_>) {
    let localized = &article.documents[at];
    let document = &localized.document;
    for (heading, wanted) in faults(document) {
        let Some(anchor) = heading.anchor.map(|at| document.anchors[at]) else { continue };
        let (units, source) = (&document.units[heading.units.clone()], document.heading_source(&heading));
        let name = document.slice(anchor.name);
        if is_right(article, at, name) {
            continue;
        }
        sink.report(
            localized,
            anchor.name,
            format!("the anchor {} is not that of {}", quote(name), quote(&source)),
        )
        .unit(units[0].target.id)
        .identity("slug")
        .help(format!("links from other pages expect {}", quote(&wanted)))
        .fix(Applicability::Safe, "write the anchor of the English heading", anchor.name, &wanted);
    }
}

/// Whether the English file or a sibling of the same source has this anchor for what its heading says: then not
/// the anchor is wrong, but the source side, which `provenance/source-text` and `parity/source-text` report.
fn is_right(article: &Article, at: usize, name: &str) -> bool {
    if let Some(source) = article.verified_source(at) {
        let mut lines = source.document.file.text().lines();
        return lines.any(|line| line.starts_with('#') && slug(line.trim_start_matches('#')) == name);
    }
    let hash = ids::source_hash(&article.documents[at].document);
    let mut siblings = article.documents.iter().enumerate().filter(|(other, sibling)| {
        *other != at && hash.is_some() && ids::source_hash(&sibling.document) == hash
    });
    siblings.any(|(_, sibling)| {
        let document = &sibling.document;
        let named = |anchor: &bitext::Anchor| document.slice(anchor.name) == name;
        document.anchors.iter().any(named)
            && !faults(document)
                .iter()
                .any(|(heading, _)| heading.anchor.is_some_and(|anchor| named(&document.anchors[anchor])))
    })
}

/// The headings with a wrong anchor, and the one that each should have.
pub(crate) fn faults(document: &Document) -> Vec<(Heading, String)> {
    let fault = |heading: &Heading| {
        let anchor = document.anchors[heading.anchor?];
        let units = &document.units[heading.units.clone()];
        let source = document.heading_source(heading);
        if is_slug(document.slice(anchor.name), &source) {
            return None;
        }
        // A heading broken by a line has lost a part of its source.
        let broken = units.iter().any(|unit| unit.damaged || unit.span.end > heading.span.end);
        (!broken && !is_misplaced(document, heading)).then(|| (heading.clone(), slug(&source)))
    };
    document.headings().iter().filter_map(fault).collect()
}

/// Whether the units of the heading are not the ones it had: a pair was moved, pasted or damaged there, which
/// other rules report.
fn is_misplaced(document: &Document, heading: &Heading) -> bool {
    let number = |at: usize| document.units.get(at).and_then(|unit| unit.number);
    let from = heading.units.start.saturating_sub(1);
    let around: Vec<u32> = (from..=heading.units.end).filter_map(number).collect();
    let faulty =
        document.faults.iter().any(|fault| heading.span.range().contains(&(fault.span.start as usize)));
    faulty || !around.is_sorted_by(|left, right| left < right)
}
