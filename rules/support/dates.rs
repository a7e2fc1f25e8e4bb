//! Dates in English text, and whether they stand in a target.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

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

/// `March 1-5, 2016`, `1 March 2016`, `March 2016`, `12/31/2020`.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    const MONTH: &str = r"(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)";
    const DAY: &str = r"([0-9]{1,2})(?:st|nd|rd|th)?";
    const YEAR: &str = r"((?:19|20)[0-9]{2})";
    Regex::new(&format!(
        r"(?-u:\b)(?:{MONTH}\.?,? +{DAY}(?: ?[-–] ?{DAY})?(?:,? +{YEAR})?|{DAY} +(?:of +)?{MONTH}(?:\.?,? +{YEAR})?|{MONTH}\.?,? +{YEAR}|([0-9]{{1,2}})/([0-9]{{1,2}})/([0-9]{{4}}))(?-u:\b)"
    ))
    .expect("it is a pattern")
});

/// The dates of an English text, in order.
pub(crate) fn dates(text: &str) -> Vec<Date> {
    if !may_have_date(text) {
        return Vec::new();
    }
    let dates = DATE.captures_iter(text).filter_map(|found| {
        let number = |group: usize| found.get(group).and_then(|digits| digits.as_str().parse::<u32>().ok());
        let named = |group: usize| found.get(group).and_then(|name| month(name.as_str()));
        let (month, days, year) = if let Some(month) = named(1) {
            (month, [number(2), number(3)], number(4))
        } else if let Some(month) = named(6) {
            (month, [number(5), None], number(7))
        } else if let Some(month) = named(8) {
            (month, [None, None], number(9))
        } else {
            let (first, second) = (number(10)?, number(11)?);
            let (month, day) = if first > 12 { (second, first) } else { (first, second) };
            (month, [Some(day), None], number(12))
        };
        let days: Vec<u32> = days.into_iter().flatten().collect();
        let whole = found.get(0)?.range();
        let apart =
            |c: Option<char>| !c.is_some_and(|c| matches!(c, '-' | '/' | '.' | '_') || c.is_alphanumeric());
        let after = &text[whole.end..];
        // `10/12/2020/3` is no date, and `March 4.8` names a version.
        let ends = apart(after.chars().next()) || !after[1..].starts_with(|c: char| c.is_alphanumeric());
        let possible = (1..=12).contains(&month) && days.iter().all(|day| (1..=31).contains(day));
        (possible && ends && apart(text[..whole.start].chars().next_back())).then_some(Date {
            range: whole,
            month,
            days,
            year,
        })
    });
    dates.collect()
}

/// A scan, which spares most texts the pattern: for a name of a month with a digit before it or after it, or for digits
/// round a slash.
fn may_have_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'/' => at > 0 && digit(at - 1) && digit(at + 1),
        b'A' | b'D' | b'F' | b'J' | b'M' | b'N' | b'O' | b'S' => {
            let len = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            let is_month = len > 2 && month(&text[at..at + len]).is_some();
            let is_filler = |byte: &&u8| matches!(byte, b'.' | b',' | b' ');
            let fillers = bytes[at + len..].iter().take_while(is_filler).count();
            is_month && (digit(at + len + fillers) || bytes[..at].iter().any(u8::is_ascii_digit))
        }
        _ => false,
    })
}

fn month(name: &str) -> Option<u32> {
    MONTHS.iter().position(|month| month.starts_with(name)).and_then(|index| u32::try_from(index + 1).ok())
}

/// What of a date is not in the target, in words: `day 17`, `month`, `year 2016`.
pub(crate) fn lost(
    date: &Date,
    target: &str,
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
    if !has(date.month) && month_known() && !names_month(date.month, target, cldr) {
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

    use super::*;
    use crate::support::cldr;

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
        for none in ["Harbor March 4.8", "a/12/31/2020", "2020-12-31", "it may 5", "April 44", "1/2/3"] {
            assert_eq!(read(none).len(), 0, "{none}");
        }
    }
}
