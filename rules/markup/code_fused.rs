use std::collections::BTreeSet;
use std::ops::Range;

use crate::markup::{emptied_brackets, emptied_list};
use crate::prelude::*;
use crate::support::{beside, inline};

/// Its page is `code_fused.md`.
pub(crate) struct CodeFused;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "markup/code-fused",
            include_str!("code_fused.md"),
            Severity::Error,
            Scope::Unit,
            "whitespace",
        )
    }
}

impl UnitRule for CodeFused {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.target_print().has(b'`') {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        if unit.source_print().has_two_backticks() {
            return;
        }
        let runs = if beside::of(unit).code.two { side_by_side(source, target) } else { Vec::new() };
        // Where a list or parentheses were emptied, their items stand side by side somewhere else.
        let is_told = || emptied_list::emptied(unit).is_some() || emptied_brackets::lost_code(unit);
        if !runs.is_empty() && !is_told() {
            for run in runs {
                let at = unit.in_target(run.start, run.len());
                sink.report_unit(unit, at, format!("no word stands between {}", quote(&target[run])))
                    .help("put back the words that the source has between them");
            }
        }
        if !unit.target_print().has_two_backticks() {
            return;
        }
        // The two runs of one backtick read as one delimiter of two, so the parser sees neither code.
        let codes: BTreeSet<String> = inline::code(source).into_iter().map(|code| code.content).collect();
        for (at, _) in target.match_indices("``") {
            let single = !target[..at].ends_with('`') && !target[at + 2..].starts_with('`');
            let before = target[..at].rsplit('`').next().unwrap_or_default();
            let after = target[at + 2..].split('`').next().unwrap_or_default();
            let known = |content: &str| codes.contains(content);
            if !single || !known(before) || !known(after) {
                continue;
            }
            let span = unit.in_target(at - before.len() - 1, before.len() + after.len() + 4);
            sink.report_unit(unit, span, format!("code {} and {} run into one", quote(before), quote(after)))
                .help("put a blank between them, or the word that belongs there")
                .fix(Applicability::Safe, "put a blank between them", unit.in_target(at + 1, 0), " ");
        }
    }
}

/// Runs of code with nothing but blanks between them, where the source has words.
pub(crate) fn side_by_side(source: &str, target: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let bytes = target.as_bytes();
    let may_touch = memchr::memchr_iter(b'`', bytes).any(|at| match bytes.get(at + 1) {
        Some(b' ' | 0xc2) => target[at + 1..].trim_start_matches([' ', '\u{a0}']).starts_with('`'),
        next => next == Some(&b'`'),
    });
    if !may_touch {
        return runs;
    }
    let codes = inline::code(target);
    if codes.len() < 2 {
        return runs;
    }
    let of_source = inline::code(source);
    let touch = |text: &str, from: usize, to: usize| {
        text.get(from..to).is_some_and(|between| between.chars().all(|c| matches!(c, ' ' | '\u{a0}')))
    };
    let contents: BTreeSet<&str> = of_source.iter().map(|code| &*code.content).collect();
    let known = |content: &str| contents.contains(content);
    // A source that sets code side by side itself tells nothing.
    if of_source.windows(2).any(|pair| touch(source, pair[0].range.end, pair[1].range.start)) {
        return runs;
    }
    for pair in codes.windows(2) {
        let (first, second) = (&pair[0], &pair[1]);
        if !touch(target, first.range.end, second.range.start)
            || !known(&first.content)
            || !known(&second.content)
        {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == first.range.end => run.end = second.range.end,
            _ => runs.push(first.range.start..second.range.end),
        }
    }
    runs
}
