//! Numbers in figures, however a locale writes them.

use std::ops::Range;

use crate::support::cldr::Cldr;

/// The numbers of a target, for asking whether it has one.
pub(crate) struct Figures {
    /// Runs of digits in Western form, without leading zeros.
    runs: Vec<String>,
    /// All digits in a row: `20 000` holds `20000`.
    all: String,
    /// Whole numbers with their signs, in plain form (`1000.5`), in every way that they can be read.
    values: Vec<String>,
}

impl Figures {
    /// Reads the numbers of a text.
    pub(crate) fn of(text: &str, cldr: &Cldr) -> Self {
        // `4\.3` at the start of a line is 4.3 and no item of a list.
        let text = text.replace("\\.", ".");
        let chars: Vec<char> = text.chars().map(|c| western(c).unwrap_or(c)).collect();
        let mut figures = Self { runs: Vec::new(), all: String::new(), values: Vec::new() };
        let mut at = 0;
        while at < chars.len() {
            if !chars[at].is_ascii_digit() {
                at += 1;
                continue;
            }
            let end = number_end(&chars, at);
            figures.add(&chars[at..end], chars.get(end), chars.get(end + 1), cldr);
            at = end;
        }
        figures
    }

    fn add(&mut self, number: &[char], next: Option<&char>, after: Option<&char>, cldr: &Cldr) {
        for run in number.split(|c| !c.is_ascii_digit()) {
            self.all.extend(run);
            self.runs.push(run.iter().collect::<String>().trim_start_matches('0').to_string());
        }
        let english = ('.', ',');
        for (decimal, group) in cldr.signs.iter().copied().chain([english]) {
            let value = plain(number, decimal, group);
            let factor = next.filter(|c| **c != ' ').or(after).and_then(|c| myriads(*c));
            if let (Some(value), Some(zeros)) = (&value, factor) {
                self.values.push(shift(value, zeros));
            }
            self.values.extend(value);
        }
    }

    /// Whether one run of digits is this number, leading zeros aside.
    pub(crate) fn has_run(&self, number: &str) -> bool {
        self.runs.iter().any(|run| run == number)
    }

    /// Whether the digits stand in the text, with any signs between their groups.
    pub(crate) fn has_digits(&self, number: &str) -> bool {
        self.has_run(number) || (number.len() > 3 && self.all.contains(number)) || self.has_value(number)
    }

    /// Whether the text has a number of this value, in plain form.
    pub(crate) fn has_value(&self, value: &str) -> bool {
        self.values.iter().any(|other| other == value)
    }
}

/// What may be amounts of an English text, which have groups or a fraction, among its runs of digits: runs with a sign
/// between, as in `1,000`, `4.5`, `1,000.5`, and in versions. See [`amount`].
pub(crate) fn with_signs(text: &str, digits: &[Range<usize>]) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let go_on = |one: &Range<usize>, next: &Range<usize>| {
        one.end + 1 == next.start && matches!(bytes[one.end], b'.' | b',')
    };
    let numbers = digits.chunk_by(go_on).filter(|runs| runs.len() > 1);
    numbers.map(|runs| runs[0].start..runs[runs.len() - 1].end).collect()
}

/// An amount of an English text in plain form, `1000.5`; none of a version.
pub(crate) fn amount(number: &str) -> Option<String> {
    let number: Vec<char> = number.chars().collect();
    plain(&number, '.', ',')
}

/// A number in plain form, if its signs stand where they can: three digits a group (or two in the Indian way), one
/// decimal sign.
fn plain(number: &[char], decimal: char, group: char) -> Option<String> {
    let is = |c: char, sign: char| {
        c == sign || (is_blank(sign) && is_blank(c)) || (is_apostrophe(sign) && is_apostrophe(c))
    };
    let mut parts = number.split(|c| is(*c, decimal));
    let (whole, fraction) = (parts.next()?, parts.next());
    if parts.next().is_some() || fraction.is_some_and(|digits| !digits.iter().all(char::is_ascii_digit)) {
        return None;
    }
    // A blank groups digits in every language, whatever its sign is.
    let groups: Vec<&[char]> = whole.split(|c| is(*c, group) || is_blank(*c)).collect();
    let sizes = groups.iter().all(|digits| !digits.is_empty() && digits.iter().all(char::is_ascii_digit));
    let middle = groups.len() < 2
        || groups[0].len() <= 3
            && groups[groups.len() - 1].len() == 3
            && groups[1..groups.len() - 1].iter().all(|digits| (2..=3).contains(&digits.len()));
    if !sizes || !middle {
        return None;
    }
    let whole: String = groups.concat().into_iter().collect();
    let fraction: String = fraction.unwrap_or_default().iter().collect();
    Some(tidy(&whole, &fraction))
}

/// Without zeros that do not count.
fn tidy(whole: &str, fraction: &str) -> String {
    let whole = Some(whole.trim_start_matches('0')).filter(|whole| !whole.is_empty()).unwrap_or("0");
    match fraction.trim_end_matches('0') {
        "" => whole.to_string(),
        fraction => format!("{whole}.{fraction}"),
    }
}

/// The value times a power of ten.
fn shift(value: &str, zeros: usize) -> String {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let padded = format!("{fraction:0<zeros$}");
    tidy(&format!("{whole}{}", &padded[..zeros]), &padded[zeros..])
}

/// The zeros that a sign for a large number adds.
fn myriads(c: char) -> Option<usize> {
    match c {
        '千' | '천' => Some(3),
        '万' | '萬' | '만' => Some(4),
        '億' | '亿' | '억' => Some(8),
        _ => None,
    }
}

/// Where the number ends that starts at `at`: one sign at a time may stand between digits, a blank only before three.
fn number_end(chars: &[char], at: usize) -> usize {
    let digits =
        |from: usize| chars[from.min(chars.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
    let mut end = at + digits(at);
    while let Some(sign) = chars.get(end) {
        let next = digits(end + 1);
        let blank = is_blank(*sign) && next == 3;
        if next == 0
            || !(blank || matches!(sign, '.' | ',' | '٫' | '٬' | '，' | '．') || is_apostrophe(*sign))
        {
            break;
        }
        end += 1 + next;
    }
    end
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// A decimal digit of any script that has its own, in Western form, and full-width signs likewise.
fn western(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => return Some(c),
        '，' => return Some(','),
        '．' => return Some('.'),
        '０'..='９' => '０',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '০'..='৯' => '০',
        _ => return None,
    };
    char::from_digit(c as u32 - zero as u32, 10)
}

#[cfg(test)]
mod tests {
    use bitext::Locale;

    use super::*;
    use crate::support::{bits, cldr};

    fn has(tag: &str, text: &str, value: &str) -> bool {
        Figures::of(text, &cldr::of(&Locale::parse(tag).unwrap())).has_value(value)
    }

    #[test]
    fn one_number_in_many_ways() {
        for (tag, text) in [
            ("cs-CZ", "asi 1 000,5 GB"),
            ("fr-FR", "1\u{202f}000,5"),
            ("de-DE", "1.000,50 GB"),
            ("de-CH", "1’000.5"),
            ("ja-JP", "１，０００．５"),
            ("ar-EG", "١٬٠٠٠٫٥"),
            ("ja-JP", "1,000.5"),
        ] {
            assert!(has(tag, text, "1000.5"), "{tag} {text}");
        }
        assert!(has("ja-JP", r"4\.3 の修正", "4.3"));
        assert!(has("hi-IN", "10,00,000", "1000000"));
        assert!(has("zh-CN", "2.5 万", "25000"));
        assert!(has("ko-KR", "30만 개", "300000"));
        assert!(!has("cs-CZ", "1 000,6", "1000.5"));
        assert!(!has("cs-CZ", "1 00,5", "1000.5"));
    }

    #[test]
    fn amounts_in_english() {
        let read = |text: &str| -> Vec<String> {
            let digits: Vec<_> = bits::digits(text.as_bytes()).collect();
            with_signs(text, &digits).into_iter().filter_map(|range| amount(&text[range])).collect()
        };
        assert_eq!(read("1,000.50 of 4.5, 7 or 20,000."), ["1000.5", "4.5", "20000"]);
        assert_eq!(read("Harbor 4.8.1, 1,2,3"), Vec::<String>::new());
    }
}
