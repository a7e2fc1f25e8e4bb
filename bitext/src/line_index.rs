use crate::Span;

/// Where a byte offset is, the way people and editors count. Everything starts at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
}

const BYTE_ORDER_MARK: char = '\u{feff}';

impl LineIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
            .map(|at| at as u32 + 1);
        Self { starts: std::iter::once(0).chain(ends).collect() }
    }

    /// How many lines the file has; text after the last line ending counts as a line, even if empty.
    pub fn line_count(&self) -> usize {
        self.starts.len()
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
        let before = &text[self.starts[line - 1] as usize..offset];
        let before = before.strip_prefix(BYTE_ORDER_MARK).unwrap_or(before);
        let (column, utf16_column) =
            before.chars().fold((1, 1), |(chars, utf16), c| (chars + 1, utf16 + c.len_utf16() as u32));
        Position { line: line as u32, column, utf16_column }
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
    fn line_span_leaves_the_line_ending_out() {
        let text = "a\r\nbc\r\n";
        let lines = LineIndex::new(text);
        assert_eq!(lines.line_span(text, 2).slice(text), "bc");
        assert_eq!(lines.line_span(text, 3).slice(text), "");
        assert_eq!(lines.line_span(text, 9).slice(text), "");
    }
}
