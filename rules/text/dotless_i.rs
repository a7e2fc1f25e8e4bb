use std::collections::BTreeSet;

use bitext::Localized;

use crate::prelude::*;
use crate::support::places::Places;

/// Its page is `dotless_i.md`.
pub(crate) struct DotlessI;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "text/dotless-i",
        include_str!("dotless_i.md"),
        Severity::Warning,
        Scope::Document,
        "misspelling",
    )
}

impl DocumentRule for DotlessI {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        if !matches!(localized.locale.language(), "tr" | "az") {
            return;
        }
        // What the document writes small tells which letter a word has.
        let mut small: BTreeSet<String> = BTreeSet::new();
        for unit in &document.units {
            let masked = document.masked_target(unit);
            let words = masked.split(|c: char| !c.is_alphabetic());
            small.extend(words.filter(|word| word.starts_with(['i', 'ı'])).map(String::from));
        }
        for (index, unit) in document.units.iter().enumerate().filter(|(_, unit)| !unit.damaged) {
            let (source, target) = (document.source(unit), document.target(unit));
            if !target.contains(['I', 'İ']) {
                continue;
            }
            let (masked, places) = (document.masked_target(unit), Places::of(source));
            for (at, word) in words::runs(masked, char::is_alphabetic) {
                let Some(wanted) = other_letter(word, &small).filter(|_| !places.has(word)) else {
                    continue;
                };
                let seen = Seen::of(localized, index, unit);
                let view = seen.view();
                sink.report_unit(
                    view,
                    view.in_target(at, word.len()),
                    format!("{} for {}", quote(word), quote(&wanted)),
                )
                .help("Turkish has two letters: İ belongs to i, and I to ı");
            }
        }
    }
}

/// The word with the other capital, if that is the one that the document writes small.
fn other_letter(word: &str, small: &BTreeSet<String>) -> Option<String> {
    let (rest, own, other, capital) = match word.strip_prefix('I') {
        Some(rest) => (rest, 'ı', 'i', 'İ'),
        None => (word.strip_prefix('İ')?, 'i', 'ı', 'I'),
    };
    let lower = rest.chars().count() >= 3 && rest.chars().all(char::is_lowercase);
    let has = |letter: char| small.contains(&format!("{letter}{rest}"));
    (lower && has(other) && !has(own)).then(|| format!("{capital}{rest}"))
}
