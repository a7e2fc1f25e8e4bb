use bitext::Localized;

use crate::prelude::*;

/// Its page is `start.md`.
pub(crate) struct Start;

/// The first number that the publishing system gives: to the front matter if that has text, else to the body.
const FIRST: u32 = 101;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("id/start", include_str!("start.md"), Severity::Error, Scope::Document, "markup")
}

impl DocumentRule for Start {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        let below = |unit: &&bitext::Unit| {
            let sound = !unit.damaged && !ids::differ(document, unit);
            sound && document.unit_number(unit).is_some_and(|number| number < FIRST)
        };
        if let Some(unit) = document.units.iter().find(below) {
            let number = document.unit_number(unit).unwrap_or(0);
            sink.report(
                localized,
                unit.target.id,
                format!("unit number {number} is below {FIRST}, where numbers start"),
            )
            .unit(unit.target.id)
            .identity("start")
            .help("restore the number; the other locales of the article have it");
        }
    }
}
