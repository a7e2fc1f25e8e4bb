//! Where capitals stand in a text: several rules look for names there.

use super::bits::{self, Part};

/// Where runs of capitals of ASCII start, a bit for each byte: so most texts take no memory of their own.
#[derive(Debug, Default)]
pub(crate) struct Capitals {
    bits: [u64; WORDS],
    /// Of longer texts.
    more: Vec<u64>,
}

/// Bits for a long sentence.
const WORDS: usize = 3;

impl Capitals {
    /// Those of a text.
    pub(crate) fn of<'t>(text: impl Into<Part<'t>>) -> Self {
        let mut capitals = Self::default();
        for (at, starts) in bits::capital_starts(text).enumerate() {
            match capitals.bits.get_mut(at) {
                Some(word) => *word = starts,
                None => capitals.more.push(starts),
            }
        }
        capitals
    }

    /// Whether one may stand elsewhere than at the very start: most texts have none but that of the sentence.
    #[inline]
    pub(crate) fn may_be_inside(&self) -> bool {
        let [first, rest @ ..] = self.bits;
        first > 1 || rest != [0; WORDS - 1] || !self.more.is_empty()
    }

    #[inline]
    fn word(&self, at: usize) -> Option<u64> {
        self.bits.get(at).or_else(|| self.more.get(at - WORDS)).copied()
    }

    /// Where they start, in order.
    #[inline]
    pub(crate) fn starts(&self) -> Starts<'_> {
        Starts { capitals: self, next: 1, bits: self.bits[0] }
    }
}

/// See [`Capitals::starts`].
#[derive(Clone, Debug)]
pub(crate) struct Starts<'c> {
    capitals: &'c Capitals,
    /// The word after the one that is looked at, and what is left of that one.
    next: usize,
    bits: u64,
}

impl Iterator for Starts<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.bits == 0 {
            self.bits = self.capitals.word(self.next)?;
            self.next += 1;
        }
        let start = 64 * (self.next - 1) + self.bits.trailing_zeros() as usize;
        self.bits &= self.bits - 1;
        Some(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_found_wherever_they_stand() {
        for len in 0..400 {
            for every in [2, 3, 7, 64, 190] {
                let is_capital = |at: usize| (at * at + len) % every < 2;
                let text: String = (0..len).map(|at| if is_capital(at) { 'A' } else { 'b' }).collect();
                let is_start = |at: &usize| is_capital(*at) && !at.checked_sub(1).is_some_and(is_capital);
                let capitals = Capitals::of(&text);
                assert!(capitals.starts().eq((0..len).filter(is_start)), "{text}");
                assert!(capitals.may_be_inside() || capitals.starts().all(|start| start == 0), "{text}");
            }
        }
    }
}
