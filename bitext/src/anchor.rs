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
    let signs = |span: Span| {
        let start = span.start as usize;
        memchr::memchr_iter(b'#', &text.as_bytes()[span.range()]).map(move |at| start + at)
    };
    gaps.at_line_starts(Signs::HASH)
        .flat_map(signs)
        .filter_map(|sign| open_behind(text, sign))
        .filter(|&at| line_before(text, at).is_some_and(starts_heading))
        .filter_map(|at| {
            let value = &text[at + OPEN.len()..];
            let len = memchr::memchr2(b'"', b'\n', value.as_bytes())?;
            if !value[len..].starts_with(CLOSE) {
                return None;
            }
            let name = Span::new(at + OPEN.len(), at + OPEN.len() + len);
            let end = name.end as usize + CLOSE.len();
            let unit = units.binary_search_by_key(&end, |unit| unit.span.start as usize).ok();
            Some(Anchor { span: Span::new(at, end), name, unit })
        })
        .collect()
}

/// Where an anchor starts behind the `#` at `sign`, the last one of several, and blanks.
fn open_behind(text: &str, sign: usize) -> Option<usize> {
    let rest = &text[sign + 1..];
    let bare = rest.trim_start_matches([' ', '\t']);
    bare.starts_with(OPEN).then(|| text.len() - bare.len())
}

/// What stands before `at` on its line, if that is short enough for the marks of a heading: a long line full
/// of anchors must not be read once for each.
fn line_before(text: &str, at: usize) -> Option<&str> {
    const LONGEST: usize = 1024;
    let from = at.saturating_sub(LONGEST);
    let end = memchr::memrchr2(b'\n', b'\r', &text.as_bytes()[from..at]);
    let start = end.map(|end| from + end + 1).or((from == 0).then_some(0))?;
    text.get(start..at)
}

/// Whether what stands before the anchor is a heading's `#`s, perhaps in a quote or a list item.
fn starts_heading(before: &str) -> bool {
    let marks = before
        .trim_end_matches([' ', '\t'])
        .trim_start_matches(|c: char| " \t>*+-.)".contains(c) || c.is_ascii_digit());
    before.len() > marks.len() && (1..=6).contains(&marks.len()) && marks.bytes().all(|b| b == b'#')
}
