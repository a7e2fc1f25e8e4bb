use bitext::{Fault, FaultKind, Localized};

use crate::prelude::*;

/// Its page is `unclosed.md`.
pub(crate) struct Unclosed;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Unsafe,
        ..RuleInfo::new(
            "span/unclosed",
            include_str!("unclosed.md"),
            Severity::Error,
            Scope::Document,
            "markup",
        )
    }
}

impl DocumentRule for Unclosed {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        for fault in &localized.document.faults {
            let name = match fault.kind {
                FaultKind::TargetUnclosed => "target",
                FaultKind::SourceUnclosed => "source",
                FaultKind::LookupUnclosed => "lookup",
                FaultKind::StrayClose => {
                    stray(localized, fault, sink);
                    continue;
                }
                _ => continue,
            };
            unclosed(localized, fault, name, sink);
        }
    }
}

fn unclosed(localized: &Localized, fault: &Fault, name: &str, sink: &mut Sink<'_>) {
    let unit = ids::of_unit(&localized.document, fault);
    let finding = sink.report(localized, fault.span, format!("the {name} span{unit} never closes"));
    finding.identity(ids::identity(&localized.document, fault, name)).unit = fault.id;
    match &fault.mend {
        None => finding.help("add \"</span>\" after its text"),
        Some(mend) => {
            let text = &mend.edits[0].1;
            finding.help(format!("add \"{text}\" where its text ends")).fix_mend(
                Applicability::Unsafe,
                "add the close tag",
                mend,
            )
        }
    };
}

fn stray(localized: &Localized, fault: &Fault, sink: &mut Sink<'_>) {
    let finding = sink.report(localized, fault.span, "this \"</span>\" closes no span");
    finding.identity("stray").help("remove it, or put back the tag that it belonged to").unit = fault.id;
}
