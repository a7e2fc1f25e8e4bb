//! What a text is made of, from one pass over its bytes, so that most comparisons of two sides need no parse.

use memchr::memchr;

use crate::mask;

/// The bytes that occur in a text, and the sums of the pieces that a translation has to keep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fingerprint {
    /// The bytes that occur.
    bytes: ByteSet,
    /// Of inline code, if each backtick opens or closes one.
    code: u64,
    /// Of inline code, if a run of backticks is closed by a run of the same length; 0 without a run of several.
    code_by_runs: u64,
    /// Of the targets of links.
    links: u64,
    /// Whether there may be something in it that is no prose.
    may_hide: bool,
}

/// A set of bytes to look for.
///
/// Byte `b` has a bit in word `b / 8 % 4`: of eight bits that count up with `b % 8`, the one with the number `b / 32`.
/// So the flags of 32 bytes that follow each other make four words, which are or-ed to those of the next 32, shifted by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByteSet([u64; 4]);

impl ByteSet {
    /// The set of these bytes.
    pub const fn of(bytes: &[u8]) -> Self {
        let mut set = [0; 4];
        let mut at = 0;
        while at < bytes.len() {
            set[word(bytes[at])] |= bit(bytes[at]);
            at += 1;
        }
        Self(set)
    }

    /// The set of the bytes that occur in a text. By itself, the compiler keeps all of it in registers.
    #[inline(never)]
    fn of_text(text: &[u8]) -> Self {
        // A flag for each byte first: that takes the fewest steps a byte.
        let mut occurs = [0_u8; 256];
        let (eights, rest) = text.as_chunks::<8>();
        for eight in eights {
            // The compiler unrolls this one.
            for byte in eight {
                occurs[usize::from(*byte)] = 1;
            }
        }
        for byte in rest {
            occurs[usize::from(*byte)] = 1;
        }
        let eights = occurs.as_chunks::<8>().0;
        let (mut set, mut at) = ([0; 4], 0);
        while at < eights.len() {
            set[at % 4] |= u64::from_le_bytes(eights[at]) << (at / 4);
            at += 1;
        }
        Self(set)
    }

    /// The set with all bytes from `first` to `last`.
    #[must_use]
    pub const fn with_range(mut self, first: u8, last: u8) -> Self {
        let mut byte = first;
        loop {
            self.0[word(byte)] |= bit(byte);
            if byte == last {
                return self;
            }
            byte += 1;
        }
    }

    /// Whether it has a byte.
    #[inline]
    pub const fn has(&self, byte: u8) -> bool {
        self.0[word(byte)] & bit(byte) != 0
    }

    /// Whether it has one of the bytes of another set.
    #[inline]
    pub const fn has_any(&self, set: Self) -> bool {
        // Sets are constant, and most of their words 0: those take no step at all.
        let shared = [self.0[0] & set.0[0], self.0[1] & set.0[1], self.0[2] & set.0[2], self.0[3] & set.0[3]];
        (shared[0] | shared[1] | shared[2] | shared[3]) != 0
    }

    /// The set with all bytes of another.
    #[inline]
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let both = |word: usize| self.0[word] | other.0[word];
        Self([both(0), both(1), both(2), both(3)])
    }

    /// The ASCII digits.
    pub const DIGITS: Self = Self::of(b"0123456789");
}

#[inline]
const fn word(byte: u8) -> usize {
    byte as usize / 8 % 4
}

#[inline]
const fn bit(byte: u8) -> u64 {
    1 << (byte % 8 * 8 + byte / 32)
}

impl Fingerprint {
    /// The fingerprint of a text.
    pub fn of(text: &str) -> Self {
        let bytes = ByteSet::of_text(text.as_bytes());
        let mut found = Self { bytes, code: 0, code_by_runs: 0, links: 0, may_hide: mask::may_hide(&bytes) };
        // Neither code nor links are in other texts.
        if found.may_hide && found.has_any(ByteSet::of(b"`]")) {
            found.add_sums(text.as_bytes());
        }
        found
    }

    /// By itself, so that it costs nothing where it is not asked.
    #[inline(never)]
    fn add_sums(&mut self, bytes: &[u8]) {
        if self.has(b'`') {
            let (sum, side_by_side) = code_sum(bytes);
            self.code = sum;
            if side_by_side {
                self.code_by_runs = code_sum_by_runs(bytes);
            }
        }
        if self.has(b']') {
            self.links = link_sum(bytes);
        }
    }

    /// Whether a byte occurs.
    #[inline]
    pub fn has(&self, byte: u8) -> bool {
        self.bytes.has(byte)
    }

    /// Whether one of the bytes occurs.
    #[inline]
    pub fn has_any(&self, set: ByteSet) -> bool {
        self.bytes.has_any(set)
    }

    /// The bytes that occur.
    #[inline]
    pub fn bytes(&self) -> ByteSet {
        self.bytes
    }

    /// Whether there may be something in it that is no prose: otherwise [`masked`](crate::masked) leaves it as it is.
    #[inline]
    pub fn may_hide(&self) -> bool {
        self.may_hide
    }

    /// Whether backticks stand side by side.
    #[inline]
    pub fn has_two_backticks(&self) -> bool {
        self.code_by_runs != 0
    }

    /// A number that tells most texts apart. Those that are made of the same bytes and have the same code and links share it.
    #[inline]
    pub fn sum(&self) -> u64 {
        self.bytes.0.into_iter().fold(self.code ^ self.links, mix)
    }

    /// Whether a target has the same inline code as this source, in any order. Two codes that run into one where the
    /// source has two are the same.
    pub fn same_code(&self, target: &Self) -> bool {
        if self.code_by_runs == 0 {
            self.code == target.code
        } else {
            self.code_by_runs == target.code_by_runs
        }
    }

    /// Whether the links of both texts lead to the same targets, in any order.
    pub fn same_links(&self, other: &Self) -> bool {
        self.links == other.links
    }
}

/// The sum over what stands between backticks, counted one by one, so that two codes that touch are still two; and
/// whether backticks stand side by side.
fn code_sum(bytes: &[u8]) -> (u64, bool) {
    let (mut sum, mut side_by_side) = (0_u64, false);
    // Where what stands between two begins, and where one would stand beside the one before.
    let (mut open, mut next) = (None, usize::MAX);
    each_place(bytes, b'`', |at| {
        // So that the number of backticks counts.
        sum = sum.wrapping_add(1);
        side_by_side |= at == next;
        next = at + 1;
        open = match open {
            Some(open) => {
                sum = sum.wrapping_add(hash(&bytes[open..at]));
                None
            }
            None => Some(next),
        };
    });
    (sum, side_by_side)
}

/// Shows where a byte stands, one place after the other; eight bytes a step, for short texts.
#[inline]
fn each_place(bytes: &[u8], byte: u8, mut show: impl FnMut(usize)) {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let all = u64::from(byte) * 0x0101_0101_0101_0101;
    let mut start = 0;
    while let Some(rest) = bytes.get(start..).filter(|rest| !rest.is_empty()) {
        let eight = rest.first_chunk().copied().unwrap_or_else(|| {
            // What is beyond them is another byte.
            let mut last = [!byte; 8];
            last[..rest.len()].copy_from_slice(rest);
            last
        });
        let differ = u64::from_le_bytes(eight) ^ all;
        // The highest bit of each byte that does not differ.
        let mut same = !(((differ & LOW) + LOW) | differ | LOW);
        while same != 0 {
            show(start + same.trailing_zeros() as usize / 8);
            same &= same - 1;
        }
        start += 8;
    }
}

/// The sum over code as Markdown reads it. An opening run without its counterpart is text.
fn code_sum_by_runs(bytes: &[u8]) -> u64 {
    let run = |at: usize| bytes[at..].iter().take_while(|byte| **byte == b'`').count();
    let runs_from = |from: usize| {
        std::iter::successors(memchr(b'`', &bytes[from..]).map(|at| from + at), move |at| {
            let next = at + run(*at);
            memchr(b'`', &bytes[next..]).map(|at| next + at)
        })
    };
    // Not 0, which says that there is no such run.
    let mut sum = 1_u64;
    let mut next = runs_from(0).next();
    // Runs without a counterpart cost a look at what follows, once for each length.
    let mut hopeless = [false; 8];
    while let Some(open) = next {
        let len = run(open);
        let hope = hopeless.get(len).is_none_or(|hopeless| !hopeless);
        let close = runs_from(open + len).find(|at| hope && run(*at) == len);
        next = match close {
            Some(close) => {
                sum = sum.wrapping_add(hash(&bytes[open + len..close]));
                runs_from(close + len).next()
            }
            None => {
                if let Some(hopeless) = hopeless.get_mut(len) {
                    *hopeless = true;
                }
                runs_from(open + len).next()
            }
        };
    }
    sum
}

/// The sum over what stands in parentheses after a closing bracket.
fn link_sum(bytes: &[u8]) -> u64 {
    let mut sum = 0_u64;
    let mut rest = bytes;
    while let Some(at) = memchr(b']', rest) {
        rest = &rest[at + 1..];
        if rest.first() == Some(&b'(') {
            let Some(len) = memchr(b')', rest) else {
                // Nothing closes the others either, and they are in here.
                return sum.wrapping_add(hash(rest));
            };
            sum = sum.wrapping_add(hash(&rest[..len]));
        }
    }
    sum
}

/// A sum with one more value multiplied in, so that all bits of the product count, as in wyhash:
/// <https://github.com/wangyi-fudan/wyhash>.
#[inline]
pub fn mix(sum: u64, value: u64) -> u64 {
    const FACTOR: u128 = 0xa076_1d64_78bd_642f;
    let product = u128::from(sum ^ value) * FACTOR;
    (product >> 64) as u64 ^ product as u64
}

/// Nothing is trusted to it but to skip work: texts of 64 bits' luck would have to differ in code and agree in the sum.
fn hash(bytes: &[u8]) -> u64 {
    let mix = |sum: u64, eight: [u8; 8]| mix(sum, u64::from_le_bytes(eight));
    let (eights, rest) = bytes.as_chunks::<8>();
    let sum = eights.iter().fold(bytes.len() as u64 ^ 0x9e37_79b9_7f4a_7c15, |sum, eight| mix(sum, *eight));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(sum, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Fingerprint {
        Fingerprint::of(text)
    }

    #[test]
    fn tells_which_bytes_occur() {
        let print = of("Viz harbor 4.8（Ü）");
        assert!(print.has(b'8') && print.has(b'.') && !print.has(b'`') && !print.has(b'9'));
        assert!(print.has_any(ByteSet::DIGITS) && !print.has_any(ByteSet::of(b"`[]")));
        // The first byte of full-width signs.
        assert!(print.has(0xef));
        assert!(print.has_any(ByteSet::of(&[]).with_range(0xe0, 0xff)));
    }

    #[test]
    fn every_byte_has_a_bit_of_its_own() {
        let text: Vec<u8> = (0..=255).collect();
        for byte in 0..=255_u8 {
            let alone = ByteSet::of_text(&[byte]);
            assert_eq!(alone, ByteSet::of(&[byte]));
            assert!((0..=255).all(|other| alone.has(other) == (other == byte)), "{byte}");
        }
        assert_eq!(ByteSet::of_text(&text), ByteSet::of(&[]).with_range(0, 255));
    }

    #[test]
    fn code_and_links_agree_in_any_order() {
        let source =
            of("Run `harbor pack` before `harbor push`, see [notes](notes.md#a) and [help](help.md).");
        let target =
            of("Viz [nápověda](help.md) a [poznámky](notes.md#a): před `harbor push` dejte `harbor pack`.");
        assert!(source.same_code(&target) && source.same_links(&target));
    }

    #[test]
    fn lost_code_and_links_differ() {
        let source = of("Run `harbor pack` twice: [notes](notes.md).");
        for target in [
            "Spusťte `harbor balit` dvakrát: [poznámky](poznamky.md).",
            "Spusťte harbor pack dvakrát: [poznámky] (notes.md).",
            "Spusťte `harbor pack`, `harbor pack` [poznámky](notes.md) [poznámky](notes.md).",
        ] {
            let target = of(target);
            assert!(!source.same_code(&target), "{target:?}");
            assert!(!source.same_links(&target), "{target:?}");
        }
        assert!(of("`b` `a`").same_code(&of("`a``b`")));
        assert!(of("``a`b`` `c`").same_code(&of("`c` ``a`b``")));
        assert!(!of("``a`b`` `c`").same_code(&of("``a`b`` `d`")));
        assert!(!of("`a` b`").same_code(&of("`a` b")));
    }
}
