use bitext::{FaultKind, Localized};

use crate::prelude::*;

/// Its page is `unpaired.md`.
pub(crate) struct Unpaired;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("span/unpaired", include_str!("unpaired.md"), Severity::Error, Scope::Document, "markup")
}

impl DocumentRule for Unpaired {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        for fault in &localized.document.faults {
            let unit = ids::of_unit(&localized.document, fault);
            let (message, help) = match fault.kind {
                FaultKind::TargetWithoutSource => (
                    format!("the target{unit} has no source beside it"),
                    "put the source span back directly after it, or remove the target span",
                ),
                FaultKind::SourceWithoutTarget => (
                    format!("the source{unit} has no target before it"),
                    "put the target span back directly before it, or remove the source span",
                ),
                _ => continue,
            };
            let finding = sink.report(localized, fault.span, message);
            let identity = ids::identity(&localized.document, fault, &format!("{:?}", fault.kind));
            finding.identity(identity).help(help).unit = fault.id;
        }
    }
}
