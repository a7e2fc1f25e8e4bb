use std::collections::BTreeMap;

use bitext::{Localized, Unit};

use crate::prelude::*;

/// Its page is `prefix.md`.
pub(crate) struct Prefix;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("id/prefix", include_str!("prefix.md"), Severity::Error, Scope::Document, "markup")
}

impl DocumentRule for Prefix {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        // Most documents have one prefix, of five bytes and a hyphen.
        let text = document.file.text();
        let prefix = |unit: &Unit| unit.target.id.slice(text).as_bytes().first_chunk::<6>();
        let first = document.units.first().and_then(prefix).filter(|first| first.ends_with(b"-"));
        if first.is_some_and(|first| document.units.iter().all(|unit| prefix(unit) == Some(first))) {
            return;
        }
        let mut units: BTreeMap<&str, Vec<&Unit>> = BTreeMap::new();
        for unit in document.units.iter().filter(|unit| !unit.damaged && !unit.ids_differ) {
            if let Some((prefix, _)) = document.slice(unit.target.id).split_once('-') {
                units.entry(prefix).or_default().push(unit);
            }
        }
        // Among prefixes with as many units, the one that comes first in the document is its own.
        let rank = |(_, units): &(&&str, &Vec<&Unit>)| (units.len(), std::cmp::Reverse(units[0].span.start));
        let Some(own) = units.iter().max_by_key(rank).map(|(prefix, _)| *prefix) else { return };
        // A prefix that is no prefix is the finding of `id/malformed`.
        let is_hex = |prefix: &str| {
            prefix.len() == 5 && prefix.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase())
        };
        for (prefix, foreign) in units.iter().filter(|(prefix, _)| **prefix != own && is_hex(prefix)) {
            let (first, others) = (foreign[0], &foreign[1..]);
            let what =
                if others.is_empty() { "a unit has".into() } else { format!("{} units have", foreign.len()) };
            let finding = sink.report(
                localized,
                first.target.id,
                format!("{what} the prefix {}, the others {}", quote(prefix), quote(own)),
            );
            finding.unit(first.target.id).identity("foreign prefix").help(
                "the pair was pasted from another document or version: restore it from this one's history",
            );
            for unit in others {
                let place = Place { document: localized.id, span: unit.target.id };
                finding.related(Role::Place, "here too", place, Some(unit.target.id));
            }
        }
    }
}
