//! Scans that spare most texts a pattern or the parser.

/// Whether one of `signs` follows a blank.
pub(crate) fn has_after_blank(text: &str, signs: &[char]) -> bool {
    blank_ends(text.as_bytes()).any(|at| text.get(at..).is_some_and(|after| after.starts_with(signs)))
}

/// Whether a blank follows one of `signs`.
pub(crate) fn has_before_blank(text: &str, signs: &[char]) -> bool {
    memchr::memchr_iter(b' ', text.as_bytes()).any(|at| text[..at].ends_with(signs))
}

/// Where a blank, be it a no-break one, ends; also where another character ends with the same byte.
fn blank_ends(bytes: &[u8]) -> impl Iterator<Item = usize> {
    memchr::memchr2_iter(b' ', 0xa0, bytes).map(|at| at + 1)
}

/// Whether a text is nothing but white space.
pub(crate) fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty()
}
