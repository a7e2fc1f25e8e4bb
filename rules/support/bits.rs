//! Runs of bytes of a kind, found by 64 bytes at once: a bit for each.

use std::ops::Range;

/// So many bytes are looked at at once.
const BITS: usize = 64;

/// The longest runs of ASCII letters, in bytes.
pub(crate) fn letters(text: &[u8]) -> Runs<'_, impl Fn(u64) -> u64> {
    Runs::new(text, |eight| between(eight | (0x20 * ONES), b'a', b'z') & !eight)
}

/// The longest runs of ASCII capitals, in bytes.
pub(crate) fn capitals(text: &[u8]) -> Runs<'_, impl Fn(u64) -> u64> {
    Runs::new(text, |eight| between(eight, b'A', b'Z') & !eight)
}

/// The longest runs of ASCII digits, in bytes.
pub(crate) fn digits(text: &[u8]) -> Runs<'_, impl Fn(u64) -> u64> {
    Runs::new(text, |eight| between(eight, b'0', b'9') & !eight)
}

/// The longest runs of ASCII capitals and digits, in bytes.
pub(crate) fn capitals_and_digits(text: &[u8]) -> Runs<'_, impl Fn(u64) -> u64> {
    Runs::new(text, |eight| (between(eight, b'A', b'Z') | between(eight, b'0', b'9')) & !eight)
}

/// The longest runs of ASCII capitals and of bytes that are not ASCII.
pub(crate) fn capitals_and_others(text: &[u8]) -> Runs<'_, impl Fn(u64) -> u64> {
    Runs::new(text, |eight| between(eight, b'A', b'Z') | eight)
}

/// What stands between blanks, without what is empty, in bytes.
pub(crate) fn between_blanks(text: &[u8]) -> Runs<'_, impl Fn(u64) -> u64> {
    Runs::new(text, |eight| {
        let other = eight ^ (u64::from(b' ') * ONES);
        ((other & !HIGHEST) + !HIGHEST) | other
    })
}

/// The lowest bit of each byte, and the highest one.
const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHEST: u64 = 0x80 * ONES;

/// The highest bit of each byte whose other bits are these or between. Each byte by itself: the highest bit of a sum
/// says whether its byte is as high as the one looked for.
#[inline]
fn between(eight: u64, first: u8, last: u8) -> u64 {
    let from = |byte: u8| u64::from(0x80 - byte) * ONES;
    let eight = eight & !HIGHEST;
    (eight + from(first)) & !(eight + from(last + 1))
}

/// The runs of bytes that `mark` gives the highest bit.
pub(crate) struct Runs<'t, F> {
    text: &'t [u8],
    mark: F,
    /// Where the bytes begin that were not looked at.
    next: usize,
    /// A bit for each byte before, those of runs that were given apart.
    bits: u64,
}

impl<'t, F: Fn(u64) -> u64> Runs<'t, F> {
    fn new(text: &'t [u8], mark: F) -> Self {
        Self { text, mark, next: 0, bits: 0 }
    }

    /// Looks at more bytes, if there are some.
    fn go_on(&mut self) -> Option<()> {
        let rest = self.text.get(self.next..).filter(|rest| !rest.is_empty())?;
        self.bits = match rest.first_chunk() {
            Some(chunk) => self.marked(chunk),
            None => {
                // Blanks are in no runs.
                let mut chunk = [b' '; BITS];
                chunk[..rest.len()].copy_from_slice(rest);
                self.marked(&chunk)
            }
        };
        self.next += BITS;
        Some(())
    }

    #[inline]
    fn marked(&self, chunk: &[u8; BITS]) -> u64 {
        // The product has the bit of byte `n` at bit `56 + n`.
        let packed = |marks: u64| ((marks & HIGHEST) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        let eights = chunk.as_chunks::<8>().0.iter().enumerate();
        eights.fold(0, |bits, (at, eight)| bits | packed((self.mark)(u64::from_le_bytes(*eight))) << (8 * at))
    }
}

impl<F: Fn(u64) -> u64> Iterator for Runs<'_, F> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        while self.bits == 0 {
            self.go_on()?;
        }
        let first = self.bits.trailing_zeros();
        let start = self.next - BITS + first as usize;
        let mut end = start + (!(self.bits >> first)).trailing_zeros() as usize;
        // The sum carries over the lowest run.
        self.bits &= self.bits.wrapping_add(1 << first);
        while end == self.next && self.go_on().is_some() {
            end += self.bits.trailing_ones() as usize;
            self.bits &= self.bits.wrapping_add(1);
        }
        Some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &[u8], is: impl Fn(u8) -> bool) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (at, _) in text.iter().enumerate().filter(|(_, byte)| is(**byte)) {
            match runs.last_mut() {
                Some(last) if last.end == at => last.end += 1,
                _ => runs.push(at..at + 1),
            }
        }
        runs
    }

    #[test]
    fn all_bytes_are_told() {
        for byte in 0..=u8::MAX {
            let text = [byte, b' ', byte, byte];
            assert!(letters(&text).eq(runs(&text, |byte| byte.is_ascii_alphabetic())), "{byte}");
            assert!(between_blanks(&text).eq(runs(&text, |byte| byte != b' ')), "{byte}");
            let capital = |byte: u8| byte.is_ascii_uppercase();
            let digit = |byte: u8| byte.is_ascii_digit();
            assert!(capitals(&text).eq(runs(&text, capital)), "{byte}");
            assert!(digits(&text).eq(runs(&text, digit)), "{byte}");
            assert!(
                capitals_and_digits(&text).eq(runs(&text, |byte| capital(byte) || digit(byte))),
                "{byte}"
            );
            assert!(
                capitals_and_others(&text).eq(runs(&text, |byte| capital(byte) || byte >= 0x80)),
                "{byte}"
            );
        }
    }

    #[test]
    fn runs_are_found_wherever_they_stand() {
        for len in 0..300 {
            for every in [2, 3, 7, 50, 64, 129] {
                let text: Vec<u8> =
                    (0..len).map(|at| if (at + len) % every == 0 { b' ' } else { b'x' }).collect();
                assert!(letters(&text).eq(runs(&text, |byte| byte == b'x')), "{len} {every}");
                assert!(between_blanks(&text).eq(runs(&text, |byte| byte == b'x')), "{len} {every}");
            }
        }
    }
}
