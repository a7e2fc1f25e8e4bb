use std::collections::BTreeMap;

use bitext::{Article, Document, Localized, Span};

use crate::anchor;
use crate::markup::merge_conflict;
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
            // Both versions have the headings.
            siblings.retain(|sibling| !merge_conflict::any(&sibling.document));
            let due: Vec<Vec<Due>> = siblings.iter().map(|sibling| due(&sibling.document)).collect();
            let names: Vec<Vec<&str>> =
                due.iter().map(|due| due.iter().map(|anchor| &*anchor.name).collect()).collect();
            for dissent in dissents(&siblings, &names) {
                report(&siblings, &dissent, &due, sink);
            }
        }
    }
}

fn names(document: &Document) -> Vec<&str> {
    document.anchors.iter().map(|anchor| document.slice(anchor.name)).collect()
}

/// An anchor that a document has, or would have.
struct Due {
    place: Span,
    name: String,
    /// The number of the heading's unit, if a pair follows.
    number: Option<u32>,
}

/// The anchors that a document would have without the faults that `anchor/slug` and `anchor/missing` report.
fn due(document: &Document) -> Vec<Due> {
    let anchors = document.anchors.iter();
    let mut due: Vec<Due> = anchors
        .map(|anchor| {
            let unit = document.units.partition_point(|unit| unit.span.start < anchor.span.end);
            let number = document.units.get(unit).and_then(|unit| unit.number);
            Due { place: anchor.name, name: document.slice(anchor.name).to_string(), number }
        })
        .collect();
    for (heading, wanted) in anchor::slug::faults(document) {
        if let Some(anchor) = heading.anchor {
            due[anchor].name = wanted;
        }
    }
    for (heading, wanted) in anchor::missing::faults(document) {
        let number = document.units[heading.units.start].number;
        due.push(Due { place: heading.text, name: wanted, number });
    }
    due.sort_by_key(|due| due.place);
    due
}

fn report(siblings: &[&Localized], dissent: &Dissent, due: &[Vec<Due>], sink: &mut Sink<'_>) {
    let (odd, model) = (siblings[dissent.odd], siblings[dissent.model]);
    let (own, other) = (&due[dissent.odd], &due[dissent.model]);
    let at = own.iter().zip(other).take_while(|(own, other)| own.name == other.name).count();
    let (extra, missing) = (surplus(own, other), surplus(other, own));
    let several = extra.len().max(missing.len()) > 1;
    let (extra, missing) = (words::list(&extra), words::list(&missing));
    let (anchor, is, it) = if several { ("anchors", "are", "them") } else { ("anchor", "is", "it") };
    let name = |due: &[Due]| due.get(at).map_or("nothing".into(), |due| quote(&due.name));
    let message = match (extra.as_str(), missing.as_str()) {
        ("", "") => format!(
            "the heading anchors are in another order: {} comes here{}",
            name(own),
            dissent.but_have(siblings, &name(other)),
        ),
        (extra, "") => {
            format!("the heading {anchor} {extra} {is} there{}", dissent.but_have_not(siblings, it))
        }
        ("", missing) => {
            format!("the heading {anchor} {missing} {is} missing{}", dissent.but_have(siblings, it))
        }
        (extra, missing) => {
            format!("the heading {anchor} {is} {extra}{}", dissent.but_have(siblings, missing))
        }
    };
    let place = |localized: &Localized, due: &[Due]| {
        due.get(at).or(due.last()).map_or(Span::at(localized.document.body()), |due| due.place)
    };
    // A lost anchor is shown at the heading that lost it.
    let number = other.get(at).filter(|_| extra.is_empty()).and_then(|due| due.number);
    let heading = number.and_then(|number| {
        let units = &odd.document.units;
        units.iter().find(|unit| unit.number == Some(number)).map(|unit| unit.target.tag)
    });
    let finding = sink.report(odd, heading.unwrap_or_else(|| place(odd, own)), message);
    dissent
        .settle(finding, &extra, &missing)
        .help("links from other pages lead to anchors, which are the same in every locale: restore them")
        .related(
            dissent.role(),
            format!("{} has these", model.locale),
            Place { document: model.id, span: place(model, other) },
            None,
        );
}

/// The anchors of one document that the other lacks, repeats counted.
fn surplus(own: &[Due], other: &[Due]) -> Vec<String> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for due in other {
        *left.entry(&due.name).or_default() += 1;
    }
    let mut is_extra = |due: &&Due| match left.get_mut(&*due.name) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    own.iter().filter(|due| is_extra(due)).map(|due| quote(&due.name)).collect()
}
