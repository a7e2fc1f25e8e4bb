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

/// The units of a document that parts are made of, by their indexes.
pub(crate) struct Candidates {
    /// Those that are surely in the language of the locale, by their letters: enough to know its little words.
    sure: Vec<usize>,
    /// Those that are not, with the letters of their target, without units that are short, the same as their source, or
    /// reported already.
    unsure: Vec<(usize, Letters)>,
}

impl Candidates {
    pub(crate) fn of(document: &Document, own: Lang, told: &[usize]) -> Self {
        /// So many units have the little words of a language.
        const ENOUGH: usize = 40;
        let alphabet = alphabet::of(own);
        let (mut sure, mut unsure) = (Vec::new(), Vec::new());
        for (at, unit) in document.units.iter().enumerate() {
            let target = document.target(unit);
            let letters = alphabet.map(|alphabet| alphabet.letters(target)).unwrap_or_default();
            let is_sure = match alphabet {
                Some(alphabet) => alphabet.is_surely(letters),
                None => alphabet::is_surely(target, own),
            };
            if is_sure {
                sure.extend((sure.len() < ENOUGH).then_some(at));
            } else if !unit.damaged
                && target.len() >= MIN_UNIT
                && !told.contains(&at)
                && target != document.source(unit)
            {
                unsure.push((at, letters));
            }
        }
        Self { sure, unsure }
    }

    /// Whether one of the [`parts`] may be in another language, by its letters. Quick: of most documents none is.
    pub(crate) fn may_be_other(&self, document: &Document, own: Lang) -> bool {
        let Some(alphabet) = alphabet::of(own) else { return !self.unsure.is_empty() };
        let mut short = 0;
        for (at, letters) in &self.unsure {
            if letters.alien > 0 || letters.outside {
                return true;
            }
            // A letter that no other language has settles the part that it is in.
            if alphabet.may_be_other(letters_of_prose(document, *at, alphabet)) {
                short += 1;
                if most_letters(document.target(&document.units[*at])) >= MIN_LETTERS || short >= MIN_UNITS {
                    return true;
                }
            }
        }
        false
    }
}

/// The letters of a text as parts count them, or more.
fn most_letters(text: &str) -> usize {
    text.len() - text.bytes().filter(|byte| matches!(byte, 0xC2..=0xDF)).count()
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

/// The parts of a document that are made of these units.
pub(crate) fn parts(localized: &Localized, own: Lang, candidates: &Candidates) -> Vec<Part> {
    let document = &localized.document;
    let (mut parts, mut pool) = (Vec::new(), Part::default());
    let mut known = Known::default();
    for at in &candidates.sure {
        known.learn(document.target(&document.units[*at]));
    }
    for (at, _) in &candidates.unsure {
        let at = *at;
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
