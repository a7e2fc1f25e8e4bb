//! Pieces of a document, long enough to tell what language they are in.

use std::cell::OnceCell;

use bitext::{ByteSet, Document, Localized};
use whatlang::Lang;

use super::alphabet::{self, Alphabet, Letters};
use super::english_words::{Kind, Word};
use super::little_words::Known;
use super::script::is_spaceless_char;
use super::tokens::Words;
use super::{inline, language, letters, tokens, words};

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
    /// Where the prose of each unit ends in the text, and a line break after it where there are several.
    ends: Vec<usize>,
}

impl Part {
    /// The prose of each unit.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|end| end + 1));
        starts.zip(&self.ends).map(|(start, end)| &self.text[start..*end])
    }
}

/// Fewer letters are a label.
const MIN_UNIT: usize = 30;

/// The prose of a unit's target, without the words that its source has too, names mostly, and without other code names.
pub(crate) fn prose(localized: &Localized, unit: usize) -> String {
    let document = &localized.document;
    let target = document.masked_target(&document.units[unit]);
    let names = Names::of(document, unit);
    let (mut prose, mut from) = (String::with_capacity(target.len()), 0);
    for word in tokens::of_target(document, unit).iter().filter(|word| names.has(word)) {
        prose.push_str(&target[from..word.range.start]);
        from = word.range.end;
    }
    prose.push_str(&target[from..]);
    if prose.contains(inline::MASK) { prose.replace(inline::MASK, " ") } else { prose }
}

/// What tells the names among the words of a unit's target.
struct Names<'d> {
    document: &'d Document,
    unit: usize,
    source: &'d str,
    target: &'d str,
    /// Whether the source may have a word with a letter that English does not have.
    has_foreign: bool,
    of_source: OnceCell<&'d Words>,
}

/// The first bytes of letters that English does not have.
const FOREIGN: ByteSet = ByteSet::of(&[0xE1]).with_range(0xC3, 0xC9);

impl<'d> Names<'d> {
    fn of(document: &'d Document, at: usize) -> Self {
        let unit = &document.units[at];
        let (source, target) = (document.masked_source(unit), document.masked_target(unit));
        let has_foreign = unit.source.print.has_any(FOREIGN);
        Self { document, unit: at, source, target, has_foreign, of_source: OnceCell::new() }
    }

    /// Whether one of the words with a letter that English does not have may be among them.
    fn may_have_foreign(document: &Document, at: usize) -> bool {
        let unit = &document.units[at];
        unit.source.print.has_any(FOREIGN) || words::has_inner_capital(document.masked_target(unit))
    }

    /// Whether the source has the same word, or it is a code name.
    fn has(&self, word: &Word) -> bool {
        if word.kind == Kind::Name && words::has_inner_capital(&self.target[word.range.clone()]) {
            return true;
        }
        if word.is_foreign && !self.has_foreign {
            return false;
        }
        let of_source = self.of_source.get_or_init(|| tokens::source_words(self.document, self.unit));
        of_source.have(word, |other| other.is_same(self.source, word, self.target))
    }
}

/// A unit that may be in another language, by its own letters.
struct Unsettled {
    /// Where it is among the unsure ones.
    place: usize,
    /// As many letters as it has, or more: names are among them.
    letters: usize,
}

/// The units of a document that parts are made of, by their indexes.
pub(crate) struct Candidates {
    /// Those that are not surely in the language of the locale, by their letters, with the letters of their target, without
    /// units that are short, the same as their source, or reported already.
    unsure: Vec<(usize, Letters)>,
}

impl Candidates {
    pub(crate) fn of(document: &Document, own: Lang, told: &[usize]) -> Self {
        let alphabet = alphabet::of(own);
        let mut unsure = Vec::with_capacity(document.units.len());
        for (at, unit) in document.units.iter().enumerate() {
            let target = document.target(unit);
            if unit.damaged
                || target.len() < MIN_UNIT
                || told.contains(&at)
                || target == document.source(unit)
            {
                continue;
            }
            let (letters, is_sure) = letters_of(target, own, alphabet);
            if !is_sure {
                unsure.push((at, letters));
            }
        }
        Self { unsure }
    }

    /// Whether one of the [`parts`] may be in another language, by its letters. Quick: of most documents none is.
    pub(crate) fn may_be_other(&self, localized: &Localized, own: Lang) -> bool {
        /// Of the units of a part that is in another language, one in four may be in something else: of the fewest
        /// that reach so many letters, as many are left.
        const MIN_UNITS: usize = MIN_TOGETHER.div_ceil(MIN_LETTERS - 1) / 4 * 3;
        let document = &localized.document;
        let (alphabet, script) = (alphabet::of(own), language::only_script(own));
        let is_settled = |at: usize, masked: &str, letters: Letters| match alphabet {
            // A letter that no other language has settles the part that it is in.
            Some(alphabet) => !alphabet.may_be_other(letters_of_prose(document, at, alphabet, letters)),
            None => script.is_some_and(|script| language::is_mostly_in(script, masked)),
        };
        let is_enough = |units: &[Unsettled]| {
            let long = units.iter().any(|unit| unit.letters >= MIN_LETTERS);
            let together: usize = units.iter().map(|unit| unit.letters).sum();
            long || if alphabet.is_some() { together >= MIN_TOGETHER } else { units.len() >= MIN_UNITS }
        };
        let is_known = |known: &Known<'_>, at: usize| known.covers(document.target(&document.units[at]), own);
        let mut unsettled: Vec<Unsettled> = Vec::new();
        let mut known: Option<Known<'_>> = None;
        for (place, (at, letters)) in self.unsure.iter().enumerate() {
            let unit = &document.units[*at];
            let masked = document.masked_target(unit);
            // Letters in code tell nothing.
            let letters = match alphabet {
                Some(own) if unit.target.print.may_hide() => own.letters(masked),
                _ => *letters,
            };
            if letters.is_alien() {
                return true;
            }
            if is_settled(*at, masked, letters) {
                continue;
            }
            let letters = letters::weigh(masked, weight);
            if letters < MIN_UNIT || known.as_ref().is_some_and(|known| is_known(known, *at)) {
                continue;
            }
            unsettled.push(Unsettled { place, letters });
            if !is_enough(&unsettled) {
                continue;
            }
            let known = known.get_or_insert_with(|| Self::known(document, own));
            unsettled.retain(|unit| !is_known(known, self.unsure[unit.place].0));
            if alphabet.is_some_and(|alphabet| !alphabet.has_vietnamese()) {
                let is_short = |at: usize| {
                    (MIN_UNIT..MIN_LETTERS).contains(&letters::weigh(&prose(localized, at), weight))
                };
                self.keep_last(&mut unsettled, |at| !is_known(known, at) && is_short(at));
            }
            if is_enough(&unsettled) {
                return true;
            }
        }
        false
    }

    /// Leaves of these units those that may be one part with the last one: none of those between is one that settles it
    /// and surely is told together with others.
    fn keep_last(&self, unsettled: &mut Vec<Unsettled>, is_together: impl Fn(usize) -> bool) {
        let is_split = |pair: &[Unsettled]| {
            self.unsure[pair[0].place + 1..pair[1].place].iter().any(|(at, _)| is_together(*at))
        };
        let split = unsettled.windows(2).rposition(is_split);
        unsettled.drain(..split.map_or(0, |at| at + 1));
    }

    /// The words of the units that are surely in the language of the locale, whatever their length.
    fn known(document: &Document, own: Lang) -> Known<'_> {
        /// So many units have the little words of a language.
        const ENOUGH: usize = 40;
        let alphabet = alphabet::of(own);
        let mut known = Known::default();
        let targets = document.units.iter().map(|unit| document.target(unit));
        targets
            .filter(|target| letters_of(target, own, alphabet).1)
            .take(ENOUGH)
            .for_each(|target| known.learn(target));
        known
    }
}

/// The letters of a target that tell something, and whether it is surely in the language of its locale by these.
#[inline]
fn letters_of(target: &str, own: Lang, alphabet: Option<&Alphabet>) -> (Letters, bool) {
    match alphabet {
        Some(alphabet) => {
            let letters = alphabet.letters(target);
            (letters, alphabet.is_surely(letters))
        }
        None => (Letters::default(), alphabet::is_surely(target, own)),
    }
}

/// What a letter weighs: one of East Asian scripts is as much as three of others.
fn weight(letter: char) -> usize {
    if is_spaceless_char(letter) { 3 } else { 1 }
}

/// The letters of the [`prose`] of a unit that tell something; given those of its masked target, all
/// [inside](Letters::outside).
fn letters_of_prose(document: &Document, unit: usize, alphabet: &Alphabet, letters: Letters) -> Letters {
    // What is left out is words in Latin letters.
    if alphabet.is_cyrillic() {
        return letters;
    }
    let mut found = letters.found;
    if found != 0 && Names::may_have_foreign(document, unit) {
        let (names, words) = (Names::of(document, unit), tokens::of_target(document, unit));
        let own = words.iter().filter(|word| word.is_foreign && !names.has(word));
        found = found_in_words(alphabet, names.target, own);
    }
    Letters { found, ..Letters::default() }
}

/// The letters of an alphabet that stand in words of a text; all of them stand in words with letters that English does
/// not have.
fn found_in_words<'w>(alphabet: &Alphabet, text: &str, words: impl Iterator<Item = &'w Word>) -> u32 {
    words.fold(0, |found, word| found | alphabet.letters(&text[word.range.clone()]).found)
}

/// The parts of a document that are made of these units.
pub(crate) fn parts(localized: &Localized, own: Lang, candidates: &Candidates) -> Vec<Part> {
    let document = &localized.document;
    let (mut parts, mut pool) = (Vec::new(), Part::default());
    let known = Candidates::known(document, own);
    for (at, letters) in &candidates.unsure {
        let at = *at;
        if known.covers(document.target(&document.units[at]), own) {
            continue;
        }
        let text = prose(localized, at);
        let weight = letters::weigh(&text, weight);
        if weight < MIN_UNIT {
            continue;
        }
        let cannot_be_own = || letters.alien > 0 && alphabet::cannot_be(&text, own);
        if weight >= MIN_LETTERS || cannot_be_own() {
            let ends = vec![text.len()];
            parts.push(Part { text, letters: weight, units: vec![at], ends });
            continue;
        }
        pool.text.push_str(&text);
        pool.ends.push(pool.text.len());
        pool.text.push('\n');
        pool.letters += weight;
        pool.units.push(at);
        if pool.letters >= MIN_TOGETHER {
            parts.push(std::mem::take(&mut pool));
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::english_words;

    #[test]
    fn all_letters_stand_in_words() {
        for lang in [Lang::Ces, Lang::Deu, Lang::Tur] {
            let alphabet = alphabet::of(lang).unwrap();
            words::each_random_text("aéŠßİıä×÷ẞȌɐ1.-’中 ", |text| {
                let words = english_words::words(text);
                let foreign = words.iter().filter(|word| word.is_foreign);
                let (letters, found) = (alphabet.letters(text), found_in_words(alphabet, text, foreign));
                assert!(letters.outside || letters.found == found, "{text:?}");
            });
        }
    }
}
