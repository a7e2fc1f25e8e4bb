//! A quick hash of short texts.

use std::hash::Hasher;

/// FNV-1a, 64 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>. Quick for short texts. Whoever wants to can make texts
/// that have the same sum, so nothing may rest on it but how much work is done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
        Self(BASIS)
    }
}

impl Hasher for Fnv {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        const PRIME: u64 = 0x0100_0000_01b3;
        self.0 = bytes.iter().fold(self.0, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(PRIME));
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two of the values that its authors publish.
    #[test]
    fn sums_are_the_published_ones() {
        for (text, sum) in [("", 0xcbf2_9ce4_8422_2325), ("foobar", 0x8594_4171_f739_67e8)] {
            let mut fnv = Fnv::default();
            fnv.write(text.as_bytes());
            assert_eq!(fnv.finish(), sum, "{text:?}");
        }
    }
}
