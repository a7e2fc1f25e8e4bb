use crate::plain::is_mark;
use crate::{Gaps, Signs, Span, Unit};

/// The explicit anchor of a heading: `# <a name="SLUG"></a>PAIR`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Both tags.
    pub span: Span,
    /// The value of `name`.
    pub name: Span,
    /// Index of the heading's unit, if a pair follows the anchor directly.
    pub unit: Option<usize>,
}

const OPEN: &str = "<a name=\"";
const CLOSE: &str = "\"></a>";

/// Finds the heading anchors of `text`; `units` are the document's units in order, with what stands between them.
pub(crate) fn find(text: &str, units: &[Unit], gaps: &Gaps) -> Vec<Anchor> {
    let (bytes, mut anchors) = (text.as_bytes(), Vec::new());
    for span in gaps.at_line_starts(Signs::HASH) {
        let mut at = span.start as usize;
        while let Some(len) = memchr::memchr(b'#', &bytes[at..span.end as usize]) {
            let hashes = at + len;
            at = hashes + bytes[hashes..].iter().take_while(|byte| **byte == b'#').count();
            anchors.extend(behind(text, hashes, at, units));
        }
    }
    anchors
}

/// The anchor behind the `#`s between two places, perhaps after blanks.
fn behind(text: &str, hashes: usize, end: usize, units: &[Unit]) -> Option<Anchor> {
    let bytes = text.as_bytes();
    let blanks = bytes[end..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let start = end + blanks;
    let value = bytes[start..].strip_prefix(OPEN.as_bytes())?;
    let marks = marks_before(bytes, hashes)?;
    if end - hashes > 6 || (marks == 0 && blanks == 0) {
        return None;
    }
    let len = memchr::memchr2(b'"', b'\n', value)?;
    if !value[len..].starts_with(CLOSE.as_bytes()) {
        return None;
    }
    let name = Span::new(start + OPEN.len(), start + OPEN.len() + len);
    let end = name.end as usize + CLOSE.len();
    let unit = units.binary_search_by_key(&end, |unit| unit.span.start as usize).ok();
    Some(Anchor { span: Span::new(start, end), name, unit })
}

/// How many marks of quotes and list items stand before a place, if nothing else stands there on its line.
fn marks_before(bytes: &[u8], at: usize) -> Option<usize> {
    /// A long line full of anchors must not be read once for each.
    const MOST: usize = 1024;
    let before = &bytes[at.saturating_sub(MOST)..at];
    let marks = before.iter().rev().take_while(|byte| is_mark(**byte)).count();
    let is_line = match before[..before.len() - marks].last() {
        Some(end) => matches!(end, b'\n' | b'\r'),
        None => at <= MOST,
    };
    is_line.then_some(marks)
}
