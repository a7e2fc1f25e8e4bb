//! The English words of units, cut once for all rules that ask for them.

use std::cell::OnceCell;

use bitext::Document;

use super::english_words::{self as english, Word};

/// Of each unit, the words of its source and of its target.
struct Tokens(Vec<[OnceCell<Vec<Word>>; 2]>);

/// The words of the masked source of a unit.
pub(crate) fn of_source(document: &Document, unit: usize) -> &[Word] {
    words(document, unit, 0, document.masked_source(&document.units[unit]))
}

/// The words of the masked target of a unit.
pub(crate) fn of_target(document: &Document, unit: usize) -> &[Word] {
    words(document, unit, 1, document.masked_target(&document.units[unit]))
}

fn words<'d>(document: &'d Document, unit: usize, side: usize, masked: &str) -> &'d [Word] {
    let tokens: &'d Tokens =
        document.notes.get_or_make(|| Tokens(document.units.iter().map(|_| Default::default()).collect()));
    tokens.0[unit][side].get_or_init(|| english::words(masked))
}
