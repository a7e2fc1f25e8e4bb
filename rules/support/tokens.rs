//! The English words of units, cut once for all rules that ask for them.

use std::cell::OnceCell;

use bitext::Document;

use super::english_words::{self as english, Word};
use super::sources;

/// Of each unit, the words of its target.
struct Tokens(Vec<OnceCell<Vec<Word>>>);

/// The words of the masked source of a unit.
pub(crate) fn of_source(document: &Document, unit: usize) -> &[Word] {
    let words = || english::words(document.masked_source(&document.units[unit]));
    sources::facts(document, unit).words.get_or_init(words)
}

/// The words of the masked target of a unit.
pub(crate) fn of_target(document: &Document, unit: usize) -> &[Word] {
    let tokens =
        document.notes.get_or_make(|| Tokens(document.units.iter().map(|_| OnceCell::new()).collect()));
    tokens.0[unit].get_or_init(|| english::words(document.masked_target(&document.units[unit])))
}
