use std::collections::BTreeMap;

use bitext::{Localized, Span};

use crate::prelude::*;

/// Its page is `duplicate_key.md`.
pub(crate) struct DuplicateKey;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "front-matter/duplicate-key",
        include_str!("duplicate_key.md"),
        Severity::Error,
        Scope::Document,
        "other",
    )
}

/// As many keys as are compared one by one.
const FEW: usize = 64;

impl DocumentRule for DuplicateKey {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        let Some(front) = &document.front_matter else { return };
        // Hardly any document has one.
        let keys: Vec<&str> =
            front.entries.iter().map(|entry| entry.key.text(document.file.text())).collect();
        if keys.len() <= FEW && (1..keys.len()).all(|at| !keys[..at].contains(&keys[at])) {
            return;
        }
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        for entry in &front.entries {
            let key = entry.key.text(document.file.text());
            if let Some(before) = first.get(key) {
                let place = Place { document: localized.id, span: *before };
                sink.report(localized, entry.key.span, format!("the key {} is given twice", quote(key)))
                    .related(Role::Evidence, "first given here", place, None)
                    .help("keep the one with the right value; which one counts differs from tool to tool");
            } else {
                first.insert(key, entry.key.span);
            }
        }
    }
}
