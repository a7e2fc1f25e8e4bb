//! Pieces of a document, long enough to tell what language they are in.

use bitext::Localized;
use whatlang::Lang;

use super::script::is_spaceless_char;
use super::{english_words as english, inline, language};

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
    let unit = &document.units[unit];
    let (source, target) = (inline::masked(document.source(unit)), inline::masked(document.target(unit)));
    let names: Vec<&str> = english::words(&source).into_iter().map(|word| &source[word.range]).collect();
    let (mut prose, mut from) = (String::with_capacity(target.len()), 0);
    for word in english::words(&target) {
        let own = &target[word.range.clone()];
        let is_camel = own
            .bytes()
            .zip(own.bytes().skip(1))
            .any(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase());
        if is_camel || names.iter().any(|name| name.eq_ignore_ascii_case(own)) {
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
    let document = &localized.document;
    let (mut parts, mut pool) = (Vec::new(), Part::default());
    for (at, unit) in document.units.iter().enumerate() {
        let target = document.target(unit);
        if unit.damaged || target.len() < MIN_UNIT || target == document.source(unit) {
            continue;
        }
        if language::is_surely(target, own) || told.contains(&at) {
            continue;
        }
        let text = prose(localized, at);
        // A letter of East Asian scripts is as much as three of others.
        let weight = |c: char| if is_spaceless_char(c) { 3 } else { 1 };
        let letters = text.chars().filter(|c| c.is_alphabetic()).map(weight).sum();
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
