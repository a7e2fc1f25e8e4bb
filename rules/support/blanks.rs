//! What stands beside the blanks of a target: one pass over its words for all rules that ask for that.

use std::ops::Range;

use bitext::Document;

use super::bits;
use crate::UnitView;
use crate::text::doubled_word::are_alike;

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
    let mut beside = Beside::default();
    // The word before; before the first one, there is a blank too many unless it begins the text.
    let mut last: Range<usize> = 0..0;
    for word in bits::between_blanks(bytes) {
        let blanks = word.start - last.end;
        beside.two |= blanks > 1;
        beside.mark |= blanks > 0 && MARKS[usize::from(bytes[word.start])];
        beside.doubled |= blanks == 1 && are_alike(text, &last, &word);
        last = word;
    }
    beside.two |= bytes.len() - last.end > 1;
    beside
}

/// The punctuation marks.
static MARKS: [bool; 256] = {
    let mut marks = [false; 256];
    let (list, mut at) = (b".,;:!?", 0);
    while at < list.len() {
        marks[list[at] as usize] = true;
        at += 1;
    }
    marks
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
