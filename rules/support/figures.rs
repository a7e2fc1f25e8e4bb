//! Numbers in figures, however a locale writes them.

use std::borrow::Cow;
use std::ops::Range;

use crate::support::cldr::Cldr;
use crate::support::magnitudes;
use crate::support::places::Places;

/// A whole number with the zeros that the sign after it adds: 10000 and 4 of 1万.
#[derive(Clone, Copy)]
struct Part {
    value: u64,
    zeros: u32,
}

/// The numbers of a target, for asking whether it has one.
pub(crate) struct Figures {
    /// Runs of digits in Western form, without leading zeros; sorted, as the values.
    runs: Vec<String>,
    /// All digits in a row: `20 000` holds `20000`.
    all: Places<'static>,
    /// Whole numbers with their signs, in plain form (`1000.5`), in every way that they can be read.
    values: Vec<String>,
}

impl Figures {
    /// Reads the numbers of a text.
    pub(crate) fn of(text: &str, cldr: &Cldr) -> Self {
        // `4\.3` at the start of a line is 4.3 and no item of a list.
        let text =
            if text.contains('\\') { Cow::Owned(text.replace("\\.", ".")) } else { Cow::Borrowed(text) };
        let (runs, values) = (Vec::new(), Vec::new());
        let (mut figures, mut all) = (Self { runs, all: Places::of(""), values }, String::new());
        let mut rest = &*text;
        let mut larger: Vec<Part> = Vec::new();
        while let Some(at) = rest.find(|c| western(c).is_some_and(|c| c.is_ascii_digit())) {
            // What stands before it in 1万5千: at most a blank between.
            if !rest[..at].trim_start_matches([' ', '\u{a0}']).is_empty() {
                larger.clear();
            }
            let (number, after) = rest[at..].split_at(number_len(&rest[at..]));
            let number: Vec<char> = plain_chars(number).collect();
            all.extend(number.iter().filter(|c| c.is_ascii_digit()));
            let (parts, behind) = figures.add(&number, after, cldr);
            figures.add_sums(&mut larger, parts);
            rest = behind.unwrap_or_else(|| {
                larger.clear();
                after
            });
        }
        figures.runs.sort_unstable();
        figures.values.sort_unstable();
        Self { all: Places::of(all), ..figures }
    }

    /// Adds what the parts of a number make together with those before them, which count larger units.
    fn add_sums(&mut self, larger: &mut Vec<Part>, parts: Vec<Part>) {
        let sums = larger.iter().flat_map(|before| {
            let fits = |part: &&Part| part.value < 10u64.pow(before.zeros);
            let sum =
                |part: &Part| Some(Part { value: before.value.checked_add(part.value)?, zeros: part.zeros });
            parts.iter().filter(fits).filter_map(sum)
        });
        let sums: Vec<Part> = sums.collect();
        self.values.extend(sums.iter().map(|sum| sum.value.to_string()));
        *larger = if sums.is_empty() { parts } else { sums };
    }

    /// Adds a number that stands before other characters. Gives the whole numbers that it can be with the sign after it, and
    /// what stands behind that, if it has one.
    fn add<'t>(&mut self, number: &[char], after: &'t str, cldr: &Cldr) -> (Vec<Part>, Option<&'t str>) {
        for run in number.split(|c| !c.is_ascii_digit()) {
            self.runs.push(run.iter().skip_while(|c| **c == '0').collect());
        }
        let signs = magnitudes::of_signs(after);
        let mut factors = magnitudes::of_word(after);
        factors.extend(signs.map(|(zeros, _)| zeros));
        let mut parts = Vec::new();
        let english = ('.', ',');
        // Without signs it is one number in every language.
        let has_signs = number.iter().any(|c| !c.is_ascii_digit());
        let others = if has_signs { &cldr.signs[..] } else { &[] };
        for (decimal, group) in others.iter().copied().chain([english]) {
            let value = plain(number, decimal, group);
            if let Some(value) = &value {
                self.values.extend(factors.iter().map(|zeros| shift(value, *zeros)));
                let zeros = signs.map_or(0, |(zeros, _)| zeros);
                let whole = shift(value, zeros).parse().ok();
                parts
                    .extend(whole.zip(u32::try_from(zeros).ok()).map(|(value, zeros)| Part { value, zeros }));
            }
            self.values.extend(value);
        }
        (parts, signs.map(|(_, behind)| behind))
    }

    /// Whether one run of digits is this number, leading zeros aside.
    pub(crate) fn has_run(&self, number: &str) -> bool {
        self.runs.binary_search_by(|run| run.as_str().cmp(number)).is_ok()
    }

    /// How many runs of digits are this number.
    pub(crate) fn count_runs(&self, number: &str) -> usize {
        let from = self.runs.partition_point(|run| run.as_str() < number);
        self.runs[from..].iter().take_while(|run| *run == number).count()
    }

    /// Whether the digits stand in the text, with any signs between their groups.
    pub(crate) fn has_digits(&self, number: &str) -> bool {
        self.has_run(number) || (number.len() > 3 && self.all.has(number)) || self.has_value(number)
    }

    /// Whether the text has a number of this value, in plain form.
    pub(crate) fn has_value(&self, value: &str) -> bool {
        self.values.binary_search_by(|other| other.as_str().cmp(value)).is_ok()
    }
}

/// What may be amounts of an English text, which have groups or a fraction, among its runs of digits, which are shown one
/// by one: runs with a sign between, as in `1,000`, `4.5`, `1,000.5`, and in versions. See [`amount`].
pub(crate) fn with_signs(
    text: &str,
    digits: impl Iterator<Item = Range<usize>>,
    mut show: impl FnMut(Range<usize>),
) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut numbers, mut number): (Vec<Range<usize>>, Range<usize>) = (Vec::new(), 0..0);
    digits.for_each(|run| {
        if number.end > 0 && number.end + 1 == run.start && matches!(bytes[number.end], b'.' | b',') {
            number.end = run.end;
            match numbers.last_mut() {
                Some(last) if last.start == number.start => last.end = run.end,
                _ => numbers.push(number.clone()),
            }
        } else {
            number = run.clone();
        }
        show(run);
    });
    numbers
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

/// The length of the number that a text begins with: one sign at a time may stand between digits, a blank only before
/// three.
fn number_len(text: &str) -> usize {
    let mut rest = after_digits(text).1;
    loop {
        let mut chars = rest.chars();
        let Some(sign) = chars.next().map(|c| western(c).unwrap_or(c)) else { break };
        let (count, after) = after_digits(chars.as_str());
        let is_sign = matches!(sign, '.' | ',' | '٫' | '٬') || is_apostrophe(sign);
        if count == 0 || !(is_sign || is_blank(sign) && count == 3) {
            break;
        }
        rest = after;
    }
    text.len() - rest.len()
}

/// How many digits a text begins with, and what stands behind them.
fn after_digits(text: &str) -> (usize, &str) {
    let (mut count, mut rest) = (0, text.chars());
    let mut next = rest.clone();
    while next.next().and_then(western).is_some_and(|c| c.is_ascii_digit()) {
        count += 1;
        rest = next.clone();
    }
    (count, rest.as_str())
}

/// The characters of a text, digits and signs in Western form.
fn plain_chars(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(|c| western(c).unwrap_or(c))
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
        '๐'..='๙' => '๐',
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
        assert!(has("ja-JP", "1 万 5,000 人", "15000") && has("ja-JP", "1万5千人", "15000"));
        assert!(has("ko-KR", "1만 5,000명", "15000") && has("zh-CN", "1 亿 2,000 万", "120000000"));
        assert!(has("zh-TW", "3 億 2 千萬 5,000 次", "320005000"));
        assert!(!has("ja-JP", "1 万から 5,000 まで", "15000") && !has("ja-JP", "5,000 1 万", "15000"));
        assert!(has("ru-RU", "25 тыс. человек", "25000") && has("ru-RU", "1,5 млн", "1500000"));
        assert!(has("hi-IN", "1.5 करोड़", "15000000") && has("es-ES", "25 mil", "25000"));
        assert!(!has("cs-CZ", "1 000,6", "1000.5"));
        assert!(!has("cs-CZ", "1 00,5", "1000.5"));
    }

    #[test]
    fn amounts_in_english() {
        let read = |text: &str| -> Vec<String> {
            let numbers = with_signs(text, bits::digits(text.as_bytes()), |_| {});
            numbers.into_iter().filter_map(|range| amount(&text[range])).collect()
        };
        assert_eq!(read("1,000.50 of 4.5, 7 or 20,000."), ["1000.5", "4.5", "20000"]);
        assert_eq!(read("Harbor 4.8.1, 1,2,3"), Vec::<String>::new());
    }
}
