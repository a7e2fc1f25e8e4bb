use bitext::{Document, Heading, Localized, Span, slug};

use crate::prelude::*;

/// Its page is `missing.md`.
pub(crate) struct Missing;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "anchor/missing",
            include_str!("missing.md"),
            Severity::Error,
            Scope::Document,
            "markup",
        )
    }
}

impl DocumentRule for Missing {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        for (heading, wanted) in faults(document) {
            let source = document.heading_source(&heading);
            let unit = &document.units[heading.units.start];
            let anchor = format!("<a name=\"{wanted}\"></a>");
            let place = Span { start: heading.span.start, end: unit.span.start };
            sink.report(localized, place, format!("the heading {} has no anchor", quote(&source)))
                .unit(unit.target.id)
                .identity("no anchor")
                .help("links from other pages lead nowhere: add the anchor")
                .fix(Applicability::Safe, "add the anchor", Span::at(heading.text.start as usize), &anchor);
        }
    }
}

/// The headings that lack their anchor, and the anchor that each should have.
pub(crate) fn faults(document: &Document) -> Vec<(Heading, String)> {
    let lacking = document.headings().into_iter().filter(|heading| heading.anchor.is_none());
    let fault = |heading: Heading| {
        let source = document.heading_source(&heading);
        let damaged = document.units[heading.units.clone()].iter().any(|unit| unit.damaged);
        (!damaged && wants_anchor(document, &heading, &source)).then(|| (heading, slug(&source)))
    };
    lacking.filter_map(fault).collect()
}

/// Headings that are all code, or that start with an anchor of their own, get none.
fn wants_anchor(document: &Document, heading: &Heading, source: &str) -> bool {
    let own = document.slice(heading.text).trim_start().starts_with("<a ")
        || source.trim_start().starts_with("<a ");
    let code =
        source.trim().starts_with('`') && source.trim().ends_with('`') && source.matches('`').count() == 2;
    !own && !code && !slug(source).is_empty()
}
