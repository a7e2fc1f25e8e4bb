//! Runs of bytes of a kind, found by 64 bytes at once: a bit for each.

use std::ops::Range;

/// So many bytes are looked at at once.
const BITS: usize = 64;

/// The longest runs of ASCII letters, in bytes.
pub(crate) fn letters(text: &[u8]) -> Runs<'_, impl Fn(u8) -> bool> {
    Runs::new(text, |byte| byte.is_ascii_alphabetic())
}

/// The longest runs of ASCII capitals, in bytes.
pub(crate) fn capitals(text: &[u8]) -> Runs<'_, impl Fn(u8) -> bool> {
    Runs::new(text, |byte| byte.is_ascii_uppercase())
}

/// The longest runs of ASCII digits, in bytes.
pub(crate) fn digits(text: &[u8]) -> Runs<'_, impl Fn(u8) -> bool> {
    Runs::new(text, |byte| byte.is_ascii_digit())
}

/// The longest runs of ASCII capitals and digits, in bytes.
pub(crate) fn capitals_and_digits(text: &[u8]) -> Runs<'_, impl Fn(u8) -> bool> {
    Runs::new(text, |byte| byte.is_ascii_uppercase() | byte.is_ascii_digit())
}

/// The longest runs of ASCII capitals and of bytes that are not ASCII.
pub(crate) fn capitals_and_others(text: &[u8]) -> Runs<'_, impl Fn(u8) -> bool> {
    Runs::new(text, |byte| byte.is_ascii_uppercase() | !byte.is_ascii())
}

/// What stands between blanks, without what is empty, in bytes.
pub(crate) fn between_blanks(text: &[u8]) -> Runs<'_, impl Fn(u8) -> bool> {
    Runs::new(text, |byte| byte != b' ')
}

/// The runs of bytes that are of a kind.
pub(crate) struct Runs<'t, F> {
    text: &'t [u8],
    is_of: F,
    /// Where the bytes begin that were not looked at.
    next: usize,
    /// A bit for each byte before, those of runs that were given apart.
    bits: u64,
}

impl<'t, F: Fn(u8) -> bool> Runs<'t, F> {
    fn new(text: &'t [u8], is_of: F) -> Self {
        Self { text, is_of, next: 0, bits: 0 }
    }

    /// Looks at more bytes, if there are some.
    fn go_on(&mut self) -> Option<()> {
        let rest = self.text.get(self.next..).filter(|rest| !rest.is_empty())?;
        let mut padded = [b' '; BITS];
        // What the bits are of that go before the rest.
        let mut before = 0;
        let chunk = rest.first_chunk().unwrap_or_else(|| match self.text.last_chunk() {
            Some(last) => {
                before = BITS - rest.len();
                last
            }
            None => {
                padded[..rest.len()].copy_from_slice(rest);
                &padded
            }
        });
        self.bits = self.marked(chunk) >> before;
        if rest.len() < BITS {
            // Blanks are in no runs, but they are what `between_blanks` looks for.
            self.bits &= (1 << rest.len()) - 1;
        }
        self.next += BITS;
        Some(())
    }

    #[inline]
    fn marked(&self, chunk: &[u8; BITS]) -> u64 {
        // A loop as plain as this goes over many bytes at once.
        let (mut marks, mut at) = ([0; BITS], 0);
        while at < BITS {
            marks[at] = u8::from((self.is_of)(chunk[at]));
            at += 1;
        }
        // The product has the bit of byte `n` at bit `56 + n`.
        let packed = |marks: u64| marks.wrapping_mul(0x0102_0408_1020_4080) >> 56;
        let eights = marks.as_chunks::<8>().0.iter().enumerate();
        eights.fold(0, |bits, (at, eight)| bits | packed(u64::from_le_bytes(*eight)) << (8 * at))
    }
}

impl<F: Fn(u8) -> bool> Iterator for Runs<'_, F> {
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
