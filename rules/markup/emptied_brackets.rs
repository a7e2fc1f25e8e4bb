use std::collections::BTreeSet;
use std::ops::Range;

use crate::prelude::*;

/// Its page is `emptied_brackets.md`.
pub(crate) struct EmptiedBrackets;

/// First bytes of opening parentheses.
const OPENING: ByteSet = ByteSet::of(b"(\xef");

/// The first byte of the full-width ones.
const WIDE: u8 = 0xef;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "markup/emptied-brackets",
        include_str!("emptied_brackets.md"),
        Severity::Error,
        Scope::Unit,
        "omission",
    )
}

impl UnitRule for EmptiedBrackets {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if unit.target_print().has_any(OPENING) && may_be_empty(unit) {
            report(unit, &emptied(unit), sink);
        }
    }
}

fn report(unit: UnitView<'_>, emptied: &[Range<usize>], sink: &mut Sink<'_>) {
    let Some((first, others)) = emptied.split_first() else { return };
    let source = unit.source();
    let lost = lost(source, unit.target());
    let there = match &lost {
        Some(range) => format!("where the source has {}", quote(&source[range.clone()])),
        None => "unlike in the source".into(),
    };
    let more = match others.len() {
        0 => String::new(),
        n => format!(", and {}", words::count(n, "more place")),
    };
    let message = format!("parentheses with nothing between them, {there}{more}");
    let finding = sink.report_unit(unit, unit.in_target(first.start, first.len()), message);
    finding.identity("parentheses").help("put back what stands between them in the source, or remove them");
    if let Some(range) = lost {
        finding.source_part(unit.in_source(range.start, range.len()));
    }
    let spans: Vec<_> = others.iter().map(|range| unit.in_target(range.start, range.len())).collect();
    finding.here_too(&spans);
}

/// A scan for parentheses with nothing but blanks between them. In the text as it stands: what is masked is no blank.
fn may_be_empty(unit: UnitView<'_>) -> bool {
    let (text, bytes) = (unit.target(), unit.target().as_bytes());
    let closes = |end: usize| match bytes.get(end) {
        Some(b')') => true,
        // A blank of some kind, or the full-width sign.
        Some(b' ' | 0xc2 | 0xe3 | 0xef) => text.get(end..).is_some_and(|rest| blanks(rest).is_some()),
        _ => false,
    };
    if memchr::memchr_iter(b'(', bytes).any(|at| closes(at + 1)) {
        return true;
    }
    // By the last byte of the full-width one, which few other characters have.
    unit.target_print().has(WIDE)
        && memchr::memchr_iter(0x88, bytes).any(|at| bytes[..at].ends_with(b"\xef\xbc") && closes(at + 1))
}

/// Parentheses of the target that lost what stood between them: the source has some, no empty ones, and does not speak
/// of parentheses.
pub(crate) fn emptied(unit: UnitView<'_>) -> Vec<Range<usize>> {
    let (source, target) = (unit.source(), unit.masked_target());
    let found: Vec<_> = empty(target).filter(|range| !is_meant(target, range)).collect();
    let is_meant = || {
        let source = source.to_lowercase();
        ["parenthes", "bracket", "brace"].iter().any(|word| source.contains(word))
    };
    let is_lost = !found.is_empty() && outer(source).next().is_some() && empty(source).next().is_none();
    if is_lost && !is_meant() { found } else { Vec::new() }
}

/// Whether parentheses of the target are empty, and code stands between some in the source: it went somewhere else.
pub(crate) fn lost_code(unit: UnitView<'_>) -> bool {
    let source = unit.source();
    let has_code = || outer(source).any(|range| source[range].contains('`'));
    unit.target_print().has_any(OPENING) && may_be_empty(unit) && has_code() && !emptied(unit).is_empty()
}

/// How long the blanks are after an opening parenthesis, if the closing one follows.
fn blanks(rest: &str) -> Option<usize> {
    let after = rest.trim_start_matches([' ', '\u{a0}', '\u{3000}']);
    after.starts_with([')', '）']).then_some(rest.len() - after.len())
}

/// Parentheses of a text with nothing but blanks between them.
fn empty(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices(['(', '（']).filter_map(|(start, open)| {
        let rest = &text[start + open.len()..];
        let close = start + open.len() + blanks(rest)?;
        Some(start..close + text[close..].chars().next().map_or(0, char::len_utf8))
    })
}

/// Whether empty parentheses belong to the name of a function right before them, or are quoted.
fn is_meant(text: &str, range: &Range<usize>) -> bool {
    let before = &text[..range.start];
    let name = before.trim_end_matches(['*', '_', bitext::MASK]);
    let is_code = before.ends_with(bitext::MASK);
    let opens = before.ends_with(['"', '\'', '“', '„', '‘', '«', '「', '『']);
    let closes = text[range.end..].starts_with(['"', '\'', '“', '”', '’', '»', '」', '』']);
    is_code || name.ends_with(|c: char| c.is_ascii_alphanumeric()) || opens && closes
}

/// The parentheses of the source whose content is in none of the target's, if these are the only ones.
fn lost(source: &str, target: &str) -> Option<Range<usize>> {
    let kept: BTreeSet<&str> = outer(target).map(|range| content(&target[range])).collect();
    let mut lost = outer(source).filter(|range| !kept.contains(content(&source[range.clone()])));
    let only = lost.next()?;
    lost.next().is_none().then_some(only)
}

/// What stands in parentheses.
fn content(text: &str) -> &str {
    let inner = text.strip_prefix(['(', '（']).unwrap_or(text);
    inner.strip_suffix([')', '）']).unwrap_or(inner).trim()
}

/// Parentheses that stand in no others and are not the target of a link, with what is between them.
fn outer(text: &str) -> impl Iterator<Item = Range<usize>> {
    let (mut depth, mut start) = (0_usize, 0);
    text.char_indices().filter_map(move |(at, c)| match c {
        '(' | '（' => {
            if depth == 0 {
                start = at;
            }
            depth += 1;
            None
        }
        ')' | '）' if depth > 0 => {
            depth -= 1;
            (depth == 0 && !text[..start].ends_with(']')).then_some(start..at + c.len_utf8())
        }
        _ => None,
    })
}
