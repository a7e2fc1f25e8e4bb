//! Pieces of a document, long enough to tell what language they are in.

use std::collections::HashSet;

use bitext::{Localized, Unit};
use whatlang::Lang;

use super::script::is_spaceless_char;
use super::{inline, language, letters, tokens};

/// A unit of so many letters is told by itself, names apart.
pub(crate) const MIN_LETTERS: usize = 100;

/// Shorter units are told together, with so many letters.
const MIN_TOGETHER: usize = 300;

/// Part of a document, long enough to tell its language.
#[derive(Default)]
pub(crate) struct Part {
    /// Its prose, names apart.
    pub(crate) text: String,
    /// How many letters that is.
    pub(crate) letters: usize,
    /// The units, by their indexes.
    pub(crate) units: Vec<usize>,
}

/// The prose of a unit's target, without the words that its source has too, names mostly, and without other code names.
pub(crate) fn prose(localized: &Localized, unit: usize) -> String {
    let document = &localized.document;
    let (of_source, of_target) = (tokens::of_source(document, unit), tokens::of_target(document, unit));
    let unit = &document.units[unit];
    let (source, target) = (document.masked_source(unit), document.masked_target(unit));
    let names: HashSet<String> =
        of_source.iter().map(|word| source[word.range.clone()].to_ascii_lowercase()).collect();
    let (mut prose, mut from) = (String::with_capacity(target.len()), 0);
    for word in of_target {
        let own = &target[word.range.clone()];
        let is_camel = || {
            let pairs = own.bytes().zip(own.bytes().skip(1));
            pairs.into_iter().any(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase())
        };
        if names.contains(&own.to_ascii_lowercase()) || is_camel() {
            prose.push_str(&target[from..word.range.start]);
            from = word.range.end;
        }
    }
    prose.push_str(&target[from..]);
    prose.replace(inline::MASK, " ")
}

/// The parts of a document, without units that are short, the same as their source, or reported already.
pub(crate) fn parts(localized: &Localized, own: Lang, told: &[usize]) -> Vec<Part> {
    /// Fewer letters are a label.
    const MIN_UNIT: usize = 30;
    /// So many units have the little words of a language.
    const ENOUGH: usize = 40;
    let document = &localized.document;
    let (mut parts, mut pool) = (Vec::new(), Part::default());
    let mut known = language::Known::default();
    let surely = |unit: &Unit| language::is_surely(document.target(unit), own);
    let sure: Vec<bool> = document.units.iter().map(surely).collect();
    for (unit, _) in document.units.iter().zip(&sure).filter(|(_, sure)| **sure).take(ENOUGH) {
        known.learn(document.target(unit));
    }
    for (at, unit) in document.units.iter().enumerate() {
        let target = document.target(unit);
        if unit.damaged || target.len() < MIN_UNIT || target == document.source(unit) {
            continue;
        }
        if sure[at] || told.contains(&at) || known.covers(target, own) {
            continue;
        }
        let text = prose(localized, at);
        // A letter of East Asian scripts is as much as three of others.
        let weight = |c: char| if is_spaceless_char(c) { 3 } else { 1 };
        let letters = text.chars().filter(|c| letters::is_letter(*c)).map(weight).sum();
        if letters < MIN_UNIT {
            continue;
        }
        if letters >= MIN_LETTERS || language::cannot_be(&text, own) {
            parts.push(Part { text, letters, units: vec![at] });
            continue;
        }
        pool.text.push_str(&text);
        pool.text.push('\n');
        pool.letters += letters;
        pool.units.push(at);
        if pool.letters >= MIN_TOGETHER {
            parts.push(std::mem::take(&mut pool));
        }
    }
    parts
}
