use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;
use crate::support::cldr::{self, Cldr};

/// Its page is `version.md`.
pub(crate) struct Version;

/// A version after a name.
static VERSION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"([A-Za-z#+][\w.#+\-]*)\s+(?:\*\*)?v?(\d+\.\d+(?:\.\d+)*)").expect("it is a pattern")
});

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
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        let point = |three: &[u8]| three[1] == b'.' && three[0].is_ascii_digit() && three[2].is_ascii_digit();
        if !unit.source_print().has(b'.') || !source.as_bytes().windows(3).any(point) {
            return;
        }
        let (masked, masked_target) = (unit.masked_source(), unit.masked_target());
        if keeps_all(masked, masked_target) {
            return;
        }
        let cldr = cldr::of(unit.locale());
        let signs = cldr.signs.iter().map(|(decimal, _)| *decimal).filter(|decimal| *decimal != '.');
        let signs: Vec<char> = signs.filter(|decimal| target.contains(*decimal)).collect();
        if signs.is_empty() {
            return;
        }
        let mut done: Vec<&str> = Vec::new();
        for found in VERSION.captures_iter(masked) {
            let (Some(whole), Some(version)) = (found.get(0), found.get(2)) else { continue };
            let rest = masked[whole.end()..].trim_start();
            let is_name = found[1].starts_with(|c: char| c.is_ascii_uppercase())
                || found[1].contains(['.', '#', '+'])
                || ["version", "versions", "release", "v"].contains(&&found[1]);
            let long = version.as_str().matches('.').count() > 1;
            let unit_after = UNITS.contains(
                &rest.split(|c: char| c.is_whitespace() || ",.;)".contains(c)).next().unwrap_or_default(),
            );
            let is_amount =
                !long && (!is_name || AMOUNTS.contains(&&found[1]) || unit_after || rest.starts_with('%'));
            if is_amount || masked_target.contains(version.as_str()) || done.contains(&version.as_str()) {
                continue;
            }
            done.push(version.as_str());
            for wrong in signs.iter().flat_map(|decimal| spellings(version.as_str(), *decimal, &cldr)) {
                for at in whole_numbers(masked_target, &wrong) {
                    let span = unit.in_target(at, wrong.len());
                    sink.report_unit(
                        unit,
                        span,
                        format!("version {} is written {}", quote(version.as_str()), quote(&wrong)),
                    )
                    .source_part(unit.in_source(version.start(), version.len()))
                    .help("a version is no decimal number: keep its points")
                    .keeps(version.as_str())
                    .fix(
                        Applicability::Safe,
                        "write the version with points",
                        span,
                        version.as_str(),
                    );
                }
            }
        }
    }
}

/// A scan that most units need no more than: whether all that may be a version of the source stands in the target.
fn keeps_all(masked: &str, target: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_digit() || byte == b'.' || !byte.is_ascii();
    let mut parts = masked.split(|c: char| c.is_ascii() && !is_part(c as u8));
    parts.all(|part| {
        let number = part.trim_matches('.');
        !number.contains('.') || target.contains(number)
    })
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
fn whole_numbers(text: &str, number: &str) -> Vec<usize> {
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let sign = number.chars().find(|c| !c.is_numeric()).unwrap_or(',');
    let places = text.match_indices(number).map(|(at, _)| at);
    places
        .filter(|at| {
            let (before, after) = (&text[..*at], &text[at + number.len()..]);
            let goes_on = after.strip_prefix(sign).is_some_and(|after| digit(after.chars().next()));
            let comes_from =
                before.strip_suffix(sign).is_some_and(|before| digit(before.chars().next_back()));
            !digit(before.chars().next_back()) && !digit(after.chars().next()) && !goes_on && !comes_from
        })
        .collect()
}
