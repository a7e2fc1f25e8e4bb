//! Texts without what does not make another translation of them: case, blanks, quotation marks, punctuation.

use std::sync::OnceLock;

use super::{inline, letters};

/// Goes through a source without its case, blanks, quotation marks, emphasis and end punctuation. Signs inside it stay:
/// `C#` is not `C`.
pub(crate) fn source(text: &str, each: impl FnMut(char)) {
    lowered(trimmed(text), |c| !is_ornament(c), each);
}

/// A source without its end punctuation.
fn trimmed(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || ".,:;!?*_".contains(c))
}

/// Goes through the letters and digits of a masked target, in lower case; code and addresses are the matter of other
/// rules.
pub(crate) fn target(masked: &str, each: impl FnMut(char)) {
    lowered(masked, letters::is_letter_or_digit, each);
}

/// The characters that are kept, in lower case.
fn lowered(text: &str, keep: impl Fn(char) -> bool, mut each: impl FnMut(char)) {
    for c in text.chars().filter(|c| keep(*c)) {
        match c {
            '\0'..='\u{7f}' => each(c.to_ascii_lowercase()),
            _ => letters::lower(c).for_each(&mut each),
        }
    }
}

/// The hash of a source as [`source`] goes through it; its last bit is 0.
pub(crate) fn source_hash(text: &str) -> u64 {
    /// No byte of ASCII: an ornament.
    const LEFT_OUT: u8 = 0xFF;
    /// All bytes of ASCII in lower case.
    const FOLDED: [u8; 128] = {
        let (mut folded, mut byte) = ([LEFT_OUT; 128], 0);
        while byte < 128 {
            let own = byte as u8;
            if !matches!(own, b'\t'..=b'\r' | b' ' | b'"' | b'\'' | b'*' | b'\\') {
                folded[byte] = own.to_ascii_lowercase();
            }
            byte += 1;
        }
        folded
    };
    let mut hash = Hash::default();
    for c in trimmed(text).chars() {
        match c {
            '\0'..='\u{7f}' => match FOLDED[c as usize] {
                LEFT_OUT => {}
                folded => hash.add(char::from(folded)),
            },
            _ if is_ornament(c) => {}
            _ => letters::lower(c).for_each(|c| hash.add(c)),
        }
    }
    hash.0 & !1
}

/// The hash of a masked target as [`target`] goes through it, if it has a letter or digit.
pub(crate) fn target_hash(masked: &str) -> Option<u64> {
    /// Letters and digits of ASCII in lower case, of all other bytes 0.
    const FOLDED: [u8; 128] = {
        let (mut folded, mut byte) = ([0; 128], 0);
        while byte < 128 {
            let own = byte as u8;
            folded[byte] = if own.is_ascii_alphanumeric() { own.to_ascii_lowercase() } else { 0 };
            byte += 1;
        }
        folded
    };
    let mut hash = Hash::default();
    for c in masked.chars() {
        match c {
            '\0'..='\u{7f}' => match FOLDED[c as usize] {
                0 => {}
                folded => hash.add(char::from(folded)),
            },
            '\u{80}'..='\u{fff}' => match folded(c) {
                Some('\0') => {}
                Some(folded) => hash.add(folded),
                None => letters::lower(c).for_each(|c| hash.add(c)),
            },
            // Kana, Han, Hangul.
            '\u{3041}'..='\u{3096}'
            | '\u{30a1}'..='\u{30fa}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}' => hash.add(c),
            _ if letters::is_letter_or_digit(c) => letters::lower(c).for_each(|c| hash.add(c)),
            _ => {}
        }
    }
    (hash != Hash::default()).then_some(hash.0)
}

/// What [`target`] makes of a character of most alphabets; 0 if it leaves it out, `None` if there are several.
#[inline]
fn folded(c: char) -> Option<char> {
    /// So many characters are worked out when the first of them is met: nobody writes in all alphabets.
    const BLOCK: usize = 0x80;
    static BLOCKS: [OnceLock<[Option<char>; BLOCK]>; 0x1000 / BLOCK] =
        [const { OnceLock::new() }; 0x1000 / BLOCK];
    let (block, place) = (c as usize / BLOCK, c as usize % BLOCK);
    let own = |place| {
        let c = char::from_u32((block * BLOCK + place) as u32).filter(|c| letters::is_letter_or_digit(*c));
        let mut lower = c.into_iter().flat_map(letters::lower);
        let first = lower.next().unwrap_or_default();
        lower.next().is_none().then_some(first)
    };
    BLOCKS[block].get_or_init(|| std::array::from_fn(own))[place]
}

/// The hash of a text, character by character, each multiplied in so that all bits of the product count, as in wyhash.
#[derive(PartialEq, Eq)]
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }
}

impl Hash {
    #[inline]
    fn add(&mut self, c: char) {
        const FACTOR: u128 = 0xa076_1d64_78bd_642f;
        let product = u128::from(self.0 ^ u64::from(u32::from(c))) * FACTOR;
        self.0 = (product >> 64) as u64 ^ product as u64;
    }
}

fn is_ornament(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '*' | '\\' | '‘' | '’' | '“' | '”' | '«' | '»')
}

/// Whether a masked English text has something to translate that is neither code nor a name nor a number nor an address: two
/// words, one of them in small letters.
pub(crate) fn is_prose(masked: &str) -> bool {
    let words = masked
        .split(|c: char| c.is_whitespace() || c == inline::MASK)
        .map(|word| word.trim_matches(|c: char| !letters::is_letter_or_digit(c)))
        .filter(|word| {
            word.len() > 1 && word.chars().all(|c| letters::is_letter(c) || matches!(c, '-' | '\'' | '’'))
        });
    let (mut count, mut small) = (0, false);
    for word in words {
        count += 1;
        small |= word.chars().all(|c| !c.is_uppercase()) && !word.contains('-');
        if count > 1 && small {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_other_translation_is_folded() {
        let source = |text: &str| {
            let mut folded = String::new();
            source(text, |c| folded.push(c));
            folded
        };
        let target = |text: &str| {
            let mut folded = String::new();
            target(&inline::masked(text), |c| folded.push(c));
            folded
        };
        assert_eq!(source("**Next**  steps:"), source("Next steps"));
        assert_ne!(source("Use C# here"), source("Use C here"));
        assert_eq!(target("Další\u{a0}kroky."), target("další kroky"));
        assert_ne!(target("Další kroky"), target("Další postup"));
        assert_eq!(target("Viz `a` a [b](c.md)"), target("Viz a [b](d.md)"));
    }

    #[test]
    fn a_hash_stands_for_the_folded_text() {
        let hash = |text: &str| {
            let mut hash = Hash::default();
            target(text, |c| hash.add(c));
            (hash != Hash::default()).then_some(hash.0)
        };
        let of_source = |text: &str| {
            let mut hash = Hash::default();
            source(text, |c| hash.add(c));
            hash.0 & !1
        };
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
        ] {
            assert_eq!(target_hash(text), hash(text), "{text}");
        }
        assert_ne!(target_hash("Další kroky"), target_hash("Další krok"));
    }

    #[test]
    fn prose_is_more_than_names_and_code() {
        for text in ["Next steps", "**Applies to**: Harbor Center", "Run `harbor pack` first"] {
            assert!(is_prose(&inline::masked(text)), "{text}");
        }
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
