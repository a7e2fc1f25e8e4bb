//! Pieces of a document, long enough to tell what language they are in.

use bitext::{Document, Localized};
use whatlang::Lang;

use super::alphabet::{self, Alphabet, Letters};
use super::english_words::Word;
use super::little_words::Known;
use super::script::is_spaceless_char;
use super::{inline, letters, tokens, words};

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

/// Fewer letters are a label.
const MIN_UNIT: usize = 30;

/// So many short units, at least, are told together.
const MIN_UNITS: usize = MIN_TOGETHER.div_ceil(MIN_LETTERS - 1);

/// The prose of a unit's target, without the words that its source has too, names mostly, and without other code names.
pub(crate) fn prose(localized: &Localized, unit: usize) -> String {
    let document = &localized.document;
    let target = document.masked_target(&document.units[unit]);
    let (mut prose, mut from) = (String::with_capacity(target.len()), 0);
    for word in tokens::of_target(document, unit).iter().filter(|word| is_name(document, unit, word)) {
        prose.push_str(&target[from..word.range.start]);
        from = word.range.end;
    }
    prose.push_str(&target[from..]);
    if prose.contains(inline::MASK) { prose.replace(inline::MASK, " ") } else { prose }
}

/// Whether the source of a unit has the same word as its target, or it is a code name.
fn is_name(document: &Document, unit: usize, word: &Word) -> bool {
    let of_source = tokens::source_words(document, unit);
    let unit = &document.units[unit];
    let (source, target) = (document.masked_source(unit), document.masked_target(unit));
    words::has_inner_capital(&target[word.range.clone()])
        || (of_source.may_have(word)
            && of_source.list.iter().any(|other| other.is_same(source, word, target)))
}

/// Whether a unit can be in a part: it is not short, the same as its source, or reported already, nor surely in the
/// language of its locale.
fn is_candidate(document: &Document, at: usize, own: Lang, told: &[usize]) -> bool {
    let unit = &document.units[at];
    let target = document.target(unit);
    !unit.damaged
        && target.len() >= MIN_UNIT
        && !told.contains(&at)
        && !alphabet::is_surely(target, own)
        && target != document.source(unit)
}

/// Whether one of the [`parts`] of a document may be in another language than its own, by their letters. Quick: most
/// documents have none.
pub(crate) fn may_be_other(document: &Document, own: Lang, told: &[usize]) -> bool {
    let mut candidates = (0..document.units.len()).filter(|at| is_candidate(document, *at, own, told));
    let Some(alphabet) = alphabet::of(own) else { return candidates.next().is_some() };
    let mut short = 0;
    for at in candidates {
        let unit = &document.units[at];
        let letters = alphabet.letters(document.target(unit));
        if letters.alien > 0 || letters.outside {
            return true;
        }
        // A letter that no other language has settles the part that it is in.
        if alphabet.may_be_other(letters_of_prose(document, at, alphabet)) {
            short += 1;
            // No text has more letters than bytes.
            if document.target(unit).len() >= MIN_LETTERS || short >= MIN_UNITS {
                return true;
            }
        }
    }
    false
}

/// The letters of the [`prose`] of a unit that tell something.
fn letters_of_prose(document: &Document, unit: usize, alphabet: &Alphabet) -> Letters {
    let target = document.masked_target(&document.units[unit]);
    // What is left out is words in Latin letters.
    if alphabet.is_cyrillic() {
        return alphabet.letters(target);
    }
    let words = tokens::of_target(document, unit).iter().filter(|word| word.is_foreign);
    let mut letters = Letters::default();
    for word in words.filter(|word| !is_name(document, unit, word)) {
        letters.found |= alphabet.letters(&target[word.range.clone()]).found;
    }
    letters
}

/// The parts of a document, without units that are short, the same as their source, or reported already.
pub(crate) fn parts(localized: &Localized, own: Lang, told: &[usize]) -> Vec<Part> {
    /// So many units have the little words of a language.
    const ENOUGH: usize = 40;
    let document = &localized.document;
    let (mut parts, mut pool) = (Vec::new(), Part::default());
    let mut known = Known::default();
    let targets = document.units.iter().map(|unit| document.target(unit));
    for target in targets.filter(|target| alphabet::is_surely(target, own)).take(ENOUGH) {
        known.learn(target);
    }
    for at in (0..document.units.len()).filter(|at| is_candidate(document, *at, own, told)) {
        if known.covers(document.target(&document.units[at]), own) {
            continue;
        }
        let text = prose(localized, at);
        // A letter of East Asian scripts is as much as three of others.
        let weight = |c: char| if is_spaceless_char(c) { 3 } else { 1 };
        let letters = text.chars().filter(|c| letters::is_letter(*c)).map(weight).sum();
        if letters < MIN_UNIT {
            continue;
        }
        if letters >= MIN_LETTERS || alphabet::cannot_be(&text, own) {
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
