use bitext::{Document, Entry, Localized, PROVENANCE_KEYS, Scalar};

use crate::prelude::*;

/// Its page is `translated.md`.
pub(crate) struct Translated;

/// Keys that documentation of this kind has, besides the provenance keys.
const KNOWN: [&str; 30] = [
    "title",
    "titleSuffix",
    "description",
    "keywords",
    "author",
    "manager",
    "ms.author",
    "ms.date",
    "ms.topic",
    "ms.service",
    "ms.subservice",
    "ms.prod",
    "ms.technology",
    "ms.custom",
    "ms.reviewer",
    "ms.localizationpriority",
    "ms.assetid",
    "ms.devlang",
    "ms.tgt_pltfrm",
    "ms.workload",
    "ms.collection",
    "ms.suite",
    "search.appverid",
    "f1_keywords",
    "helpviewer_keywords",
    "monikerRange",
    "no-loc",
    "robots",
    "uid",
    "zone_pivot_groups",
];

/// Keys whose values are words from a fixed list, in English.
const ENUMERATED: [&str; 6] =
    ["ms.topic", "ms.service", "ms.subservice", "ms.prod", "ms.technology", "ms.localizationpriority"];

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "front-matter/translated",
        include_str!("translated.md"),
        Severity::Error,
        Scope::Document,
        "mistranslation",
    )
}

impl DocumentRule for Translated {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        let Some(front) = document.front_matter.as_ref().filter(|front| front.error.is_none()) else {
            return;
        };
        let text = document.file.text();
        for entry in &front.entries {
            let key = entry.key.text(text);
            if let Some(meant) = meant(key).filter(|meant| front.entry(text, meant).is_none()) {
                sink.report(
                    localized,
                    entry.key.span,
                    format!("the key {} is none; {} is missing", quote(key), quote(meant)),
                )
                .help("keys are not translated: write it as in English");
            } else if !key.is_ascii() {
                sink.report(localized, entry.key.span, format!("the key {} was translated", quote(key)))
                    .help("keys are not translated: write it as in English");
            }
            if let Some(value) = translated_value(document, entry) {
                let message =
                    format!("the value {} of {} was translated", quote(value.text(text)), quote(key));
                sink.report(localized, value.span, message)
                    .help("the value is a word from a fixed list: write it as in English");
            }
        }
    }
}

/// Whether the key of this name in `document`, or its value, is a finding.
pub(crate) fn concerns(document: &Document, key: &str) -> bool {
    let Some(front) = &document.front_matter else { return false };
    let text = document.file.text();
    let Some(entry) = front.entry(text, key) else { return false };
    let mistaken = meant(key).is_some_and(|meant| front.entry(text, meant).is_none());
    mistaken || !key.is_ascii() || translated_value(document, entry).is_some()
}

/// A value from a fixed list that is not in English.
fn translated_value<'a>(document: &Document, entry: &'a Entry) -> Option<&'a Scalar> {
    let text = document.file.text();
    let value = entry.value.scalar().filter(|value| !value.text(text).is_ascii())?;
    let is_letter = |c: char| c.is_alphabetic() && !c.is_ascii();
    let is_enumerated = ENUMERATED.contains(&entry.key.text(text));
    (is_enumerated && value.text(text).contains(is_letter)).then_some(value)
}

/// The known key that is one or two letters away from this one, which is none itself.
fn meant(key: &str) -> Option<&'static str> {
    const NEAR: usize = 2;
    if KNOWN.contains(&key) || PROVENANCE_KEYS.contains(&key) {
        return None;
    }
    // Keys are near that are about as long.
    let chars = key.chars().count();
    let possible = |known: &&str| known.len() > 2 * NEAR && known.len().abs_diff(chars) <= NEAR;
    let known = KNOWN.iter().chain(&PROVENANCE_KEYS).copied();
    let near = known.filter(possible).map(|known| (strsim::damerau_levenshtein(key, known), known));
    near.filter(|(distance, _)| *distance <= NEAR).min().map(|(_, known)| known)
}
