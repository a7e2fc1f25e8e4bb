use bitext::{FaultKind, Localized};

use crate::prelude::*;

/// Its page is `nested.md`.
pub(crate) struct Nested;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("span/nested", include_str!("nested.md"), Severity::Error, Scope::Document, "markup")
}

impl DocumentRule for Nested {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        for fault in document.faults.iter().filter(|fault| fault.kind == FaultKind::Nested) {
            let message = format!("this pair stands inside the pair{}", ids::of_unit(document, fault));
            let finding = sink.report(localized, fault.span, message);
            let identity = ids::identity(document, fault, "nested");
            finding.identity(identity).help("move it behind the pair that it stands in").unit = fault.id;
        }
    }
}
