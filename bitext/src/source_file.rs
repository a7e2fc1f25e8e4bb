use std::fmt;
use std::sync::OnceLock;

use crate::cut::Cut;
use crate::{LineIndex, Position, Span};

/// The text of one file, with positions made on demand.
///
/// The text is kept byte for byte (byte order mark and line endings included), so that every
/// [`Span`] slices back to what stands in the file. A [`Document`](crate::Document) cuts out what speaks to loclint
/// and not to readers; offsets are those of what is left, and [`written_span`](Self::written_span) leads to the file.
#[derive(Debug)]
pub struct SourceFile {
    text: String,
    lines: OnceLock<LineIndex>,
    first_invalid: Option<u32>,
    cut: Option<Box<Cut>>,
}

/// Why the bytes of a file could not be taken as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// The file starts with a UTF-16 byte order mark.
    Utf16,
    /// The file is larger than 4 GiB, which is what spans can address.
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
    },
}

impl SourceFile {
    /// Takes the bytes of a file as UTF-8 text. Bytes that are not UTF-8 are read as `?`, one for each, so that
    /// the rest of the file keeps its offsets; see [`first_invalid`](Self::first_invalid).
    ///
    /// # Errors
    /// [`DecodeError`] if they are UTF-16 or more than spans can address.
    #[allow(clippy::needless_pass_by_value, reason = "whoever has read a file is done with its bytes")]
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, DecodeError> {
        if u32::try_from(bytes.len()).is_err() {
            return Err(DecodeError::TooLarge { bytes: bytes.len() });
        }
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(DecodeError::Utf16);
        }
        // To copy the text is cheaper than to take it over, for which the standard library looks at it once more.
        let (text, first_invalid) = match simdutf8::compat::from_utf8(&bytes) {
            Ok(text) => (text.to_owned(), None),
            Err(error) => (patched(&bytes), Some(error.valid_up_to() as u32)),
        };
        Ok(Self { text, lines: OnceLock::new(), first_invalid, cut: None })
    }

    /// The file without `parts`, which are in order and do not overlap.
    pub(crate) fn without(self, parts: &[Span]) -> Self {
        if parts.is_empty() {
            return self;
        }
        match Cut::new(self.text, parts) {
            Ok((text, cut)) => Self { text, lines: OnceLock::new(), cut: Some(Box::new(cut)), ..self },
            Err(text) => Self { text, ..self },
        }
    }

    /// Offset in the file of the first byte that is not UTF-8.
    pub fn first_invalid(&self) -> Option<u32> {
        self.first_invalid
    }

    /// The whole text, without what was cut out.
    #[inline]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole text as it is written in the file.
    pub fn written(&self) -> &str {
        self.cut.as_ref().map_or(&self.text, |cut| &cut.written)
    }

    /// The text that `span` covers.
    #[inline]
    pub fn slice(&self, span: Span) -> &str {
        match &self.cut {
            Some(cut) if self.is_cut_out(span) => cut.written_span(span).slice(&cut.written),
            _ => span.slice(&self.text),
        }
    }

    /// The bytes of the file that `span` stands for. What was cut out within them is among them.
    pub fn written_span(&self, span: Span) -> Span {
        self.cut.as_ref().map_or(span, |cut| cut.written_span(span))
    }

    /// The span that stands for these bytes of the file.
    pub fn read_span(&self, written: Span) -> Span {
        self.cut.as_ref().map_or(written, |cut| cut.read_span(written))
    }

    /// Whether `span` stands for bytes that were cut out.
    #[inline]
    pub fn is_cut_out(&self, span: Span) -> bool {
        self.cut.as_ref().is_some_and(|cut| cut.address(span).is_some())
    }

    /// Lines and columns of the start and the end of bytes of the file.
    pub fn written_positions(&self, written: Span) -> (Position, Position) {
        match &self.cut {
            Some(cut) => (cut.position(written.start), cut.position(written.end)),
            None => self.lines().positions(&self.text, written),
        }
    }

    /// Line and column of a byte offset, in the text without what was cut out.
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(&self.text, offset)
    }

    /// Keeps the index of its lines, which somebody has made.
    pub(crate) fn keep_lines(&self, lines: LineIndex) {
        // If there is one, it is the same.
        let _ = self.lines.set(lines);
    }

    /// The index behind [`position`](Self::position), built at the first call.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// The text with every byte that is not UTF-8 as `?`.
fn patched(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utf16 => f.write_str("the file is UTF-16; save it as UTF-8"),
            Self::TooLarge { bytes } => write!(f, "the file has {bytes} bytes, more than 4 GiB"),
        }
    }
}

impl std::error::Error for DecodeError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_kept_byte_for_byte() {
        let bytes = "\u{feff}---\r\ntitle: Über\r\n---\r\n".as_bytes().to_vec();
        let file = SourceFile::from_bytes(bytes.clone()).unwrap();
        assert_eq!(file.text().as_bytes(), bytes);
    }

    #[test]
    fn other_encodings_are_named_not_guessed() {
        assert_eq!(SourceFile::from_bytes(vec![0xff, 0xfe, b'a', 0]).unwrap_err(), DecodeError::Utf16);
        let file = SourceFile::from_bytes(b"caf\xe9 \xc3\xa9\xff.".to_vec()).unwrap();
        assert_eq!((file.text(), file.first_invalid()), ("caf? \u{e9}?.", Some(3)));
    }
}
