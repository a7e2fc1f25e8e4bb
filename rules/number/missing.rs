use std::cell::{Cell, LazyCell};
use std::collections::BTreeSet;
use std::ops::Range;

use crate::prelude::*;
use crate::support::capitals::Capitals;
use crate::support::cldr::{self, Cldr};
use crate::support::dates::{self, Date, Months};
use crate::support::figures::{self, Figures};
use crate::support::places::Places;
use crate::support::{bits, number_words, script, sources};

/// Its page is `missing.md`.
pub(crate) struct Missing;

/// Numbers that are written as words, or as other numbers, in other units and ways to tell the time.
const COMMON: [&str; 4] = ["10", "11", "12", "24"];

/// Languages in which the first of a month is a word (primero, primeiro, primo).
const FIRST_IS_A_WORD: [&str; 6] = ["ca", "es", "gl", "it", "pt", "ro"];

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
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
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.source_print().has_any(ByteSet::DIGITS) {
            return;
        }
        let masked = unit.masked_source();
        let facts = sources::of(unit);
        let numbers = || Numbers::of(masked, facts.capitals(unit.document(), unit.unit()));
        let found = facts.numbers.get_or_init(numbers);
        if found.is_empty() {
            return;
        }
        let target = Places::of(unit.target());
        let is_lost = |number: &&Range<usize>| !target.has(&masked[number.start..number.end]);
        let amount = |range: &Range<usize>| {
            Some(Amount { range: range.clone(), value: figures::amount(&masked[range.clone()])? })
        };
        let mut amounts: Vec<Amount> = found.with_signs.iter().filter(is_lost).filter_map(amount).collect();
        let alone = (found.whole.len() > MANY).then(|| alone(unit.target()));
        let lost = |number: &&Range<usize>| {
            let number = &masked[number.start..number.end];
            !alone
                .as_ref()
                .map_or_else(|| stands_alone(unit.target(), number), |alone| alone.contains(number))
        };
        let mut numbers: Vec<&Range<usize>> = found.whole.iter().filter(lost).collect();
        // The calendar of Iran has other months.
        let dates = if unit.locale().language() == "fa" { &[][..] } else { &found.dates[..] };
        let is_sound = amounts.is_empty() && dates.is_empty() && numbers.is_empty();
        if is_sound || unit.untouched() || unit.target().trim().is_empty() {
            return;
        }
        let cldr = cldr::of(unit.locale());
        let figures = LazyCell::new(|| Figures::of(unit.target(), &cldr));
        let text = Text {
            unit,
            masked,
            source: Places::of(masked),
            target,
            figures,
            months: Months::default(),
            asked: Cell::new(0),
            cldr: &cldr,
        };
        text.check_dates(dates, sink);
        amounts.retain(|amount| !is_in(dates, |date| &date.range, amount.range.start));
        text.check_amounts(&amounts, sink);
        numbers.retain(|number| {
            !is_in(&found.dates, |date| &date.range, number.start)
                && !is_in(&amounts, |amount| &amount.range, number.start)
                && !text.has_slipped_year(dates, number)
                && !text.has_year_otherwise(number)
        });
        text.check_numbers(&numbers, sink);
    }
}

/// More numbers than these are looked up among those of the target, read once.
const MANY: usize = 16;

/// Whether a place is in the range of one of these, which are in order.
fn is_in<T>(these: &[T], range: impl Fn(&T) -> &Range<usize>, at: usize) -> bool {
    let next = these.partition_point(|one| range(one).end <= at);
    these.get(next).is_some_and(|one| range(one).start <= at)
}

/// A number that has groups or a fraction.
struct Amount {
    /// Where it stands in the source, in bytes.
    range: Range<usize>,
    /// In plain form: `1000.5`.
    value: String,
}

/// The numbers of a source that a target has to have.
pub(crate) struct Numbers {
    /// What may be amounts: most stand in the target as they are, so that only others have to be read.
    with_signs: Vec<Range<usize>>,
    dates: Vec<Date>,
    /// Runs of digits, without the signs between groups.
    whole: Vec<Range<usize>>,
}

impl Numbers {
    /// The numbers of a masked source with capitals there.
    fn of(masked: &str, capitals: &Capitals) -> Self {
        let (mut whole, mut has_digits) = (Vec::new(), false);
        let with_signs = figures::with_signs(masked, bits::digits(masked.as_bytes()), |range| {
            has_digits = true;
            if range.len() > 1 && !COMMON.contains(&&masked[range.clone()]) {
                whole.push(range);
            }
        });
        let may_have_dates = has_digits && dates::may_have_some(masked, capitals);
        let dates = if may_have_dates { dates::dates(masked) } else { Vec::new() };
        Self { with_signs, dates, whole }
    }

    fn is_empty(&self) -> bool {
        self.with_signs.is_empty() && self.dates.is_empty() && self.whole.is_empty()
    }
}

/// A unit whose source has numbers.
struct Text<'a, F> {
    unit: UnitView<'a>,
    /// The source without code and addresses.
    masked: &'a str,
    source: Places<'a>,
    target: Places<'a>,
    /// The numbers of the target: mostly it is other things that tell.
    figures: LazyCell<Figures, F>,
    months: Months,
    /// How many numbers were looked for as words.
    asked: Cell<usize>,
    cldr: &'a Cldr,
}

impl<F: FnOnce() -> Figures> Text<'_, F> {
    fn check_dates(&self, dates: &[Date], sink: &mut Sink<'_>) {
        let first_is_a_word = FIRST_IS_A_WORD.contains(&self.unit.locale().language());
        for date in dates {
            let lost = dates::lost(
                date,
                (self.unit.target(), &self.months),
                &self.figures,
                self.cldr,
                first_is_a_word,
            );
            let text = quote(&self.masked[date.range.clone()]);
            if lost.len() == 1 + date.days.len() + usize::from(date.year.is_some()) {
                self.report(&date.range, format!("the date {text} is missing"), sink);
            } else if !lost.is_empty() && !self.has_year(date, lost.len()) {
                let are = if lost.len() == 1 { "is" } else { "are" };
                self.report(&date.range, format!("{} of {text} {are} missing", words::list(&lost)), sink);
            }
        }
    }

    /// Whether the target takes `December 19`, of which so much is lost, for the month of a year, which the source does not
    /// have in full.
    fn has_year(&self, date: &Date, lost: usize) -> bool {
        let (None, [day], 1) = (date.year, &date.days[..], lost) else { return false };
        let year = format!("20{day:02}");
        let has = |number: &str| self.figures.has_run(number);
        *day >= 10 && !has(&day.to_string()) && has(&year) && !self.source.has(&year)
    }

    /// Whether a number after a day is a year with a digit too many (`20211`), and the target has the year.
    fn has_slipped_year(&self, dates: &[Date], number: &Range<usize>) -> bool {
        let text = &self.masked[number.clone()];
        let is_after =
            |date: &&Date| matches!(self.masked.get(date.range.end..number.start), Some(", " | " "));
        let before = || dates.partition_point(|date| date.range.end < number.start);
        let date = || dates[..before()].last().filter(is_after);
        let year_without = |digit: usize| format!("{}{}", &text[..digit], &text[digit + 1..]);
        let is_year = |year: &String| matches!(&year[..2], "19" | "20") && self.figures.has_run(year);
        text.len() == 5
            && !self.masked[number.end..].starts_with(' ')
            && date().is_some_and(|date| date.year.is_none())
            && (0..text.len()).map(year_without).any(|year| is_year(&year))
    }

    /// Whether a number may be a year, and the target has it by another calendar: that of the Buddha, that of Iran.
    fn has_year_otherwise(&self, number: &Range<usize>) -> bool {
        let year = self.masked[number.clone()].parse::<u32>().ok().filter(|year| (1900..2100).contains(year));
        let has = |year: u32| self.figures.has_run(&year.to_string());
        year.is_some_and(|year| match self.unit.locale().language() {
            "th" => has(year + 543),
            "fa" => has(year - 621) || has(year - 622),
            _ => false,
        })
    }

    fn check_amounts(&self, amounts: &[Amount], sink: &mut Sink<'_>) {
        for Amount { range, value } in amounts {
            let text = &self.masked[range.clone()];
            let written = |sign: char| text.replace('.', &sign.to_string());
            // A version with a decimal sign is the finding of `number/version`.
            let version = self.cldr.signs.iter().any(|(decimal, _)| self.target.has(&written(*decimal)));
            if version || self.figures.has_value(value) || is_time_or_amount(self.masked, range) {
                continue;
            }
            if self.is_told(value, range) {
                continue;
            }
            let stop = written('。');
            let message = if self.target.has(&stop) {
                format!("the number {text} is written {}", quote(&stop))
            } else {
                format!("the number {text} is missing")
            };
            self.report(range, message, sink);
        }
    }

    fn check_numbers(&self, numbers: &[&Range<usize>], sink: &mut Sink<'_>) {
        for range in numbers.iter().copied() {
            let number = &self.masked[range.clone()];
            // `07` is `7` elsewhere, and `20000` two myriads where people count in those.
            let plain = number.trim_start_matches('0');
            let myriads = plain.strip_suffix("0000").filter(|_| script::is_spaceless(self.unit.locale()));
            if !self.figures.has_digits(plain)
                && !myriads.is_some_and(|myriads| self.figures.has_digits(myriads))
                && !is_time_or_amount(self.masked, range)
                && !self.has_full_year(range)
                && !self.is_told(plain, range)
            {
                self.report(range, format!("the number {number} is missing"), sink).keeps(number);
            }
        }
    }

    /// Whether the target tells a number, in plain form, in words. No sentence has many of those, and each is looked for in
    /// all of the target.
    fn is_told(&self, value: &str, range: &Range<usize>) -> bool {
        if self.asked.replace(self.asked.get() + 1) >= MANY {
            return false;
        }
        let told = number_words::Told { value, after: &self.masked[range.end..] };
        number_words::has(self.unit.locale(), self.unit.target(), told)
    }

    /// Whether two digits after an apostrophe are a year that the target has in full: `May '21`.
    fn has_full_year(&self, range: &Range<usize>) -> bool {
        let year = &self.masked[range.clone()];
        year.len() == 2
            && self.masked[..range.start].ends_with(['\'', '’', '‘'])
            && ["19", "20"].iter().any(|century| self.figures.has_run(&format!("{century}{year}")))
    }

    fn report<'s>(&self, range: &Range<usize>, message: String, sink: &'s mut Sink<'_>) -> &'s mut Finding {
        sink.report_unit(self.unit, self.unit.unit().target.text, message)
            .identity(&self.masked[range.clone()])
            .source_part(self.unit.in_source(range.start, range.len()))
            .help("put it back, or check that what replaces it means the same")
    }
}

/// Whether a number stands in the target in the same digits and with no others beside it: most do. What is beside it is
/// ASCII, lest it is a digit of another kind.
fn stands_alone(target: &str, number: &str) -> bool {
    let bytes = target.as_bytes();
    let is_edge = |byte: Option<&u8>| byte.is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_digit());
    words::places_of(target, number).any(|at| {
        is_edge(bytes.get(at + number.len())) && is_edge(at.checked_sub(1).and_then(|at| bytes.get(at)))
    })
}

/// All numbers that [stand alone](stands_alone) in a text.
fn alone(target: &str) -> BTreeSet<&str> {
    let bytes = target.as_bytes();
    let is_edge = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii);
    let is_alone = |run: &Range<usize>| {
        is_edge(bytes.get(run.end)) && is_edge(run.start.checked_sub(1).and_then(|at| bytes.get(at)))
    };
    bits::digits(bytes).filter(is_alone).map(|run| &target[run]).collect()
}

/// Whether a number is part of a time, a range, a version or a longer number, or an amount with a word that other
/// languages count otherwise (300K, 5 million).
fn is_time_or_amount(text: &str, number: &Range<usize>) -> bool {
    let (before, after) = (&text[..number.start], &text[number.end..]);
    let near = |c: Option<char>| {
        c.is_some_and(|c| matches!(c, '/' | ':' | '-' | '–' | '#' | '&') || c.is_ascii_alphabetic())
    };
    let next = after.trim_start().as_bytes();
    let starts_with =
        |word: &str| next.get(..word.len()).is_some_and(|n| n.eq_ignore_ascii_case(word.as_bytes()));
    near(before.chars().next_back())
        || near(after.chars().next())
        || ["am", "pm", "a.m", "p.m", "million", "billion", "thousand", "k "]
            .iter()
            .any(|word| starts_with(word))
        || (before.ends_with(['.', ','])
            && before[..before.len() - 1].ends_with(|c: char| c.is_ascii_digit()))
        || (after.starts_with(['.', ',']) && after[1..].starts_with(|c: char| c.is_ascii_digit()))
}
