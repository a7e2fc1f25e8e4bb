//! What `char` and `unicode_script` know of a character, without a search in their tables for the letters that most
//! texts are made of. The tests hold all of them to the tables.

#![allow(clippy::match_same_arms, reason = "a line for each range")]

use unicode_script::{Script, UnicodeScript};

/// [`char::is_alphabetic`]
#[inline]
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        '\u{c0}'..='\u{2af}' => !matches!(c, '×' | '÷'),
        '\u{38e}'..='\u{3a1}' | '\u{3a3}'..='\u{3f5}' => true,
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => true,
        // Hebrew, Arabic.
        '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{657}' | '\u{66e}'..='\u{6d3}' => true,
        // Devanagari, Thai: most vowel signs count.
        '\u{8f0}'..='\u{93b}' | '\u{93d}'..='\u{94c}' | '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e46}' => true,
        '\u{93c}' | '\u{94d}' | '\u{e47}'..='\u{e4c}' => false,
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' => true,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => true,
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => false,
        _ => c.is_alphabetic(),
    }
}

/// How many [letters](is_letter) stand in a text, each with its weight; those of Latin and Cyrillic weigh one.
pub(crate) fn weigh(text: &str, weight: impl Fn(char) -> usize) -> usize {
    /// What begins with such a byte is a letter of Latin or Cyrillic.
    const LETTER: u8 = 1;
    /// It is one, but for two signs.
    const NEARLY: u8 = 2;
    /// It may be anything.
    const OTHER: u8 = 4;
    static OF: [u8; 256] = {
        let mut of = [0; 256];
        let mut byte = 0;
        while byte < of.len() {
            of[byte] = match byte as u8 {
                b'a'..=b'z' | b'A'..=b'Z' | 0xc4..=0xc9 | 0xd0 | 0xd1 => LETTER,
                0xc3 => LETTER | NEARLY,
                0xc2.. => OTHER,
                _ => 0,
            };
            byte += 1;
        }
        of
    };
    let bytes = text.as_bytes();
    let (mut all, mut seen) = (0, 0);
    for byte in bytes {
        let class = OF[usize::from(*byte)];
        all += usize::from(class & LETTER);
        seen |= class;
    }
    if seen & NEARLY != 0 {
        let is_sign = |at: &usize| *at > 0 && bytes[at - 1] == 0xc3;
        all -= memchr::memchr2_iter(0x97, 0xb7, bytes).filter(is_sign).count();
    }
    if seen & OTHER != 0 {
        let others = bytes.iter().enumerate().filter(|(_, byte)| OF[usize::from(**byte)] == OTHER);
        let others = others.filter_map(|(at, _)| text[at..].chars().next());
        all += others.filter(|c| is_letter(*c)).map(weight).sum::<usize>();
    }
    all
}

/// [`char::is_alphanumeric`]
#[inline]
pub(crate) fn is_letter_or_digit(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        '\u{93c}' | '\u{94d}' | '\u{e47}'..='\u{e4c}' | '\u{2000}'..='\u{206f}' => false,
        _ => is_letter(c) || c.is_numeric(),
    }
}

/// Whether patterns count a character as one of a word: `\w`.
pub(crate) fn is_word(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric() || c == '_',
        _ => regex_syntax::try_is_word_character(c).unwrap_or(false),
    }
}

/// Whether a letter from `ß` to `ſ` is a capital: every other one of those that come in pairs.
#[inline]
fn is_latin_capital(c: char) -> bool {
    let is_even = (c as u32).is_multiple_of(2);
    match c {
        '\u{100}'..='\u{137}' | '\u{14a}'..='\u{177}' => is_even,
        '\u{139}'..='\u{148}' | '\u{179}'..='\u{17e}' => !is_even,
        _ => c == 'Ÿ',
    }
}

/// [`char::is_lowercase`]
#[inline]
pub(crate) fn is_small(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_lowercase(),
        'À'..='Þ' => false,
        '\u{df}'..='\u{17f}' => c != '÷' && !is_latin_capital(c),
        'α'..='ώ' => true,
        '\u{410}'..='\u{42f}' => false,
        '\u{430}'..='\u{45f}' => true,
        '\u{590}'..='\u{fff}' => false,
        '\u{3041}'..='\u{3096}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => false,
        _ => c.is_lowercase(),
    }
}

/// [`char::is_uppercase`]
#[inline]
pub(crate) fn is_capital(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_uppercase(),
        '\u{df}'..='\u{17f}' => is_latin_capital(c),
        'α'..='ώ' => false,
        '\u{410}'..='\u{42f}' => true,
        '\u{430}'..='\u{45f}' => false,
        '\u{590}'..='\u{fff}' => false,
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => false,
        _ => c.is_uppercase(),
    }
}

/// [`char::to_lowercase`]
pub(crate) fn lower(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match quick_lower(c) {
        Some(lower) => (lower, None),
        None => {
            let mut lower = c.to_lowercase();
            (lower.next().unwrap_or(c), lower.next())
        }
    };
    // No capital has more than two.
    std::iter::once(first).chain(second)
}

fn quick_lower(c: char) -> Option<char> {
    let plus = |distance: u32| char::from_u32(c as u32 + distance);
    let even = (c as u32).is_multiple_of(2);
    match c {
        '\0'..='\u{7f}' => Some(c.to_ascii_lowercase()),
        '×' => Some(c),
        'À'..='Þ' | 'А'..='Я' => plus(0x20),
        'Ѐ'..='Џ' => plus(0x50),
        'ß'..='ÿ' | 'а'..='џ' => Some(c),
        '\u{100}'..='\u{12f}' | '\u{132}'..='\u{137}' | '\u{14a}'..='\u{177}' => plus(u32::from(even)),
        '\u{139}'..='\u{148}' | '\u{179}'..='\u{17e}' => plus(u32::from(!even)),
        'Α'..='Ρ' | 'Σ'..='Ϋ' => plus(0x20),
        'ά'..='ώ' => Some(c),
        '\u{590}'..='\u{fff}' => Some(c),
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => Some(c),
        _ => None,
    }
}

/// Whether patterns take a character for a digit (`\d`), of whatever script.
pub(crate) fn is_digit(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_digit(),
        _ => c.is_numeric() && !c.is_alphabetic() && regex_syntax::is_word_character(c),
    }
}

/// Whether a character of a word ends at a byte of a text.
pub(crate) fn is_word_before(text: &str, at: usize) -> bool {
    match at.checked_sub(1).map(|before| text.as_bytes()[before]) {
        None => false,
        Some(byte @ 0..=0x7f) => byte.is_ascii_alphanumeric() || byte == b'_',
        Some(_) => text[..at].chars().next_back().is_some_and(is_word),
    }
}

/// Whether a character of a word starts at a byte of a text.
pub(crate) fn is_word_at(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at).copied() {
        None => false,
        Some(byte @ 0..=0x7f) => byte.is_ascii_alphanumeric() || byte == b'_',
        Some(_) => text[at..].chars().next().is_some_and(is_word),
    }
}

/// The letters that a text ends with.
pub(crate) fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

/// The script of a character.
#[inline]
pub(crate) fn script(c: char) -> Script {
    match c {
        'A'..='Z' | 'a'..='z' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{2af}' => Script::Latin,
        '\u{3a3}'..='\u{3e1}' => Script::Greek,
        '\u{400}'..='\u{481}' => Script::Cyrillic,
        '\u{5d0}'..='\u{5ea}' => Script::Hebrew,
        '\u{620}'..='\u{63f}' | '\u{641}'..='\u{64a}' | '\u{671}'..='\u{6d3}' => Script::Arabic,
        '\u{900}'..='\u{950}' => Script::Devanagari,
        '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e5b}' => Script::Thai,
        '\u{3041}'..='\u{3096}' => Script::Hiragana,
        '\u{30a1}'..='\u{30fa}' => Script::Katakana,
        '\u{4e00}'..='\u{9fff}' => Script::Han,
        '\u{ac00}'..='\u{d7a3}' => Script::Hangul,
        _ => c.script(),
    }
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn all_characters_are_as_the_tables_say() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_small(c), c.is_lowercase(), "{c:?}");
            assert_eq!(is_capital(c), c.is_uppercase(), "{c:?}");
            assert!(lower(c).eq(c.to_lowercase()), "{c:?}");
            assert_eq!(script(c), c.script(), "{c:?}");
        }
    }

    #[test]
    fn letters_are_counted() {
        for c in '\0'..=char::MAX {
            let text = format!("{c}–a");
            let letters = text.chars().filter(|c| c.is_alphabetic()).count();
            assert_eq!(weigh(&text, |_| 1), letters, "{c:?}");
        }
        assert_eq!(weigh("é, жů中2", |c| if c == '中' { 3 } else { 1 }), 6);
    }

    #[test]
    fn characters_of_words_and_digits_are_those_of_patterns() {
        let (word, digit) = (Regex::new(r"^\w$").unwrap(), Regex::new(r"^\d$").unwrap());
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            assert_eq!(is_word(c), word.is_match(&text), "{c:?}");
            assert_eq!(is_digit(c), digit.is_match(&text), "{c:?}");
            assert_eq!(is_word(c), is_word_at(&text, 0) && is_word_before(&text, text.len()), "{c:?}");
        }
    }
}
