use bitext::{DocumentId, Localized, Span};

/// What corpus rules know about a document: numbers and spans, no text, so that a tree of any size
/// fits in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The document.
    pub document: DocumentId,
    /// The file id and where it stands, if it is a number.
    pub file_id: Option<(u64, Span)>,
    /// Whether it carries the source text beside the translation.
    pub is_bilingual: bool,
    /// Where its provenance stands, if it has any.
    pub provenance: Option<Span>,
}

impl Facts {
    /// Collects the facts of a document.
    pub fn of(localized: &Localized) -> Self {
        let document = &localized.document;
        let file_id =
            document.provenance.file_id.and_then(|span| Some((document.slice(span).parse().ok()?, span)));
        let provenance = &document.provenance;
        let place = [provenance.source_hash, provenance.source_commit, provenance.locale, provenance.file_id];
        Self {
            document: localized.id,
            file_id,
            is_bilingual: document.is_bilingual(),
            provenance: place.into_iter().flatten().next(),
        }
    }
}
