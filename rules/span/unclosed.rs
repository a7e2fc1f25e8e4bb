use bitext::{Fault, FaultKind, Localized, Span};

use crate::prelude::*;

/// Its page is `unclosed.md`.
pub(crate) struct Unclosed;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        id: "span/unclosed".into(),
        page: include_str!("unclosed.md").into(),
        severity: Some(Severity::Error),
        confidence: Confidence::High,
        scope: Scope::Document,
        fix: FixKind::Unsafe,
        mqm: "markup".into(),
        its: "markup".into(),
        since: "0.1.0".into(),
        options: &[],
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
    finding.identity(name).unit = fault.id;
    match fault.close_at {
        None => finding.help("add \"</span>\" after its text"),
        Some(at) => {
            // An unclosed source leaves its lookup open too.
            let tags = if fault.kind == FaultKind::SourceUnclosed { "</span></span>" } else { "</span>" };
            finding.help(format!("add \"{tags}\" where its text ends")).fix(
                Applicability::Unsafe,
                "add the close tag",
                Span::at(at as usize),
                tags,
            )
        }
    };
}

fn stray(localized: &Localized, fault: &Fault, sink: &mut Sink<'_>) {
    let finding = sink.report(localized, fault.span, "this \"</span>\" closes no span");
    finding.identity("stray").help("remove it, or put back the tag that it belonged to").unit = fault.id;
}
