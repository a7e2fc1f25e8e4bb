//! Dates in English text, and whether they stand in a target.

use std::cell::OnceCell;
use std::ops::Range;

use crate::support::bits;
use crate::support::capitals::Capitals;
use crate::support::cldr::Cldr;
use crate::support::figures::Figures;

/// A date of the source. What is not said is `None`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Date {
    /// Where it stands, in bytes.
    pub(crate) range: Range<usize>,
    /// 1 to 12.
    pub(crate) month: u32,
    /// One day, or the first and last of some.
    pub(crate) days: Vec<u32>,
    /// Four digits.
    pub(crate) year: Option<u32>,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Whether an English text with capitals there may have a date: all but those in figures name a month.
pub(crate) fn may_have_some(text: &str, capitals: &Capitals) -> bool {
    let bytes = text.as_bytes();
    bytes.contains(&b'/') || capitals.starts().any(|at| month_at(bytes, at).is_some())
}

/// The month that the letters there begin like, from 0: no two begin with the same three letters.
fn month_at(bytes: &[u8], at: usize) -> Option<usize> {
    let begin = bytes.get(at..at + 3)?;
    MONTHS.iter().position(|month| month.as_bytes()[..3] == *begin)
}

/// The dates of an English text, in order.
pub(crate) fn dates(text: &str) -> Vec<Date> {
    let mut dates = Vec::new();
    candidates(text, |date| {
        let Range { start, end } = date.range.clone();
        let apart =
            |c: Option<char>| !c.is_some_and(|c| matches!(c, '-' | '/' | '.' | '_') || c.is_alphanumeric());
        let after = &text[end..];
        // `10/12/2020/3` is no date, and `March 4.8` names a version.
        let ends = apart(after.chars().next()) || !after.chars().nth(1).is_some_and(char::is_alphanumeric);
        let possible = (1..=12).contains(&date.month) && date.days.iter().all(|day| (1..=31).contains(day));
        if possible && ends && apart(text[..start].chars().next_back()) {
            dates.push(date);
        }
    });
    dates
}

/// What is written as a date, from left to right: `March 1-5, 2016`, `1 March 2016`, `March 2016`, `12/31/2020`.
fn candidates(text: &str, mut each: impl FnMut(Date)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    // Only the first byte of a run has no part of a word before it.
    for start in bits::capitals_and_digits(bytes).map(|run| run.start) {
        let may_start =
            matches!(bytes[start], b'0'..=b'9' | b'A' | b'D' | b'F' | b'J' | b'M' | b'N' | b'O' | b'S');
        if start >= at && may_start && !is_word_byte(bytes, start.wrapping_sub(1)) {
            let rest = Rest { bytes, at: start };
            let date = rest.month_first().or_else(|| rest.day_first()).or_else(|| rest.in_figures());
            if let Some((Rest { at: end, .. }, month, days, year)) = date {
                each(Date { range: start..end, month, days, year });
                at = end;
            }
        }
    }
}

/// What is left of a text from some place on.
#[derive(Clone, Copy)]
struct Rest<'t> {
    bytes: &'t [u8],
    at: usize,
}

/// What follows a date, with its month, days and year.
type Read<'t> = (Rest<'t>, u32, Vec<u32>, Option<u32>);

impl<'t> Rest<'t> {
    /// `March 1-5, 2016`, `March 2016`
    fn month_first(self) -> Option<Read<'t>> {
        let (rest, month) = self.month()?;
        let rest = rest.skip(b".").skip(b",").blanks()?;
        let Some((end, first)) = rest.day() else {
            let (end, year) = rest.number(4, 4).filter(|(_, year)| (1900..2100).contains(year))?;
            return end.is_edge().then(|| (end, month, Vec::new(), Some(year)));
        };
        let dash = end.skip(b" ");
        let dash = dash.take(b"-").or_else(|| dash.take("–".as_bytes()));
        let more = dash.and_then(|rest| rest.skip(b" ").day());
        let more = more.map(|(end, last)| (end, vec![first, last]));
        let ways = more.into_iter().chain([(end, vec![first])]);
        ways.flat_map(|(end, days)| [(end.year(), days.clone()), (Some((end, None)), days)])
            .filter_map(|(end, days)| end.map(|(end, year)| (end, month, days, year)))
            .find(|(end, ..)| end.is_edge())
    }

    /// `1 March 2016`, `1st of March`
    fn day_first(self) -> Option<Read<'t>> {
        let (rest, day) = self.day()?;
        let rest = rest.blanks()?;
        let rest = rest.take(b"of").and_then(Self::blanks).unwrap_or(rest);
        let (rest, month) = rest.month()?;
        let with_year = rest.skip(b".").year().filter(|(end, _)| end.is_edge());
        let (end, year) = with_year.unwrap_or((rest, None));
        end.is_edge().then(|| (end, month, vec![day], year))
    }

    /// `12/31/2020`; the day comes first if it cannot be the month.
    fn in_figures(self) -> Option<Read<'t>> {
        let (rest, first) = self.number(1, 2)?;
        let (rest, second) = rest.take(b"/")?.number(1, 2)?;
        let (end, year) = rest.take(b"/")?.number(4, 4)?;
        let (month, day) = if first > 12 { (second, first) } else { (first, second) };
        end.is_edge().then(|| (end, month, vec![day], Some(year)))
    }

    fn month(self) -> Option<(Self, u32)> {
        let month = month_at(self.bytes, self.at)?;
        let letters = self.bytes[self.at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let name = &self.bytes[self.at..self.at + letters];
        let is_known = letters == 3 || name == MONTHS[month].as_bytes() || name == b"Sept";
        is_known.then_some((Self { at: self.at + letters, ..self }, month as u32 + 1))
    }

    fn day(self) -> Option<(Self, u32)> {
        let (rest, day) = self.number(1, 2)?;
        let suffix = [b"st", b"nd", b"rd", b"th"].into_iter().find_map(|suffix| rest.take(suffix));
        Some((suffix.unwrap_or(rest), day))
    }

    /// `, 2016`
    fn year(self) -> Option<(Self, Option<u32>)> {
        let (rest, year) = self.skip(b",").blanks()?.number(4, 4)?;
        (1900..2100).contains(&year).then_some((rest, Some(year)))
    }

    /// A number of so many digits.
    fn number(self, least: usize, most: usize) -> Option<(Self, u32)> {
        let digits = self.bytes[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = &self.bytes[self.at..self.at + digits];
        let value = || number.iter().fold(0, |value, digit| 10 * value + u32::from(digit - b'0'));
        (least..=most).contains(&digits).then(|| (Self { at: self.at + digits, ..self }, value()))
    }

    fn blanks(self) -> Option<Self> {
        let blanks = self.bytes[self.at..].iter().take_while(|byte| **byte == b' ').count();
        (blanks > 0).then_some(Self { at: self.at + blanks, ..self })
    }

    fn take(self, part: &[u8]) -> Option<Self> {
        self.bytes[self.at..].starts_with(part).then(|| Self { at: self.at + part.len(), ..self })
    }

    fn skip(self, part: &[u8]) -> Self {
        self.take(part).unwrap_or(self)
    }

    fn is_edge(self) -> bool {
        !is_word_byte(self.bytes, self.at)
    }
}

/// Whether there is a character of a word, of ASCII.
fn is_word_byte(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

/// Whether a text names each month, as far as that was asked.
#[derive(Default)]
pub(crate) struct Months([OnceCell<bool>; 12]);

impl Months {
    fn has(&self, month: u32, text: &str, cldr: &Cldr) -> bool {
        let find = || names_month(month, text, cldr);
        self.0.get(month as usize - 1).is_some_and(|named| *named.get_or_init(find))
    }
}

/// What of a date is not in a target with these months, in words: `day 17`, `month`, `year 2016`.
pub(crate) fn lost(
    date: &Date,
    (target, months): (&str, &Months),
    figures: &Figures,
    cldr: &Cldr,
    words_for_first: bool,
) -> Vec<String> {
    let has = |number: u32| figures.has_run(&number.to_string());
    let mut lost = Vec::new();
    for day in &date.days {
        let may_be_word = *day == 1 && words_for_first;
        if !has(*day) && !may_be_word {
            lost.push(format!("the day {day}"));
        }
    }
    let month_known = || cldr.months().iter().any(|names| !names.is_empty());
    // The 5 of 5 May is the day: for the month it has to stand there once more.
    let as_day = date.days.iter().filter(|day| **day == date.month).count();
    let in_figures = figures.count_runs(&date.month.to_string()) > as_day;
    if !in_figures && month_known() && !months.has(date.month, target, cldr) {
        lost.push("the month".into());
    }
    // Thai counts the years of the Buddha; some write the last two digits.
    if let Some(year) = date.year.filter(|year| !has(*year) && !has(*year + 543) && !has(*year % 100)) {
        lost.push(format!("the year {year}"));
    }
    lost
}

/// Whether a text names the month, in the locale's language in any case or in English.
fn names_month(month: u32, text: &str, cldr: &Cldr) -> bool {
    let index = month as usize - 1;
    // Arabic writes the same name with and without the hamza.
    let plain = |text: &str| text.to_lowercase().replace(['أ', 'إ', 'آ'], "ا");
    let text = plain(text);
    let local =
        cldr.months().get(index).is_some_and(|names| names.iter().any(|name| is_named(&text, &plain(name))));
    local || MONTHS.get(index).is_some_and(|name| text.contains(&name[..3].to_lowercase()))
}

/// Whether the month's name is in the text but for its last letter, which is the ending of a case: března, březnu.
fn is_named(text: &str, name: &str) -> bool {
    let stem = name.char_indices().next_back().map_or(name, |(end, _)| &name[..end]);
    let len = name.chars().count();
    if len == 3 && name.chars().all(|c| ('а'..='я').contains(&c)) {
        // Мая, мае.
        return text.match_indices(stem).any(|(at, _)| {
            is_edge(text[..at].chars().next_back()) && is_edge(text[at + stem.len()..].chars().nth(1))
        });
    }
    if len < 4 { is_word(text, name) } else { text.contains(stem) }
}

fn is_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        // 一月 is not in 十一月, nor 1月 in 11月.
        let longer = |c: char| c.is_ascii_alphanumeric() || c == '十';
        let after = text[at + word.len()..].chars().next();
        !text[..at].ends_with(longer) && !after.is_some_and(|c| c.is_ascii_alphabetic())
    })
}

fn is_edge(c: Option<char>) -> bool {
    !c.is_some_and(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use bitext::Locale;
    use regex::Regex;

    use super::*;
    use crate::support::cldr;
    use crate::support::words::each_random_text;

    #[test]
    fn months_in_any_case() {
        let has = |tag: &str, month: u32, text: &str| {
            names_month(month, text, &cldr::of(&Locale::parse(tag).unwrap()))
        };
        for (tag, month, text) in [
            ("ru-RU", 6, "в июне 2021 г."),
            ("ru-RU", 5, "в мае"),
            ("cs-CZ", 5, "v květnu"),
            ("pl-PL", 2, "w lutym"),
            ("de-DE", 5, "im Mai"),
            ("hu-HU", 5, "májusban"),
            ("fi-FI", 3, "MAALISKUUSSA"),
            ("tr-TR", 3, "Mart'ta"),
            ("zh-TW", 2, "二月16"),
            ("ar-SA", 4, "إبريل"),
            ("el-GR", 4, "Απριλίου"),
        ] {
            assert!(has(tag, month, text), "{tag} {text}");
        }
        for (tag, month, text) in
            [("zh-CN", 1, "十一月"), ("ja-JP", 1, "11月"), ("ru-RU", 5, "мастер"), ("cs-CZ", 12, "října")]
        {
            assert!(!has(tag, month, text), "{tag} {text}");
        }
    }

    #[test]
    fn the_scanner_finds_what_the_pattern_says() {
        const MONTH: &str = r"(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)";
        const DAY: &str = r"([0-9]{1,2})(?:st|nd|rd|th)?";
        const YEAR: &str = r"((?:19|20)[0-9]{2})";
        let pattern = Regex::new(&format!(
            r"(?-u:\b)(?:{MONTH}\.?,? +{DAY}(?: ?[-–] ?{DAY})?(?:,? +{YEAR})?|{DAY} +(?:of +)?{MONTH}(?:\.?,? +{YEAR})?|{MONTH}\.?,? +{YEAR}|([0-9]{{1,2}})/([0-9]{{1,2}})/([0-9]{{4}}))(?-u:\b)"
        ))
        .unwrap();
        each_random_text("MSYYot1123 -–,./   _é", |text| {
            let text =
                text.replace('M', "May").replace('S', "Sept").replace('Y', "2016").replace('o', " of ");
            let text = text.replace('t', "th");
            let mut found = Vec::new();
            candidates(&text, |date| found.push(date));
            let wanted = pattern.captures_iter(&text).map(|found| {
                let number = |group: usize| found.get(group)?.as_str().parse::<u32>().ok();
                let named = |group: usize| Some(if found.get(group)?.as_str() == "May" { 5 } else { 9 });
                let (month, days, year) = match (named(1), named(6), named(8)) {
                    (Some(month), ..) => (month, [number(2), number(3)], number(4)),
                    (_, Some(month), _) => (month, [number(5), None], number(7)),
                    (.., Some(month)) => (month, [None, None], number(9)),
                    _ if number(10) > Some(12) => (number(11).unwrap(), [number(10), None], number(12)),
                    _ => (number(10).unwrap(), [number(11), None], number(12)),
                };
                let days = days.into_iter().flatten().collect();
                Date { range: found.get(0).unwrap().range(), month, days, year }
            });
            assert_eq!(found, wanted.collect::<Vec<_>>(), "{text}");
            assert!(found.is_empty() || may_have_some(&text, &Capitals::of(&text)), "{text}");
        });
    }

    #[test]
    fn dates_in_english() {
        let read = |text: &str| {
            dates(text).into_iter().map(|date| (date.month, date.days, date.year)).collect::<Vec<_>>()
        };
        assert_eq!(read("on March 1 and March 17, 2016."), [(3, vec![1], None), (3, vec![17], Some(2016))]);
        assert_eq!(read("since 22nd of April 2016"), [(4, vec![22], Some(2016))]);
        assert_eq!(read("May 3-5, 2021"), [(5, vec![3, 5], Some(2021))]);
        assert_eq!(
            read("by 12/31/2020, or Sept. 2021"),
            [(12, vec![31], Some(2020)), (9, vec![], Some(2021))]
        );
        for none in [
            "Harbor March 4.8",
            "a/12/31/2020",
            "2020-12-31",
            "it may 5",
            "April 44",
            "1/2/3",
            "May 5, 2019ไท",
        ] {
            assert_eq!(read(none).len(), 0, "{none}");
        }
    }
}
