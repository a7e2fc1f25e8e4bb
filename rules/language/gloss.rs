use std::ops::Range;

use bitext::ByteSet;

use crate::prelude::*;
use crate::support::inline::{self, MASK};
use crate::support::script::is_spaceless_char;
use crate::support::{fold, letters, source_run};

/// Its page is `gloss.md`.
pub(crate) struct Gloss;

/// Where a run is so much of the source, in percent, the source as a whole is doubled, not a name in it.
const WHOLE: usize = 80;

/// The first bytes of the brackets that begin a gloss.
const BRACKETS: ByteSet = ByteSet::of(&[b'(', WIDE[0]]);
const WIDE: &[u8] = "（".as_bytes();

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Unsafe,
        ..RuleInfo::new(
            "language/gloss",
            include_str!("gloss.md"),
            Severity::Warning,
            Scope::Unit,
            "addition",
        )
    }
}

impl UnitRule for Gloss {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if unit.target_print().has_any(BRACKETS) && !unit.locale().is_english() {
            repeated(unit, sink);
            doubled(unit, sink);
        }
    }
}

/// `X (X)`, where the source says two things or one.
fn repeated(unit: UnitView<'_>, sink: &mut Sink<'_>) {
    let (source, target) = (unit.source(), unit.target());
    let glosses = self_glosses(unit.masked_target());
    if glosses.is_empty() || !self_glosses(unit.masked_source()).is_empty() {
        return;
    }
    let has_brackets = source.contains(['(', '（']);
    for (words, brackets) in glosses {
        let message = format!(
            "{} is there twice: {}",
            quote(&target[words.clone()]),
            quote(&target[words.start..brackets.end])
        );
        let finding =
            sink.report_unit(unit, unit.in_target(words.start, brackets.end - words.start), message);
        if has_brackets {
            finding.help("write in brackets what the source says there, or remove them");
        } else {
            let gap = target[words.end..brackets.start].trim_start_matches(['*', '_']);
            let start = brackets.start - gap.len();
            finding.help("remove the brackets").fix(
                Applicability::Unsafe,
                "remove the repetition",
                unit.in_target(start, brackets.end - start),
                "",
            );
        }
    }
}

/// Words and the brackets behind them that say the same, letter by letter; both in bytes, the brackets with their signs.
fn self_glosses(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let mut glosses = Vec::new();
    let bytes = text.as_bytes();
    for open in memchr::memchr2_iter(b'(', WIDE[0], bytes) {
        let len = match bytes[open] {
            b'(' => 1,
            _ if bytes[open..].starts_with(WIDE) => WIDE.len(),
            _ => continue,
        };
        let start = open + len;
        let Some(len) = text[start..].find(['(', '（', ')', '）']) else { continue };
        let close = text[start + len..].chars().next().filter(|c| matches!(c, ')' | '）'));
        let inner = &text[start..start + len];
        let Some(close) = close.filter(|_| end_alike(&text[..open], inner)) else { continue };
        let letters: Vec<char> = fold::target(inner).collect();
        if letters.len() < 2 || inner.contains(MASK) {
            continue;
        }
        if let Some(words) = ends_with(&text[..open], &letters) {
            glosses.push((words, open..start + len + close.len_utf8()));
        }
    }
    glosses
}

/// Whether the last letters of both are the same, which they mostly are not.
fn end_alike(one: &str, other: &str) -> bool {
    let last = |text: &str| {
        let last = text.chars().rev().find(|c| letters::is_letter_or_digit(*c));
        last.and_then(|c| letters::lower(c).last())
    };
    // Brackets without letters are alike to nothing, and not looked for in all of the text before them.
    last(other).is_some_and(|letter| last(one) == Some(letter))
}

/// The words at the end of `text` that have just these letters.
fn ends_with(text: &str, letters: &[char]) -> Option<Range<usize>> {
    let mut rest = letters.iter().rev();
    let mut awaited = rest.next();
    let mut end = None;
    for (at, c) in text.char_indices().rev() {
        if !letters::is_letter_or_digit(c) {
            continue;
        }
        for lower in c.to_lowercase().rev() {
            if awaited != Some(&lower) {
                return None;
            }
            awaited = rest.next();
        }
        let end = *end.get_or_insert(at + c.len_utf8());
        if awaited.is_none() {
            let before = text[..at].chars().next_back();
            let is_whole = is_spaceless_char(c) || !before.is_some_and(char::is_alphanumeric);
            let has_letter = letters.iter().any(|c| c.is_alphabetic());
            return (is_whole && has_letter).then_some(at..end);
        }
    }
    None
}

/// English and its translation in brackets, for a source that is one sentence or title.
fn doubled(unit: UnitView<'_>, sink: &mut Sink<'_>) {
    let (source, target) = (unit.source(), unit.target());
    // Translators do so with titles and messages that have no other language.
    if unit.document().provenance.is_human(unit.document().file.text()) {
        return;
    }
    let Some(run) = source_run::longest(unit) else { return };
    let Some(brackets) = source_run::bracketed_after(unit.masked_target(), run.target.end) else { return };
    let said: String = fold::target(&target[brackets.clone()]).collect();
    let is_other = said.chars().count() > 2 && !fold::target(source).collect::<String>().contains(&said);
    let original = &source[run.source.clone()];
    let is_link = || inline::links(source).iter().any(|link| source[link.text.clone()].contains(original));
    if is_other && (run.share >= WHOLE || is_link()) {
        let message = format!(
            "left in English, with its translation in brackets: {}",
            quote(&target[run.target.clone()])
        );
        sink.report_unit(unit, unit.in_target(run.target.start, run.target.len()), message)
            .source_part(unit.in_source(run.source.start, run.source.len()))
            .help("let the translation stand in its place")
            .changes(original);
    }
}
