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
    // Other bytes than ASCII may be anything.
    let mut row = 0;
    let is_row = |byte: u8| {
        row = if byte.is_ascii_uppercase() || !byte.is_ascii() { row + 1 } else { 0 };
        row >= CAPITALS
    };
    if !text.bytes().any(is_row) {
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
