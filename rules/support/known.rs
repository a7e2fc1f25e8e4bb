//! What is known of a document, which rules ask for again and again: found once for each, however many rules ask.

use std::cell::OnceCell;

use bitext::{Document, Unit};

use super::sources::{self, Sources};
use super::{beside, tokens};

/// What is known of a document. Each part is worked out when a rule first asks for it.
pub(crate) struct Known {
    /// Of its source texts.
    pub(crate) sources: Sources,
    /// See [`with_capitals`].
    with_capitals: OnceCell<Vec<u32>>,
    /// The words of its targets.
    pub(crate) words: OnceCell<tokens::Targets>,
    /// What stands beside blanks and code in its targets.
    pub(crate) beside: OnceCell<beside::Targets>,
}

impl Known {
    /// Nothing yet, but for what is known of the source texts.
    pub(crate) fn with(sources: Sources) -> Self {
        Self { sources, with_capitals: OnceCell::new(), words: OnceCell::new(), beside: OnceCell::new() }
    }
}

/// What is known of a document.
#[inline]
pub(crate) fn of(document: &Document) -> &Known {
    document.notes.get_or_make(|| Known::with(Sources::of(document)))
}

/// The units, by their indexes, whose source may have a capital elsewhere than at its start: of most documents few, and
/// only those have names of several words or with a capital inside.
pub(crate) fn with_capitals(document: &Document) -> impl Iterator<Item = (usize, &Unit)> {
    let list = of(document).with_capitals.get_or_init(|| {
        let sources = sources::of_document(document);
        let has = |(at, unit): &(usize, &Unit)| {
            sources.facts(*at).capitals_of(|| document.masked_source(unit)).may_be_inside()
        };
        document.units.iter().enumerate().filter(has).map(|(at, _)| at as u32).collect()
    });
    list.iter().map(|at| (*at as usize, &document.units[*at as usize]))
}
