//! What the script of a language means for the blanks between its words.

use bitext::Locale;
use unicode_script::Script;

use super::letters;

/// Whether words of the locale's language stand side by side without blanks, or take particles without one, by its
/// script (CLDR likely subtags): Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese.
pub(crate) fn is_spaceless(locale: &Locale) -> bool {
    // Rules ask this for each unit: bytes are told apart faster than texts.
    match locale.language().as_bytes() {
        b"zh" | b"ja" | b"ko" | b"th" => true,
        b"ar" | b"cs" | b"da" | b"de" | b"el" | b"en" | b"es" | b"fi" | b"fr" | b"he" | b"hi" | b"hu"
        | b"id" | b"it" | b"nb" | b"nl" | b"pl" | b"pt" | b"ro" | b"ru" | b"sv" | b"tr" | b"uk" | b"vi" => {
            false
        }
        _ => matches!(
            locale.script().as_deref(),
            Some("Hans" | "Hant" | "Jpan" | "Kore" | "Thai" | "Laoo" | "Khmr" | "Mymr")
        ),
    }
}

/// Whether a character is of a script without blanks between words.
pub(crate) fn is_spaceless_char(c: char) -> bool {
    matches!(c as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1100..=0x11FF | 0x1780..=0x17FF | 0x2E80..=0xD7FF | 0xF900..=0xFAFF | 0xFF00..=0xFFEF)
}

/// How many bytes of a text are such, each with the one after it, or a zero after the last one. No zero counts. In pieces
/// of one size, so that the bytes of a piece are counted in few steps.
#[inline]
pub(crate) fn count_bytes(text: &str, is: impl Fn(u8, u8) -> bool) -> usize {
    const PIECE: usize = 32;
    let count = |bytes: &[u8; PIECE], next: &[u8; PIECE]| {
        let mut count = 0;
        for (at, byte) in bytes.iter().enumerate() {
            count += u8::from(is(*byte, next[at]));
        }
        usize::from(count)
    };
    let (mut rest, mut all) = (text.as_bytes(), 0);
    while let (Some(piece), Some(next)) = (rest.first_chunk(), rest.get(1..).and_then(<[u8]>::first_chunk)) {
        all += count(piece, next);
        rest = &rest[PIECE..];
    }
    let mut last = [0; PIECE + 1];
    last[..rest.len()].copy_from_slice(rest);
    match (last.first_chunk(), last.last_chunk()) {
        (Some(piece), Some(next)) => all + count(piece, next),
        _ => all,
    }
}

/// How many characters of `text` are of a script of ISO 15924 or of none, as far as their first two bytes tell. No other
/// ones, but for those that stand between Japanese letters in Unicode.
pub(crate) fn count_own(own: &str, text: &str) -> usize {
    match own {
        "Arab" => count_bytes(text, |byte, _| matches!(byte, 0xD8..=0xDB)),
        "Cyrl" => count_bytes(text, |byte, _| matches!(byte, 0xD0..=0xD3)),
        "Deva" => count_bytes(text, |byte, next| byte == 0xE0 && matches!(next, 0xA4 | 0xA5)),
        // Coptic letters stand among them.
        "Grek" => {
            count_bytes(text, |byte, next| byte == 0xCE || byte == 0xCF && !matches!(next, 0xA2..=0xAF))
        }
        "Hans" | "Hant" => {
            count_bytes(text, |byte, next| matches!(byte, 0xE4..=0xE9) || byte == 0xE3 && next >= 0x90)
        }
        "Hebr" => count_bytes(text, |byte, _| byte == 0xD7),
        "Jpan" => count_bytes(text, |byte, _| matches!(byte, 0xE3..=0xE9)),
        "Kore" => count_bytes(text, |byte, next| {
            matches!(byte, 0xEB | 0xEC) || byte == 0xEA && next >= 0xB0 || byte == 0xED && next < 0x9E
        }),
        "Thai" => count_bytes(text, |byte, next| byte == 0xE0 && matches!(next, 0xB8 | 0xB9)),
        _ => 0,
    }
}

/// Whether text in a script of ISO 15924 (`own`) has letters of a Unicode script. Some are written in several.
pub(crate) fn written_in(own: &str, script: Script) -> bool {
    match own {
        "Jpan" | "Hrkt" => matches!(script, Script::Han | Script::Hiragana | Script::Katakana),
        "Kore" => matches!(script, Script::Hangul | Script::Han),
        "Hans" | "Hant" => matches!(script, Script::Han | Script::Bopomofo),
        _ => script.short_name() == own,
    }
}

/// Whether the locale is not written in Latin letters and `text` has no letter of its script.
pub(crate) fn has_no_letter_of(locale: &Locale, text: &str) -> bool {
    locale.script().is_some_and(|own| own != "Latn" && has_none_of(&own, text))
}

/// Whether `text` has no letter of a script of ISO 15924 other than Latin.
pub(crate) fn has_none_of(own: &str, text: &str) -> bool {
    !text.chars().any(|c| !c.is_ascii() && written_in(own, letters::script(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_characters_of_a_script() {
        for own in ["Arab", "Cyrl", "Deva", "Grek", "Hans", "Hant", "Hebr", "Jpan", "Kore", "Thai", "Latn"] {
            let is_counted = |c: &char| count_own(own, &c.to_string()) > 0;
            let counted: Vec<char> = ('\0'..=char::MAX).filter(is_counted).collect();
            for c in &counted {
                let script = letters::script(*c);
                let is_common = matches!(script, Script::Common | Script::Inherited | Script::Unknown);
                let between_japanese = own == "Jpan" && ('\u{3000}'..='\u{33ff}').contains(c);
                assert!(is_common || between_japanese || written_in(own, script), "{own}: {c:?}");
            }
            let letters = counted.iter().filter(|c| written_in(own, letters::script(**c))).count();
            assert!(letters > 20 || own == "Latn", "{own}: {letters}");
        }
        for n in 0..40 {
            let text = "ёж ".repeat(n);
            assert_eq!(count_own("Cyrl", &text), 2 * n);
        }
    }
}
