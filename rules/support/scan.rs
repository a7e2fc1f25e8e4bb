//! Scans that spare most texts a pattern or the parser.

use std::ops::Range;

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

/// Whether two blanks stand side by side.
pub(crate) fn has_two_blanks(text: &str) -> bool {
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    // Without branches, so that many bytes are looked at at once.
    let both = |(one, next): (&u8, &u8)| u8::from(*one == b' ') & u8::from(*next == b' ');
    bytes.iter().zip(next).map(both).fold(0, |found, both| found | both) != 0
}

/// Whether a text is nothing but white space.
pub(crate) fn is_blank(text: &str) -> bool {
    !text.as_bytes().first().is_some_and(u8::is_ascii_graphic) && text.trim().is_empty()
}

/// What stands between blanks, as `split(' ')` has it, in bytes. By many bytes at once: most rules that ask for words
/// have to go through all of them.
pub(crate) fn between_blanks(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut blanks = Blanks { text, next: 0, found: 0 };
    let (mut from, mut is_over) = (0, false);
    std::iter::from_fn(move || {
        if is_over {
            return None;
        }
        let end = blanks.next().unwrap_or_else(|| {
            is_over = true;
            text.len()
        });
        let piece = from..end;
        from = end + 1;
        Some(piece)
    })
}

/// Where blanks stand.
struct Blanks<'t> {
    text: &'t [u8],
    /// Where the bytes begin that were not looked at.
    next: usize,
    /// Bits for the blanks, not yet given, of those before.
    found: u64,
}

/// A bit for each.
const AT_ONCE: usize = 64;

impl Iterator for Blanks<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.found == 0 {
            let rest = self.text.get(self.next..).filter(|rest| !rest.is_empty())?;
            self.found = match rest.first_chunk() {
                Some(chunk) => blanks_of(chunk),
                None => {
                    let mut chunk = [0; AT_ONCE];
                    chunk[..rest.len()].copy_from_slice(rest);
                    blanks_of(&chunk)
                }
            };
            self.next += AT_ONCE;
        }
        let at = self.next - AT_ONCE + self.found.trailing_zeros() as usize;
        self.found &= self.found - 1;
        Some(at)
    }
}

/// A bit for each byte that is a blank.
fn blanks_of(chunk: &[u8; AT_ONCE]) -> u64 {
    let mut is_blank = [0; AT_ONCE];
    for (is_blank, byte) in is_blank.iter_mut().zip(chunk) {
        *is_blank = u8::from(*byte == b' ');
    }
    // Eight flags, each 0 or 1, as the bits of a byte: the product has flag `n` at bit `56 + n`.
    let packed = |flags: &[u8; 8]| u64::from_le_bytes(*flags).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    let eights = is_blank.as_chunks::<8>().0.iter().enumerate();
    eights.fold(0, |bits, (at, eight)| bits | packed(eight) << (8 * at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_those_of_the_library() {
        for len in 0..300 {
            let text: String = (0..len).map(|at| if at * at % 7 == len % 4 { ' ' } else { 'x' }).collect();
            let pieces = between_blanks(text.as_bytes()).map(|piece| &text[piece]);
            assert!(pieces.eq(text.split(' ')), "{text:?}");
        }
    }
}
