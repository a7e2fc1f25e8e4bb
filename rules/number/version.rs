use std::ops::Range;

use crate::prelude::*;
use crate::support::cldr::{self, Cldr};
use crate::support::places::Places;
use crate::support::{letters, sources};

/// Its page is `version.md`.
pub(crate) struct Version;

/// Words before a number that is an amount, and after one.
const AMOUNTS: [&str; 22] = [
    "about",
    "over",
    "under",
    "than",
    "to",
    "of",
    "by",
    "is",
    "at",
    "for",
    "from",
    "and",
    "or",
    "USD",
    "EUR",
    "GBP",
    "approximately",
    "between",
    "least",
    "most",
    "nearly",
    "costs",
];
const UNITS: [&str; 22] = [
    "percent", "GB", "MB", "KB", "TB", "GiB", "MiB", "million", "billion", "seconds", "hours", "minutes",
    "days", "weeks", "months", "years", "times", "GHz", "inches", "kg", "km", "cores",
];

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        its: "numbers".into(),
        ..RuleInfo::new("number/version", include_str!("version.md"), Severity::Error, Scope::Unit, "numbers")
    }
}

impl UnitRule for Version {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.source_print().has(b'.') || !unit.source_print().has_any(ByteSet::DIGITS) {
            return;
        }
        let facts = sources::of(unit);
        if !facts.has_inner_stop(unit.source()) {
            return;
        }
        let versions = facts.versions.get_or_init(|| versions(unit.source(), unit.masked_source()));
        if versions.is_empty() {
            return;
        }
        let (source, target, masked_target) = (unit.source(), unit.target(), unit.masked_target());
        let places = Places::of(masked_target);
        let is_kept = |version: &Range<usize>| places.has(&source[version.clone()]);
        if versions.iter().all(is_kept) {
            return;
        }
        let cldr = cldr::of(unit.locale());
        let signs = cldr.signs.iter().map(|(decimal, _)| *decimal).filter(|decimal| *decimal != '.');
        let signs: Vec<char> = signs.filter(|decimal| target.contains(*decimal)).collect();
        for range in versions.iter().filter(|version| !is_kept(version)) {
            let version = &source[range.clone()];
            for wrong in signs.iter().flat_map(|decimal| spellings(version, *decimal, &cldr)) {
                for at in whole_numbers(&places, &wrong) {
                    let span = unit.in_target(at, wrong.len());
                    sink.report_unit(
                        unit,
                        span,
                        format!("version {} is written {}", quote(version), quote(&wrong)),
                    )
                    .source_part(unit.in_source(range.start, range.len()))
                    .help("a version is no decimal number: keep its points")
                    .keeps(version)
                    .fix(
                        Applicability::Safe,
                        "write the version with points",
                        span,
                        version,
                    );
                }
            }
        }
    }
}

/// The versions of a source, each once; no amounts.
fn versions(source: &str, masked: &str) -> Vec<Range<usize>> {
    let bytes = source.as_bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    if first_point(bytes).is_none() {
        return found;
    }
    named_numbers(masked, |name, version| {
        let (name, number) = (&masked[name], &masked[version.clone()]);
        let rest = masked[version.end..].trim_start();
        let is_name = name.starts_with(|c: char| c.is_ascii_uppercase())
            || name.contains(['.', '#', '+'])
            || ["version", "versions", "release", "v"].contains(&name);
        let long = number.matches('.').count() > 1;
        let has_unit = || {
            let word = rest.split(|c: char| c.is_whitespace() || ",.;)".contains(c)).next();
            UNITS.contains(&word.unwrap_or_default())
        };
        let is_amount = !long && (!is_name || AMOUNTS.contains(&name) || has_unit() || rest.starts_with('%'));
        if !is_amount {
            found.push(version);
        }
    });
    if found.len() > 1 {
        found.sort_by_key(|version| &masked[version.clone()]);
        found.dedup_by_key(|version| &masked[version.clone()]);
        found.sort_unstable_by_key(|version| version.start);
    }
    found
}

/// Numbers with points after a word, with that: `[A-Za-z#+][\w.#+\-]*\s+(?:\*\*)?v?\d+(?:\.\d+)+`.
fn named_numbers(text: &str, mut each: impl FnMut(Range<usize>, Range<usize>)) {
    let bytes = text.as_bytes();
    let is_start = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'#' | b'+');
    // Of most texts little has to be read.
    let is_ascii = text.is_ascii();
    let next = |at: usize| if is_ascii { Some(at + word_before_point(&bytes[at..])?) } else { Some(at) };
    let Some(mut at) = next(0) else { return };
    while let Some(start) = bytes[at..].iter().position(is_start).map(|next| at + next) {
        let end = name_end(text, start);
        at = end;
        // Most words have another one after them.
        let follows = bytes[end..].iter().find(|byte| **byte != b' ');
        if follows.is_none_or(|byte| byte.is_ascii_alphabetic() && *byte != b'v') {
            continue;
        }
        let number = text[end..].trim_start();
        if number.len() < text.len() - end {
            let number = number.strip_prefix("**").unwrap_or(number);
            let number = number.strip_prefix('v').unwrap_or(number);
            let from = text.len() - number.len();
            if let Some(len) = number_len(number) {
                each(start..end, from..from + len);
                let Some(after) = next(from + len) else { return };
                at = after;
            }
        }
    }
}

/// Where the first point between digits stands.
fn first_point(bytes: &[u8]) -> Option<usize> {
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_point = |at: &usize| is_digit(at + 1) && at.checked_sub(1).is_some_and(is_digit);
    memchr::memchr_iter(b'.', bytes).find(is_point)
}

/// Where to start looking for numbers with points after a word in a text of ASCII, if there are any: at the word before the
/// first point between digits, as no name has blanks in it.
fn word_before_point(bytes: &[u8]) -> Option<usize> {
    let point = first_point(bytes)?;
    let is_blank = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
    let gap = bytes[..point].iter().rposition(is_blank).unwrap_or(0);
    let last = bytes[..gap].iter().rposition(|byte| !is_blank(byte)).unwrap_or(0);
    Some(bytes[..last].iter().rposition(is_blank).map_or(0, |blank| blank + 1))
}

/// Where the characters end that names are made of: `[\w.#+\-]`.
fn name_end(text: &str, start: usize) -> usize {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'#' | b'+' | b'-');
    let bytes = text.as_bytes();
    let mut end = start;
    loop {
        end += bytes[end..].iter().take_while(|byte| is_part(**byte)).count();
        match text[end..].chars().next().filter(|c| !c.is_ascii() && letters::is_word(*c)) {
            Some(c) => end += c.len_utf8(),
            None => return end,
        }
    }
}

/// How long the number with points is that a text starts with.
fn number_len(text: &str) -> Option<usize> {
    let digits = |from: usize| {
        let len = text[from..].find(|c| !letters::is_digit(c)).unwrap_or(text.len() - from);
        (len > 0).then_some(from + len)
    };
    let part = |end: usize| digits(end + text[end..].strip_prefix('.').map(|_| 1)?);
    std::iter::successors(part(digits(0)?), |end| part(*end)).last()
}

/// The version with a decimal sign for its points, in Western digits and in those of the locale.
fn spellings(version: &str, decimal: char, cldr: &Cldr) -> Vec<String> {
    let local = |c: char| {
        let digit = c.to_digit(10).and_then(|digit| cldr.digits.get(digit as usize));
        if c == '.' { decimal } else { digit.copied().unwrap_or(c) }
    };
    let western = version.replace('.', &decimal.to_string());
    let own: String = version.chars().map(local).collect();
    if own == western { vec![western] } else { vec![western, own] }
}

/// Where a number stands that is not a part of a longer one.
fn whole_numbers(places: &Places<'_>, number: &str) -> Vec<usize> {
    let text = places.text();
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let sign = number.chars().find(|c| !c.is_numeric()).unwrap_or(',');
    places
        .all(number)
        .filter(|at| {
            let (before, after) = (&text[..*at], &text[at + number.len()..]);
            let goes_on = after.strip_prefix(sign).is_some_and(|after| digit(after.chars().next()));
            let comes_from =
                before.strip_suffix(sign).is_some_and(|before| digit(before.chars().next_back()));
            !digit(before.chars().next_back()) && !digit(after.chars().next()) && !goes_on && !comes_from
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn the_scanner_finds_what_the_pattern_says() {
        let pattern = r"([A-Za-z#+][\w.#+\-]*)\s+(?:\*\*)?v?(\d+\.\d+(?:\.\d+)*)";
        let pattern = Regex::new(pattern).unwrap();
        let check = |text: &str| {
            let mut found = Vec::new();
            named_numbers(text, |name, number| found.push((name, number)));
            let wanted: Vec<_> = pattern
                .captures_iter(text)
                .map(|found| (found.get(1).unwrap().range(), found.get(2).unwrap().range()))
                .collect();
            assert_eq!(found, wanted, "{text}");
        };
        words::each_random_text("ave#-*12..1 \u{a0}é٣", check);
        words::each_random_text("av#*12..1  \t\u{b}", check);
    }
}
