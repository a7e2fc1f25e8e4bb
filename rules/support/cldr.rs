//! What CLDR knows about a locale's numbers and dates, by way of ICU4X, read once per locale.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock, PoisonError, RwLock};

use bitext::Locale;
use icu_calendar::{Date, Gregorian};
use icu_datetime::fieldsets::enums::DateFieldSet;
use icu_datetime::pattern::{DateTimePattern, FixedCalendarDateTimeNames, MonthNameLength};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use writeable::TryWriteable;

/// How a locale writes numbers and months.
#[derive(Debug, Default)]
pub(crate) struct Cldr {
    /// The sign before the fraction and the sign between groups of digits, with the locale's own digits and with
    /// Western ones where the signs differ.
    pub(crate) signs: Vec<(char, char)>,
    /// The digits from zero to nine that are used unless others are asked for.
    pub(crate) digits: Vec<char>,
    tag: String,
    months: OnceLock<Months>,
}

/// Names of the months from January on.
type Months = [Vec<String>; 12];

static CACHE: LazyLock<RwLock<BTreeMap<String, Arc<Cldr>>>> = LazyLock::new(RwLock::default);

/// The conventions of a locale; those of its language or of no language in particular where CLDR does not know it.
pub(crate) fn of(locale: &Locale) -> Arc<Cldr> {
    let cached = CACHE.read().unwrap_or_else(PoisonError::into_inner).get(locale.as_str()).cloned();
    cached.unwrap_or_else(|| {
        let read = Arc::new(Cldr::read(locale.as_str()));
        let mut cache = CACHE.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(cache.entry(locale.as_str().to_string()).or_insert(read))
    })
}

impl Cldr {
    fn read(tag: &str) -> Self {
        let mut cldr = Self { tag: tag.to_string(), ..Self::default() };
        for locale in cldr.locales() {
            cldr.read_signs(&locale);
        }
        cldr
    }

    /// The locale with its own digits and with Western ones.
    fn locales(&self) -> Vec<icu_locale::Locale> {
        let tags = ["", "-u-nu-latn"].map(|extension| format!("{}{extension}", self.tag));
        tags.iter().filter_map(|tag| icu_locale::Locale::try_from_str(tag).ok()).collect()
    }

    /// Names of the months from January on, in lower case: as in a date, standing alone, full and abbreviated; none in a
    /// language that CLDR has no names for. The first call reads them: few documents have dates.
    pub(crate) fn months(&self) -> &Months {
        self.months.get_or_init(|| {
            let mut months = Months::default();
            for locale in self.locales() {
                read_months(&mut months, &locale);
            }
            // 4月 in Taiwan, 四月 in China: people write either.
            let language = self.tag.split('-').next().unwrap_or(&self.tag);
            if let Ok(language) = icu_locale::Locale::try_from_str(language) {
                read_months(&mut months, &language);
            }
            months
        })
    }

    fn read_signs(&mut self, locale: &icu_locale::Locale) {
        let Ok(formatter) = DecimalFormatter::try_new(
            locale.into(),
            icu_decimal::options::DecimalFormatterOptions::default(),
        ) else {
            return;
        };
        let written =
            |number: &str| number.parse::<Decimal>().map(|number| formatter.format(&number).to_string());
        if let Ok(digits) = written("9876543210") {
            let digits: Vec<char> = digits.chars().filter(|c| c.is_numeric()).rev().collect();
            self.digits = std::mem::take(&mut self.digits).into_iter().chain(digits).take(10).collect();
        }
        if let Ok(number) = written("1234567.8") {
            let signs: Vec<char> = number.chars().filter(|c| !c.is_numeric()).collect();
            if let [group, .., decimal] = signs[..]
                && !self.signs.contains(&(decimal, group))
            {
                self.signs.push((decimal, group));
            }
        }
    }
}

fn read_months(months: &mut Months, locale: &icu_locale::Locale) {
    for (pattern, length) in [
        ("MMMM", MonthNameLength::Wide),
        ("LLLL", MonthNameLength::StandaloneWide),
        ("MMM", MonthNameLength::Abbreviated),
        ("LLL", MonthNameLength::StandaloneAbbreviated),
    ] {
        let names = FixedCalendarDateTimeNames::<Gregorian, DateFieldSet>::try_new(locale.into());
        let (Ok(mut names), Ok(pattern)) = (names, pattern.parse::<DateTimePattern>()) else { continue };
        if names.include_month_names(length).is_err() {
            continue;
        }
        for (number, month) in (1..).zip(months.iter_mut()) {
            let Ok(date) = Date::try_new_gregorian(2024, number, 1) else { continue };
            let name = names.with_pattern_unchecked(&pattern).format(&date);
            let Ok(name) = name.try_write_to_string() else { continue };
            let name = name.trim_end_matches('.').to_lowercase();
            // The root locale says M04.
            let none =
                name.is_empty() || name.strip_prefix('m').is_some_and(|rest| rest.parse::<u8>().is_ok());
            if !none && !month.contains(&name) {
                month.push(name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cldr(tag: &str) -> Arc<Cldr> {
        of(&Locale::parse(tag).unwrap())
    }

    #[test]
    fn signs_of_numbers() {
        for (tag, decimal, group) in [
            ("cs-CZ", ',', '\u{a0}'),
            ("de-DE", ',', '.'),
            ("de-CH", '.', '\''),
            ("fr-FR", ',', '\u{202f}'),
            ("hi-IN", '.', ','),
            ("ja-JP", '.', ','),
            ("ar-EG", '٫', '٬'),
        ] {
            let cldr = cldr(tag);
            assert_eq!(cldr.signs[0], (decimal, group), "{tag}");
        }
        assert_eq!(cldr("ar-EG").digits[3], '٣');
        assert_eq!(cldr("tr-TR").digits[3], '3');
    }

    #[test]
    fn months_in_dates_and_alone() {
        let march = |tag: &str| cldr(tag).months()[2].clone();
        assert_eq!(march("cs-CZ"), ["března", "březen", "bře"]);
        assert_eq!(march("ru-RU")[..2], ["марта", "март"]);
        assert!(march("tr-TR").contains(&"mart".to_string()));
        assert!(march("ja-JP").contains(&"3月".to_string()));
        assert!(march("hu-HU").contains(&"március".to_string()));
        assert!(march("zh-TW").contains(&"三月".to_string()));
        assert!(Cldr::read("mus-US").months().iter().all(Vec::is_empty));
    }
}
