use std::fmt;
use std::sync::OnceLock;

use crate::{LineIndex, Position, Span};

/// The text of one file, with positions made on demand.
///
/// The text is kept byte for byte (byte order mark and line endings included), so that every
/// [`Span`] slices back to what stands in the file.
#[derive(Debug)]
pub struct SourceFile {
    text: String,
    lines: OnceLock<LineIndex>,
}

/// Why the bytes of a file could not be taken as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// The file starts with a UTF-16 byte order mark.
    Utf16,
    /// The first byte that is not UTF-8.
    NotUtf8 {
        /// Its offset in bytes.
        offset: usize,
    },
    /// The file is larger than 4 GiB, which is what spans can address.
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
    },
}

impl SourceFile {
    /// Takes the bytes of a file as UTF-8 text.
    ///
    /// # Errors
    /// [`DecodeError`] if they are not UTF-8 or more than spans can address.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, DecodeError> {
        if u32::try_from(bytes.len()).is_err() {
            return Err(DecodeError::TooLarge { bytes: bytes.len() });
        }
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(DecodeError::Utf16);
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self { text, lines: OnceLock::new() }),
            Err(error) => Err(DecodeError::NotUtf8 { offset: error.utf8_error().valid_up_to() }),
        }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text that `span` covers.
    pub fn slice(&self, span: Span) -> &str {
        span.slice(&self.text)
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        self.lines().position(&self.text, offset)
    }

    /// The index behind [`position`](Self::position), built at the first call.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Utf16 => f.write_str("the file is UTF-16; save it as UTF-8"),
            Self::NotUtf8 { offset } => {
                write!(
                    f,
                    "the file is not UTF-8: the byte at offset {offset} does not belong; save it as UTF-8"
                )
            }
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
        assert_eq!(
            SourceFile::from_bytes(b"ab\xe9".to_vec()).unwrap_err(),
            DecodeError::NotUtf8 { offset: 2 }
        );
    }
}
