use crate::prelude::*;
use crate::support::letters;
use crate::support::places::Places;

/// Its page is `mixed_script.md`.
pub(crate) struct MixedScript;

/// First bytes of Greek and Cyrillic letters.
const FOREIGN: ByteSet = ByteSet::of(&[]).with_range(0xcd, 0xd3);

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "identifier/mixed-script",
        include_str!("mixed_script.md"),
        Severity::Warning,
        Scope::Unit,
        "mistranslation",
    )
}

impl UnitRule for MixedScript {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.target_print().has_any(FOREIGN) {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        let foreign = |c: char| is_cyrillic(c) || is_greek(c);
        if !has_letters_side_by_side(target) || !target.chars().any(foreign) {
            return;
        }
        let (masked, places) = (unit.masked_target(), Places::of(source));
        for (at, word) in words::runs(masked, letters::is_letter) {
            // What is stuck to a file name is the finding of `identifier/file-name`.
            let latin = word.chars().count() > 2 && word.chars().any(|c| c.is_ascii_alphabetic());
            if latin
                && word.chars().any(foreign)
                && !places.has(word)
                && !is_date_mask(word)
                && !masked[..at].ends_with('.')
            {
                sink.report_unit(
                    unit,
                    unit.in_target(at, word.len()),
                    format!("the word {} is in two scripts", quote(word)),
                )
                .help("write the name as the source has it, and an ending after a hyphen, or the word in one script");
            }
        }
    }
}

/// A scan for a letter of ASCII beside a character that is none.
fn has_letters_side_by_side(text: &str) -> bool {
    // A bit for each; of all others none. Without branches, so that many bytes are looked at at once.
    let kind = |byte: u8| u8::from(byte.is_ascii_alphabetic()) | (u8::from(byte >= 0x80) << 1);
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    let both = |(one, next): (&u8, &u8)| u8::from(kind(*one) | kind(*next) == 3);
    bytes.iter().zip(next).map(both).fold(0, |found, both| found | both) != 0
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{4ff}')
}

fn is_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3ff}') && !matches!(c, 'µ' | 'μ' | 'Ω')
}

/// `ддMMгггг`: places for digits in a date.
fn is_date_mask(word: &str) -> bool {
    word.chars().all(|c| {
        matches!(
            c,
            'd' | 'D'
                | 'M'
                | 'm'
                | 'y'
                | 'Y'
                | 'H'
                | 'h'
                | 's'
                | 'д'
                | 'Д'
                | 'М'
                | 'м'
                | 'г'
                | 'Г'
                | 'ч'
                | 'с'
        )
    })
}
