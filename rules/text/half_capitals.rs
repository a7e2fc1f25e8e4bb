use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;

use bitext::Fingerprint;

use crate::identifier::transliterated;
use crate::prelude::*;
use crate::support::letters;
use crate::support::places::Places;

/// Its page is `half_capitals.md`.
pub(crate) struct HalfCapitals;

/// Fewer capitals are an abbreviation with an ending: "PDFs", "APIs".
const CAPITALS: usize = 4;

/// More small letters are a word of their own, as in names that are written so.
const ENDING: usize = 4;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        its: "misspelling".into(),
        ..RuleInfo::new(
            "text/half-capitals",
            include_str!("half_capitals.md"),
            Severity::Warning,
            Scope::Unit,
            "capitalization",
        )
    }
}

impl UnitRule for HalfCapitals {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !may_have(unit.target(), unit.target_print()) {
            return;
        }
        let (source, masked) = (LazyCell::new(|| Source::of(unit.source())), unit.masked_target());
        for (at, word) in words::runs(masked, letters::is_letter) {
            let Some(capitals) = capitals(word) else { continue };
            // An abbreviation or a name that the source has may take an ending.
            if source.small.has(&capitals.to_lowercase()) {
                continue;
            }
            sink.report_unit(
                unit,
                unit.in_target(at, word.len()),
                format!("{} is half in capitals", quote(word)),
            )
            .help(source.help(word, capitals));
        }
    }
}

/// A source, with what is looked for in it.
struct Source<'t> {
    small: Places<'static>,
    places: Places<'t>,
    /// By the consonants of each, the first name in capitals.
    names: BTreeMap<String, &'t str>,
}

impl<'t> Source<'t> {
    fn of(source: &'t str) -> Self {
        let is_name = |name: &str| name.len() >= CAPITALS && name.chars().all(|c| c.is_ascii_uppercase());
        let mut names = BTreeMap::new();
        for (_, name) in words::runs(source, letters::is_letter).filter(|(_, name)| is_name(name)) {
            names.entry(transliterated::latin_skeleton(name)).or_insert(name);
        }
        Self { small: Places::of(source.to_lowercase()), places: Places::of(source), names }
    }

    /// What the word should be, by what the source has in its place.
    fn help(&self, word: &str, capitals: &str) -> String {
        let last = capitals.char_indices().next_back().map_or(0, |(at, _)| at);
        let apart = format!("{} {}", &word[..last], &word[last..]);
        if self.places.has(&apart) {
            return format!("put the blank back: {}", quote(&apart));
        }
        let consonants = transliterated::cyrillic_skeleton(capitals);
        match self.names.get(&consonants).filter(|_| consonants.len() > 1) {
            Some(name) => format!("write {} as the source does", quote(name)),
            None => "write the word in small letters".into(),
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

const ASCII_CAPITALS: ByteSet = ByteSet::of(&[]).with_range(b'A', b'Z');

/// First bytes of capitals that are not ASCII.
const OTHER_CAPITALS: ByteSet = ByteSet::of(b"\xe1\xe2\xea\xef\xf0").with_range(0xc3, 0xd6);

/// A scan for capitals in a row before a small letter. Such a row holds one of any [`CAPITALS`] bytes side by side, so
/// that most bytes are passed over.
fn may_have(text: &str, print: &Fingerprint) -> bool {
    let bytes = text.as_bytes();
    let is_ascii = !print.has_any(OTHER_CAPITALS);
    if is_ascii && !print.has_any(ASCII_CAPITALS) {
        return false;
    }
    let mut at = CAPITALS - 1;
    while let Some(byte) = bytes.get(at) {
        let is_capital = if byte.is_ascii() {
            // By itself it is no row: most of them begin a sentence.
            let is_other = |byte: &u8| byte.is_ascii() && !byte.is_ascii_uppercase();
            let is_alone = || is_other(&bytes[at - 1]) && bytes.get(at + 1).is_none_or(is_other);
            byte.is_ascii_uppercase() && !is_alone()
        } else {
            !is_ascii && is_in_capital(bytes, at)
        };
        if is_capital {
            let (before, after) = row_at(text, at);
            let next = text[after.end..].chars().next();
            if before + text[after.clone()].chars().count() >= CAPITALS && next.is_some_and(letters::is_small)
            {
                return true;
            }
            at = at.max(after.end);
        }
        at += CAPITALS;
    }
    false
}

/// Whether a byte, not of ASCII, may belong to a capital, by the bytes that its character begins with.
fn is_in_capital(bytes: &[u8], at: usize) -> bool {
    let start = (0..=at).rev().find(|start| !matches!(bytes[*start], 0x80..=0xbf)).unwrap_or(0);
    match (bytes[start], bytes.get(start + 1)) {
        // Of the commonest letters, and typographic signs.
        (0xc3, Some(next)) => *next < 0x9f,
        // Every other one.
        (0xc4, Some(next)) => next.is_multiple_of(2) == (*next < 0xb8),
        (0xc5, Some(next)) => next.is_multiple_of(2) == matches!(next, 0x8a..0xb9),
        (0xce, Some(next)) => *next < 0xac,
        (0xcf, Some(next)) => *next >= 0x8f,
        (0xd0, Some(next)) => *next < 0xb0,
        (0xd1, Some(next)) => *next >= 0xa0,
        (0xe2, Some(next)) => *next >= 0x84,
        (lead, _) => OTHER_CAPITALS.has(lead),
    }
}

/// How many capitals stand in a row before the character that has this byte, and those from there on.
fn row_at(text: &str, at: usize) -> (usize, Range<usize>) {
    let is_capital = |c: &char| letters::is_capital(*c);
    let start = (0..=at).rev().find(|start| text.is_char_boundary(*start)).unwrap_or(0);
    if !text[start..].starts_with(letters::is_capital) {
        return (0, start..start);
    }
    let after: usize = text[start..].chars().take_while(is_capital).map(char::len_utf8).sum();
    (text[..start].chars().rev().take_while(is_capital).count(), start..start + after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_capitals_may_be_in_a_row() {
        for c in ('\0'..=char::MAX).filter(|c| c.is_uppercase() && !c.is_ascii()) {
            let text = c.to_string();
            assert!(Fingerprint::of(&text).has_any(OTHER_CAPITALS), "{c:?}");
            assert!((0..text.len()).all(|at| is_in_capital(text.as_bytes(), at)), "{c:?}");
        }
    }

    #[test]
    fn rows_are_found_wherever_they_stand() {
        words::each_random_text("ABaŠš、Жжß 1", |text| {
            let rows = words::runs(text, char::is_uppercase);
            let is_row = |(at, row): (usize, &str)| {
                let next = text[at + row.len()..].chars().next();
                row.chars().count() >= CAPITALS && next.is_some_and(char::is_lowercase)
            };
            assert_eq!(may_have(text, &Fingerprint::of(text)), rows.into_iter().any(is_row), "{text:?}");
        });
    }
}
