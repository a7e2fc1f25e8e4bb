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
const SIGNS: ByteSet = ByteSet::of(b"()[]{}\"\xef");

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
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if unit.target_print().has_any(QUOTES) {
            quotation(unit, sink);
        }
        if !unit.target_print().has_any(SIGNS) {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        let sound = || PAIRS.iter().all(|(_, open, close)| unbalanced(target, *open, *close).is_none());
        if is_balanced(target) || sound() && target.matches('"').count() % 2 == 0 {
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
        if quotes(masked) % 2 == 1 && quotes(masked_source) % 2 == 0 && !masked.contains(['“', '”', '„', '«'])
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
        if odd || source.matches('“').count() != source.matches('”').count() {
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
fn is_balanced(text: &str) -> bool {
    /// Whether each byte may be one of a sign.
    static IS_SIGN: [bool; 256] = {
        let (mut is_sign, mut byte) = ([false; 256], 0);
        while byte < 256 {
            is_sign[byte] = SIGNS.has(byte as u8);
            byte += 1;
        }
        is_sign
    };
    let (mut open, mut quotes) = ([0_i32; PAIRS.len()], 0);
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        if !IS_SIGN[usize::from(*byte)] {
            continue;
        }
        let (pair, step) = match byte {
            b'(' => (0, 1),
            b')' => (0, -1),
            b'[' => (1, 1),
            b']' => (1, -1),
            b'{' => (2, 1),
            b'}' => (2, -1),
            b'"' => {
                quotes += 1;
                continue;
            }
            0xef => match bytes.get(at..at + "（".len()).map(wide) {
                Some(Some(sign)) => sign,
                _ => continue,
            },
            _ => continue,
        };
        open[pair] += step;
        if open[pair] < 0 {
            return false;
        }
    }
    open == [0; PAIRS.len()] && quotes % 2 == 0
}

/// Which pair a full-width sign belongs to, and whether it opens or closes.
fn wide(bytes: &[u8]) -> Option<(usize, i32)> {
    PAIRS.iter().enumerate().find_map(|(pair, (_, open, close))| {
        let is = |sign: char| sign.encode_utf8(&mut [0; 4]).as_bytes() == bytes;
        if is(open[1]) { Some((pair, 1)) } else { is(close[1]).then_some((pair, -1)) }
    })
}

/// The first sign without its counterpart: one that closes nothing, or the last one that is never closed. `a)` and
/// `1)` number lists.
fn unbalanced(text: &str, open: [char; 2], close: [char; 2]) -> Option<(usize, char)> {
    let mut stack = Vec::new();
    for (at, c) in text.char_indices() {
        if open.contains(&c) {
            stack.push((at, c));
        } else if close.contains(&c) && stack.pop().is_none() {
            let label = text[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
            let numbers = at <= 3 || label.chars().count() <= 2 || text[..at].ends_with([':', ';', '-']);
            if !numbers {
                return Some((at, c));
            }
        }
    }
    stack.pop().filter(|(at, _)| !text[..*at].ends_with([':', ';']))
}
