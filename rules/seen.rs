use std::ops::Deref;

use bitext::{Block, Document, Fingerprint, Locale, Localized, Span, Unit};

use crate::support::known::{self, Known};

/// A unit with the document that it belongs to, as rules hand it on: [`Seen`], by reference.
#[derive(Clone, Copy)]
pub struct UnitView<'a>(&'a Seen<'a>);

impl<'a> Deref for UnitView<'a> {
    type Target = Seen<'a>;

    #[inline]
    fn deref(&self) -> &Seen<'a> {
        self.0
    }
}

/// A unit with the document that it belongs to.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The document.
    pub localized: &'a Localized,
    /// Index of the unit in the document.
    pub index: usize,
    /// The rules ask for the unit, its texts and what is known of the document so often that they are looked up once.
    unit: &'a Unit,
    source: &'a str,
    target: &'a str,
    known: &'a Known,
}

impl<'a> Seen<'a> {
    /// The units of a document, damaged ones among them.
    #[inline]
    pub fn all(localized: &'a Localized) -> impl Iterator<Item = Self> {
        let (units, known) = (localized.document.units.iter().enumerate(), known::of(&localized.document));
        units.map(move |(index, unit)| Self::with(localized, known, index, unit))
    }

    /// The unit at this index, which is `unit`: for rules that first ask whether it is worth it.
    #[inline]
    pub(crate) fn of(localized: &'a Localized, index: usize, unit: &'a Unit) -> Self {
        Self::with(localized, known::of(&localized.document), index, unit)
    }

    #[inline]
    fn with(localized: &'a Localized, known: &'a Known, index: usize, unit: &'a Unit) -> Self {
        let (source, target) = (localized.document.source(unit), localized.document.target(unit));
        Self { localized, index, unit, source, target, known }
    }

    /// As rules take it.
    #[inline]
    pub fn view(&self) -> UnitView<'_> {
        UnitView(self)
    }

    /// What is known of the document.
    #[inline]
    pub(crate) fn known(&self) -> &'a Known {
        self.known
    }

    /// The document.
    #[inline]
    pub fn document(&self) -> &'a Document {
        &self.localized.document
    }

    /// The unit.
    #[inline]
    pub fn unit(&self) -> &'a Unit {
        self.unit
    }

    /// The locale of the target.
    #[inline]
    pub fn locale(&self) -> &'a Locale {
        &self.localized.locale
    }

    /// The source text.
    #[inline]
    pub fn source(&self) -> &'a str {
        self.source
    }

    /// The target text.
    #[inline]
    pub fn target(&self) -> &'a str {
        self.target
    }

    /// The source text without what is no prose, byte for byte: see [`bitext::masked`].
    #[inline]
    pub fn masked_source(&self) -> &'a str {
        self.document().masked_source(self.unit())
    }

    /// The target text without what is no prose, byte for byte: see [`bitext::masked`].
    #[inline]
    pub fn masked_target(&self) -> &'a str {
        self.document().masked_target(self.unit())
    }

    /// What the source text is made of.
    #[inline]
    pub fn source_print(&self) -> &'a Fingerprint {
        &self.unit().source.print
    }

    /// What the target text is made of.
    #[inline]
    pub fn target_print(&self) -> &'a Fingerprint {
        &self.unit().target.print
    }

    /// Whether both sides are the same text.
    pub fn untouched(&self) -> bool {
        self.source_print() == self.target_print() && self.source() == self.target()
    }

    /// The block that the unit stands in.
    pub fn block(&self) -> Block {
        self.document().block(self.index)
    }

    /// A part of the target, from byte `from` of the target text on, `len` bytes long.
    pub fn in_target(&self, from: usize, len: usize) -> Span {
        self.unit().target.text.part(from, len)
    }

    /// A part of the source, from byte `from` of the source text on, `len` bytes long.
    pub fn in_source(&self, from: usize, len: usize) -> Span {
        self.unit().source.text.part(from, len)
    }
}
