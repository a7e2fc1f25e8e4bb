use std::ops::Range;
use std::sync::OnceLock;

use crate::Span;

/// Where a byte offset is, the way people and editors count. Everything starts at 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line number.
    pub line: u32,
    /// Column in characters (Unicode scalar values).
    pub column: u32,
    /// Column in UTF-16 code units, for formats and editors that count so.
    pub utf16_column: u32,
}

/// The starts of a file's lines. A line ends with LF, CR LF or a lone CR (CommonMark 0.31, 2.1).
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// Characters and UTF-16 units before each multiple of [`STEP`] bytes of the file (rounded up to a
    /// character), so that a column in a long line is not counted from the line's start. Made for the first of those.
    counts: OnceLock<Vec<Count>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Count {
    offset: u32,
    chars: u32,
    utf16: u32,
}

const STEP: usize = 1024;

/// Columns further from their line's start are looked up, in bytes.
const LONG: usize = 4 * STEP;

const BYTE_ORDER_MARK: char = '\u{feff}';

impl LineIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| ends_line(bytes, at))
            .map(|at| at as u32 + 1);
        Self::from_starts(std::iter::once(0).chain(ends).collect())
    }

    /// The index of a text whose lines start there.
    pub(crate) fn from_starts(starts: Vec<u32>) -> Self {
        Self { starts, counts: OnceLock::new() }
    }

    /// Whether a line ends with a CR alone.
    pub(crate) fn has_lone_cr(&self, text: &str) -> bool {
        self.starts[1..].iter().any(|next| text.as_bytes()[*next as usize - 1] == b'\r')
    }

    /// The lines from byte `from` on, where one starts for whoever asks: where each starts, and where the next one does.
    pub(crate) fn from<'a>(&'a self, text: &'a str, from: usize) -> impl Iterator<Item = Range<usize>> + 'a {
        let next = self.starts.partition_point(|start| *start as usize <= from);
        let ends = self.starts[next..].iter().map(|start| *start as usize).chain([text.len()]);
        let mut start = from;
        ends.map(move |end| std::mem::replace(&mut start, end)..end)
    }

    /// Line and column of a byte offset into `text`, the text that was indexed.
    ///
    /// A byte order mark takes no column. An offset past the end or inside a character is moved
    /// back to the nearest one before it.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|&start| start as usize <= offset);
        let start = self.starts[line - 1] as usize;
        let mark = usize::from(text[start..].starts_with(BYTE_ORDER_MARK) && offset > start);
        let (chars, utf16) = if offset - start > LONG {
            let (from, to) = (self.count(text, start), self.count(text, offset));
            (to.chars - from.chars, to.utf16 - from.utf16)
        } else {
            let count = counted(Count::default(), &text[start..offset]);
            (count.chars, count.utf16)
        };
        let column = |before: u32| before + 1 - mark as u32;
        Position { line: line as u32, column: column(chars), utf16_column: column(utf16) }
    }

    /// Lines and columns of the start and the end of a span.
    pub fn positions(&self, text: &str, span: Span) -> (Position, Position) {
        let start = self.position(text, span.start);
        let next_line = self.starts.get(start.line as usize);
        // In the first column there may be a byte order mark, which takes no column: then the end is no sum.
        let is_in_line = start.column > 1 && next_line.is_none_or(|next| span.end < *next);
        let end = match text.get(span.range()).filter(|span| is_in_line && span.len() <= LONG) {
            Some(within) => {
                let count = counted(Count::default(), within);
                Position {
                    line: start.line,
                    column: start.column + count.chars,
                    utf16_column: start.utf16_column + count.utf16,
                }
            }
            None => self.position(text, span.end),
        };
        (start, end)
    }

    /// Characters and UTF-16 units before `offset`.
    fn count(&self, text: &str, offset: usize) -> Count {
        let counts = self.counts.get_or_init(|| counts(text));
        let base = counts[..counts.partition_point(|count| count.offset as usize <= offset)].last();
        let base = base.copied().unwrap_or_default();
        counted(base, &text[base.offset as usize..offset])
    }

    /// The bytes of a line (numbered from 1) without its line ending; empty past the last line.
    pub fn line_span(&self, text: &str, line: u32) -> Span {
        let index = line.saturating_sub(1) as usize;
        let Some(&start) = self.starts.get(index) else { return Span::at(text.len()) };
        let end = self.starts.get(index + 1).map_or(text.len(), |&next| next as usize);
        let content = text[start as usize..end].trim_end_matches(['\n', '\r']);
        Span::new(start as usize, start as usize + content.len())
    }
}

/// Whether the LF or CR at `at` ends a line: after a CR, an LF does.
#[inline]
pub(crate) fn ends_line(bytes: &[u8], at: usize) -> bool {
    bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n')
}

/// `base` and the text after it. By bytes: every character has one first byte, and those from U+10000 on, which take two
/// units in UTF-16, have a first byte of their own.
fn counted(base: Count, text: &str) -> Count {
    // Chunks so short that a byte holds a sum, and the compiler counts many at once.
    let (mut chars, mut pairs) = (0, 0);
    for chunk in text.as_bytes().chunks(255) {
        let (mut firsts, mut wide) = (0_u8, 0_u8);
        for byte in chunk {
            firsts += u8::from(byte & 0xc0 != 0x80);
            wide += u8::from(*byte >= 0xf0);
        }
        chars += u32::from(firsts);
        pairs += u32::from(wide);
    }
    Count {
        offset: base.offset + text.len() as u32,
        chars: base.chars + chars,
        utf16: base.utf16 + chars + pairs,
    }
}

fn counts(text: &str) -> Vec<Count> {
    let mut counts = vec![Count::default()];
    let mut at = 0;
    while at + STEP < text.len() {
        let mut next = at + STEP;
        while !text.is_char_boundary(next) {
            next += 1;
        }
        counts.push(counted(counts[counts.len() - 1], &text[at..next]));
        at = next;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(text: &str, at: &str) -> (u32, u32, u32) {
        let position = LineIndex::new(text).position(text, text.find(at).unwrap() as u32);
        (position.line, position.column, position.utf16_column)
    }

    #[test]
    fn columns_count_characters_in_every_script() {
        assert_eq!(position("Příručka x", "x"), (1, 10, 10));
        assert_eq!(position("概要 x", "x"), (1, 4, 4));
        assert_eq!(position("دليل x", "x"), (1, 6, 6));
        assert_eq!(position("😀 x", "x"), (1, 3, 4));
    }

    #[test]
    fn lines_end_with_lf_cr_lf_and_cr() {
        assert_eq!(position("a\nb\r\nc\rx", "x"), (4, 1, 1));
        assert_eq!(position("\r\n\r\nx", "x"), (3, 1, 1));
    }

    #[test]
    fn byte_order_mark_takes_no_column() {
        assert_eq!(position("\u{feff}---", "---"), (1, 1, 1));
    }

    #[test]
    fn columns_in_long_lines_are_exact() {
        let text = format!("první\n{}x😀y", "žluťoučký kůň ".repeat(500));
        let chars = 14 * 500;
        assert_eq!(position(&text, "x"), (2, chars + 1, chars + 1));
        assert_eq!(position(&text, "y"), (2, chars + 3, chars + 4));
        for at in (0..3000).filter(|at| text.is_char_boundary(*at)) {
            let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let column = text[line..at].chars().count() as u32 + 1;
            assert_eq!(LineIndex::new(&text).position(&text, at as u32).column, column);
        }
    }

    #[test]
    fn the_ends_of_spans_are_where_they_are_by_themselves() {
        let text = format!("\u{feff}první 😀 řádek\r\n{}\rpoř\n", "žluťoučký kůň ".repeat(300));
        let lines = LineIndex::new(&text);
        let offsets = || {
            (0..30_u32).chain([32, 40, 41, 5000, 5500]).chain(text.len() as u32 - 8..=text.len() as u32 + 1)
        };
        for (start, end) in offsets().flat_map(|start| offsets().map(move |end| (start, end))) {
            let span = Span { start, end };
            let alone = (lines.position(&text, start), lines.position(&text, end));
            assert_eq!(lines.positions(&text, span), alone, "{start}..{end}");
        }
    }

    #[test]
    fn line_span_leaves_the_line_ending_out() {
        let text = "a\r\nbc\r\n";
        let lines = LineIndex::new(text);
        assert_eq!(lines.line_span(text, 2).slice(text), "bc");
        assert_eq!(lines.line_span(text, 3).slice(text), "");
        assert_eq!(lines.line_span(text, 9).slice(text), "");
    }
}
