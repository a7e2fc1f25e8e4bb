use std::borrow::Cow;
use std::cell::{LazyCell, OnceCell};

use crate::block::Outline;
use crate::plain::{Plain, Told};
use crate::span::holding;
use crate::{
    Anchor, Block, Fault, FrontMatter, Heading, Notes, Provenance, Side, SourceFile, Span, Suppressions,
    Unit, anchor, block, heading, mask, pairs, suppression, table,
};

/// One file: an article in one locale.
#[derive(Debug)]
pub struct Document {
    /// The file's text, without comments to loclint.
    pub file: SourceFile,
    /// Its front matter, if it has any.
    pub front_matter: Option<FrontMatter>,
    /// What the front matter says about the translation's origin.
    pub provenance: Provenance,
    /// The translation units in document order.
    pub units: Vec<Unit>,
    /// Damage to the span pairs, in document order.
    pub faults: Vec<Fault>,
    /// The explicit anchors of headings.
    pub anchors: Vec<Anchor>,
    /// What its comments and its front matter suppress.
    pub suppressions: Suppressions,
    /// What rules keep for other rules.
    pub notes: Notes,
    plain: OnceCell<Option<Plain>>,
    outline: OnceCell<Outline>,
    code: OnceCell<Vec<Span>>,
    masked: OnceCell<String>,
    headings: OnceCell<Vec<Heading>>,
}

impl Document {
    /// Reads a document. Never fails: what is wrong with it is in the values.
    pub fn parse(file: SourceFile) -> Self {
        Self::parse_like(file, None)
    }

    /// Reads a document, faster if its source texts are mostly those of `like`, another locale of the article. What it
    /// reads is the same.
    pub fn parse_like(file: SourceFile, like: Option<&Self>) -> Self {
        let (file, directives) = suppression::cut_out(file);
        let text = file.text();
        let front_matter = FrontMatter::parse(text);
        let provenance = front_matter.as_ref().map(|front| Provenance::read(text, front)).unwrap_or_default();
        let body = body_start(front_matter.as_ref());
        let (mut units, mut faults) = pairs::parse(text, body, like);
        let plain = OnceCell::new();
        if !faults.is_empty() {
            // Perhaps tags are misspelt, or it is code or a comment that only shows such tags.
            let plain = plain.get_or_init(|| Plain::read(text, body));
            let code = LazyCell::new(|| block::hidden(text, body, &Outline::of(text, body, &[]).code));
            (units, faults) =
                pairs::parse_damaged(text, body, |at| hidden_at(text, plain.as_ref(), at, || &code));
        }
        let anchors = anchor::find(text, body, &units);
        let suppressions = Suppressions::of(&file, directives, &units);
        Self {
            file,
            front_matter,
            provenance,
            units,
            faults,
            anchors,
            suppressions,
            notes: Notes::default(),
            plain,
            outline: OnceCell::new(),
            code: OnceCell::new(),
            masked: OnceCell::new(),
            headings: OnceCell::new(),
        }
    }

    /// The text that `span` covers.
    #[inline]
    pub fn slice(&self, span: Span) -> &str {
        self.file.slice(span)
    }

    /// Offset of the first byte after the front matter.
    pub fn body(&self) -> usize {
        body_start(self.front_matter.as_ref())
    }

    /// Whether the document carries the source text beside the translation, be it damaged.
    pub fn is_bilingual(&self) -> bool {
        !self.units.is_empty() || !self.faults.is_empty()
    }

    /// What the Markdown of the body says. The first call parses it.
    fn outline(&self) -> &Outline {
        self.outline.get_or_init(|| Outline::of(self.file.text(), self.body(), &self.units))
    }

    /// The block that the unit with this index stands in.
    pub fn block(&self, unit: usize) -> Block {
        self.outline().blocks.get(unit).copied().unwrap_or(Block::Paragraph)
    }

    /// Whether the unit with this index stands in a cell of a table, which mostly takes no Markdown parser.
    pub fn is_in_table(&self, unit: usize) -> bool {
        let is_plainly = || {
            let at = self.units.get(unit)?.span.start as usize;
            table::around(self.file.text(), self.body(), at)
                .filter(|table| self.told_at(*table) == Told::Text)
        };
        is_plainly().is_some() || self.block(unit) == Block::TableCell
    }

    /// The pieces of the body that readers see as text, in units or not, but for alt texts.
    pub fn visible_text(&self) -> &[Span] {
        &self.outline().text
    }

    /// The images with an alt text.
    pub fn images(&self) -> &[Span] {
        &self.outline().images
    }

    /// Fenced, indented and inline code and HTML comments, in order.
    pub fn code(&self) -> &[Span] {
        self.code.get_or_init(|| block::hidden(self.file.text(), self.body(), &self.outline().code))
    }

    /// The code or the comment that holds the byte at `at`, which is no blank.
    pub fn code_at(&self, at: usize) -> Option<Span> {
        hidden_at(self.file.text(), self.plain(), at, || self.code())
    }

    /// What can be told of the byte at `at`, which is no blank, without the Markdown parser.
    pub fn told_at(&self, at: usize) -> Told {
        told_at(self.file.text(), self.plain(), at)
    }

    fn plain(&self) -> Option<&Plain> {
        self.plain.get_or_init(|| Plain::read(self.file.text(), self.body())).as_ref()
    }

    /// Whether the document suppresses findings of a rule at a place.
    pub fn suppresses(&self, rule: &str, place: Span) -> bool {
        let written = self.file.written_span(place);
        self.suppressions.list.iter().any(|one| one.covers(written) && one.names(rule))
    }

    /// The unit whose pair holds the byte at `at`.
    pub fn unit_at(&self, at: usize) -> Option<&Unit> {
        let next = self.units.partition_point(|unit| unit.span.start as usize <= at);
        self.units[..next].last().filter(|unit| unit.span.contains(at))
    }

    /// The headings that hold a unit.
    pub fn headings(&self) -> &[Heading] {
        self.headings.get_or_init(|| heading::find(self.file.text(), &self.units, &self.anchors))
    }

    /// The English text of a heading, put together from the source sides of its units.
    pub fn heading_source(&self, heading: &Heading) -> Cow<'_, str> {
        if let [unit] = &self.units[heading.units.clone()]
            && unit.span == heading.text
        {
            return Cow::Borrowed(self.source(unit));
        }
        let (text, mut source, mut at) = (self.file.text(), String::new(), heading.text.start);
        for unit in &self.units[heading.units.clone()] {
            source.push_str(&text[at as usize..unit.span.start.max(at) as usize]);
            source.push_str(self.source(unit));
            at = unit.span.end;
        }
        source.push_str(text.get(at as usize..heading.text.end as usize).unwrap_or_default());
        Cow::Owned(source)
    }

    /// The source text of a unit, as it stands in the file.
    #[inline]
    pub fn source<'a>(&'a self, unit: &Unit) -> &'a str {
        unit.source.text.slice(self.file.text())
    }

    /// The target text of a unit, as it stands in the file.
    #[inline]
    pub fn target<'a>(&'a self, unit: &Unit) -> &'a str {
        unit.target.text.slice(self.file.text())
    }

    /// The source text of a unit, with what is no prose [`masked`](crate::masked).
    #[inline]
    pub fn masked_source<'a>(&'a self, unit: &Unit) -> &'a str {
        self.masked_side(&unit.source)
    }

    /// The target text of a unit, with what is no prose [`masked`](crate::masked).
    #[inline]
    pub fn masked_target<'a>(&'a self, unit: &Unit) -> &'a str {
        self.masked_side(&unit.target)
    }

    #[inline]
    fn masked_side(&self, side: &Side) -> &str {
        side.text.slice(if side.print.may_hide() { self.masked() } else { self.file.text() })
    }

    /// The text with the sides of its units masked: many rules want that of most units, so it is made once.
    fn masked(&self) -> &str {
        self.masked.get_or_init(|| mask::units(self.file.text(), &self.units))
    }
}

/// The code or the comment that holds the byte at `at`, which is no blank; `hidden`, which has all of them, takes the
/// Markdown parser and is asked only if the lines leave it open.
fn hidden_at<'a>(
    text: &str,
    plain: Option<&Plain>,
    at: usize,
    hidden: impl FnOnce() -> &'a [Span],
) -> Option<Span> {
    match told_at(text, plain, at) {
        Told::Fence(fence) => Some(fence),
        Told::Text => None,
        Told::Open => holding(hidden(), at),
    }
}

fn told_at(text: &str, plain: Option<&Plain>, at: usize) -> Told {
    plain.map_or(Told::Open, |plain| plain.at(text, at))
}

fn body_start(front_matter: Option<&FrontMatter>) -> usize {
    front_matter.map_or(0, |front| front.block.end as usize)
}

#[cfg(test)]
mod tests;
