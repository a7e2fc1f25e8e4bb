use jiff::civil::Date;

use crate::{FrontMatter, Span};

/// The keys that say where a translation came from, in the order in which they are written.
pub const PROVENANCE_KEYS: [&str; 6] = [
    "ms.openlocfilehash",
    "ms.sourcegitcommit",
    "ms.translationtype",
    "ms.contentlocale",
    "ms.lasthandoff",
    "ms.locfileid",
];

/// Where a translation came from: the values of [`PROVENANCE_KEYS`], without quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// SHA-1 of the English file's bytes at the source commit.
    pub source_hash: Option<Span>,
    /// The commit of the English repository that was handed off.
    pub source_commit: Option<Span>,
    /// `MT` for machine, `HT` for human translation.
    pub translation_type: Option<Span>,
    /// The locale.
    pub locale: Option<Span>,
    /// The hand-off date as it is written.
    pub hand_off: Option<Span>,
    /// The file id.
    pub file_id: Option<Span>,
    /// The hand-off date, if it is one in the form MM/DD/YYYY.
    pub hand_off_date: Option<Date>,
}

impl Provenance {
    /// Collects the provenance from the front matter of `file`; the first of duplicate keys counts.
    pub fn read(file: &str, front_matter: &FrontMatter) -> Self {
        let mut provenance = Self::default();
        for entry in front_matter.entries.iter().rev() {
            let Some(scalar) = entry.value.scalar() else { continue };
            // None of the values has blanks in it; one that goes on over lines is the next key, indented.
            let one_line = |span: &Span| !span.is_empty() && !span.slice(file).contains('\n');
            let content = || Some(scalar.content()).filter(one_line);
            match entry.key.text(file) {
                "ms.openlocfilehash" => provenance.source_hash = content(),
                "ms.sourcegitcommit" => provenance.source_commit = content(),
                "ms.translationtype" => provenance.translation_type = content(),
                "ms.contentlocale" => provenance.locale = content(),
                "ms.lasthandoff" => {
                    provenance.hand_off = content();
                    let date = provenance.hand_off.map(|span| span.slice(file));
                    provenance.hand_off_date = date.and_then(parse_date);
                }
                "ms.locfileid" => provenance.file_id = content(),
                _ => {}
            }
        }
        provenance
    }

    /// Whether people translated the document, as it says itself.
    pub fn is_human(&self, file: &str) -> bool {
        self.translation_type.is_some_and(|span| span.slice(file) == "HT")
    }

    /// Whether none of the keys has a value.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Whether a value is a hash or a commit as git writes it: 40 hex digits in lower case.
pub fn is_hash(value: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() | (b'a'..=b'f').contains(&byte);
    // All of them, so that the compiler looks at many at once.
    <&[u8; 40]>::try_from(value.as_bytes())
        .is_ok_and(|digits| digits.iter().fold(true, |all, byte| all & is_digit(*byte)))
}

/// Reads a date as the documents write it, MM/DD/YYYY.
pub fn parse_date(text: &str) -> Option<Date> {
    match plain_date(text) {
        Some((year, month, day)) => Date::new(year, month, day).ok(),
        None => Date::strptime("%m/%d/%Y", text).ok(),
    }
}

/// Year, month and day of a date in one or two, one or two and four digits: all that documents have but mistakes.
fn plain_date(text: &str) -> Option<(i16, i8, i8)> {
    let number = |digits: &str| {
        let all = digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit());
        all.then(|| digits.bytes().fold(0, |number, digit| 10 * number + i16::from(digit - b'0')))
    };
    let (month, rest) = text.split_at_checked(text.bytes().take(3).position(|b| b == b'/')?)?;
    let (day, year) = rest[1..].split_at_checked(rest.bytes().skip(1).take(3).position(|b| b == b'/')?)?;
    let is_plain = !month.is_empty() && !day.is_empty() && year.len() == 5;
    let (month, day) = (i8::try_from(number(month)?).ok()?, i8::try_from(number(day)?).ok()?);
    Some((number(&year[1..])?, month, day)).filter(|_| is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_dates_are_those_of_the_library() {
        let parts = [
            "", "0", "1", "01", "2", "9", "12", "13", "29", "30", "31", "32", "007", "2021", "0000", "-1",
            " 3", "x", "1é",
        ];
        for (month, day) in parts.iter().flat_map(|month| parts.iter().map(move |day| (month, day))) {
            for year in
                ["2021", "2020", "1900", "0001", "0000", "9999", "21", "02021", "-2021", "2021 ", "", "20/1"]
            {
                let text = format!("{month}/{day}/{year}");
                assert_eq!(parse_date(&text), Date::strptime("%m/%d/%Y", &text).ok(), "{text}");
            }
        }
        assert_eq!(plain_date("5/19/2021"), Some((2021, 5, 19)));
    }
}
