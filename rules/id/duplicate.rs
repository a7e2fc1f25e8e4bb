use std::collections::BTreeMap;

use bitext::{Document, Localized, Unit};

use crate::markup::merge_conflict;
use crate::prelude::*;

/// Its page is `duplicate.md`.
pub(crate) struct Duplicate;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("id/duplicate", include_str!("duplicate.md"), Severity::Error, Scope::Document, "markup")
}

impl DocumentRule for Duplicate {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        let in_order =
            document.units.is_sorted_by(|one, next| one.number.is_some() && one.number < next.number);
        // Of a conflict both versions have the pair.
        if in_order || merge_conflict::any(document) {
            return;
        }
        let mut first: BTreeMap<u32, &Unit> = BTreeMap::new();
        for unit in document.units.iter().filter(|unit| !unit.ids_differ) {
            let Some(number) = unit.number else { continue };
            match first.get(&number) {
                None => {
                    first.insert(number, unit);
                }
                Some(first) => report(localized, first, unit, number, sink),
            }
        }
    }
}

fn report(localized: &Localized, first: &Unit, again: &Unit, number: u32, sink: &mut Sink<'_>) {
    let document = &localized.document;
    let help = if same_text(document, first, again) {
        "the texts are equal too: remove the copy"
    } else {
        "the texts differ: restore the number that this pair had, or remove it"
    };
    let place = Place { document: localized.id, span: first.target.id };
    sink.report(localized, again.target.id, format!("unit number {number} is used twice"))
        .unit(again.target.id)
        .identity(document.target(again))
        .help(help)
        .related(Role::Evidence, "first used here", place, Some(first.target.id));
}

fn same_text(document: &Document, left: &Unit, right: &Unit) -> bool {
    document.source(left) == document.source(right) && document.target(left) == document.target(right)
}
