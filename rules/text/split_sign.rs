use std::ops::Range;
use std::sync::LazyLock;

use bitext::Span;
use regex::Regex;

use crate::prelude::*;
use crate::support::letters;
use crate::support::places::Places;

/// Its page is `split_sign.md`.
pub(crate) struct SplitSign;

/// A sign of several characters, with what it becomes.
struct Sign {
    sign: &'static str,
    broken: LazyLock<Regex>,
}

macro_rules! sign {
    ($sign:literal, $broken:literal) => {
        Sign { sign: $sign, broken: LazyLock::new(|| Regex::new($broken).expect("it is a pattern")) }
    };
}

/// Each is compiled when a text needs it.
static SIGNS: [Sign; 6] = [
    sign!("-->", r"[-–—‑−]{1,2}[ \u{a0}]>|[–—‑−][-–—‑−]?>"),
    sign!("->", r"[-–—‑−][ \u{a0}]>|[–—‑−]>"),
    sign!("=>", r"=[ \u{a0}]>"),
    sign!(">=", r">[ \u{a0}]="),
    sign!("<=", r"<[ \u{a0}]="),
    sign!("<-", r"<[ \u{a0}][-–—‑−]|<[–—‑−]"),
];

/// Sources that matter have one of these.
const ANY: ByteSet = ByteSet::of(b"+<>");

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "text/split-sign",
            include_str!("split_sign.md"),
            Severity::Warning,
            Scope::Unit,
            "whitespace",
        )
    }
}

impl UnitRule for SplitSign {
    #[inline]
    fn concerns(&self, _: &Localized, bytes: &Bytes) -> bool {
        bytes.source.has_any(ANY)
    }

    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.source_print().has_any(ANY) || unit.untouched() {
            return;
        }
        let (of_source, masked) = (unit.masked_source(), unit.masked_target());
        let has_plus = unit.source_print().has(b'+') && unit.target_print().has(b'+');
        let numbers = if has_plus { masked } else { "" };
        let places = Places::of(of_source);
        for number in split_numbers(numbers) {
            let joined = format!("{}+", &masked[number.clone()]);
            let start = number.start;
            if places.has(&joined) && !masked[..start].ends_with(|c: char| c.is_alphanumeric() || c == '.') {
                let blank = masked[number.end..].chars().next().map_or(0, char::len_utf8);
                report(unit, &[start..number.end + blank + 1], &joined, sink);
            }
        }
        if let Some((sign, places)) = broken_sign(of_source, masked) {
            report(unit, &places, sign, sink);
        }
    }
}

/// Numbers such as `4.8` and `v2.x` that a blank parts from a plus sign after them.
fn split_numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    memchr::memchr_iter(b'+', text.as_bytes()).filter_map(|plus| {
        let number = text[..plus].strip_suffix([' ', '\u{a0}'])?;
        let sum = text[plus + 1..].starts_with(|c: char| c == '+' || letters::is_word(c));
        let start = number_start(number).filter(|_| !sum)?;
        Some(start..number.len())
    })
}

/// Where the number starts that a text ends with: digits, then parts of digits and `x` after dots.
fn number_start(text: &str) -> Option<usize> {
    let mut start = None;
    for (at, part) in
        text.rmatch_indices('.').map(|(dot, _)| dot + 1).chain([0]).scan(text.len(), |end, from| {
            let part = from..*end;
            *end = from.saturating_sub(1);
            Some((from, &text[part]))
        })
    {
        // Before the first part stands what is no number.
        let digits = part.len() - part.trim_end_matches(letters::is_digit).len();
        if digits > 0 {
            let from = at + part.len() - digits;
            start = Some(from - usize::from(text[..from].ends_with('v')));
        }
        let whole = !part.is_empty() && part.chars().all(|c| c == 'x' || letters::is_digit(c));
        if !whole {
            break;
        }
    }
    start
}

/// The first sign of the source that is broken in the target and stands whole less often there, with all places.
fn broken_sign(source: &str, target: &str) -> Option<(&'static str, Vec<Range<usize>>)> {
    SIGNS.iter().find_map(|Sign { sign, broken }| {
        let of_source = memchr::memmem::find(source.as_bytes(), sign.as_bytes());
        let is_whole = |of_source| {
            let whole = target.matches(sign).count();
            whole > 0 && whole >= source[of_source..].matches(sign).count()
        };
        if of_source.is_none_or(is_whole) {
            return None;
        }
        let found: Vec<_> = broken.find_iter(target).map(|found| found.range()).collect();
        (!found.is_empty() && !broken.is_match(source)).then_some((*sign, found))
    })
}

/// Reports places, of which there is one at least, where the same is split.
fn report(unit: UnitView<'_>, places: &[Range<usize>], wanted: &str, sink: &mut Sink<'_>) {
    let found = quote(&unit.target()[places[0].clone()]);
    let message = format!("{} is split into {found}{}", quote(wanted), words::in_places(places.len()));
    let spans: Vec<Span> = places.iter().map(|range| unit.in_target(range.start, range.len())).collect();
    sink.report_unit(unit, spans[0], message)
        .identity(wanted)
        .here_too(&spans[1..])
        .help("close the gap")
        .fix_each(Applicability::Safe, "write it as the source does", spans, wanted);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_as_by_a_pattern() {
        const PIECES: [&str; 8] = ["1", "2", "x", "v", ".", " ", " +", "a"];
        let pattern = Regex::new(r"v?\d+(?:\.[\dx]+)*([ \u{a0}])\+(?:[^\w+]|$)").unwrap();
        for n in 0..PIECES.len().pow(6) {
            let text: String =
                (0..6).map(|digit| PIECES[n / PIECES.len().pow(digit) % PIECES.len()]).collect();
            let number = |found: regex::Captures<'_>| Some(found.get(0)?.start()..found.get(1)?.start());
            let wanted: Vec<_> = pattern.captures_iter(&text).filter_map(number).collect();
            assert_eq!(split_numbers(&text).collect::<Vec<_>>(), wanted, "{text:?}");
        }
    }
}
