//! Sets of characters that are asked about each character of a text.

/// A set of characters of the Basic Multilingual Plane, a bit for each.
#[derive(Debug, Default)]
pub(crate) struct Characters<Bits = Vec<u64>>(Bits);

impl<Bits: AsRef<[u64]>> Characters<Bits> {
    /// Whether a character is among them.
    #[inline]
    pub(crate) fn contains(&self, c: char) -> bool {
        let at = c as usize;
        self.0.as_ref().get(at / 64).is_some_and(|bits| bits & (1 << (at % 64)) != 0)
    }
}

impl Characters<[u64; 1024]> {
    /// The characters of some ranges; of each range every one, or every other one.
    pub(crate) const fn of(ranges: &[(u32, u32, u32)]) -> Self {
        let (mut bits, mut at) = ([0; 1024], 0);
        while at < ranges.len() {
            let (mut c, last, step) = ranges[at];
            while c <= last {
                bits[c as usize / 64] |= 1 << (c % 64);
                c += step;
            }
            at += 1;
        }
        Self(bits)
    }
}

impl Characters {
    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|bits| bits.count_ones() as usize).sum()
    }
}

impl FromIterator<char> for Characters {
    fn from_iter<I: IntoIterator<Item = char>>(characters: I) -> Self {
        const PLANE: usize = 0x1_0000;
        let mut bits = Vec::new();
        for at in characters.into_iter().map(|c| c as usize).filter(|at| *at < PLANE) {
            bits.resize(bits.len().max(at / 64 + 1), 0);
            bits[at / 64] |= 1_u64 << (at % 64);
        }
        Self(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_what_it_was_made_of() {
        let characters: Characters = "体网a体".chars().collect();
        assert!(characters.contains('体') && characters.contains('网') && characters.contains('a'));
        assert!(!characters.contains('體') && !characters.contains('\u{20000}') && !characters.is_empty());
        assert_eq!(characters.len(), 3);
    }
}
