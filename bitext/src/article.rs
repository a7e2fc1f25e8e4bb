use crate::{Document, Locale};

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
}

/// An article in all its locales.
#[derive(Debug)]
pub struct Article {
    /// What the paths of its documents share: the path without the locale, with `/`.
    pub key: String,
    /// The documents, ordered by locale. Locales can repeat, where two files claim to be the same.
    pub documents: Vec<Localized>,
}
