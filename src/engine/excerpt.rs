//! The texts that findings are located in: a document, or what is kept of one that was read again.

use std::collections::BTreeMap;

use bitext::{Document, SourceFile, Span, Unit};
use rules::{Place, Quote};

use super::locate::Range;

/// What locating a finding asks of a document.
pub(super) trait Texts {
    /// A span in the file as it is written, with its lines and columns.
    fn range(&self, span: Span) -> Range;
    /// The text of a span.
    fn slice(&self, span: Span) -> &str;
    /// The unit that the byte at `at` belongs to.
    fn unit_at(&self, at: u32) -> Option<&Unit>;

    /// The source text of the unit that an id belongs to.
    fn source_of(&self, id: Span) -> &str {
        let unit = self.unit_at(id.start).filter(|unit| unit.target.id == id || unit.source.id == id);
        unit.map_or("", |unit| self.slice(unit.source.text))
    }

    /// A text that a message quotes.
    fn quoted(&self, quote: Quote) -> Option<&str> {
        match quote {
            Quote::Target(Place { span, .. }) => Some(self.slice(span)),
            Quote::Source(Place { span, .. }) => {
                self.unit_at(span.start).map(|unit| self.slice(unit.source.text))
            }
        }
    }
}

impl Texts for Document {
    fn range(&self, span: Span) -> Range {
        range(&self.file, span)
    }

    fn slice(&self, span: Span) -> &str {
        Document::slice(self, span)
    }

    fn unit_at(&self, at: u32) -> Option<&Unit> {
        Document::unit_at(self, at as usize)
    }
}

fn range(file: &SourceFile, span: Span) -> Range {
    let span = file.written_span(span);
    let (start, end) = file.written_positions(span);
    Range { span, start, end }
}

/// What is kept of a document of which only some places matter: findings about a whole tree may point at every file of
/// it, and the tree does not fit in memory.
pub(super) struct Excerpt {
    pieces: BTreeMap<Span, (Range, String)>,
    /// In document order, each once.
    units: Vec<Unit>,
}

impl Excerpt {
    /// The places of a document that rules about whole trees have found, and the ids and texts of the units that they are in.
    /// `is_exact` is what was [said of the document](Document::is_exact).
    pub(super) fn of(file: SourceFile, places: &[Span], is_exact: bool) -> Self {
        let (file, mut units) = Document::parse_at(file, places, is_exact);
        units.sort_by_key(|unit| unit.span.start);
        units.dedup_by_key(|unit| unit.span.start);
        let parts = units.iter().flat_map(|unit| [unit.target.id, unit.source.id, unit.source.text]);
        let spans = places.iter().copied().chain(parts);
        let pieces = spans.map(|span| (span, (range(&file, span), file.slice(span).to_string()))).collect();
        Self { pieces, units }
    }
}

impl Texts for Excerpt {
    fn range(&self, span: Span) -> Range {
        let unknown = Range { span, ..Range::default() };
        self.pieces.get(&span).map_or(unknown, |(range, _)| *range)
    }

    fn slice(&self, span: Span) -> &str {
        self.pieces.get(&span).map_or("", |(_, text)| text)
    }

    fn unit_at(&self, at: u32) -> Option<&Unit> {
        let next = self.units.partition_point(|unit| unit.span.start <= at);
        self.units[..next].last().filter(|unit| unit.span.contains(at as usize))
    }
}
