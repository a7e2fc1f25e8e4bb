//! Lines and columns as an editor counts them: from 0 on, columns in code units of the encoding that was agreed on.

use bitext::Span;
use lsp_types::{Position, PositionEncodingKind, Range};

/// What columns count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// What every editor can do.
    Utf16,
}

impl Encoding {
    /// Bytes if the editor offers that.
    pub(super) fn negotiate(offered: Option<&[PositionEncodingKind]>) -> Self {
        let utf8 = offered.is_some_and(|offered| offered.contains(&PositionEncodingKind::UTF8));
        if utf8 { Self::Utf8 } else { Self::Utf16 }
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn len_of(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }
}

/// The lines of a text. A line ends with LF, CR LF or a lone CR.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
            .map(|at| at + 1);
        Self { text, starts: std::iter::once(0).chain(ends).collect(), encoding }
    }

    /// The position of a byte; that of the character that it is in, of the end if it is past that.
    pub(super) fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let before = &self.text[self.starts[line]..offset];
        let column: usize = before.chars().map(|c| self.encoding.len_of(c)).sum();
        Position::new(line as u32, column as u32)
    }

    pub(super) fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start as usize), self.position(span.end as usize))
    }

    /// The byte at a position. A column past the end of its line is the end of the line, one inside a character its start.
    pub(super) fn offset(&self, position: Position) -> usize {
        let Some(&start) = self.starts.get(position.line as usize) else { return self.text.len() };
        let next = self.starts.get(position.line as usize + 1).copied().unwrap_or(self.text.len());
        let line = self.text[start..next].trim_end_matches(['\n', '\r']);
        let mut left = position.character as usize;
        for (at, c) in line.char_indices() {
            let len = self.encoding.len_of(c);
            if left < len {
                return start + at;
            }
            left -= len;
        }
        start + line.len()
    }

    /// The bytes of a range; nothing of one that ends before it starts.
    pub(super) fn span(&self, range: Range) -> Span {
        let start = self.offset(range.start);
        Span::new(start, self.offset(range.end).max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a😀é\r\n漢字x\rb\n\nend";

    #[test]
    fn positions_lead_back_in_either_encoding() {
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            let lines = Lines::new(TEXT, encoding);
            for at in (0..=TEXT.len()).filter(|at| TEXT.is_char_boundary(*at)) {
                // Between CR and LF is no place of its own.
                if !TEXT[..at].ends_with('\r') || !TEXT[at..].starts_with('\n') {
                    assert_eq!(lines.offset(lines.position(at)), at);
                }
            }
        }
    }

    #[test]
    fn columns_count_code_units() {
        let at = |needle: &str, encoding| {
            let position = Lines::new(TEXT, encoding).position(TEXT.find(needle).unwrap());
            (position.line, position.character)
        };
        assert_eq!((at("é", Encoding::Utf16), at("é", Encoding::Utf8)), ((0, 3), (0, 5)));
        assert_eq!((at("x", Encoding::Utf16), at("x", Encoding::Utf8)), ((1, 2), (1, 6)));
        assert_eq!((at("b", Encoding::Utf16), at("end", Encoding::Utf16)), ((2, 0), (4, 0)));
    }

    #[test]
    fn what_is_outside_is_moved_to_the_nearest_place() {
        let lines = Lines::new(TEXT, Encoding::Utf16);
        let offset = |line, column| lines.offset(Position::new(line, column));
        assert_eq!(offset(0, 2), 1, "in the middle of a character");
        assert_eq!(offset(0, 99), TEXT.find('\r').unwrap());
        assert_eq!(offset(99, 0), TEXT.len());
    }
}
