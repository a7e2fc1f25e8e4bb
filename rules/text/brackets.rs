use bitext::Fingerprint;

use crate::markup::emptied_brackets;
use crate::prelude::*;
use crate::support::locale_data;

/// Its page is `brackets.md`.
pub(crate) struct Brackets;

/// Signs that come in pairs, with their full-width forms.
const PAIRS: [(&str, [char; 2], [char; 2]); 3] = [
    ("parenthesis", ['(', '（'], [')', '）']),
    ("bracket", ['[', '［'], [']', '］']),
    ("brace", ['{', '｛'], ['}', '｝']),
];

/// First bytes of the signs that come in pairs.
const SIGNS: ByteSet = ByteSet::of(b"()[]{}\"").with_range(WIDE, WIDE);

/// The first byte of their full-width forms.
const WIDE: u8 = 0xef;

/// First bytes of quotation marks.
const QUOTES: ByteSet = ByteSet::of(&[0xc2, 0xe2, 0xe3]);

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        ..RuleInfo::new(
            "text/brackets",
            include_str!("brackets.md"),
            Severity::Warning,
            Scope::Unit,
            "typographical",
        )
    }
}

impl UnitRule for Brackets {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if unit.target_print().has_any(QUOTES) {
            quotation(unit, sink);
        }
        if !unit.target_print().has_any(SIGNS) {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        let sound = || PAIRS.iter().all(|(_, open, close)| unbalanced(target, *open, *close).is_none());
        if is_balanced(target, unit.target_print()) || sound() && target.matches('"').count() % 2 == 0 {
            return;
        }
        let (masked_source, masked) = (unit.masked_source(), unit.masked_target());
        for (name, open, close) in PAIRS {
            // The brackets of links are not all masked.
            if name == "bracket" && (target.contains("](") || source.contains("](")) {
                continue;
            }
            let odd =
                unbalanced(masked, open, close).filter(|_| unbalanced(masked_source, open, close).is_none());
            let is_label = |end: &usize| odd.is_some_and(|(at, sign)| at + sign.len_utf8() == *end);
            let odd = match after_label(masked_source, masked).filter(is_label) {
                Some(end) => unbalanced(&masked[end..], open, close).map(|(at, sign)| (end + at, sign)),
                None => odd,
            };
            // Parentheses that were closed before their content are told of as empty ones.
            if name == "parenthesis" && odd.is_some() && !emptied_brackets::emptied(unit).is_empty() {
                continue;
            }
            if let Some((at, sign)) = odd {
                let missing = if open.contains(&sign) { "closing" } else { "opening" };
                sink.report_unit(
                    unit,
                    unit.in_target(at, sign.len_utf8()),
                    format!("\"{sign}\" without its {missing} {name}"),
                )
                .help("add the other one, or remove this one");
            }
        }
        let quotes = |text: &str| text.matches('"').count();
        if quotes(masked) % 2 == 1
            && quotes(masked_source) % 2 == 0
            && !masked.contains(['“', '”', '„', '«'])
            && !opens_quotation(masked_source)
        {
            let at = masked.rfind('"').unwrap_or(0);
            // An inch or a second is no quotation.
            let next = masked[at + 1..].chars().next();
            let gershayim =
                next.is_some_and(char::is_alphabetic) && masked[..at].ends_with(char::is_alphabetic);
            if !masked[..at].ends_with(|c: char| c.is_ascii_digit()) && !gershayim {
                sink.report_unit(unit, unit.in_target(at, 1), "a quotation mark without its other one")
                    .help("add the other one, or remove this one");
            }
        }
    }
}

/// Whether a text opens a quotation in other marks than straight double ones and does not close it.
fn opens_quotation(text: &str) -> bool {
    let single = text.match_indices('\'').map(|(at, _)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + 1..].chars().next());
        let is_in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_start = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '['));
        match after {
            Some(c) if is_start && !c.is_whitespace() => 1,
            _ if is_in_word(before) && is_in_word(after) => 0,
            _ => -1,
        }
    });
    single.sum::<i32>() > 0 || is_odd_quotation(text)
}

/// Whether a text has not as many typographic marks that open as close.
fn is_odd_quotation(text: &str) -> bool {
    text.matches('“').count() != text.matches('”').count()
}

/// A quotation mark of the language that opens and is never closed, by whatever closes quotations anywhere.
fn quotation(unit: UnitView<'_>, sink: &mut Sink<'_>) {
    let (source, target) = (unit.source(), unit.target());
    for quotes in &locale_data::of(unit.locale()).quotes {
        let mut signs = quotes.chars();
        let (Some(open), Some(close)) = (signs.next(), signs.next()) else { continue };
        if !target.contains(open) {
            continue;
        }
        let odd = source.matches('"').count() % 2 == 1;
        if odd || is_odd_quotation(source) {
            return;
        }
        let count = |sign: char| target.matches(sign).count();
        let closing =
            ['“', '”', '"', '»', '」', '』', '’'].iter().filter(|sign| **sign != open && **sign != close);
        let closed = count(close) + closing.map(|sign| count(*sign)).sum::<usize>();
        if count(open) > closed {
            let at = target.rfind(open).unwrap_or(0);
            sink.report_unit(
                unit,
                unit.in_target(at, open.len_utf8()),
                format!("\"{open}\" without \"{close}\" after it"),
            )
            .help("close the quotation, or remove the mark");
        }
    }
}

/// A scan that most texts need no more than: whether each sign has its counterpart.
fn is_balanced(text: &str, print: &Fingerprint) -> bool {
    let bytes = text.as_bytes();
    let wide = print.has(WIDE);
    let is_pair_balanced = |(_, open, close): &(&str, [char; 2], [char; 2])| {
        let (opens, closes) = (open[0] as u8, close[0] as u8);
        if !wide && !print.has(opens) && !print.has(closes) {
            return true;
        }
        let mut depth = 0;
        // Of full-width signs the first byte.
        let mut places = memchr::memchr3_iter(opens, closes, if wide { WIDE } else { opens }, bytes);
        let never_below = places.all(|at| {
            depth += match &text[at..] {
                rest if rest.starts_with(*open) => 1,
                rest if rest.starts_with(*close) => -1,
                _ => 0,
            };
            depth >= 0
        });
        never_below && depth == 0
    };
    PAIRS.iter().all(is_pair_balanced)
        && (!print.has(b'"') || memchr::memchr_iter(b'"', bytes).count().is_multiple_of(2))
}

/// Where a target goes on after the label that it starts with, if the source starts with a short one: `Q)`.
fn after_label(source: &str, target: &str) -> Option<usize> {
    let label = |text: &str| {
        let end = text.find(|c: char| !c.is_alphanumeric()).filter(|end| *end > 0)?;
        let bracket = text[end..].chars().next().filter(|c| matches!(c, ')' | '）'))?;
        Some(end + bracket.len_utf8())
    };
    let is_short = |end: usize| source[..end].chars().count() <= 3;
    label(source).is_some_and(is_short).then(|| label(target))?
}

/// The first sign without its counterpart: one that closes nothing, or the last one that is never closed. `a)` and
/// `1)` number lists.
fn unbalanced(text: &str, open: [char; 2], close: [char; 2]) -> Option<(usize, char)> {
    let mut stack = Vec::new();
    for (at, c) in text.char_indices() {
        if open.contains(&c) {
            stack.push((at, c));
        } else if close.contains(&c) && stack.pop().is_none() {
            let label = text[..at].chars().rev().take_while(|c| !c.is_whitespace());
            let (len, named) =
                label.take(3).fold((0, false), |(len, named), c| (len + 1, named || c.is_alphanumeric()));
            let short = len <= 2 && named;
            let numbers = at <= 3 || short || text[..at].ends_with([':', ';', '-']);
            if !numbers {
                return Some((at, c));
            }
        }
    }
    stack.pop().filter(|(at, _)| !text[..*at].ends_with([':', ';']))
}
