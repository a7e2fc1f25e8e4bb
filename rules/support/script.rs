//! What the script of a language means for the blanks between its words.

use bitext::Locale;
use unicode_script::Script;

use super::letters;

/// Whether words of the locale's language stand side by side without blanks, or take particles without one, by its
/// script (CLDR likely subtags): Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese.
pub(crate) fn is_spaceless(locale: &Locale) -> bool {
    match locale.language() {
        "zh" | "ja" | "ko" | "th" => true,
        "ar" | "cs" | "da" | "de" | "el" | "en" | "es" | "fi" | "fr" | "he" | "hi" | "hu" | "id" | "it"
        | "nb" | "nl" | "pl" | "pt" | "ro" | "ru" | "sv" | "tr" | "uk" | "vi" => false,
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
