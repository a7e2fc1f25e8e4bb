//! What stands beside the blanks and the code of a target: one pass over it for all rules that ask for that.

use bitext::{Document, Unit};

use super::bits::{self, Part};
use super::letters;
use crate::UnitView;
use crate::text::doubled_word::{are_alike, may_close, may_open};

/// What a target may be asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Beside {
    /// What stands beside its blanks.
    pub(crate) blanks: Blanks,
    /// What stands beside its backticks.
    pub(crate) code: Code,
}

/// What stands beside the blanks of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Blanks {
    /// Whether two stand side by side.
    pub(crate) two: bool,
    /// Whether a punctuation mark stands after one.
    pub(crate) mark: bool,
    /// Whether there may be a word twice.
    pub(crate) doubled: bool,
}

/// What stands beside the backticks of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Code {
    /// Whether a letter stands beside one, outside of code.
    pub(crate) letter: bool,
    /// Whether there are two with nothing but blanks between.
    pub(crate) two: bool,
    /// Whether a letter stands after one and a blank.
    pub(crate) word: bool,
}

/// The same of the targets of a document.
pub(crate) struct Targets(Vec<Beside>);

impl Targets {
    fn of(document: &Document) -> Self {
        Self(document.units.iter().map(|unit| of_target(document, unit)).collect())
    }
}

/// What stands beside the blanks and the code of a target.
#[inline]
pub(crate) fn of(unit: UnitView<'_>) -> Beside {
    let beside = &unit.known().beside;
    // Once for a document it is made.
    let targets = beside.get().unwrap_or_else(|| beside.get_or_init(|| Targets::of(unit.document())));
    targets.0[unit.index]
}

fn of_target(document: &Document, unit: &Unit) -> Beside {
    let target = document.target(unit);
    let rest = document.file.text().as_bytes().get(unit.target.text.start as usize..).unwrap_or_default();
    let part = Part::of(rest, target.len());
    let has_code = unit.target.print.has(b'`');
    let code = if has_code { code(target, part, document.masked_target(unit)) } else { Code::default() };
    Beside { blanks: blanks_of(target, part), code }
}

#[cfg(test)]
pub(crate) fn blanks(text: &str) -> Blanks {
    blanks_of(text, text.into())
}

fn blanks_of(text: &str, part: Part<'_>) -> Blanks {
    let (mut seen, mut words) = (0, Words { text, last: 0, last_byte: 0, start: 0, doubled: false });
    bits::each_place(part, b' ', |at| {
        words.end_at(at);
        seen |= text.as_bytes().get(at + 1).map_or(0, |next| AFTER[usize::from(*next)]);
    });
    words.end_at(text.len());
    Blanks { two: seen & BLANK != 0, mark: seen & MARK != 0, doubled: words.doubled }
}

/// The words between the blanks of a text, two at a time.
struct Words<'t> {
    text: &'t str,
    /// Where the word before begins, and its last byte.
    last: usize,
    last_byte: u8,
    /// Where the next one begins.
    start: usize,
    /// Whether two may be the same.
    doubled: bool,
}

impl Words<'_> {
    /// A word ends there.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "a few steps for every word of a document: a call takes as many")]
    fn end_at(&mut self, end: usize) {
        let (bytes, last, start) = (self.text.as_bytes(), self.last, self.start);
        // Without a word it is the blank before, if there is one.
        let byte = bytes.get(end.wrapping_sub(1)).copied().unwrap_or(b' ');
        // Most words do not end alike, or differ in length.
        let may_be_alike = if may_close(byte) {
            // The byte before the sign is of the word, unless it is of another sign.
            let before = end.checked_sub(2).map_or(b' ', |at| bytes[at]);
            !byte.is_ascii() || before == self.last_byte || may_close(before)
        } else {
            byte == self.last_byte && (start - last == end - start + 1 || may_open(bytes[last]))
        };
        if may_be_alike {
            self.doubled |= are_alike(&self.text[last..start.saturating_sub(1)], &self.text[start..end]);
        }
        (self.last, self.last_byte, self.start) = (start, byte, end + 1);
    }
}

const BLANK: u8 = 1;
const MARK: u8 = 2;

/// What is looked for after a blank.
static AFTER: [u8; 256] = {
    let mut after = [0; 256];
    let (marks, mut at) = (b".,;:!?", 0);
    while at < marks.len() {
        after[marks[at] as usize] = MARK;
        at += 1;
    }
    after[b' ' as usize] = BLANK;
    after
};

fn code(text: &str, part: Part<'_>, masked: &str) -> Code {
    let mut code = Code::default();
    let is_letter = |c: Option<char>| c.is_some_and(letters::is_letter);
    bits::each_place(part, b'`', |at| {
        code.letter |=
            is_letter(masked[..at].chars().next_back()) || is_letter(masked[at + 1..].chars().next());
        let after = &text[at + 1..];
        let gap = match after.as_bytes() {
            [b' ', ..] => 1,
            [0xc2, 0xa0, ..] => 2,
            [first, ..] => {
                code.two |= *first == b'`';
                return;
            }
            [] => return,
        };
        let rest = &after[gap..];
        code.word |= is_letter(rest.chars().next());
        code.two |= rest.trim_start_matches([' ', '\u{a0}']).starts_with('`');
    });
    code
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::words;

    #[test]
    fn what_stands_beside_blanks_is_found() {
        words::each_random_text("aA,é  .", |text| {
            let has = |part: &str| text.contains(part);
            let found = blanks(text);
            assert_eq!(found.two, has("  "), "{text:?}");
            assert_eq!(found.mark, has(" .") || has(" ,"), "{text:?}");
        });
    }

    #[test]
    fn what_stands_beside_code_is_found() {
        words::each_random_text("aé`` \u{a0}.", |text| {
            let has = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
            let found = code(text, text.into(), text);
            assert_eq!(found.letter, has(&["a`", "é`", "`a", "`é"]), "{text:?}");
            assert_eq!(found.word, has(&["` a", "` é", "`\u{a0}a", "`\u{a0}é"]), "{text:?}");
            let without_blanks = text.replace([' ', '\u{a0}'], "");
            assert_eq!(found.two, without_blanks.contains("``"), "{text:?}");
        });
    }
}
