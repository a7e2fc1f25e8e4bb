use std::ops::Range;

use crate::prelude::*;
use crate::support::figures::{self, Figures};
use crate::support::{cldr, dates, inline, script};

/// Its page is `missing.md`.
pub(crate) struct Missing;

/// Numbers that are written as words, or as other numbers, in other units and ways to tell the time.
const COMMON: [&str; 4] = ["10", "11", "12", "24"];

/// Languages in which the first of a month is a word (primero, primeiro, primo).
const FIRST_IS_A_WORD: [&str; 6] = ["ca", "es", "gl", "it", "pt", "ro"];

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        its: "numbers".into(),
        ..RuleInfo::new(
            "number/missing",
            include_str!("missing.md"),
            Severity::Warning,
            Scope::Unit,
            "numbers",
        )
    }
}

impl UnitRule for Missing {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        if source == target || target.trim().is_empty() || !source.bytes().any(|b| b.is_ascii_digit()) {
            return;
        }
        let masked = inline::masked(source);
        let cldr = cldr::of(unit.locale());
        let figures = Figures::of(target, &cldr);
        let mut seen: Vec<Range<usize>> = Vec::new();
        let mut report = |range: Range<usize>, message: String| {
            sink.report_unit(unit, unit.unit().target.text, message)
                .identity(&source[range.clone()])
                .source_part(unit.in_source(range.start, range.len()))
                .help("put it back, or check that what replaces it means the same");
        };
        // The calendar of Iran has other months.
        let dates = if unit.locale().language() == "fa" { Vec::new() } else { dates::dates(&masked) };
        for date in dates {
            let lost = dates::lost(
                &date,
                target,
                &figures,
                &cldr,
                FIRST_IS_A_WORD.contains(&unit.locale().language()),
            );
            let whole = lost.len() == 1 + date.days.len() + usize::from(date.year.is_some());
            let text = quote(&masked[date.range.clone()]);
            if whole {
                report(date.range.clone(), format!("the date {text} is missing"));
            } else if !lost.is_empty() {
                report(date.range.clone(), format!("{} of {text} is missing", words::list(&lost)));
            }
            seen.push(date.range);
        }
        for amount in figures::amounts(&masked) {
            let known = seen.iter().any(|range| range.contains(&amount.range.start));
            let text = &masked[amount.range.clone()];
            // With a comma it is the finding of `number/version`.
            let kept = target.contains(text) || target.contains(&text.replace('.', ","));
            if !known && !kept && !figures.has_value(&amount.value) && !is_time_or_amount(&masked, &amount.range) {
                report(amount.range.clone(), format!("the number {text} is missing"));
            }
            seen.push(amount.range);
        }
        for range in numbers(&masked) {
            let number = &masked[range.clone()];
            let known = seen.iter().any(|other| other.contains(&range.start));
            if known || number.len() < 2 || COMMON.contains(&number) || is_time_or_amount(&masked, &range) {
                continue;
            }
            // `07` is `7` elsewhere, and `20000` two myriads where people count in those.
            let plain = number.trim_start_matches('0');
            let myriads = plain.strip_suffix("0000").filter(|_| script::is_spaceless(unit.locale()));
            if !figures.has_digits(plain) && !myriads.is_some_and(|myriads| figures.has_digits(myriads)) {
                report(range.clone(), format!("the number {number} is missing"));
            }
        }
    }
}

/// Runs of digits, without the signs between groups.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut numbers = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_ascii_digit()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                numbers.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    numbers
}

/// Whether a number is part of a time, a range, a version or a longer number, or an amount with a word that other
/// languages count otherwise (300K, 5 million).
fn is_time_or_amount(text: &str, number: &Range<usize>) -> bool {
    let (before, after) = (&text[..number.start], &text[number.end..]);
    let near = |c: Option<char>| {
        c.is_some_and(|c| matches!(c, '/' | ':' | '-' | '–' | '#' | '&') || c.is_ascii_alphabetic())
    };
    let next = after.trim_start().to_ascii_lowercase();
    near(before.chars().next_back())
        || near(after.chars().next())
        || ["am", "pm", "a.m", "p.m", "million", "billion", "thousand", "k "]
            .iter()
            .any(|word| next.starts_with(word))
        || (before.ends_with(['.', ','])
            && before[..before.len() - 1].ends_with(|c: char| c.is_ascii_digit()))
        || (after.starts_with(['.', ',']) && after[1..].starts_with(|c: char| c.is_ascii_digit()))
}
