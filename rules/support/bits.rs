//! Runs of bytes of a kind, found by 64 bytes at once: a bit for each.

use std::ops::Range;

use bitext::{Document, Side};

/// So many bytes are looked at at once.
const BITS: usize = 64;

/// A text with what stands after it: 64 bytes of both are looked at faster than those few that most texts end with.
#[derive(Clone, Copy)]
pub(crate) struct Part<'t> {
    /// From its first byte on.
    bytes: &'t [u8],
    len: usize,
}

impl<'t> Part<'t> {
    /// The first `len` bytes.
    #[inline]
    pub(crate) fn of(bytes: &'t [u8], len: usize) -> Self {
        Self { bytes, len: len.min(bytes.len()) }
    }

    /// The masked text of a side of a unit.
    #[inline]
    pub(crate) fn masked(document: &'t Document, side: &Side) -> Self {
        Self::of(document.masked_from(side).as_bytes(), side.text.range().len())
    }

    /// What stands from there on, in it and after it.
    #[inline]
    pub(crate) fn bytes_from(self, at: usize) -> &'t [u8] {
        &self.bytes[at..]
    }

    /// Its bytes.
    #[inline]
    pub(crate) fn bytes(self) -> &'t [u8] {
        &self.bytes[..self.len]
    }
}

impl<'t, T: AsRef<[u8]> + ?Sized> From<&'t T> for Part<'t> {
    #[inline]
    fn from(text: &'t T) -> Self {
        Self { bytes: text.as_ref(), len: text.as_ref().len() }
    }
}

/// The longest runs of ASCII letters, in bytes.
#[inline]
pub(crate) fn letters<'t>(text: impl Into<Part<'t>>) -> Runs<'t, impl Fn(u8) -> bool + Copy> {
    Runs::new(text, |byte| is_between(byte | 0x20, b'a', b'z'))
}

/// The longest runs of ASCII capitals, in bytes.
#[inline]
pub(crate) fn capitals<'t>(text: impl Into<Part<'t>>) -> Runs<'t, impl Fn(u8) -> bool + Copy> {
    Runs::new(text, |byte| is_between(byte, b'A', b'Z'))
}

/// Where runs of ASCII capitals start, a bit for each byte.
#[inline]
pub(crate) fn capital_starts<'t>(text: impl Into<Part<'t>>) -> impl Iterator<Item = u64> {
    let (mut runs, mut before) = (capitals(text), 0);
    std::iter::from_fn(move || {
        let bits = runs.more()?;
        let starts = bits & !(bits << 1 | before);
        before = bits >> (BITS - 1);
        Some(starts)
    })
}

/// The longest runs of ASCII digits, in bytes.
#[inline]
pub(crate) fn digits<'t>(text: impl Into<Part<'t>>) -> Runs<'t, impl Fn(u8) -> bool + Copy> {
    Runs::new(text, |byte| is_between(byte, b'0', b'9'))
}

/// The longest runs of ASCII capitals and digits, in bytes.
#[inline]
pub(crate) fn capitals_and_digits<'t>(text: impl Into<Part<'t>>) -> Runs<'t, impl Fn(u8) -> bool + Copy> {
    Runs::new(text, |byte| is_between(byte, b'A', b'Z') | is_between(byte, b'0', b'9'))
}

/// The longest runs of ASCII capitals and of bytes that are not ASCII.
#[inline]
pub(crate) fn capitals_and_others<'t>(text: impl Into<Part<'t>>) -> Runs<'t, impl Fn(u8) -> bool + Copy> {
    Runs::new(text, |byte| is_between(byte, b'A', b'Z') | is_between(byte, 0x80, 0xff))
}

/// What stands between blanks, without what is empty, in bytes.
#[inline]
pub(crate) fn between_blanks<'t>(text: impl Into<Part<'t>>) -> Runs<'t, impl Fn(u8) -> bool + Copy> {
    Runs::new(text, |byte| byte != b' ')
}

/// Shows where a byte stands, one place after the other: faster than an iterator, which keeps its bits in memory.
#[inline]
pub(crate) fn each_place<'t>(text: impl Into<Part<'t>>, byte: u8, show: impl FnMut(usize)) {
    each(Runs::new(text, move |other| other == byte), show);
}

/// The same of several bytes.
#[inline]
pub(crate) fn each_place_of<'t, const N: usize>(
    text: impl Into<Part<'t>>,
    bytes: [u8; N],
    show: impl FnMut(usize),
) {
    let is = move |byte: u8| bytes.iter().fold(0, |found, other| found | u8::from(byte == *other)) != 0;
    each(Runs::new(text, is), show);
}

#[inline]
fn each(mut runs: Runs<'_, impl Fn(u8) -> bool + Copy>, mut show: impl FnMut(usize)) {
    while let Some(mut bits) = runs.more() {
        let start = runs.end - BITS;
        while bits != 0 {
            show(start + bits.trailing_zeros() as usize);
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
    is: F,
    /// From the first byte on that was not looked at, and how many of these are of the text.
    rest: &'t [u8],
    left: usize,
    /// A bit for each of the bytes before, those of runs that were given apart; and where those bytes end.
    bits: u64,
    end: usize,
}

impl<'t, F: Fn(u8) -> bool + Copy> Runs<'t, F> {
    #[inline]
    fn new(text: impl Into<Part<'t>>, is: F) -> Self {
        let Part { bytes: rest, len: left } = text.into();
        Self { is, rest, left, bits: 0, end: 0 }
    }

    /// A bit for each of the next bytes, if there are some.
    #[inline]
    fn more(&mut self) -> Option<u64> {
        if self.left == 0 {
            return None;
        }
        let bits = match self.rest.split_first_chunk() {
            Some((chunk, rest)) => {
                self.rest = rest;
                bits_of(chunk, self.is)
            }
            None => bits_of_last(self.rest, self.is),
        };
        let here = self.left.min(BITS);
        self.left -= here;
        self.end += BITS;
        Some(bits << (BITS - here) >> (BITS - here))
    }
}

/// Of the bytes that a text ends with after which nothing stands.
#[cold]
fn bits_of_last(rest: &[u8], is: impl Fn(u8) -> bool + Copy) -> u64 {
    let mut padded = [0; BITS];
    padded[..rest.len()].copy_from_slice(rest);
    bits_of(&padded, is)
}

/// Written, and kept by itself, so that the compiler takes 16 bytes a step.
#[inline(never)]
fn bits_of(chunk: &[u8; BITS], is: impl Fn(u8) -> bool + Copy) -> u64 {
    let [one, two, three, four] = chunk.as_chunks::<16>().0 else { return 0 };
    let bit = |byte: u8, bit: u8| if is(byte) { bit } else { 0 };
    let mut bits = [0; 16];
    for (at, bits) in bits.iter_mut().enumerate() {
        *bits = bit(one[at], 1) | bit(two[at], 4) | bit(three[at], 16) | bit(four[at], 64);
    }
    let bits = u128::from_le_bytes(bits);
    let (even, odd) = (bits as u64, (bits >> 64) as u64);
    transposed(even | odd << 1)
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

impl<F: Fn(u8) -> bool + Copy> Iterator for Runs<'_, F> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        while self.bits == 0 {
            self.bits = self.more()?;
        }
        let first = self.bits.trailing_zeros();
        let start = self.end - BITS + first as usize;
        let mut end = start + (!(self.bits >> first)).trailing_zeros() as usize;
        // The sum carries over the lowest run.
        self.bits &= self.bits.wrapping_add(1 << first);
        while end == self.end
            && let Some(bits) = self.more()
        {
            end += bits.trailing_ones() as usize;
            self.bits = bits & bits.wrapping_add(1);
        }
        Some(start..end)
    }

    /// Faster than to ask for one run after the other, which keeps the bits in memory.
    #[inline]
    fn fold<B, G: FnMut(B, Range<usize>) -> B>(mut self, init: B, mut each: G) -> B {
        let mut folded = init;
        // The last bit before these, and where the next run to end starts.
        let (mut before, mut start) = (0, 0);
        let mut bits = if self.bits == 0 { self.more() } else { Some(self.bits) };
        while let Some(here) = bits.or((before != 0).then_some(0)) {
            let from = if bits.is_some() { self.end - BITS } else { self.end };
            let shifted = here << 1 | before;
            let (mut starts, mut ends) = (here & !shifted, !here & shifted);
            if before == 0 {
                start = from + starts.trailing_zeros() as usize;
                starts &= starts.wrapping_sub(1);
            }
            while ends != 0 {
                folded = each(folded, start..from + ends.trailing_zeros() as usize);
                ends &= ends - 1;
                start = from + starts.trailing_zeros() as usize;
                starts &= starts.wrapping_sub(1);
            }
            before = here >> (BITS - 1);
            bits = self.more();
        }
        folded
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
                for more in [1, 40, 100] {
                    let part = || Part::of(&text, text.len().saturating_sub(more));
                    let wanted = runs(part().bytes(), |byte| byte == b'x');
                    assert!(letters(part()).eq(wanted.iter().cloned()), "{len} {every} {more}");
                    let mut shown = Vec::new();
                    letters(part()).for_each(|run| shown.push(run));
                    assert_eq!(shown, wanted, "{len} {every} {more}");
                }
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
