use std::sync::Arc;

use super::{Use, prose, uses};
use crate::glossary::{Glossary, Status, Term, Words};
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
        if self.glossary.has(&[Status::Required, Status::Preferred], unit.locale()) {
            self.look_at(unit, sink);
        }
    }
}

impl Missing {
    fn look_at(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let uses = uses(&self.glossary, unit);
        if uses.is_empty() {
            return;
        }
        let prose = prose(unit);
        let target = Words::new(prose);
        for term in uses.iter().filter(|term| is_missing(term, &target, unit)) {
            let wanted = term.texts(&[Status::Required, Status::Preferred]);
            report(unit, term, &wanted, sink);
        }
    }
}

/// The terms in a unit that have translations into its locale, each with whether the target lacks them.
pub(crate) fn verdicts<'g>(glossary: &'g Glossary, unit: UnitView<'g>) -> Vec<(&'g Term, bool)> {
    let uses = uses(glossary, unit);
    if uses.is_empty() {
        return Vec::new();
    }
    let target = Words::new(prose(unit));
    uses.iter().map(|term| (term.term, is_missing(term, &target, unit))).collect()
}

fn is_missing(term: &Use<'_>, target: &Words<'_>, unit: UnitView<'_>) -> bool {
    let accepted = term.texts(&[Status::Required, Status::Preferred, Status::Allowed]);
    let stands = |text: &&str| !term.places(text, target, unit, true).is_empty();
    !term.texts(&[Status::Required, Status::Preferred]).is_empty()
        && !accepted.iter().any(stands)
        // What stands there instead is `terminology/forbidden`'s.
        && term.forbidden(target, unit).is_empty()
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
