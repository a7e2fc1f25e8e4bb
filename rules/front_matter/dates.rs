use bitext::{Date, Localized, parse_date};

use crate::prelude::*;

/// Its page is `dates.md`.
pub(crate) struct Dates {
    pub(crate) today: Date,
}

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("front-matter/dates", include_str!("dates.md"), Severity::Error, Scope::Document, "other")
}

impl DocumentRule for Dates {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        let provenance = &document.provenance;
        let (Some(place), Some(hand_off)) = (provenance.hand_off, provenance.hand_off_date) else { return };
        if hand_off > self.today {
            let message = format!("the hand-off of {hand_off} is in the future");
            sink.report(localized, place, message)
                .identity("future")
                .help("restore the date from the version control history");
            return;
        }
        let text = document.file.text();
        let entry = document.front_matter.as_ref().and_then(|front| front.entry(text, "ms.date"));
        let Some(scalar) = entry.and_then(|entry| entry.value.scalar()) else { return };
        let Some(date) = parse_date(scalar.text(text)).filter(|date| *date > hand_off) else { return };
        sink.report(
            localized,
            scalar.content(),
            format!("the article's date {date} is after its hand-off of {hand_off}"),
        )
        .identity("after")
        .help("the English article cannot be newer than its hand-off: restore both dates");
    }
}
