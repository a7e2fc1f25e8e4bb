//! Texts without what does not make another translation of them: case, blanks, quotation marks, punctuation.

use std::sync::LazyLock;

use bitext::{ByteSet, Fingerprint, mix};

use super::{characters::Characters, inline, letters};

/// Goes through a source without its case, blanks, quotation marks, emphasis and end punctuation. Signs inside it stay:
/// `C#` is not `C`.
pub(crate) fn source(text: &str, each: impl FnMut(char)) {
    trimmed(text).chars().flat_map(of_source).for_each(each);
}

/// What becomes of a character of a source.
fn of_source(c: char) -> impl Iterator<Item = char> {
    Some(c).filter(|c| !is_ornament(*c)).into_iter().flat_map(letters::lower)
}

/// A source without its end punctuation.
fn trimmed(text: &str) -> &str {
    let stays =
        |byte| !matches!(byte, b'\t'..=b'\r' | b' ' | b'.' | b',' | b':' | b';' | b'!' | b'?' | b'*' | b'_');
    match text.bytes().rposition(stays) {
        Some(last) if text.as_bytes()[last].is_ascii() => &text[..=last],
        _ => text.trim_end_matches(|c: char| c.is_whitespace() || ".,:;!?*_".contains(c)),
    }
}

/// The letters and digits of a target, in lower case.
pub(crate) fn target(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(of_target)
}

/// What becomes of a character of a target.
fn of_target(c: char) -> impl Iterator<Item = char> {
    Some(c).filter(|c| letters::is_letter_or_digit(*c)).into_iter().flat_map(letters::lower)
}

/// The hash of a source as [`source`] goes through it; its last bit is 0.
pub(crate) fn source_hash(text: &str, print: &Fingerprint) -> u64 {
    static FOLDED: LazyLock<Folded> = LazyLock::new(|| Folded::of(of_source));
    let other = |hash: Hash, c| of_source(c).fold(hash, Hash::with);
    FOLDED.hash(trimmed(text), print, other).sum() & !1
}

/// The hash of a masked target as [`target`] folds it, if it has a letter or digit.
pub(crate) fn target_hash(masked: &str, print: &Fingerprint) -> Option<u64> {
    static FOLDED: LazyLock<Folded> = LazyLock::new(|| Folded::of(of_target));
    let other = |hash: Hash, c| {
        if STAYS.contains(c) {
            hash.with(c)
        } else if !GOES.contains(c) {
            of_target(c).fold(hash, Hash::with)
        } else {
            hash
        }
    };
    let hash = FOLDED.hash(masked, print, other);
    (hash != Hash::default()).then(|| hash.sum())
}

/// Most letters and digits that folding leaves as they are. What is in neither this set nor [`GOES`] has to be looked up.
static STAYS: Characters<[u64; 1024]> = Characters::of(&[
    // Latin: small letters are every other one.
    (0xdf, 0xf6, 1),
    (0xf8, 0xff, 1),
    (0x101, 0x12f, 2),
    (0x131, 0x137, 2),
    (0x13a, 0x148, 2),
    (0x14b, 0x177, 2),
    (0x17a, 0x17e, 2),
    // Greek, Cyrillic, Hebrew, Arabic, Devanagari, Thai.
    (0x3ac, 0x3ce, 1),
    (0x430, 0x45f, 1),
    (0x5d0, 0x5ea, 1),
    (0x620, 0x657, 1),
    (0x66e, 0x6d3, 1),
    (0x900, 0x93b, 1),
    (0x93d, 0x94c, 1),
    (0xe01, 0xe3a, 1),
    (0xe40, 0xe46, 1),
    // Kana, Han, Hangul.
    (0x3041, 0x3096, 1),
    (0x30a1, 0x30fa, 1),
    (0x30fc, 0x30fe, 1),
    (0x3400, 0x4dbf, 1),
    (0x4e00, 0x9fff, 1),
    (0xac00, 0xd7a3, 1),
]);

/// Most characters that are neither letters nor digits.
static GOES: Characters<[u64; 1024]> = Characters::of(&[
    (0xa0, 0xa9, 1),
    (0xab, 0xb1, 1),
    (0x93c, 0x93c, 1),
    (0x94d, 0x94d, 1),
    (0x964, 0x965, 1),
    (0xe47, 0xe4c, 1),
    (0x2000, 0x206f, 1),
    (0x3000, 0x3004, 1),
    (0x3008, 0x3020, 1),
    (0xff01, 0xff0f, 1),
    (0xff1a, 0xff20, 1),
]);

/// The first bytes of characters beyond ASCII that a hash has a table for: most Latin letters, and Cyrillic ones.
const TOLD: [u8; 6] = [0xc2, 0xc3, 0xc4, 0xc5, 0xd0, 0xd1];

/// What characters do to a hash: it is multiplied by a number, and another one is added. So none takes a branch, not even
/// those that are left out. A byte of ASCII has its place by itself, and one that ends a character by the byte before too;
/// one that begins a character does nothing.
struct Folded {
    factors: [u64; PLACES],
    addends: [u64; PLACES],
}

/// As many as [`place`] may give.
const PLACES: usize = 4 * 0xff + 0xff + 1;

/// The place of a byte in this row.
#[inline]
fn place(row: u8, byte: u8) -> usize {
    4 * usize::from(row) + usize::from(byte)
}

/// The row of what follows a byte: each has 64 places beyond ASCII of its own, and the first one those of all single bytes.
static ROWS: [u8; 256] = {
    let (mut rows, mut at) = ([0; 256], 0);
    while at < TOLD.len() {
        rows[TOLD[at] as usize] = 32 + 16 * at as u8;
        at += 1;
    }
    rows
};

impl Folded {
    /// What comes of characters if this becomes of each.
    fn of<I: Iterator<Item = char>>(fold: impl Fn(char) -> I) -> Self {
        let mut folded = Self { factors: [1; PLACES], addends: [0; PLACES] };
        let mut tell = |at: usize, c: char| {
            let (factor, hash) = fold(c).fold((1_u64, Hash::default()), |(factor, hash), c| {
                (factor.wrapping_mul(Hash::FACTOR), hash.with(c))
            });
            (folded.factors[at], folded.addends[at]) = (factor, hash.0);
        };
        for byte in 0..0x80 {
            tell(place(0, byte), char::from(byte));
        }
        for lead in TOLD {
            for last in 0x80..0xc0 {
                if let Ok(Some(c)) = str::from_utf8(&[lead, last]).map(|text| text.chars().next()) {
                    tell(place(ROWS[usize::from(lead)], last), c);
                }
            }
        }
        folded
    }

    /// The hash of a text that is made of bytes of `print`; `other` adds what becomes of a longer character.
    #[inline]
    fn hash(&self, text: &str, print: &Fingerprint, other: impl Fn(Hash, char) -> Hash) -> Hash {
        const BEYOND_ASCII: ByteSet = ByteSet::of(&[]).with_range(0x80, 0xff);
        const UNTOLD: ByteSet = ByteSet::of(&[]).with_range(0xc6, 0xcf).with_range(0xd2, 0xff);
        let with = |hash: Hash, at: usize| {
            Hash(hash.0.wrapping_mul(self.factors[at]).wrapping_add(self.addends[at]))
        };
        // The compiler unrolls the steps of eight.
        let (eights, rest) = text.as_bytes().as_chunks::<8>();
        if !print.has_any(BEYOND_ASCII) {
            let with_byte = |hash, byte: &u8| with(hash, place(0, *byte));
            let hash = eights.iter().fold(Hash::default(), |hash, eight| eight.iter().fold(hash, with_byte));
            return rest.iter().fold(hash, with_byte);
        }
        if !print.has_any(UNTOLD) {
            let with_byte =
                |(hash, row), byte: &u8| (with(hash, place(row, *byte)), ROWS[usize::from(*byte)]);
            let start = (Hash::default(), 0);
            let start = eights.iter().fold(start, |start, eight| eight.iter().fold(start, with_byte));
            return rest.iter().fold(start, with_byte).0;
        }
        let with_char = |hash, c: char| if c.is_ascii() { with(hash, c as usize) } else { other(hash, c) };
        text.chars().fold(Hash::default(), with_char)
    }
}

/// The hash of a folded text, character by character.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Hash(u64);

impl Hash {
    const FACTOR: u64 = 0xa076_1d64_78bd_642f;

    /// What a character adds.
    const fn addend(c: char) -> u64 {
        (c as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    #[inline]
    fn with(self, c: char) -> Self {
        Self(self.0.wrapping_mul(Self::FACTOR).wrapping_add(Self::addend(c)))
    }

    /// The hash, in which all bits count alike.
    fn sum(self) -> u64 {
        mix(self.0, 0)
    }
}

fn is_ornament(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '*' | '\\' | '‘' | '’' | '“' | '”' | '«' | '»')
}

/// A word without the signs around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !letters::is_letter_or_digit(c))
}

/// Whether there is nothing but letters and what joins words, but for the signs around.
fn is_word(word: &str) -> bool {
    let bare = bare(word);
    bare.len() > 1 && bare.chars().all(|c| letters::is_letter(c) || matches!(c, '-' | '\'' | '’'))
}

fn is_small(word: &str) -> bool {
    let bare = bare(word);
    bare.chars().all(|c| !c.is_uppercase()) && !bare.contains('-')
}

/// Whether a masked English text has something to translate that is neither code nor a name nor a number nor an address: two
/// words, one of them in small letters.
pub(crate) fn is_prose(masked: &str) -> bool {
    is_plainly_prose(masked.as_bytes()) || is_prose_as_a_whole(masked)
}

/// Whether words say so that stand between blanks and are nothing but letters of ASCII: they do in most texts.
fn is_plainly_prose(bytes: &[u8]) -> bool {
    const CAPITAL: u8 = 1;
    const OTHER: u8 = 2;
    const BLANK: u8 = 4;
    static OF: [u8; 256] = {
        let (mut of, mut byte) = ([OTHER; 256], 0);
        while byte < of.len() {
            match byte as u8 {
                b'a'..=b'z' => of[byte] = 0,
                b'A'..=b'Z' => of[byte] = CAPITAL,
                b' ' => of[byte] = BLANK,
                _ => {}
            }
            byte += 1;
        }
        of
    };
    let (mut count, mut small) = (0, false);
    // Where the word so far begins, and what is in it.
    let (mut start, mut seen) = (0, 0);
    for (at, byte) in bytes.iter().enumerate() {
        let class = OF[usize::from(*byte)];
        if class != BLANK {
            seen |= class;
            continue;
        }
        if seen < OTHER && at - start > 1 {
            count += 1;
            small |= seen == 0;
            if count > 1 && small {
                return true;
            }
        }
        (start, seen) = (at + 1, 0);
    }
    seen < OTHER && bytes.len() - start > 1 && count > 0 && (small || seen == 0)
}

fn is_prose_as_a_whole(masked: &str) -> bool {
    let (mut count, mut small) = (0, false);
    for word in masked.split(|c: char| c.is_whitespace() || c == inline::MASK) {
        // Most words are plain.
        let is_plain = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
        if is_plain || is_word(word) {
            count += 1;
            small |= is_plain || is_small(word);
        }
        if count > 1 && small {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::words::each_random_text;

    #[test]
    fn what_is_no_other_translation_is_folded() {
        let source = |text: &str| {
            let mut folded = String::new();
            source(text, |c| folded.push(c));
            folded
        };
        let target = |text: &str| target(&inline::masked(text)).collect::<String>();
        assert_eq!(source("**Next**  steps:"), source("Next steps"));
        assert_ne!(source("Use C# here"), source("Use C here"));
        assert_eq!(target("Další\u{a0}kroky."), target("další kroky"));
        assert_ne!(target("Další kroky"), target("Další postup"));
        assert_eq!(target("Viz `a` a [b](c.md)"), target("Viz a [b](d.md)"));
    }

    fn source_hash(text: &str) -> u64 {
        super::source_hash(text, &Fingerprint::of(text))
    }

    fn target_hash(text: &str) -> Option<u64> {
        super::target_hash(text, &Fingerprint::of(text))
    }

    #[test]
    fn a_hash_stands_for_the_folded_text() {
        let hash = |text: &str| {
            let hash = target(text).fold(Hash::default(), Hash::with);
            (hash != Hash::default()).then(|| hash.sum())
        };
        let of_source = |text: &str| {
            let mut hash = Hash::default();
            source(text, |c| hash = hash.with(c));
            hash.sum() & !1
        };
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            assert_eq!(target_hash(&text), hash(&text), "{c:?}");
        }
        for text in (0..0x3000).filter_map(char::from_u32).map(|c| format!("a{c}b")) {
            assert_eq!(source_hash(&text), of_source(&text), "{text:?}");
        }
        for text in [
            "",
            " .\u{1}…",
            "Další Kroky 12",
            "İ ist kein I",
            "次の手順: NuGet を",
            "ДАЛЕЕ – 3",
            "Größe ÷ ÿ",
            "다음 단계ッ",
            "Longer words: internationalization, Bezpečnostnízálohování",
        ] {
            assert_eq!(target_hash(text), hash(text), "{text}");
            assert_eq!(source_hash(text), of_source(text), "{text}");
        }
        each_random_text("aBcdeFghijklmn 1.*éñК", |text| {
            assert_eq!(target_hash(text), hash(text), "{text}");
            assert_eq!(source_hash(text), of_source(text), "{text}");
        });
        assert_ne!(target_hash("Další kroky"), target_hash("Další krok"));
    }

    #[test]
    fn prose_is_more_than_names_and_code() {
        for text in ["Next steps", "**Applies to**: Harbor Center", "Run `harbor pack` first"] {
            assert!(is_prose(&inline::masked(text)), "{text}");
        }
        for text in ["Next steps", "A few Steps here ", "**Applies to**: all who use it"] {
            assert!(is_plainly_prose(text.as_bytes()), "{text}");
        }
        each_random_text("aB c.-*é", |text| {
            assert!(!is_plainly_prose(text.as_bytes()) || is_prose_as_a_whole(text), "{text}");
        });
        for text in [
            "Harbor Center",
            "`harbor pack now`",
            "string",
            "12.5 MB",
            "[](see also.md)",
            "harbor-client-index",
        ] {
            assert!(!is_prose(&inline::masked(text)), "{text}");
        }
    }
}
