//! Parts of a file that are cut out before it is read, and the way from offsets in what is left to offsets in
//! the file, and back.

use std::sync::OnceLock;

use crate::{LineIndex, Position, Span};

/// A file with parts cut out.
#[derive(Debug)]
pub(crate) struct Cut {
    /// The text with the parts, as it is written in the file.
    pub(crate) written: String,
    lines: OnceLock<LineIndex>,
    /// In the order of the file; they do not overlap.
    parts: Vec<Part>,
    /// The first address that stands for a byte of `written` itself: just past the end of what is left, so that
    /// what was cut out has an address too.
    base: u32,
}

#[derive(Clone, Copy, Debug)]
struct Part {
    /// Where it was, in what is left.
    at: u32,
    /// Where it is, in the file.
    span: Span,
    /// Bytes that are cut out up to its end.
    removed: u32,
}

impl Cut {
    /// What is left of `written` without `spans`, which are in order and do not overlap, and the way back. Gives
    /// the text back as it is if addresses would not fit.
    pub(crate) fn new(written: String, spans: &[Span]) -> Result<(String, Self), String> {
        if u32::try_from(2 * written.len() + 1).is_err() {
            return Err(written);
        }
        let (mut text, mut end, mut removed) = (String::with_capacity(written.len()), 0, 0);
        let mut parts = Vec::with_capacity(spans.len());
        for span in spans {
            text.push_str(written.get(end..span.start as usize).unwrap_or_default());
            removed += span.len() as u32;
            parts.push(Part { at: text.len() as u32, span: *span, removed });
            end = span.end as usize;
        }
        text.push_str(&written[end..]);
        let base = text.len() as u32 + 1;
        Ok((text, Self { written, lines: OnceLock::new(), parts, base }))
    }

    /// The bytes of the file behind an address: neither what was cut out before its start nor what was cut out
    /// after its end belongs to it.
    pub(crate) fn written_span(&self, span: Span) -> Span {
        if let Some(written) = self.address(span) {
            return written;
        }
        let removed = |parts: usize| parts.checked_sub(1).map_or(0, |last| self.parts[last].removed);
        let start = span.start + removed(self.parts.partition_point(|part| part.at <= span.start));
        if span.is_empty() {
            return Span { start, end: start };
        }
        Span { start, end: span.end + removed(self.parts.partition_point(|part| part.at < span.end)) }
    }

    /// The address of bytes of the file.
    pub(crate) fn read_span(&self, written: Span) -> Span {
        let before = self.parts.partition_point(|part| part.span.end <= written.start);
        let removed = |parts: usize| parts.checked_sub(1).map_or(0, |last| self.parts[last].removed);
        if self.parts.get(before).is_some_and(|part| part.span.start <= written.start) && !written.is_empty()
            || self.parts.get(before).is_some_and(|part| part.span.start < written.start)
        {
            return Span { start: written.start + self.base, end: written.end + self.base };
        }
        let start = written.start - removed(before);
        let through = self.parts.partition_point(|part| part.span.end <= written.end);
        let inside = self.parts.get(through).filter(|part| part.span.start < written.end);
        let end = inside.map_or_else(|| written.end - removed(through), |part| part.at);
        Span { start, end: if written.is_empty() { start } else { end } }
    }

    /// The bytes of the file that an address past the end of what is left stands for.
    pub(crate) fn address(&self, span: Span) -> Option<Span> {
        let start = span.start.checked_sub(self.base)?;
        Some(Span { start, end: span.end.saturating_sub(self.base).max(start) })
    }

    /// Line and column of a byte of the file.
    pub(crate) fn position(&self, written: u32) -> Position {
        self.lines.get_or_init(|| LineIndex::new(&self.written)).position(&self.written, written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_lead_to_the_file_and_back() {
        // What is cut out: "<x>" at 2 and "<y>" at 7.
        let (text, cut) = Cut::new("ab<x>cd<y>ef".into(), &[Span::new(2, 5), Span::new(7, 10)]).unwrap();
        assert_eq!(text, "abcdef");
        let there = |start, end| cut.written_span(Span::new(start, end)).slice(&cut.written);
        assert_eq!((there(0, 2), there(2, 4), there(4, 6), there(1, 5)), ("ab", "cd", "ef", "b<x>cd<y>e"));
        for (start, end) in [(0, 2), (2, 4), (4, 6), (1, 5), (0, 6), (2, 2), (4, 4), (6, 6), (0, 0)] {
            let span = Span::new(start, end);
            assert_eq!(cut.read_span(cut.written_span(span)), span, "{span:?}");
        }
        let comment = cut.read_span(Span::new(2, 5));
        assert!(comment.start as usize > text.len());
        assert_eq!(cut.written_span(comment), Span::new(2, 5));
    }

    #[test]
    fn parts_may_touch_and_stand_at_both_ends() {
        let parts = [Span::new(0, 2), Span::new(2, 4), Span::new(6, 8)];
        let (text, cut) = Cut::new("xxyyabzz".into(), &parts).unwrap();
        assert_eq!(text, "ab");
        assert_eq!(cut.written_span(Span::new(0, 2)), Span::new(4, 6));
        assert_eq!(cut.read_span(Span::new(4, 6)), Span::new(0, 2));
    }
}
