use bitext::{Document, Heading, Localized, slug};

use crate::prelude::*;

/// Its page is `slug.md`.
pub(crate) struct SlugMatch;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new("anchor/slug", include_str!("slug.md"), Severity::Error, Scope::Document, "markup")
    }
}

impl DocumentRule for SlugMatch {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        for (heading, wanted) in faults(document) {
            let Some(anchor) = heading.anchor.map(|at| document.anchors[at]) else { continue };
            let (units, source) = (&document.units[heading.units.clone()], document.heading_source(&heading));
            let name = document.slice(anchor.name);
            sink.report(
                localized,
                anchor.name,
                format!("the anchor {} is not that of {}", quote(name), quote(&source)),
            )
            .unit(units[0].target.id)
            .identity("slug")
            .help(format!("links from other pages expect {}", quote(&wanted)))
            .fix(
                Applicability::Safe,
                "write the anchor of the English heading",
                anchor.name,
                &wanted,
            );
        }
    }
}

/// The headings with a wrong anchor, and the one that each should have.
pub(crate) fn faults(document: &Document) -> Vec<(Heading, String)> {
    let fault = |heading: Heading| {
        let anchor = document.anchors[heading.anchor?];
        let units = &document.units[heading.units.clone()];
        let wanted = slug(&document.heading_source(&heading));
        // A heading broken by a line has lost a part of its source.
        let broken = units.iter().any(|unit| unit.damaged || unit.span.end > heading.span.end);
        let wrong = document.slice(anchor.name) != wanted && !broken && !is_misplaced(document, &heading);
        wrong.then_some((heading, wanted))
    };
    document.headings().into_iter().filter_map(fault).collect()
}

/// Whether the units of the heading are not the ones it had: a pair was moved, pasted or damaged there, which
/// other rules report.
fn is_misplaced(document: &Document, heading: &Heading) -> bool {
    let number = |at: usize| document.units.get(at).and_then(|unit| document.unit_number(unit));
    let from = heading.units.start.saturating_sub(1);
    let around: Vec<u32> = (from..=heading.units.end).filter_map(number).collect();
    let faulty =
        document.faults.iter().any(|fault| heading.span.range().contains(&(fault.span.start as usize)));
    faulty || !around.is_sorted_by(|left, right| left < right)
}
