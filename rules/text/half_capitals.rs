use crate::prelude::*;
use crate::support::letters;

/// Its page is `half_capitals.md`.
pub(crate) struct HalfCapitals;

/// Fewer capitals are an abbreviation with an ending: "PDFs", "APIs".
const CAPITALS: usize = 4;

/// More small letters are a word of their own, as in names that are written so.
const ENDING: usize = 4;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "text/half-capitals",
        include_str!("half_capitals.md"),
        Severity::Warning,
        Scope::Unit,
        "capitalization",
    )
}

impl UnitRule for HalfCapitals {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        if !may_have(target) {
            return;
        }
        let masked = unit.masked_target();
        for (at, word) in words::runs(masked, letters::is_letter) {
            let Some(capitals) = capitals(word) else { continue };
            // An abbreviation or a name that the source has may take an ending.
            if source.to_lowercase().contains(&capitals.to_lowercase()) {
                continue;
            }
            sink.report_unit(
                unit,
                unit.in_target(at, word.len()),
                format!("{} is half in capitals", quote(word)),
            )
            .help("write the word in small letters");
        }
    }
}

/// The capitals of a word that begins with some and ends with a few small letters.
fn capitals(word: &str) -> Option<&str> {
    let (small, _) = word.char_indices().find(|(_, c)| !c.is_uppercase())?;
    let (capitals, ending) = word.split_at(small);
    let is_half = capitals.chars().count() >= CAPITALS
        && ending.chars().count() <= ENDING
        && ending.chars().all(char::is_lowercase);
    is_half.then_some(capitals)
}

/// A scan for capitals in a row before a small letter.
fn may_have(text: &str) -> bool {
    if !has_row(text.as_bytes()) {
        return false;
    }
    let mut row = 0;
    for c in text.chars() {
        if letters::is_capital(c) {
            row += 1;
        } else if row >= CAPITALS && letters::is_small(c) {
            return true;
        } else {
            row = 0;
        }
    }
    false
}

/// Whether so many characters stand in a row that may be capitals, by their first byte; of those in Cyrillic, small
/// letters are told from them.
fn has_row(bytes: &[u8]) -> bool {
    let mut row = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match FIRST_BYTES[usize::from(*byte)] {
            First::Capital => row += 1,
            First::Cyrillic if bytes.get(at).is_some_and(|next| *next < 0xB0) => row += 1,
            First::Inside => continue,
            First::Cyrillic | First::Other => row = 0,
        }
        if row >= CAPITALS {
            return true;
        }
    }
    false
}

/// What a byte begins.
#[derive(Clone, Copy)]
enum First {
    /// A capital, or a letter of a script that has capitals.
    Capital,
    /// A letter that is a capital if the next byte is below 0xB0.
    Cyrillic,
    /// Nothing: it goes on with a character.
    Inside,
    Other,
}

static FIRST_BYTES: [First; 256] = {
    let mut first = [First::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        first[byte] = match byte as u8 {
            0xD0 => First::Cyrillic,
            b'A'..=b'Z' | 0xC3..=0xD6 | 0xE1 | 0xE2 | 0xEA | 0xEF | 0xF0 => First::Capital,
            0x80..=0xBF => First::Inside,
            _ => First::Other,
        };
        byte += 1;
    }
    first
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_capitals_are_in_a_row() {
        for c in ('\0'..=char::MAX).filter(|c| c.is_uppercase()) {
            assert!(has_row(format!("{c}{c}{c}{c}").as_bytes()), "{c:?}");
        }
        for text in ["Abc Def", "новый файл", "新しい項目を作成する"] {
            assert!(!has_row(text.as_bytes()), "{text}");
        }
        assert!(may_have("Nový SOUBor") && !may_have("Nový SOUBOR") && !may_have("новый файл"));
    }
}
