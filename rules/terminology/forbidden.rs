use std::sync::Arc;

use super::{prose, uses};
use crate::glossary::{Glossary, Status, Words};
use crate::prelude::*;
use crate::settings::Settings;

/// Its page is `forbidden.md`.
pub(crate) struct Forbidden {
    glossary: Arc<Glossary>,
}

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "terminology/forbidden",
        include_str!("forbidden.md"),
        Severity::Warning,
        Scope::Unit,
        "terminology",
    )
}

impl Forbidden {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self { glossary: settings.glossary.clone() }
    }
}

impl UnitRule for Forbidden {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if self.glossary.has(&[Status::Forbidden], unit.locale()) {
            self.look_at(unit, sink);
        }
    }
}

impl Forbidden {
    fn look_at(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let uses = uses(&self.glossary, unit);
        if uses.is_empty() {
            return;
        }
        let prose = prose(unit);
        let target = Words::new(prose);
        for term in uses {
            let wanted = term.texts(&[Status::Required, Status::Preferred, Status::Allowed]);
            for (_, range) in term.forbidden(&target, unit) {
                let source = &term.term.source;
                let found = &unit.target()[range.clone()];
                let message = format!("{} is a forbidden translation of {}", quote(found), quote(source));
                let instead = match wanted.first() {
                    Some(text) => format!("write {}", quote(text)),
                    None if term.term.do_not_translate => "leave it in English".into(),
                    None => "write something else".into(),
                };
                sink.report_unit(unit, unit.in_target(range.start, range.len()), message)
                    .source_part(unit.in_source(term.source.start, term.source.len()))
                    .help(format!("{instead} ({})", term.term.described()));
            }
        }
    }
}
