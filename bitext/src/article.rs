use crate::{Document, Locale, SourceText, SourceView};

/// Number of a document in a run; documents are numbered in the order of their paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

/// An article in one locale.
#[derive(Debug)]
pub struct Localized {
    /// The number of the document.
    pub id: DocumentId,
    /// Its locale.
    pub locale: Locale,
    /// Its content.
    pub document: Document,
    /// Whether it is reported on, or only there for comparison.
    pub reported: bool,
}

/// An article in all its locales.
#[derive(Debug)]
pub struct Article {
    /// What the paths of its documents share: the path without the locale, with `/`.
    pub key: String,
    /// The documents, ordered by locale. Locales can repeat, where two files claim to be the same.
    pub documents: Vec<Localized>,
    /// What the English tree says about it, if one is at hand.
    pub source: Option<SourceView>,
}

impl Article {
    /// The English file that a document was surely translated from: it lies at the recorded commit and has the
    /// recorded hash. `at` is the document's index.
    pub fn verified_source(&self, at: usize) -> Option<&SourceText> {
        let document = &self.documents.get(at)?.document;
        let text = self.source.as_ref()?.recorded(at)?;
        (document.slice(document.provenance.source_hash?) == text.hash).then_some(text)
    }
}
