use std::sync::LazyLock;

use bitext::{Document, Heading, Localized, Span, slug};
use regex::Regex;

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
            let source = english(document, &heading);
            let unit = &document.units[heading.units.start];
            let anchor = format!("<a name=\"{wanted}\"></a>");
            let lead = lead(document, &heading);
            let damaged = is_damaged(document.slice(lead));
            let place = if damaged { lead } else { Span { start: heading.span.start, end: unit.span.start } };
            let lack = if damaged { "a damaged anchor" } else { "no anchor" };
            let finding = sink.report(localized, place, format!("the heading {} has {lack}", quote(&source)));
            finding
                .unit(unit.target.id)
                .identity("no anchor")
                .help("links from other pages lead nowhere: add the anchor");
            if damaged {
                finding.fix(Applicability::Safe, "restore the anchor", lead, &anchor);
            } else {
                let at = Span::at(heading.text.start as usize);
                finding.fix(Applicability::Safe, "add the anchor", at, &anchor);
            }
        }
    }
}

/// The headings that lack their anchor, and the anchor that each should have.
pub(crate) fn faults(document: &Document) -> Vec<(Heading, String)> {
    let lacking = document.headings().iter().filter(|heading| heading.anchor.is_none());
    let fault = |heading: &Heading| {
        let source = english(document, heading);
        let damaged = document.units[heading.units.clone()].iter().any(|unit| unit.damaged);
        (!damaged && wants_anchor(document, heading, &source)).then(|| (heading.clone(), slug(&source)))
    };
    lacking.filter_map(fault).collect()
}

/// The English heading, without what is left of a damaged anchor.
fn english(document: &Document, heading: &Heading) -> String {
    let (source, lead) = (document.heading_source(heading), document.slice(lead(document, heading)));
    match source.strip_prefix(lead).filter(|_| is_damaged(lead)) {
        Some(rest) => rest.to_string(),
        None => source.into_owned(),
    }
}

/// What stands between the `#`s of a heading and its first pair, without the bracket of a link.
fn lead(document: &Document, heading: &Heading) -> Span {
    let unit = &document.units[heading.units.start];
    let text = document.file.text();
    let lead = text.get(heading.text.start as usize..unit.span.start as usize).unwrap_or_default();
    heading.text.part(0, lead.trim_end_matches(['[', '*', ' ']).len())
}

/// Headings that are all code, that start with an anchor of their own or that are in a comment get none. Nor do those with
/// other markup beside a damaged anchor, which would go with it.
fn wants_anchor(document: &Document, heading: &Heading, source: &str) -> bool {
    let lead = document.slice(lead(document, heading));
    let own = (lead.starts_with("<a ") && !is_damaged(lead)) || source.trim_start().starts_with("<a ");
    let code =
        source.trim().starts_with('`') && source.trim().ends_with('`') && source.matches('`').count() == 2;
    let other = lead.contains("<!--") || (is_damaged(lead) && holds_other(lead));
    !own && !code && !other && !slug(source).is_empty()
}

/// Whether what stands before the first pair of a heading is what is left of `<a name="…"></a>`, and not another
/// anchor.
fn is_damaged(lead: &str) -> bool {
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"^(\s*</?a(\s+(href|id|class|title|target|rel)="[^"]*")*\s*/?>)*$"#)
            .expect("it is a pattern")
    });
    let rest = ["<a", "</a", "a>", "name"].iter().any(|part| lead.contains(part));
    rest && !WHOLE.is_match(lead)
}

/// Whether a tag, an image or a number stands beside what is left of an anchor. A name that is a letter away from `a` may be what
/// became of that.
fn holds_other(lead: &str) -> bool {
    static OTHER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[^<]*\w[^<]*\s<a\s|!\[|<[B-Zb-z]>|</?(?:[A-Za-z]{3,}|[B-Zb-z][B-Zb-z0-9])[\s/>]")
            .expect("it is a pattern")
    });
    OTHER.is_match(lead)
}
