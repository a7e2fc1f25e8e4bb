//! What stands beside the blanks of a target: one pass over its words for all rules that ask for that.

use bitext::Document;

use super::bits;
use crate::UnitView;
use crate::text::doubled_word::{are_alike, may_close};

/// What a text may be asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Beside {
    /// Whether two blanks stand side by side.
    pub(crate) two: bool,
    /// Whether a punctuation mark stands after a blank.
    pub(crate) mark: bool,
    /// Whether there may be a word twice.
    pub(crate) doubled: bool,
}

/// What stands beside the blanks of the targets of a document.
struct Targets(Vec<Beside>);

/// What stands beside the blanks of a target.
pub(crate) fn beside(unit: UnitView<'_>) -> Beside {
    let document: &Document = unit.document();
    let targets = || Targets(document.units.iter().map(|unit| of(document.target(unit))).collect());
    document.notes.get_or_make(targets).0[unit.index]
}

/// What stands beside the blanks of a text.
fn of(text: &str) -> Beside {
    let bytes = text.as_bytes();
    let (mut seen, mut doubled) = (0, false);
    // The word before and its last byte, and where the next one begins.
    let (mut last, mut last_byte, mut start) = (0..0, b' ', 0);
    for end in bits::blanks(bytes).chain(std::iter::once(bytes.len())) {
        let byte = if start < end { bytes[end - 1] } else { b' ' };
        // Most words do not end alike.
        if byte == last_byte || may_close(byte) {
            doubled |= are_alike(&text[last], &text[start..end]);
        }
        seen |= bytes.get(end + 1).map_or(0, |next| AFTER[usize::from(*next)]);
        (last, last_byte, start) = (start..end, byte, end + 1);
    }
    Beside { two: seen & BLANK != 0, mark: seen & MARK != 0, doubled }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::words;

    #[test]
    fn what_stands_beside_blanks_is_found() {
        words::each_random_text("aA,é  .", |text| {
            let has = |part: &str| text.contains(part);
            let found = of(text);
            assert_eq!(found.two, has("  "), "{text:?}");
            assert_eq!(found.mark, has(" .") || has(" ,"), "{text:?}");
        });
    }
}
