use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::markup::emptied_list;
use crate::prelude::*;
use crate::support::{beside, bits, inline, locale_data};

/// Its page is `space_before_punctuation.md`.
pub(crate) struct SpaceBeforePunctuation;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "markup/space-before-punctuation",
            include_str!("space_before_punctuation.md"),
            Severity::Warning,
            Scope::Unit,
            "whitespace",
        )
    }
}

impl UnitRule for SpaceBeforePunctuation {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let has_hard_gap = || unit.target_print().has(0xa0) && has_hard_gap(unit.target());
        if !beside::of(unit).blanks.mark && !has_hard_gap() {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        let found = gaps(target);
        if found.is_empty() {
            return;
        }
        let spaced = &locale_data::of(unit.locale()).space_before;
        let of_source: BTreeSet<u8> = gaps(source).into_iter().map(|(_, sign)| sign).collect();
        let codes = LazyCell::new(|| inline::code(target));
        // Where a list was emptied, the items are missing and not a blank too many.
        let emptied = emptied_list::emptied(unit);
        for (gap, sign) in found {
            // The source may have the blank too, as in "`.nuspec` ." or before an ellipsis.
            let same = of_source.contains(&sign);
            let sign = char::from(sign);
            let of_list = emptied.as_ref().is_some_and(|commas| commas.start == gap.end);
            if same || of_list || spaced.contains(sign) || inline::is_in_code(&codes, gap.start) {
                continue;
            }
            let at = unit.in_target(gap.start, gap.len());
            let before = before(target, gap.start);
            let message = format!("blank between {} and \"{sign}\"", quote(before));
            let finding = sink.report_unit(unit, at, message);
            finding.identity(before);
            // After a plain word, something may have stood there that is gone.
            if is_word_end(&target[..gap.start]) {
                finding.help("remove the blank, or put back what stood there");
            } else {
                finding.help("remove the blank").fix(Applicability::Safe, "remove the blank", at, "");
            }
        }
    }
}

/// Blanks between the end of code, a link or bold, and a punctuation mark that ends there: places and signs. After
/// plain words, only those that no typography puts a blank before.
fn gaps(text: &str) -> Vec<(Range<usize>, u8)> {
    let bytes = text.as_bytes();
    let mut gaps = Vec::new();
    let first_link = LazyCell::new(|| text.find("]("));
    // A no-break blank ends with a byte that others end with too.
    bits::each_place_of(bytes, *b" \xa0", |last| {
        let end = last + 1;
        let sign = bytes.get(end).copied().filter(|sign| b".,;:!?".contains(sign));
        let lead = sign.and_then(|_| text[..end].strip_suffix([' ', '\u{a0}']));
        let (Some(sign), Some(lead)) = (sign, lead) else { return };
        let after = text[end + 1..].chars().next();
        // `.NET`, `...`, `:::`, `!=` and `:term` are words of their own.
        let ends = after.is_none_or(|c| c.is_whitespace() || ")]\"'»”*|<".contains(c));
        let is_link = || lead.ends_with(')') && first_link.is_some_and(|at| at + "](".len() <= lead.len());
        let markup = lead.ends_with('`') || lead.ends_with("**") || is_link();
        // Behind an address, a blank keeps the mark out of it.
        let word = is_word_end(lead)
            && matches!(sign, b'.' | b',')
            && !before(text, lead.len()).contains(['@', ':']);
        if ends && (markup || word) && !lead.ends_with([' ', '\u{a0}']) {
            gaps.push((lead.len()..end, sign));
        }
    });
    gaps
}

/// Whether the last byte of a no-break blank stands before a mark.
fn has_hard_gap(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(0xa0, bytes).any(|at| bytes.get(at + 1).is_some_and(|next| b".,;:!?".contains(next)))
}

fn is_word_end(text: &str) -> bool {
    text.ends_with(char::is_alphanumeric)
}

/// The code, link or bold that ends at `at`.
fn before(text: &str, at: usize) -> &str {
    /// Nothing that is longer, in bytes, is told whole.
    const LONGEST: usize = 1_024;
    let lead = words::last_bytes(&text[..at], LONGEST);
    if is_word_end(lead) {
        return lead.rsplit(char::is_whitespace).next().unwrap_or(lead);
    }
    let open = if let Some(inside) = lead.strip_suffix('`') {
        inside.rfind('`')
    } else if let Some(inside) = lead.strip_suffix("**") {
        inside.rfind("**")
    } else {
        lead.rfind('[')
    };
    &lead[open.unwrap_or(0)..]
}
