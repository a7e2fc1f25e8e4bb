use std::collections::BTreeSet;

use bitext::{Article, Document, Localized, Span};

use crate::anchor;
use crate::prelude::*;
use crate::support::siblings::{Dissent, dissents, same_source};

/// Its page is `anchors.md`.
pub(crate) struct Anchors;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("parity/anchors", include_str!("anchors.md"), Severity::Error, Scope::Article, "markup")
}

impl ArticleRule for Anchors {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        for mut siblings in same_source(article) {
            // Damaged pairs hide headings.
            siblings.retain(|sibling| sibling.document.faults.is_empty());
            let alike = |two: &[&Localized]| names(&two[0].document) == names(&two[1].document);
            if siblings.windows(2).all(alike) {
                continue;
            }
            let due: Vec<Vec<String>> = siblings.iter().map(|sibling| due(&sibling.document)).collect();
            for dissent in dissents(&due) {
                report(&siblings, &dissent, &due, sink);
            }
        }
    }
}

fn names(document: &Document) -> Vec<&str> {
    document.anchors.iter().map(|anchor| document.slice(anchor.name)).collect()
}

/// The anchors that a document would have without the faults that `anchor/slug` and `anchor/missing` report.
fn due(document: &Document) -> Vec<String> {
    let mut due: Vec<(Span, String)> = document
        .anchors
        .iter()
        .map(|anchor| (anchor.name, document.slice(anchor.name).to_string()))
        .collect();
    for (heading, wanted) in anchor::slug::faults(document) {
        if let Some(anchor) = heading.anchor {
            due[anchor].1 = wanted;
        }
    }
    for (heading, wanted) in anchor::missing::faults(document) {
        due.push((heading.text, wanted));
    }
    due.sort();
    due.into_iter().map(|(_, name)| name).collect()
}

fn report(siblings: &[&Localized], dissent: &Dissent, due: &[Vec<String>], sink: &mut Sink<'_>) {
    let (odd, model) = (siblings[dissent.odd], siblings[dissent.model]);
    let (own, other) = (&due[dissent.odd], &due[dissent.model]);
    let at = own.iter().zip(other).take_while(|(own, other)| own == other).count();
    let listed = |names: &[String], all: &[String]| {
        let all: BTreeSet<&String> = all.iter().collect();
        let odd: Vec<String> =
            names.iter().filter(|name| !all.contains(name)).map(|name| quote(name)).collect();
        words::list(&odd)
    };
    let (extra, missing) = (listed(own, other), listed(other, own));
    let (others, doubt) = dissent.others_have(siblings);
    let what = match (extra.is_empty(), missing.is_empty()) {
        (true, true) => format!("the heading anchors stand in another order than {others}"),
        (false, true) => format!("heading anchor {extra} where {others} none"),
        (true, false) => format!("no heading anchor {missing}, which {others}"),
        (false, false) => format!("heading anchor {extra} where {others} {missing}"),
    };
    let place = |localized: &Localized| {
        let document = &localized.document;
        let anchor = document.anchors.get(at).or(document.anchors.last());
        anchor.map_or(Span::at(document.body()), |anchor| anchor.name)
    };
    let role = if dissent.has_majority { Role::Evidence } else { Role::Place };
    sink.report(odd, place(odd), format!("{what}{doubt}"))
        .identity(format!("{extra} {missing}"))
        .help("links from other pages lead to anchors, which are the same in every locale: restore them")
        .related(
            role,
            format!("{} has these", model.locale),
            Place { document: model.id, span: place(model) },
            None,
        );
}
