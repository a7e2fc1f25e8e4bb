//! Texts without what does not make another translation of them: case, blanks, quotation marks, punctuation.

use bitext::mix;

use super::{characters::Characters, inline, letters};

/// Goes through a source without its case, blanks, quotation marks, emphasis and end punctuation. Signs inside it stay:
/// `C#` is not `C`.
pub(crate) fn source(text: &str, each: impl FnMut(char)) {
    trimmed(text).chars().filter(|c| !is_ornament(*c)).flat_map(letters::lower).for_each(each);
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
    text.chars().filter(|c| letters::is_letter_or_digit(*c)).flat_map(letters::lower)
}

/// The hash of a source as [`source`] goes through it; its last bit is 0.
pub(crate) fn source_hash(text: &str) -> u64 {
    static FOLDED: Folded = Folded::of(&{
        let mut left_out = [false; ASCII];
        let (ornaments, mut at) = (b"\t\n\x0b\x0c\r \"'*\\", 0);
        while at < ornaments.len() {
            left_out[ornaments[at] as usize] = true;
            at += 1;
        }
        left_out
    });
    let other = |hash: Hash, c| if is_ornament(c) { hash } else { letters::lower(c).fold(hash, Hash::with) };
    let hash = Hash::of(trimmed(text), &FOLDED, other);
    hash.sum() & !1
}

/// The hash of a masked target as [`target`] folds it, if it has a letter or digit.
pub(crate) fn target_hash(masked: &str) -> Option<u64> {
    static FOLDED: Folded = Folded::of(&{
        let (mut left_out, mut byte) = ([false; ASCII], 0);
        while byte < ASCII {
            left_out[byte] = !(byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        left_out
    });
    let other = |hash: Hash, c| {
        if STAYS.contains(c) {
            hash.with(c)
        } else if !GOES.contains(c) && letters::is_letter_or_digit(c) {
            letters::lower(c).fold(hash, Hash::with)
        } else {
            hash
        }
    };
    let hash = Hash::of(masked, &FOLDED, other);
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

/// How many bytes are ASCII.
const ASCII: usize = 0x80;

/// What each byte of ASCII does to a hash: it is multiplied by a number, and another one is added. So no byte takes a
/// branch, not even those that are left out.
struct Folded {
    factors: [u64; 256],
    addends: [u64; 256],
}

impl Folded {
    const fn of(left_out: &[bool; ASCII]) -> Self {
        let mut folded = Self { factors: [1; 256], addends: [0; 256] };
        let mut byte = 0;
        while byte < ASCII {
            if !left_out[byte] {
                folded.factors[byte] = Hash::FACTOR;
                folded.addends[byte] = Hash::addend((byte as u8).to_ascii_lowercase() as char);
            }
            byte += 1;
        }
        folded
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

    /// The hash of a text whose bytes of ASCII do what the table says; `other` adds what becomes of other characters.
    #[inline]
    fn of(text: &str, folded: &Folded, other: impl Fn(Self, char) -> Self) -> Self {
        let with = |hash: Self, byte: usize| {
            Self(hash.0.wrapping_mul(folded.factors[byte]).wrapping_add(folded.addends[byte]))
        };
        let with_byte = |hash, byte: &u8| with(hash, usize::from(*byte));
        if text.is_ascii() {
            let (eights, rest) = text.as_bytes().as_chunks::<8>();
            // The compiler unrolls the steps of eight.
            let hash = eights.iter().fold(Self::default(), |hash, eight| eight.iter().fold(hash, with_byte));
            return rest.iter().fold(hash, with_byte);
        }
        let with_char = |hash, c: char| if c.is_ascii() { with(hash, c as usize) } else { other(hash, c) };
        text.chars().fold(Self::default(), with_char)
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
    let (mut count, mut small) = (0, false);
    // Of the word so far.
    let (mut len, mut is_small, mut is_plain) = (0, true, true);
    for byte in bytes {
        match byte {
            b'a'..=b'z' => len += 1,
            b'A'..=b'Z' => {
                len += 1;
                is_small = false;
            }
            b' ' => {
                if is_plain && len > 1 {
                    count += 1;
                    small |= is_small;
                    if count > 1 && small {
                        return true;
                    }
                }
                (len, is_small, is_plain) = (0, true, true);
            }
            _ => is_plain = false,
        }
    }
    is_plain && len > 1 && count > 0 && (small || is_small)
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
