//! The English words of units, cut once for all rules that ask for them.

use std::cell::OnceCell;

use bitext::{ByteSet, Document, Localized, Unit};

use super::bits::Part;
use super::english_words::{self as english, Word};
use super::known::{self, Known};
use super::shared_words::{Letters, Shared};
use super::sources;
use crate::UnitView;

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
    let all = known::of(document).words.get_or_init(|| vec![OnceCell::new(); document.units.len()]);
    all[unit].get_or_init(|| english::words(document.masked_target(&document.units[unit])))
}

/// What the target of a unit may share with its source; nothing in English.
#[inline]
pub(crate) fn shared(unit: UnitView<'_>) -> Shared {
    let all = &unit.known().shared;
    all.get().unwrap_or_else(|| all.get_or_init(|| of_all(unit.localized, unit.known())))[unit.index]
}

fn of_all(localized: &Localized, known: &Known) -> Vec<Shared> {
    const LETTERS: ByteSet = ByteSet::of(&[]).with_range(b'A', b'Z').with_range(b'a', b'z');
    let (document, is_english) = (&localized.document, localized.locale.is_english());
    let shared = |(index, unit): (usize, &Unit)| {
        if is_english || !unit.target.print.has_any(LETTERS) {
            return Shared::default();
        }
        Shared::of(Part::masked(document, &unit.target), || {
            let letters = || Letters::of(Part::masked(document, &unit.source));
            known.sources.facts(index).letters.get_or_init(letters)
        })
    };
    document.units.iter().enumerate().map(shared).collect()
}

/// Words that can be asked which others may be among them.
#[derive(Default)]
pub(crate) struct Words {
    /// The words.
    pub(crate) list: Vec<Word>,
    /// Bits of their sums.
    sums: [u64; 4],
    /// Their sums in order, each with its place in the list, where there are many.
    sorted: OnceCell<Vec<(u32, usize)>>,
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
        Self { list, sums, sorted: OnceCell::new() }
    }

    /// Whether one of them is the same as this one.
    pub(crate) fn have(&self, word: &Word, is_same: impl Fn(&Word) -> bool) -> bool {
        /// So many are gone through sooner than they are sorted.
        const FEW: usize = 64;
        if self.list.len() <= FEW || !self.may_have(word) {
            return self.may_have(word) && self.list.iter().any(is_same);
        }
        let sums = || self.list.iter().map(|word| word.sum).zip(0..);
        let sorted = self.sorted.get_or_init(|| {
            let mut sorted: Vec<(u32, usize)> = sums().collect();
            sorted.sort_unstable();
            sorted
        });
        let from = sorted.partition_point(|(sum, _)| *sum < word.sum);
        let alike = sorted[from..].iter().take_while(|(sum, _)| *sum == word.sum);
        alike.map(|(_, at)| &self.list[*at]).any(is_same)
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
