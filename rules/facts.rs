use bitext::{Document, DocumentId, Locale, Localized, Signs, Span, Suppression, Unit};

use crate::support::fold;
use crate::support::sources::{self, SourceFacts};

/// What corpus rules see: facts of every document of the run, and what the English tree has.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// In the order of the documents.
    pub facts: Vec<Facts>,
    /// The docset that each article belongs to, by number.
    pub docsets: Vec<u32>,
    /// The articles of the English tree, if it is at hand.
    pub source: Option<SourceListing>,
    /// Documents that are there, but could not be read: nobody can say that they are missing.
    pub unread: Vec<Unread>,
    /// Whether something else could not be read, such as a folder, and may hold any document.
    pub unread_others: bool,
}

/// A document that is there but could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its article, by number.
    pub article: u32,
    /// Its locale.
    pub locale: Locale,
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
    /// Whether all tags of its pairs are what they look like.
    pub is_exact: bool,
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
    /// The source, folded, and whether it is a heading, in the last bit: headings have a style of their own.
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
            is_exact: document.is_exact,
            is_blank: document.file.text().trim_start_matches('\u{feff}').trim().is_empty(),
            provenance: place.into_iter().flatten().next(),
            units: UnitFacts::of(document),
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
    /// The facts of the units of a document, but for those that are damaged, empty, not translated, or have no prose to
    /// translate.
    fn of(document: &Document) -> Vec<Self> {
        let text = document.file.text();
        let mut facts = Vec::with_capacity(document.units.len());
        let sources = sources::of_document(document);
        let marks = document.gaps.at_line_starts(Signs::HASH);
        let mut headings = Headings { text, line: 0, searched: 0, marks, mark: Span::at(0), heading: false };
        for (index, unit) in document.units.iter().enumerate() {
            let heading = headings.has(unit.span.start as usize);
            if let Some((source, target)) = hashes(document, unit, sources.facts(index)) {
                // So that headings are other texts.
                let source = source ^ u64::from(heading);
                facts.push(Self { source, target, span: unit.target.text });
            }
        }
        // They stay until the last article is read.
        facts.shrink_to_fit();
        facts
    }
}

/// The hashes of both sides of a unit, if its translation can be compared with another.
fn hashes(document: &Document, unit: &Unit, facts: &SourceFacts) -> Option<(u64, u64)> {
    let source = document.source(unit);
    if unit.damaged || source == document.target(unit) {
        return None;
    }
    let folded = || {
        fold::is_prose(document.masked_source(unit)).then(|| fold::source_hash(source, &unit.source.print))
    };
    let of_source = (*facts.folded.get_or_init(folded))?;
    Some((of_source, fold::target_hash(document.masked_target(unit), &unit.target.print)?))
}

/// Which units stand in headings, asked from the first unit to the last.
struct Headings<'t, I> {
    text: &'t str,
    /// Where the last line begins that was looked at, and how far the text was searched for that.
    line: usize,
    searched: usize,
    /// Where the `#` of one can stand, and the next of these places.
    marks: I,
    mark: Span,
    /// Whether the unit before stands in one.
    heading: bool,
}

impl<I: Iterator<Item = Span>> Headings<'_, I> {
    /// Whether the line of the unit at `start` is one.
    fn has(&mut self, start: usize) -> bool {
        // After what is no heading, one has its mark before its first unit, and few texts have one there.
        let mut is_behind_mark = false;
        while (self.mark.start as usize) < start {
            is_behind_mark = true;
            if self.mark.end as usize > start {
                break;
            }
            self.mark = self.marks.next().unwrap_or(Span::at(u32::MAX as usize));
        }
        if self.heading || is_behind_mark {
            let search = self.text.as_bytes().get(self.searched..start).unwrap_or_default();
            if let Some(end) = memchr::memrchr(b'\n', search) {
                self.line = self.searched + end + 1;
            }
            self.searched = self.searched.max(start);
            self.heading = starts_heading(&self.text[self.line..]);
        }
        self.heading
    }
}

fn starts_heading(line: &str) -> bool {
    line.bytes().find(|byte| !matches!(byte, b' ' | b'>')) == Some(b'#')
}
