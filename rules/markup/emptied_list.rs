use std::ops::Range;

use crate::prelude::*;
use crate::support::{beside, script};

/// Its page is `emptied_list.md`.
pub(crate) struct EmptiedList;

/// The first bytes of commas.
const COMMAS: ByteSet = ByteSet::of(b",\xd8\xe3\xef");

/// Of those that are not ASCII.
const WIDE_COMMAS: ByteSet = ByteSet::of(b"\xd8\xe3\xef");

/// The first byte of the blank that no line breaks at.
const NO_BREAK_SPACE: u8 = 0xc2;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "markup/emptied-list",
        include_str!("emptied_list.md"),
        Severity::Error,
        Scope::Unit,
        "omission",
    )
}

impl UnitRule for EmptiedList {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let Some(range) = emptied(unit) else { return };
        let target = unit.target();
        let at = unit.in_target(range.start, range.len());
        sink.report_unit(
            unit,
            at,
            format!("commas without anything between them: {}", quote(&target[range])),
        )
        .identity("commas")
        .help("put back, between the commas, what the source lists");
    }
}

/// Commas with nothing but blanks between them in the target, if the source has none like them.
pub(crate) fn emptied(unit: UnitView<'_>) -> Option<Range<usize>> {
    if !unit.target_print().has_any(COMMAS) || !has_two_in_a_row(unit) {
        return None;
    }
    orphans(unit.masked_target()).filter(|_| orphans(unit.masked_source()).is_none())
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | '、' | '，' | '،')
}

/// A scan for commas with nothing but blanks between them. In the text as it stands: what is masked is no blank.
fn has_two_in_a_row(unit: UnitView<'_>) -> bool {
    let (text, bytes) = (unit.target(), unit.target().as_bytes());
    let follows = |end: usize| match bytes[end..].iter().find(|byte| **byte != b' ') {
        Some(b',') => true,
        Some(0xc2 | 0xd8 | 0xe3 | 0xef) => {
            text.get(end..).is_some_and(|rest| rest.trim_start_matches([' ', '\u{a0}']).starts_with(is_comma))
        }
        _ => false,
    };
    // By the byte of each comma that few other characters have.
    if unit.target_print().has_any(WIDE_COMMAS) {
        let mut ends = memchr::memchr3_iter(b',', 0x80, 0x8c, bytes);
        return ends.any(|at| match bytes[at] {
            0x80 => bytes.get(at + 1) == Some(&0x81) && follows(at + 2),
            _ => follows(at + 1),
        });
    }
    // Most commas have neither another one nor a blank before them.
    let is_near = beside::of(unit).blanks.mark
        || unit.target_print().has(NO_BREAK_SPACE)
        || script::count_bytes(text, |byte, next| byte == b',' && next == b',') > 0;
    is_near && memchr::memchr_iter(b',', bytes).any(|at| follows(at + 1))
}

/// Commas with nothing but blanks between them, in masked text.
fn orphans(text: &str) -> Option<Range<usize>> {
    let mut start = None;
    let mut last = 0;
    for (at, c) in text.char_indices() {
        if is_comma(c) {
            match start {
                Some(_) => last = at + c.len_utf8(),
                None => (start, last) = (Some(at), 0),
            }
        } else if !matches!(c, ' ' | '\u{a0}') {
            if let Some(from) = start.take().filter(|_| last > 0) {
                // A sign that is spoken of, and `[,,]`, are notation.
                let closed = last == at && matches!(c, '`' | ']' | '}' | '>' | '"' | '\'');
                if !closed && !opens_notation(&text[..from], &text[from..last]) {
                    return Some(from..last);
                }
            }
            last = 0;
        }
    }
    start.filter(|_| last > 0).map(|from| from..last)
}

/// Whether commas are written for their own sake: right after a sign that opens something. Only plain commas without
/// blanks do that in parentheses.
fn opens_notation(before: &str, commas: &str) -> bool {
    let plain = commas.bytes().all(|byte| byte == b',');
    before.ends_with(['`', '[', '{', '<', '"', '\'']) || (plain && before.ends_with('('))
}
