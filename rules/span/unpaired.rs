use bitext::{FaultKind, Localized};

use crate::prelude::*;

/// Its page is `unpaired.md`.
pub(crate) struct Unpaired;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        id: "span/unpaired".into(),
        page: include_str!("unpaired.md").into(),
        severity: Some(Severity::Error),
        confidence: Confidence::High,
        scope: Scope::Document,
        fix: FixKind::None,
        mqm: "markup".into(),
        its: "markup".into(),
        since: "0.1.0".into(),
        options: &[],
    }
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
                FaultKind::LookupMissing => (
                    format!(
                        "the source{unit} stands bare: no \"sxs-lookup\" span around it hides it from the reader"
                    ),
                    "wrap it in <span class=\"sxs-lookup\">…</span>",
                ),
                FaultKind::TextBetween => (
                    format!("the parts of the pair{unit} do not touch"),
                    "move what stands between them into the target, or remove it",
                ),
                _ => continue,
            };
            let finding = sink.report(localized, fault.span, message);
            finding.identity(format!("{:?}", fault.kind)).help(help).unit = fault.id;
        }
    }
}
