use std::borrow::Cow;
use std::cell::{LazyCell, OnceCell};

use crate::block::Outline;
use crate::plain::{Plain, Told};
use crate::span::holding;
use crate::stretch::{Stretch, Stretches};
use crate::suppression::Directive;
use crate::{
    Anchor, Block, Fault, FrontMatter, Gaps, Heading, LineIndex, Notes, Provenance, Side, Signs, SourceFile,
    Span, Suppressions, Unit, anchor, block, heading, mask, pairs, suppression,
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
    /// What stands outside of them.
    pub gaps: Gaps,
    /// Damage to the span pairs, in document order.
    pub faults: Vec<Fault>,
    /// Whether all tags of pairs are what they look like: none is misspelt, and none is text, being in code or in a comment.
    pub is_exact: bool,
    /// The explicit anchors of headings.
    pub anchors: Vec<Anchor>,
    /// What its comments and its front matter suppress.
    pub suppressions: Suppressions,
    /// What rules keep for other rules.
    pub notes: Notes,
    plain: OnceCell<Option<Plain>>,
    stretches: OnceCell<Stretches>,
    masked: OnceCell<String>,
    headings: OnceCell<Vec<Heading>>,
}

/// Bytes for a line in a text of short ones.
const OF_A_LINE: usize = 96;

impl Document {
    /// Reads a document. Never fails: what is wrong with it is in the values.
    pub fn parse(file: SourceFile) -> Self {
        Self::parse_like(file, None)
    }

    /// Reads a document, faster if its source texts are mostly those of `like`, another locale of the article. What it
    /// reads is the same.
    pub fn parse_like(file: SourceFile, like: Option<&Self>) -> Self {
        let (file, directives) = suppression::cut_out(file);
        Self::parse_without(file, directives, like)
    }

    /// Reads a document without comments to loclint, and what these say.
    fn parse_without(file: SourceFile, directives: Vec<Directive>, like: Option<&Self>) -> Self {
        let text = file.text();
        // Of all lines if need be.
        let mut lines = Vec::with_capacity(text.len() / OF_A_LINE + 16);
        let front_matter = FrontMatter::parse_lines(text, &mut lines);
        let provenance = front_matter.as_ref().map(|front| Provenance::read(text, front)).unwrap_or_default();
        let body = body_start(front_matter.as_ref());
        let (mut units, mut faults, sound) = pairs::parse(text, body, like);
        let lines_before = lines.len();
        let mut gaps = Gaps::of(text, body, &units, sound, &mut lines);
        let plain = OnceCell::new();
        // None, in nearly all documents.
        let with_letters = gaps.with(Signs::LETTER);
        let misspelt: Vec<usize> =
            with_letters.flat_map(|gap| pairs::misspelt_pairs(text, gap.span)).collect();
        let mut is_exact = true;
        if !faults.is_empty() || !misspelt.is_empty() {
            // Perhaps tags are misspelt, or it is code or a comment that only shows such tags.
            let plain = plain.get_or_init(|| Plain::read(text, body, file.lines()));
            let stretches = LazyCell::new(|| Stretches::of(text, body, plain.as_ref()));
            let hidden = |at| stretches.holding(text, &[], at as u32).hidden(text);
            let hidden_at = |at| hidden_at(text, plain.as_ref(), at, || hidden(at));
            if !faults.is_empty() || misspelt.iter().any(|at| hidden_at(*at).is_none()) {
                is_exact = false;
                (units, faults) = pairs::parse_damaged(text, body, hidden_at);
                lines.truncate(lines_before);
                gaps = Gaps::of(text, body, &units, false, &mut lines);
            }
        }
        if gaps.are_plain() {
            file.keep_lines(LineIndex::from_starts(lines));
        }
        let anchors = anchor::find(text, &units, &gaps);
        let suppressions = Suppressions::of(&file, directives, &units);
        Self {
            file,
            front_matter,
            provenance,
            units,
            gaps,
            faults,
            is_exact,
            anchors,
            suppressions,
            notes: Notes::default(),
            plain,
            stretches: OnceCell::new(),
            masked: OnceCell::new(),
            headings: OnceCell::new(),
        }
    }

    /// Reads again of a document only the units that hold these places, which are target texts of it or stand in none of
    /// its units: the file, without comments to loclint, and the units, as [`parse`](Self::parse) reads them. `is_exact` is
    /// what that said [of the document](Self::is_exact).
    pub fn parse_at(file: SourceFile, places: &[Span], is_exact: bool) -> (SourceFile, Vec<Unit>) {
        let (file, directives) = suppression::cut_out(file);
        let text = file.text();
        // No unit begins before.
        let first_tag = memchr::memchr(b'<', text.as_bytes()).unwrap_or(text.len());
        let inside = places.iter().map(|place| place.start as usize).filter(|at| *at >= first_tag);
        let units = || inside.map(|target| pairs::pair_of(text, target)).collect::<Option<Vec<Unit>>>();
        match is_exact.then(units).flatten() {
            Some(units) => (file, units),
            None => {
                let whole = Self::parse_without(file, directives, None);
                let units = places.iter().filter_map(|place| whole.unit_at(place.start as usize).cloned());
                let units = units.collect();
                (whole.file, units)
            }
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

    fn stretches(&self) -> &Stretches {
        self.stretches.get_or_init(|| Stretches::of(self.file.text(), self.body(), self.plain()))
    }

    /// All stretches of the body, parsed.
    fn parsed(&self) -> impl Iterator<Item = &Stretch> {
        let body = Span::new(self.body(), self.file.text().len());
        self.stretches().across(self.file.text(), &self.units, [body])
    }

    /// The block that the unit with this index stands in.
    pub fn block(&self, unit: usize) -> Block {
        let Some(start) = self.units.get(unit).map(|unit| unit.span.start) else { return Block::Paragraph };
        self.stretches().block(self.file.text(), &self.units, unit, start)
    }

    /// The pieces of the body that readers see as text, in units or not, but for alt texts: at least those that start in
    /// one of these spans, which are in order.
    pub fn visible_text(&self, spans: impl IntoIterator<Item = Span>) -> impl Iterator<Item = Span> {
        let around = self.stretches().across(self.file.text(), &self.units, spans);
        around.flat_map(|stretch| &stretch.outline.text).copied()
    }

    /// The images with an alt text.
    pub fn images(&self) -> impl Iterator<Item = Span> {
        self.parsed().flat_map(|stretch| &stretch.outline.images).copied()
    }

    /// Fenced, indented and inline code and HTML comments, in order.
    pub fn code(&self) -> impl Iterator<Item = Span> {
        self.parsed().flat_map(|stretch| stretch.hidden(self.file.text())).copied()
    }

    /// The same from one parse of the whole body: what [`code`](Self::code) is held to.
    #[doc(hidden)]
    pub fn code_by_parser(&self) -> Vec<Span> {
        let (text, body) = (self.file.text(), Span::new(self.body(), self.file.text().len()));
        block::hidden(text, body, &Outline::of(text, body, &[]).code)
    }

    /// The code or the comment that holds the byte at `at`, which is no blank.
    pub fn code_at(&self, at: usize) -> Option<Span> {
        let text = self.file.text();
        hidden_at(text, self.plain(), at, || {
            self.stretches().holding(text, &self.units, at as u32).hidden(text)
        })
    }

    /// What can be told of the byte at `at`, which is no blank, without the Markdown parser.
    pub fn told_at(&self, at: usize) -> Told {
        told_at(self.file.text(), self.plain(), at)
    }

    /// Whether the byte at `at` lies in fenced code, as far as that can be told without the Markdown parser.
    pub fn is_fenced(&self, at: usize) -> bool {
        self.plain().is_some_and(|plain| plain.fence_at(at).is_some())
    }

    fn plain(&self) -> Option<&Plain> {
        self.plain.get_or_init(|| Plain::read(self.file.text(), self.body(), self.file.lines())).as_ref()
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
        self.headings.get_or_init(|| heading::find(self.file.text(), &self.units, &self.gaps, &self.anchors))
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
        side.text.slice(self.around(side))
    }

    /// The masked text of a side of a unit with all that stands after it: to look at many bytes at once at its end too.
    #[inline]
    pub fn masked_from(&self, side: &Side) -> &str {
        self.around(side).get(side.text.start as usize..).unwrap_or_default()
    }

    /// The text of the document, with this side masked.
    #[inline]
    fn around(&self, side: &Side) -> &str {
        if side.print.may_hide() { self.masked() } else { self.file.text() }
    }

    /// The text with the sides of its units masked: many rules want that of most units, so it is made once.
    fn masked(&self) -> &str {
        self.masked.get_or_init(|| mask::units(self.file.text(), &self.units))
    }
}

/// The code or the comment that holds the byte at `at`, which is no blank; `hidden`, which has those around it, takes the
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
