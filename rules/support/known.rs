//! What is known of a document, which rules ask for again and again: found once for each, however many rules ask.

use std::cell::OnceCell;

use bitext::Document;

use super::sources::Sources;
use super::{beside, tokens};

/// What is known of a document. Each part is worked out when a rule first asks for it.
pub(crate) struct Known {
    /// Of its source texts.
    pub(crate) sources: Sources,
    /// The words of its targets.
    pub(crate) words: OnceCell<tokens::Targets>,
    /// What stands beside blanks and code in its targets.
    pub(crate) beside: OnceCell<beside::Targets>,
}

impl Known {
    /// Nothing yet, but for what is known of the source texts.
    pub(crate) fn with(sources: Sources) -> Self {
        Self { sources, words: OnceCell::new(), beside: OnceCell::new() }
    }
}

/// What is known of a document.
#[inline]
pub(crate) fn of(document: &Document) -> &Known {
    document.notes.get_or_make(|| Known::with(Sources::of(document)))
}
