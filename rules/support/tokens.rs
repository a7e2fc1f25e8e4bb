//! The English words of units, cut once for all rules that ask for them.

use std::cell::OnceCell;

use bitext::{ByteSet, Document};

use super::bits::Part;
use super::english_words::{self as english, Word};
use super::known::{self, Known};
use super::shared_words::{Letters, Shared};
use super::sources;
use crate::UnitView;

/// What is known of the targets of a document, each worked out when it is first asked for.
pub(crate) struct Targets(Vec<Target>);

#[derive(Default)]
struct Target {
    words: OnceCell<Vec<Word>>,
    shared: OnceCell<Shared>,
}

#[inline]
fn target<'d>(document: &'d Document, known: &'d Known, unit: usize) -> &'d Target {
    let targets = || Targets(document.units.iter().map(|_| Target::default()).collect());
    let words = &known.words;
    &words.get().unwrap_or_else(|| words.get_or_init(targets)).0[unit]
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
    let words = || english::words(document.masked_target(&document.units[unit]));
    target(document, known::of(document), unit).words.get_or_init(words)
}

/// What the target of a unit may share with its source.
#[inline]
pub(crate) fn shared(unit: UnitView<'_>) -> Shared {
    let shared = &target(unit.document(), unit.known(), unit.index).shared;
    *shared.get().unwrap_or_else(|| shared.get_or_init(|| shared_of(unit)))
}

fn shared_of(unit: UnitView<'_>) -> Shared {
    const LETTERS: ByteSet = ByteSet::of(&[]).with_range(b'A', b'Z').with_range(b'a', b'z');
    if !unit.target_print().has_any(LETTERS) {
        return Shared::default();
    }
    let part = |side| Part::masked(unit.document(), side);
    Shared::of(part(&unit.unit().target), || {
        sources::of(unit).letters.get_or_init(|| Letters::of(part(&unit.unit().source)))
    })
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
