//! The parts of a text that a rule looks at.

use std::borrow::Cow;
use std::ops::Range;

use bitext::{Document, Scalar, Span, Value};

use super::Where;
use crate::support::{inline, yaml};

/// A part of a document.
pub(super) struct Region<'t> {
    /// As it is.
    pub(super) raw: &'t str,
    /// What patterns see: the same, byte for byte, with what is not prose masked.
    pub(super) seen: Cow<'t, str>,
    span: Span,
    /// Whether places in the text are places in the document.
    is_exact: bool,
}

impl Region<'_> {
    /// Where a part of it stands.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        if self.is_exact { self.span.part(range.start, range.len()) } else { self.span }
    }

    /// The whole of it.
    pub(super) fn whole(&self) -> Span {
        self.span
    }

    /// Whether a part of it can be replaced.
    pub(super) fn is_exact(&self) -> bool {
        self.is_exact
    }

    /// The characters that a match touches: of what is masked, it can end after any byte.
    pub(super) fn characters(&self, range: Range<usize>) -> Range<usize> {
        let is_edge = |at: &usize| self.raw.is_char_boundary(*at);
        let start = (0..=range.start).rev().find(is_edge).unwrap_or(0);
        start..(range.end..=self.raw.len()).find(is_edge).unwrap_or(self.raw.len())
    }

    /// Whether there is nothing but what is masked.
    pub(super) fn is_hidden(&self, range: &Range<usize>) -> bool {
        !range.is_empty() && self.seen[range.clone()].chars().all(|c| c == inline::MASK)
    }
}

/// The parts of one side of a unit, whose text stands at `at`.
pub(super) fn of_side<'t>(text: &'t str, at: Span, place: &Where, raw: bool) -> Vec<Region<'t>> {
    let seen = if raw || *place == Where::Code { Cow::Borrowed(text) } else { inline::masked(text) };
    let ranges: Vec<Range<usize>> = match place {
        Where::LinkText => inline::links(text).into_iter().map(|link| link.text).collect(),
        Where::Code => inline::code(text).into_iter().map(|code| inside(text, code.range)).collect(),
        _ => return vec![Region { raw: text, seen, span: at, is_exact: true }],
    };
    let region = |range: Range<usize>| Region {
        raw: &text[range.clone()],
        seen: Cow::Owned(seen[range.clone()].to_string()),
        span: at.part(range.start, range.len()),
        is_exact: true,
    };
    ranges.into_iter().map(region).collect()
}

/// Code without its backticks.
fn inside(text: &str, range: Range<usize>) -> Range<usize> {
    let code = &text[range.clone()];
    let ticks = code.len() - code.trim_start_matches('`').len();
    let ticks = if ticks * 2 <= code.len() { ticks } else { 0 };
    range.start + ticks..range.end - ticks
}

/// The texts of a key of the front matter: its value, or each of a list. With how they are written.
pub(super) fn of_key<'d>(document: &'d Document, key: &str, raw: bool) -> Vec<(Region<'d>, &'d Scalar)> {
    let file = document.file.text();
    let values: Vec<&Value> = match yaml::entry(document, key).map(|entry| &entry.value) {
        Some(Value::Sequence(_, items)) => items.iter().collect(),
        Some(value) => vec![value],
        None => Vec::new(),
    };
    let region = |value: &'d Value| {
        let scalar = value.scalar()?;
        let (text, span) = (scalar.text(file), scalar.content());
        let seen = if raw { Cow::Borrowed(text) } else { inline::masked(text) };
        Some((Region { raw: text, seen, span, is_exact: span.slice(file) == text }, scalar))
    };
    values.into_iter().filter_map(region).collect()
}
