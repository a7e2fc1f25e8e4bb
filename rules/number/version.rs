use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::Confidence;
use crate::glossary::Glossary;
use crate::prelude::*;
use crate::settings::Settings;
use crate::support::cldr::{self, Cldr};
use crate::support::places::Places;
use crate::support::releases::{self, Sign};
use crate::support::{letters, sources};

/// Its page is `version.md`.
pub(crate) struct Version {
    glossary: Arc<Glossary>,
}

/// A number with points in a source, which may be a version, and the word before it.
pub(crate) struct Mention {
    name: Range<usize>,
    number: Range<usize>,
}

/// A version that the target has not, as it is mentioned in one place.
struct Lost<'m> {
    name: &'m Range<usize>,
    number: &'m Range<usize>,
    sign: Sign,
}

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        its: "numbers".into(),
        ..RuleInfo::new("number/version", include_str!("version.md"), Severity::Error, Scope::Unit, "numbers")
    }
}

impl Version {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self { glossary: settings.glossary.clone() }
    }
}

impl UnitRule for Version {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.source_print().has(b'.') || !unit.source_print().has_any(ByteSet::DIGITS) {
            return;
        }
        let facts = sources::of(unit);
        if !facts.has_inner_stop(unit.source()) {
            return;
        }
        let versions = facts.versions.get_or_init(|| versions(unit.masked_source()));
        if versions.is_empty() {
            return;
        }
        let (source, target) = (unit.masked_source(), Places::of(unit.masked_target()));
        // Most are kept, and need not be told from amounts.
        let is_lost = |version: &&Mention| !target.has(&source[version.number.clone()]);
        let lost = versions.iter().filter(is_lost).filter_map(|Mention { name, number }| {
            Some(Lost { name, number, sign: releases::sign(source, name, number)? })
        });
        let lost: Vec<Lost<'_>> = lost.collect();
        if lost.is_empty() {
            return;
        }
        let cldr = cldr::of(unit.locale());
        let signs = cldr.signs.iter().map(|(decimal, _)| *decimal).filter(|decimal| *decimal != '.');
        let signs: Vec<char> = signs.filter(|decimal| target.text().contains(*decimal)).collect();
        if signs.is_empty() {
            return;
        }
        let places = Places::of(source);
        for mentions in by_number(source, &lost) {
            let version = &source[mentions[0].number.clone()];
            let told = LazyCell::new(|| self.told(unit, &mentions, &places));
            for wrong in signs.iter().flat_map(|decimal| spellings(version, *decimal, &cldr)) {
                for place in whole_numbers(&target, &wrong) {
                    if let Some(applicability) = told.verdict(&target.text()[..place]) {
                        report(unit, mentions[0], (place, &wrong), applicability, sink);
                    }
                }
            }
        }
    }
}

/// The mentions of each version, in the order of the first ones.
fn by_number<'l, 'm>(source: &str, lost: &'l [Lost<'m>]) -> Vec<Vec<&'l Lost<'m>>> {
    let (mut groups, mut known) = (Vec::<Vec<&Lost<'_>>>::new(), BTreeMap::new());
    for mention in lost {
        let at = *known.entry(&source[mention.number.clone()]).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Vec::new());
        }
        groups[at].push(mention);
    }
    groups
}

/// What the source tells of a version, for asking whether a number in the target stands for it.
struct Told<'a> {
    mentions: Vec<ToldOnce<'a>>,
    /// Whether the same number stands elsewhere in the source, and perhaps for an amount.
    elsewhere: bool,
    is_amount: bool,
}

/// The same of one mention.
struct ToldOnce<'a> {
    name: &'a str,
    sign: Sign,
    is_known: bool,
    is_version: bool,
}

impl Told<'_> {
    /// Whether the number after a part of the target stands for one of the mentions, and how surely.
    fn verdict(&self, before: &str) -> Option<Applicability> {
        let one = |mention: &ToldOnce<'_>| {
            let is_named = ends_with_name(before, mention.name);
            match mention.sign {
                _ if mention.is_known && (!self.elsewhere || is_named) => Some(Applicability::Safe),
                _ if mention.is_known && !self.is_amount => Some(Applicability::Unsafe),
                Sign::InName | Sign::Capital if is_named && mention.is_version => Some(Applicability::Safe),
                Sign::InName if is_named => Some(Applicability::Safe),
                Sign::InName if !self.is_amount => Some(Applicability::Unsafe),
                Sign::Capital if is_named => Some(Applicability::Unsafe),
                _ => None,
            }
        };
        let verdicts = self.mentions.iter().filter_map(one);
        verdicts.reduce(|best, other| if best == Applicability::Safe { best } else { other })
    }
}

impl Version {
    /// What the source tells of these mentions of one version.
    fn told<'a>(&self, unit: UnitView<'a>, mentions: &[&Lost<'_>], places: &Places<'_>) -> Told<'a> {
        /// More than any sentence has of one version: each number of the target is compared with them.
        const MOST: usize = 16;
        let source = unit.masked_source();
        let number = &source[mentions[0].number.clone()];
        let is_own = |at: &usize| mentions.binary_search_by_key(at, |own| own.number.start).is_ok();
        let others: Vec<usize> = whole_numbers(places, number).into_iter().filter(|at| !is_own(at)).collect();
        let once = |mention: &&Lost<'_>| ToldOnce {
            name: &source[mention.name.clone()],
            sign: mention.sign,
            is_known: mention.sign == Sign::Sure || self.is_name(unit, mention),
            is_version: releases::is_followed_as_version(source, mention.number),
        };
        Told {
            mentions: mentions.iter().take(MOST).map(once).collect(),
            elsewhere: !others.is_empty(),
            is_amount: others.iter().any(|at| releases::is_amount(source, at + number.len())),
        }
    }

    /// Whether a glossary says that the word before the version is the end of a name.
    fn is_name(&self, unit: UnitView<'_>, mention: &Lost<'_>) -> bool {
        let found = self.glossary.in_unit(unit).into_iter();
        let mut names = found.filter(|found| found.term.do_not_translate);
        names.any(|found| found.range.end == mention.name.end)
    }
}

fn report(
    unit: UnitView<'_>,
    mention: &Lost<'_>,
    (at, wrong): (usize, &str),
    applicability: Applicability,
    sink: &mut Sink<'_>,
) {
    let (number, version) = (mention.number, &unit.source()[mention.number.clone()]);
    let span = unit.in_target(at, wrong.len());
    let finding =
        sink.report_unit(unit, span, format!("version {} is written {}", quote(version), quote(wrong)));
    if applicability == Applicability::Unsafe {
        finding.confidence = Confidence::Medium;
    }
    finding
        .source_part(unit.in_source(number.start, number.len()))
        .help("a version is no decimal number: keep its points")
        .keeps(version)
        .fix(applicability, "write the version with points", span, version);
}

/// Whether a word is one of the last of a text, with an ending or as a part of a compound.
fn ends_with_name(text: &str, name: &str) -> bool {
    /// Name, preposition, "version".
    const WORDS: usize = 3;
    let start = text.rmatch_indices(char::is_whitespace).map(|(at, blank)| at + blank.len());
    let mut starts = start.filter(|at| text[*at..].contains(char::is_alphanumeric)).take(WORDS);
    let from = starts.by_ref().last().unwrap_or(0);
    let (text, name) = (text[from..].to_lowercase(), name.to_lowercase());
    text.match_indices(&name).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

/// What may be versions in a masked source.
fn versions(masked: &str) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    if first_point(masked.as_bytes()).is_none() {
        return found;
    }
    named_numbers(masked, |name, number| found.push(Mention { name, number }));
    found
}

/// Numbers with points after a word, with that: `[A-Za-z#+][\w.#+\-]*\s+(?:\*\*)?v?\d+(?:\.\d+)+`.
fn named_numbers(text: &str, mut each: impl FnMut(Range<usize>, Range<usize>)) {
    let bytes = text.as_bytes();
    let is_start = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'#' | b'+');
    // Of most texts little has to be read.
    let is_ascii = text.is_ascii();
    let next = |at: usize| if is_ascii { Some(at + word_before_point(&bytes[at..])?) } else { Some(at) };
    let Some(mut at) = next(0) else { return };
    while let Some(start) = bytes[at..].iter().position(is_start).map(|next| at + next) {
        let end = name_end(text, start);
        at = end;
        // Most words have another one after them.
        let follows = bytes[end..].iter().find(|byte| **byte != b' ');
        if follows.is_none_or(|byte| byte.is_ascii_alphabetic() && *byte != b'v') {
            continue;
        }
        let number = text[end..].trim_start();
        if number.len() < text.len() - end {
            let number = number.strip_prefix("**").unwrap_or(number);
            let number = number.strip_prefix('v').unwrap_or(number);
            let from = text.len() - number.len();
            if let Some(len) = number_len(number) {
                each(start..end, from..from + len);
                let Some(after) = next(from + len) else { return };
                at = after;
            }
        }
    }
}

/// Where the first point between digits stands.
fn first_point(bytes: &[u8]) -> Option<usize> {
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_point = |at: &usize| is_digit(at + 1) && at.checked_sub(1).is_some_and(is_digit);
    memchr::memchr_iter(b'.', bytes).find(is_point)
}

/// Where to start looking for numbers with points after a word in a text of ASCII, if there are any: at the word before the
/// first point between digits, as no name has blanks in it.
fn word_before_point(bytes: &[u8]) -> Option<usize> {
    let point = first_point(bytes)?;
    let is_blank = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
    let gap = bytes[..point].iter().rposition(is_blank).unwrap_or(0);
    let last = bytes[..gap].iter().rposition(|byte| !is_blank(byte)).unwrap_or(0);
    Some(bytes[..last].iter().rposition(is_blank).map_or(0, |blank| blank + 1))
}

/// Where the characters end that names are made of: `[\w.#+\-]`.
fn name_end(text: &str, start: usize) -> usize {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'#' | b'+' | b'-');
    let bytes = text.as_bytes();
    let mut end = start;
    loop {
        end += bytes[end..].iter().take_while(|byte| is_part(**byte)).count();
        match text[end..].chars().next().filter(|c| !c.is_ascii() && letters::is_word(*c)) {
            Some(c) => end += c.len_utf8(),
            None => return end,
        }
    }
}

/// How long the number with points is that a text starts with.
fn number_len(text: &str) -> Option<usize> {
    let digits = |from: usize| {
        let len = text[from..].find(|c| !letters::is_digit(c)).unwrap_or(text.len() - from);
        (len > 0).then_some(from + len)
    };
    let part = |end: usize| digits(end + text[end..].strip_prefix('.').map(|_| 1)?);
    std::iter::successors(part(digits(0)?), |end| part(*end)).last()
}

/// The version with a decimal sign for its points, in Western digits and in those of the locale.
fn spellings(version: &str, decimal: char, cldr: &Cldr) -> Vec<String> {
    let local = |c: char| {
        let digit = c.to_digit(10).and_then(|digit| cldr.digits.get(digit as usize));
        if c == '.' { decimal } else { digit.copied().unwrap_or(c) }
    };
    let western = version.replace('.', &decimal.to_string());
    let own: String = version.chars().map(local).collect();
    if own == western { vec![western] } else { vec![western, own] }
}

/// Where a number stands that is not a part of a longer one.
fn whole_numbers(places: &Places<'_>, number: &str) -> Vec<usize> {
    let text = places.text();
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let sign = number.chars().find(|c| !c.is_numeric()).unwrap_or(',');
    places
        .all(number)
        .filter(|at| {
            let (before, after) = (&text[..*at], &text[at + number.len()..]);
            let goes_on = after.strip_prefix(sign).is_some_and(|after| digit(after.chars().next()));
            let comes_from =
                before.strip_suffix(sign).is_some_and(|before| digit(before.chars().next_back()));
            !digit(before.chars().next_back()) && !digit(after.chars().next()) && !goes_on && !comes_from
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn the_scanner_finds_what_the_pattern_says() {
        let pattern = r"([A-Za-z#+][\w.#+\-]*)\s+(?:\*\*)?v?(\d+\.\d+(?:\.\d+)*)";
        let pattern = Regex::new(pattern).unwrap();
        let check = |text: &str| {
            let mut found = Vec::new();
            named_numbers(text, |name, number| found.push((name, number)));
            let wanted: Vec<_> = pattern
                .captures_iter(text)
                .map(|found| (found.get(1).unwrap().range(), found.get(2).unwrap().range()))
                .collect();
            assert_eq!(found, wanted, "{text}");
        };
        words::each_random_text("ave#-*12..1 \u{a0}é٣", check);
        words::each_random_text("av#*12..1  \t\u{b}", check);
    }
}
