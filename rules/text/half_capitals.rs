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

/// Whether so many characters stand in a row that may be capitals: those of ASCII, and by their first byte any of the
/// scripts that have capitals. Of Russian, which has nothing else, small letters are told from them.
fn has_row(bytes: &[u8]) -> bool {
    let mut row = 0;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'A'..=b'Z' => row += 1,
            // Not the first byte of a character.
            0x80..=0xBF => continue,
            0xD0 if bytes.get(at + 1).is_some_and(|next| *next >= 0xB0) => row = 0,
            0xC3..=0xD6 | 0xE1 | 0xE2 | 0xEA | 0xEF | 0xF0 => row += 1,
            _ => row = 0,
        }
        if row >= CAPITALS {
            return true;
        }
    }
    false
}

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
