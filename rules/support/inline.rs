//! The inline Markdown of one side of a unit.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};

/// The inline code of `text`, delimiters included, in bytes.
pub(crate) fn code(text: &str) -> Vec<Range<usize>> {
    if !text.contains('`') {
        return Vec::new();
    }
    Parser::new(text)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Code(_)))
        .map(|(_, range)| range)
        .collect()
}
