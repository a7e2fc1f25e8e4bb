use bitext::{FaultKind, Localized};

use crate::prelude::*;

/// Its page is `malformed.md`.
pub(crate) struct Malformed;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "span/malformed",
            include_str!("malformed.md"),
            Severity::Error,
            Scope::Document,
            "markup",
        )
    }
}

impl DocumentRule for Malformed {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        for fault in &document.faults {
            let unit = ids::of_unit(document, fault);
            let (message, help) = match fault.kind {
                FaultKind::Malformed => (
                    format!("the tag {}{unit} is not written exactly", quote(document.slice(fault.span))),
                    "nothing but the exact tag is recognised: no other quotes, case, blanks or attributes",
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
            let identity = ids::identity(document, fault, &format!("{:?}", fault.kind));
            finding.identity(identity).help(help).unit = fault.id;
            if let Some(mend) = fault.mend.as_ref().filter(|mend| mend.certain) {
                let title = match &mend.edits[..] {
                    [(_, text)] if text.is_empty() => "remove the blank",
                    [_] => "write the tag exactly",
                    _ => "write the tags exactly",
                };
                finding.fix_mend(Applicability::Safe, title, mend);
            }
        }
    }
}
