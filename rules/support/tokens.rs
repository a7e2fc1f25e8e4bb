//! The English words of units, cut once for all rules that ask for them.

use std::ops::Range;

use bitext::Document;

use super::english_words::{self as english, Word};
use super::sources;

/// The words of the targets of a document, all in one list.
struct Tokens {
    words: Vec<Word>,
    /// Of each unit, its part of the list.
    of_units: Vec<Range<u32>>,
}

/// The words of the masked source of a unit.
pub(crate) fn of_source(document: &Document, unit: usize) -> &[Word] {
    &source_words(document, unit).list
}

/// What the words of the masked source of a unit are, for asking for many.
pub(crate) fn source_words(document: &Document, unit: usize) -> &Words {
    let words = || Words::of(document.masked_source(&document.units[unit]));
    sources::facts(document, unit).words.get_or_init(words)
}

/// The words of the masked target of a unit.
pub(crate) fn of_target(document: &Document, unit: usize) -> &[Word] {
    let tokens = document.notes.get_or_make(|| {
        let (mut words, mut of_units) = (Vec::new(), Vec::with_capacity(document.units.len()));
        for unit in &document.units {
            let start = words.len() as u32;
            english::push_words(document.masked_target(unit), &mut words);
            of_units.push(start..words.len() as u32);
        }
        Tokens { words, of_units }
    });
    let Range { start, end } = tokens.of_units[unit];
    &tokens.words[start as usize..end as usize]
}

/// Words that can be asked which others may be among them.
#[derive(Default)]
pub(crate) struct Words {
    /// The words.
    pub(crate) list: Vec<Word>,
    /// Bits of their sums.
    sums: [u64; 4],
}

impl Words {
    /// The words of a masked text.
    pub(crate) fn of(masked: &str) -> Self {
        let list = english::words(masked);
        let mut sums = [0; 4];
        for word in &list {
            let bit = Self::bit(word);
            sums[bit / 64] |= 1 << (bit % 64);
        }
        Self { list, sums }
    }

    /// Whether one of them may be the same as this one, which few are that are not.
    #[inline]
    pub(crate) fn may_have(&self, word: &Word) -> bool {
        let bit = Self::bit(word);
        self.sums[bit / 64] & (1 << (bit % 64)) != 0
    }

    /// The highest bits of the sum: the last bytes of a word hardly change the lowest.
    fn bit(word: &Word) -> usize {
        (word.sum >> 24) as usize
    }
}
