use std::sync::Arc;

use super::{Use, prose, uses};
use crate::glossary::{Glossary, Status, Words};
use crate::prelude::*;
use crate::settings::Settings;

/// Its page is `missing.md`.
pub(crate) struct Missing {
    glossary: Arc<Glossary>,
}

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "terminology/missing",
        include_str!("missing.md"),
        Severity::Warning,
        Scope::Unit,
        "terminology",
    )
}

impl Missing {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self { glossary: settings.glossary.clone() }
    }
}

impl UnitRule for Missing {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !self.glossary.has(&[Status::Required, Status::Preferred], unit.locale()) {
            return;
        }
        let uses = uses(&self.glossary, unit);
        if uses.is_empty() {
            return;
        }
        let prose = prose(unit);
        let target = Words::new(prose);
        for term in uses {
            let wanted = term.texts(&[Status::Required, Status::Preferred]);
            let accepted = term.texts(&[Status::Required, Status::Preferred, Status::Allowed]);
            let stands = |text: &&str| !term.places(text, &target, unit, true).is_empty();
            // What stands there instead is `terminology/forbidden`'s.
            let is_missing = !wanted.is_empty()
                && !accepted.iter().any(stands)
                && term.forbidden(&target, unit).is_empty();
            if is_missing {
                report(unit, &term, &wanted, sink);
            }
        }
    }
}

fn report(unit: UnitView<'_>, term: &Use<'_>, wanted: &[&str], sink: &mut Sink<'_>) {
    let source = &term.term.source;
    let quoted: Vec<String> = wanted.iter().map(|text| quote(text)).collect();
    let message = format!("{} is not translated as {}", quote(source), quoted.join(" or "));
    let finding = sink.report_unit(unit, unit.unit().target.text, message);
    finding
        .identity(&**source)
        .source_part(unit.in_source(term.source.start, term.source.len()))
        .help(format!("use the term of the glossary ({})", term.term.described()));
    if term.texts(&[Status::Required]).is_empty() {
        finding.as_info();
    }
}
