//! Runs of bytes of a kind, found by 64 bytes at once: a bit for each.

use std::ops::Range;

/// So many bytes are looked at at once.
const BITS: usize = 64;

/// The longest runs of ASCII letters, in bytes.
#[inline]
pub(crate) fn letters(text: &[u8]) -> Runs<'_, impl Fn(u8) -> bool> {
    Runs::new(text, |byte| is_between(byte | 0x20, b'a', b'z'))
}

/// The longest runs of ASCII capitals, in bytes.
#[inline]
pub(crate) fn capitals(text: &[u8]) -> Runs<'_, impl Fn(u8) -> bool> {
    Runs::new(text, |byte| is_between(byte, b'A', b'Z'))
}

/// Where runs of ASCII capitals start, a bit for each byte.
#[inline]
pub(crate) fn capital_starts(text: &[u8]) -> impl Iterator<Item = u64> {
    let (mut runs, mut before) = (capitals(text), 0);
    std::iter::from_fn(move || {
        runs.go_on()?;
        let starts = runs.bits & !(runs.bits << 1 | before);
        before = runs.bits >> (BITS - 1);
        Some(starts)
    })
}

/// The longest runs of ASCII digits, in bytes.
#[inline]
pub(crate) fn digits(text: &[u8]) -> Runs<'_, impl Fn(u8) -> bool> {
    Runs::new(text, |byte| is_between(byte, b'0', b'9'))
}

/// The longest runs of ASCII capitals and digits, in bytes.
#[inline]
pub(crate) fn capitals_and_digits(text: &[u8]) -> Runs<'_, impl Fn(u8) -> bool> {
    Runs::new(text, |byte| is_between(byte, b'A', b'Z') | is_between(byte, b'0', b'9'))
}

/// The longest runs of ASCII capitals and of bytes that are not ASCII.
#[inline]
pub(crate) fn capitals_and_others(text: &[u8]) -> Runs<'_, impl Fn(u8) -> bool> {
    Runs::new(text, |byte| is_between(byte, b'A', b'Z') | is_between(byte, 0x80, 0xff))
}

/// What stands between blanks, without what is empty, in bytes.
#[inline]
pub(crate) fn between_blanks(text: &[u8]) -> Runs<'_, impl Fn(u8) -> bool> {
    Runs::new(text, |byte| byte != b' ')
}

/// Shows where a byte stands, one place after the other: faster than an iterator, which keeps its bits in memory.
#[inline]
pub(crate) fn each_place(text: &[u8], byte: u8, show: impl FnMut(usize)) {
    each(Runs::new(text, move |other| other == byte), show);
}

/// The same of several bytes.
#[inline]
pub(crate) fn each_place_of<const N: usize>(text: &[u8], bytes: [u8; N], show: impl FnMut(usize)) {
    let is = move |byte: u8| bytes.iter().fold(0, |found, other| found | u8::from(byte == *other)) != 0;
    each(Runs::new(text, is), show);
}

#[inline]
fn each(mut runs: Runs<'_, impl Fn(u8) -> bool>, mut show: impl FnMut(usize)) {
    let len = runs.text.len();
    while runs.go_on().is_some() {
        let (mut bits, start) = (runs.bits, runs.next - BITS);
        while bits != 0 {
            let at = start + bits.trailing_zeros() as usize;
            // What is looked at beyond the text is blank.
            if at >= len {
                return;
            }
            show(at);
            bits &= bits - 1;
        }
    }
}

/// Whether a byte is one of these; without a branch.
#[inline]
fn is_between(byte: u8, first: u8, last: u8) -> bool {
    byte.wrapping_sub(first) <= last - first
}

/// The runs of bytes of a kind.
pub(crate) struct Runs<'t, F> {
    text: &'t [u8],
    is: F,
    /// Where the bytes begin that were not looked at.
    next: usize,
    /// A bit for each byte before, those of runs that were given apart.
    bits: u64,
}

impl<'t, F: Fn(u8) -> bool> Runs<'t, F> {
    #[inline]
    fn new(text: &'t [u8], is: F) -> Self {
        Self { text, is, next: 0, bits: 0 }
    }

    /// Looks at more bytes, if there are some.
    fn go_on(&mut self) -> Option<()> {
        let rest = self.text.get(self.next..).filter(|rest| !rest.is_empty())?;
        // Blanks are in no runs.
        let mut padded = [b' '; BITS];
        let chunk = rest.first_chunk().unwrap_or_else(|| {
            padded[..rest.len()].copy_from_slice(rest);
            &padded
        });
        self.bits = self.bits_of(chunk);
        self.next += BITS;
        Some(())
    }

    /// Written, and kept by itself, so that the compiler takes 16 bytes a step.
    #[inline(never)]
    fn bits_of(&self, chunk: &[u8; BITS]) -> u64 {
        let [one, two, three, four] = chunk.as_chunks::<16>().0 else { return 0 };
        let bit = |byte: u8, bit: u8| if (self.is)(byte) { bit } else { 0 };
        let mut bits = [0; 16];
        for (at, bits) in bits.iter_mut().enumerate() {
            *bits = bit(one[at], 1) | bit(two[at], 4) | bit(three[at], 16) | bit(four[at], 64);
        }
        let bits = u128::from_le_bytes(bits);
        let (even, odd) = (bits as u64, (bits >> 64) as u64);
        transposed(even | odd << 1)
    }
}

/// Eight bytes of eight bits with rows for columns: Hacker's Delight, 7-3.
#[inline]
fn transposed(bits: u64) -> u64 {
    let swapped = |bits: u64, by: u32, mask: u64| {
        let differ = (bits ^ (bits >> by)) & mask;
        bits ^ differ ^ (differ << by)
    };
    let bits = swapped(bits, 7, 0x00aa_00aa_00aa_00aa);
    let bits = swapped(bits, 14, 0x0000_cccc_0000_cccc);
    swapped(bits, 28, 0x0000_0000_f0f0_f0f0)
}

impl<F: Fn(u8) -> bool> Iterator for Runs<'_, F> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        while self.bits == 0 {
            if self.next >= self.text.len() {
                return None;
            }
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

    /// Faster than to ask for one run after the other, which keeps the bits in memory.
    #[inline]
    fn fold<B, G: FnMut(B, Range<usize>) -> B>(mut self, init: B, mut each: G) -> B {
        let mut folded = init;
        loop {
            let (mut bits, start) = (self.bits, self.next.wrapping_sub(BITS));
            while bits != 0 {
                // The sum carries over the lowest run, to where it ends.
                let sum = bits.wrapping_add(bits & bits.wrapping_neg());
                if sum == 0 {
                    // It may go on in the bytes after these.
                    break;
                }
                let run = bits.trailing_zeros() as usize..sum.trailing_zeros() as usize;
                bits &= sum;
                folded = each(folded, start + run.start..start + run.end);
            }
            self.bits = bits;
            if bits != 0 {
                let run = self.next();
                folded = run.into_iter().fold(folded, &mut each);
            } else if self.go_on().is_none() {
                return folded;
            }
        }
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
                let mut shown = Vec::new();
                letters(&text).for_each(|run| shown.push(run));
                assert!(letters(&text).eq(shown), "{len} {every}");
                assert!(between_blanks(&text).eq(runs(&text, |byte| byte == b'x')), "{len} {every}");
                for byte in [b' ', b'x'] {
                    let wanted: Vec<usize> = (0..len).filter(|at| text[*at] == byte).collect();
                    let mut found = Vec::new();
                    each_place(&text, byte, |at| found.push(at));
                    assert_eq!(found, wanted, "{len} {every}");
                }
            }
        }
    }
}
