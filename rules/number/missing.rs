use crate::prelude::*;
use crate::support::{inline, script};

/// Its page is `missing.md`.
pub(crate) struct Missing;

/// Numbers that are written as words, or as other numbers, in other units and ways to tell the time.
const COMMON: [&str; 4] = ["10", "11", "12", "24"];

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
        let has = Digits::of(target);
        for (at, number) in numbers(&masked) {
            if number.len() < 2 || COMMON.contains(&number) || is_time_or_amount(&masked, at, number.len()) {
                continue;
            }
            // `07` is `7` elsewhere, and `20000` two myriads where people count in those.
            let plain = number.trim_start_matches('0');
            let myriads = plain.strip_suffix("0000").filter(|_| script::is_spaceless(unit.locale()));
            if has.has(plain) || myriads.is_some_and(|myriads| has.has(myriads)) {
                continue;
            }
            sink.report_unit(unit, unit.unit().target.text, format!("the number {number} is missing"))
                .identity(number)
                .source_part(unit.in_source(at, number.len()))
                .help("put it back, or check that what replaces it means the same");
        }
    }
}

/// The runs of digits of a text, in Western form, and all its digits in a row: `20 000` holds `20000`.
struct Digits {
    runs: Vec<String>,
    all: String,
}

impl Digits {
    fn of(text: &str) -> Self {
        let (mut runs, mut run, mut all) = (Vec::new(), String::new(), String::new());
        for c in text.chars().chain([' ']) {
            if let Some(digit) = western(c) {
                run.push(digit);
                all.push(digit);
            } else if !run.is_empty() {
                runs.push(std::mem::take(&mut run));
            }
        }
        Self { runs, all }
    }

    fn has(&self, number: &str) -> bool {
        let bare = |run: &String| run.trim_start_matches('0') == number;
        self.runs.iter().any(bare) || (number.len() > 3 && self.all.contains(number))
    }
}

/// A decimal digit of any script that has its own, in Western form.
fn western(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => return Some(c),
        '０'..='９' => '０',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '০'..='৯' => '০',
        _ => return None,
    };
    char::from_digit(c as u32 - zero as u32, 10)
}

/// Runs of digits, without the signs between groups.
fn numbers(text: &str) -> Vec<(usize, &str)> {
    let mut numbers = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_ascii_digit()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                numbers.push((from, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    numbers
}

/// Whether a number is part of a date in figures, a time, or an amount with a word that other languages count
/// otherwise (300K, 5 million).
fn is_time_or_amount(text: &str, at: usize, len: usize) -> bool {
    let (before, after) = (&text[..at], &text[at + len..]);
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
