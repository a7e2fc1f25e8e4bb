//! A readable piece of a document round a span, for people.
//!
//! A paragraph of a bilingual document is often 2,000 characters on one line, most of it markup. So a
//! place inside one side of a pair is shown with that side only, long text is cut to a window round the
//! span, and characters that would confuse a terminal are made visible.

use bitext::{Document, Span, Unit};
use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

const ELLIPSIS: &str = "…";

/// One line to show, and the part of it to mark.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Snippet {
    /// The line as it is shown.
    pub(super) text: String,
    /// What to mark: offset and length in bytes of `text`.
    pub(super) mark: (usize, usize),
    /// Path, as shown.
    name: String,
    /// Line and column of the span in the file, from 0.
    at: (usize, usize),
}

impl Snippet {
    /// The snippet for `span`, at most `width` terminal columns wide.
    pub(super) fn new(document: &Document, span: Span, name: String, width: usize) -> Self {
        let start = document.file.position(span.start);
        let bounds = bounds(document, span);
        let end = span.end.min(bounds.end).max(span.start);
        let marked = Span { start: span.start, end };
        let (text, mark) = window(document.slice(bounds), marked.start - bounds.start, marked.len(), width);
        Self { text, mark, name, at: (start.line as usize - 1, start.column as usize - 1) }
    }
}

/// The text to show: the side of the unit that holds the span, and of that the line where it starts.
fn bounds(document: &Document, span: Span) -> Span {
    let line = document.file.lines().line_span(document.file.text(), document.file.position(span.start).line);
    let holds = |side: Span| side.start <= span.start && span.end <= side.end;
    let sides = |unit: &Unit| [unit.target.text, unit.source.text];
    let side = document.units.iter().flat_map(sides).find(|side| holds(*side));
    let bounds =
        side.map_or(line, |side| Span { start: side.start.max(line.start), end: side.end.min(line.end) });
    // A span may start on a line ending, which no line covers.
    Span { start: bounds.start.min(span.start), end: bounds.end.max(span.start) }
}

/// Cuts `line` to `width` columns round the mark, which starts at byte `at` and is `len` bytes long.
fn window(line: &str, at: u32, len: usize, width: usize) -> (String, (usize, usize)) {
    let (at, width) = (at as usize, width.max(20));
    let graphemes: Vec<(usize, String)> =
        line.grapheme_indices(true).map(|(offset, grapheme)| (offset, visible(grapheme))).collect();
    let columns = |range: std::ops::Range<usize>| {
        graphemes[range].iter().map(|(_, shown)| shown.width()).sum::<usize>()
    };
    let index = |offset: usize| graphemes.partition_point(|(start, _)| *start < offset);
    let (mark_start, mark_end) = (index(at), index(at + len));
    let (mut from, mut to) = (0, graphemes.len());
    if columns(0..graphemes.len()) > width {
        let room = width.saturating_sub(2);
        (from, to) = (mark_start, mark_start);
        let mut used = 0;
        // The mark first, then a third of the rest before it, then what fits after it.
        let take = |i: usize, used: &mut usize, limit: usize| {
            let fits = *used + graphemes[i].1.width() <= limit;
            if fits {
                *used += graphemes[i].1.width();
            }
            fits
        };
        while to < mark_end && take(to, &mut used, room) {
            to += 1;
        }
        let before = used + (room - used) / 3;
        while from > 0 && take(from - 1, &mut used, before) {
            from -= 1;
        }
        while to < graphemes.len() && take(to, &mut used, room) {
            to += 1;
        }
        while from > 0 && take(from - 1, &mut used, room) {
            from -= 1;
        }
    }
    let text = |range: std::ops::Range<usize>| {
        graphemes[range].iter().map(|(_, shown)| shown.as_str()).collect::<String>()
    };
    let lead = if from > 0 { ELLIPSIS } else { "" };
    let tail = if to < graphemes.len() { ELLIPSIS } else { "" };
    let before = format!("{lead}{}", text(from..mark_start));
    let marked = text(mark_start..mark_end.clamp(mark_start, to.max(mark_start)));
    let shown = format!(
        "{before}{marked}{}{tail}",
        text(mark_end.clamp(mark_start, to.max(mark_start))..to.max(mark_start))
    );
    (shown, (before.len(), marked.len()))
}

/// A grapheme as it is shown: control characters and direction overrides by their code point.
fn visible(grapheme: &str) -> String {
    grapheme
        .chars()
        .map(|c| match c {
            '\t' => " ".to_string(),
            '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => {
                format!("<U+{:04X}>", c as u32)
            }
            c if c.is_control() => format!("<U+{:04X}>", c as u32),
            c => c.to_string(),
        })
        .collect()
}

impl SourceCode for Snippet {
    fn read_span<'a>(
        &'a self,
        _span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let whole = SourceSpan::from((0, self.text.len()));
        let (line, column) = self.at;
        let contents =
            MietteSpanContents::new_named(self.name.clone(), self.text.as_bytes(), whole, line, column, 1);
        Ok(Box::new(contents))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str, part: &str, width: usize) -> String {
        let (text, (at, len)) = window(line, line.find(part).unwrap() as u32, part.len(), width);
        assert!(text.width() <= width, "{text}");
        format!("{}[{}]{}", &text[..at], &text[at..at + len], &text[at + len..])
    }

    #[test]
    fn short_lines_are_whole() {
        assert_eq!(shown("Přečtěte si přehled- poznámky", "přehled", 40), "Přečtěte si [přehled]- poznámky");
    }

    #[test]
    fn long_lines_are_cut_round_the_mark() {
        let line = "one two three four five six seven eight nine ten";
        assert_eq!(shown(line, "six", 24), "… five [six] seven eight …");
        assert_eq!(shown(line, "one", 24), "[one] two three four fiv…");
        assert_eq!(shown(line, "ten", 24), "…x seven eight nine [ten]");
    }

    #[test]
    fn wide_characters_and_graphemes_are_never_cut() {
        let line = "概要をお読みください。リリースノートはこちらです。";
        assert_eq!(shown(line, "ノート", 24), "…ース[ノート]はこちらです…");
        assert_eq!(shown("e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}x", "x", 20).matches('\u{301}').count(), 17);
    }

    #[test]
    fn what_confuses_a_terminal_is_made_visible() {
        assert_eq!(shown("a\u{202e}b\u{1b}[31mc", "b", 60), "a<U+202E>[b]<U+001B>[31mc");
    }
}
