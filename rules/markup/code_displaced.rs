use std::collections::BTreeMap;
use std::ops::Range;

use crate::markup::{code_fused, emptied_brackets};
use crate::prelude::*;
use crate::support::inline::{self, Code};

/// Its page is `code_displaced.md`.
pub(crate) struct CodeDisplaced;

/// Characters before the code that make a sentence which could have held it.
const SENTENCE: usize = 8;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        ..RuleInfo::new(
            "markup/code-displaced",
            include_str!("code_displaced.md"),
            Severity::Warning,
            Scope::Unit,
            "markup",
        )
    }
}

impl UnitRule for CodeDisplaced {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.target_print().has(b'`') || !unit.source_print().has(b'`') {
            return;
        }
        let found = displaced(unit.source(), unit.target(), unit.locale().language());
        // Code that left its parentheses empty is told of there.
        if found.is_empty() || emptied_brackets::lost_code(unit) {
            return;
        }
        for Displaced { code, of_source, into_verb } in found {
            let place = if into_verb { "into a verb" } else { "to the end of the sentence" };
            let at = unit.in_target(code.range.start, code.range.len());
            sink.report_unit(unit, at, format!("code {} was pushed {place}", quote(&code.content)))
                .source_part(unit.in_source(of_source.start, of_source.len()))
                .help("put the code where the sentence speaks of it");
        }
    }
}

/// Code that stands away from its words.
pub(crate) struct Displaced {
    code: Code,
    /// The same code in the source.
    of_source: Range<usize>,
    /// Whether it stands inside a verb, and not at the end of the sentence.
    into_verb: bool,
}

/// The code of the target that was displaced.
pub(crate) fn displaced(source: &str, target: &str, language: &str) -> Vec<Displaced> {
    let mut displaced = Vec::new();
    // These languages put the verb last, so that code at the end has nothing to belong to.
    if !matches!(language, "tr" | "ko" | "ja" | "hu") || !may_be_displaced(target, language) {
        return displaced;
    }
    let codes = inline::code(source);
    // Several pieces in a row were pushed there together; that they stand together is said once.
    let rows = code_fused::side_by_side(source, target);
    // Where each stands first in the source, and whether it ends a sentence there somewhere.
    let mut known: BTreeMap<&str, (&Range<usize>, bool)> = BTreeMap::new();
    for code in &codes {
        let (_, ends) = known.entry(&code.content).or_insert((&code.range, false));
        *ends |= ends_sentence(&source[code.range.end..]);
    }
    let (mut from, end) = (0, without_end(target).len());
    for code in inline::code(target) {
        let in_row = is_in(&rows, code.range.start);
        let Some((first, ends)) = known.get(&*code.content).filter(|_| !in_row) else { continue };
        let (before, after) = (&target[from..code.range.start], &target[code.range.end..]);
        let is_last = code.range.end >= end;
        if is_last || ends_sentence(after) {
            from = code.range.end;
        }
        let into_verb = language == "ja" && splits_verb(before, after);
        if into_verb || (is_last || ends_sentence(after)) && at_end(source, before, is_last, language, *ends)
        {
            let of_source = (*first).clone();
            displaced.push(Displaced { code, of_source, into_verb });
        }
    }
    displaced
}

/// Whether a place is in one of these, which are in order.
pub(crate) fn is_in(rows: &[Range<usize>], at: usize) -> bool {
    let next = rows.partition_point(|row| row.end <= at);
    rows.get(next).is_some_and(|row| row.start <= at)
}

/// A scan that spares most texts the parser: for a backtick with what stands after displaced code.
fn may_be_displaced(target: &str, language: &str) -> bool {
    let end = without_end(target).len();
    memchr::memchr_iter(b'`', target.as_bytes()).any(|at| {
        let after = &target[at + 1..];
        ends_sentence(after) || at + 1 >= end || (language == "ja" && ends_verb(after))
    })
}

/// Whether code after `before`, which is the last or after which a sentence ends, stands behind a sentence that ends without
/// it; `ends` says whether it ends one in the source.
fn at_end(source: &str, before: &str, last: bool, language: &str, ends: bool) -> bool {
    // Behind the full stop, it has lost its sentence for good.
    let words = before.trim_end_matches([' ', '\u{a0}', '。', '.']);
    let words = words.rsplit(['。', '\n']).next().unwrap_or(words).trim_start();
    let words = words.rsplit_once(". ").map_or(words, |(_, words)| words);
    if words.chars().count() <= SENTENCE || is_named(words) {
        return false;
    }
    if last {
        return without_end(source).ends_with(|c| c != '`');
    }
    has_verb(words, language) && !ends
}

/// Whether a Japanese verb begins before the code and its polite ending stands after it.
fn splits_verb(before: &str, after: &str) -> bool {
    before.trim_end_matches(BLANKS).ends_with(|c| matches!(c, '\u{3041}'..='\u{3096}')) && ends_verb(after)
}

const BLANKS: [char; 2] = [' ', '\u{a0}'];

/// Whether the polite ending of a Japanese verb begins a text.
fn ends_verb(text: &str) -> bool {
    let text = text.trim_start_matches(BLANKS);
    ["ます", "ました", "ません"].iter().any(|ending| text.starts_with(ending))
}

/// `text` without the marks that end a sentence.
fn without_end(text: &str) -> &str {
    text.trim_end_matches(['.', ' ', '。', ':', '：', '!', '?'])
}

/// Whether a sentence ends here and another one follows, or nothing.
fn ends_sentence(after: &str) -> bool {
    let after = after.trim_start();
    after.is_empty() || after.starts_with(['。', '！', '？']) || after.starts_with(". ") || after == "."
}

/// Whether words name what follows them, after a colon or an article.
fn is_named(words: &str) -> bool {
    words.ends_with([':', '：', ',', '、'])
        || [" a", " az", " és", " vagy"].iter().any(|word| words.ends_with(word))
}

/// Whether words end with a verb in the form that ends a sentence, and no other.
fn has_verb(words: &str, language: &str) -> bool {
    let endings: &[&str] = match language {
        "ja" => &["ます", "です", "ません", "ました", "でした", "ください"],
        "ko" => &["다", "요", "오"],
        _ => &[],
    };
    endings.iter().any(|ending| words.ends_with(ending))
}
