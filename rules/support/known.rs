//! What is known of a document, which rules ask for again and again: found once for each, however many rules ask.

use std::cell::OnceCell;

use bitext::{ByteSet, Document, Unit};

use super::beside;
use super::english_words::Word;
use super::shared_words::Shared;
use super::sources::{self, Sources};

/// The bytes that occur in the units of a document.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bytes {
    /// In their sources.
    pub source: ByteSet,
    /// In their targets.
    pub target: ByteSet,
}

impl Bytes {
    fn of(document: &Document) -> Self {
        document.units.iter().fold(Self::default(), |bytes, unit| Self {
            source: bytes.source.with(unit.source.print.bytes()),
            target: bytes.target.with(unit.target.print.bytes()),
        })
    }
}

/// What is known of a document. Each part is worked out when a rule first asks for it.
pub(crate) struct Known {
    /// Of its source texts.
    pub(crate) sources: Sources,
    bytes: OnceCell<Bytes>,
    /// See [`with_capitals`].
    with_capitals: OnceCell<Vec<u32>>,
    /// The words of its targets.
    pub(crate) words: OnceCell<Vec<OnceCell<Vec<Word>>>>,
    /// What its targets may share with their sources.
    pub(crate) shared: OnceCell<Vec<Shared>>,
    /// What stands beside blanks and code in its targets.
    pub(crate) beside: OnceCell<beside::Targets>,
}

impl Known {
    /// The bytes of the document, which it is known of.
    #[inline]
    pub(crate) fn bytes(&self, document: &Document) -> &Bytes {
        self.bytes.get().unwrap_or_else(|| self.bytes.get_or_init(|| Bytes::of(document)))
    }

    /// Nothing yet, but for what is known of the source texts.
    pub(crate) fn with(sources: Sources) -> Self {
        Self {
            sources,
            bytes: OnceCell::new(),
            with_capitals: OnceCell::new(),
            words: OnceCell::new(),
            shared: OnceCell::new(),
            beside: OnceCell::new(),
        }
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
        let has = |(at, unit): &(usize, &Unit)| sources.facts(*at).capitals(document, unit).may_be_inside();
        document.units.iter().enumerate().filter(has).map(|(at, _)| at as u32).collect()
    });
    list.iter().map(|at| (*at as usize, &document.units[*at as usize]))
}
