use bitext::{Document, DocumentId, Locale, Localized, Span, Suppression, Unit};

use crate::support::fold;

/// What corpus rules see: facts of every document of the run, and what the English tree has.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// In the order of the documents.
    pub facts: Vec<Facts>,
    /// The docset that each article belongs to, by number.
    pub docsets: Vec<u32>,
    /// The articles of the English tree, if it is at hand.
    pub source: Option<SourceListing>,
}

/// What corpus rules know about a document: numbers and spans, no text, so that a tree of any size
/// fits in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The document.
    pub document: DocumentId,
    /// Its article, by number.
    pub article: u32,
    /// Its locale.
    pub locale: Locale,
    /// The file id and where it stands, if it is a number.
    pub file_id: Option<(u64, Span)>,
    /// Whether it carries the source text beside the translation.
    pub is_bilingual: bool,
    /// Whether there is nothing in it.
    pub is_blank: bool,
    /// Where its provenance stands, if it has any.
    pub provenance: Option<Span>,
    /// Its units of prose, in order.
    pub units: Vec<UnitFacts>,
    /// What it suppresses.
    pub suppressions: Vec<Suppression>,
    /// Of these, what suppressed nothing, as rule and place; known when all other rules have run.
    pub unused_suppressions: Vec<(Option<String>, Span)>,
}

/// What corpus rules know about a unit, in 24 bytes. Texts are compared by 64-bit hashes: among a million of them, two
/// different ones look alike once in thirty million trees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitFacts {
    /// The source, folded, and whether it is a heading: headings have a style of their own.
    pub source: u64,
    /// The target, folded.
    pub target: u64,
    /// Where the target text stands.
    pub span: Span,
}

/// The articles of the English tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceListing {
    /// Its articles, ordered by path.
    pub articles: Vec<SourceArticle>,
}

/// An article of the English tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceArticle {
    /// Its path in the tree, with `/`.
    pub path: String,
    /// The number of the translated article that it is, if it is translated at all.
    pub article: Option<u32>,
}

impl Facts {
    /// Collects the facts of a document of the article with this number.
    pub fn of(article: u32, localized: &Localized) -> Self {
        let document = &localized.document;
        let file_id =
            document.provenance.file_id.and_then(|span| Some((document.slice(span).parse().ok()?, span)));
        let provenance = &document.provenance;
        let place = [provenance.source_hash, provenance.source_commit, provenance.locale, provenance.file_id];
        Self {
            document: localized.id,
            article,
            locale: localized.locale.clone(),
            file_id,
            is_bilingual: document.is_bilingual(),
            is_blank: document.file.text().trim().is_empty(),
            provenance: place.into_iter().flatten().next(),
            units: document.units.iter().filter_map(|unit| UnitFacts::of(document, unit)).collect(),
            suppressions: document.suppressions.list.clone(),
            unused_suppressions: Vec::new(),
        }
    }

    /// The place that stands for the whole document: its provenance, or its start.
    pub fn place(&self) -> crate::Place {
        crate::Place { document: self.document, span: self.provenance.unwrap_or(Span::at(0)) }
    }
}

impl UnitFacts {
    /// The facts of a unit; `None` if it is damaged, empty, not translated, or has no prose to translate.
    fn of(document: &Document, unit: &Unit) -> Option<Self> {
        let (source, target) = (document.source(unit), document.target(unit));
        if unit.damaged || source == target || !fold::is_prose(document.masked_source(unit)) {
            return None;
        }
        let (mut of_source, mut of_target) = (Hash::default(), Hash::default());
        fold::target(document.masked_target(unit), |c| of_target.add(c));
        if of_target == Hash::default() {
            return None;
        }
        fold::source(source, |c| of_source.add(c));
        if is_heading(document.file.text(), unit.span.start as usize) {
            of_source.add('\n');
        }
        Some(Self { source: of_source.0, target: of_target.0, span: unit.target.text })
    }
}

/// Whether the line that holds the byte at `at` starts as a heading.
fn is_heading(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[start..].trim_start_matches([' ', '>']).starts_with('#')
}

/// The hash of a text, character by character, each multiplied in so that all bits of the product count, as in wyhash.
#[derive(PartialEq, Eq)]
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }
}

impl Hash {
    fn add(&mut self, c: char) {
        const FACTOR: u128 = 0xa076_1d64_78bd_642f;
        let product = u128::from(self.0 ^ u64::from(u32::from(c))) * FACTOR;
        self.0 = (product >> 64) as u64 ^ product as u64;
    }
}
