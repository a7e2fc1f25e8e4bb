use bitext::{Localized, slug};

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
        for heading in document.headings() {
            let Some(anchor) = heading.anchor.map(|at| document.anchors[at]) else { continue };
            let units = &document.units[heading.units.clone()];
            let source = document.heading_source(&heading);
            let (name, wanted) = (document.slice(anchor.name), slug(&source));
            // A heading broken by a line has lost a part of its source.
            let broken = units.iter().any(|unit| unit.damaged || unit.span.end > heading.span.end);
            if name == wanted || broken {
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
            .fix(
                Applicability::Safe,
                "write the anchor of the English heading",
                anchor.name,
                &wanted,
            );
        }
    }
}
