use std::ops::Range;
use std::sync::LazyLock;

use bitext::{Localized, Unit};
use regex::Regex;

use crate::prelude::*;
use crate::support::locale_data;
use crate::support::scan;

/// Its page is `spacing.md`.
pub(crate) struct Spacing;

/// Straight quotation marks with a blank inside each.
static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[\s(（、。])'( +)[^\s'](?:[^']*[^\s'])?( +)'").expect("it is a pattern")
});

/// First bytes of apostrophes.
const APOSTROPHES: ByteSet = ByteSet::of(&[b'\'', 0xe2]);

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "text/spacing",
            include_str!("spacing.md"),
            Severity::Warning,
            Scope::Document,
            "whitespace",
        )
    }
}

impl DocumentRule for Spacing {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        // What a system does in every sentence is one finding.
        let mut places: Vec<(usize, Blank)> = Vec::new();
        let is_full_width = matches!(localized.locale.language(), "zh" | "ja");
        let elision = &locale_data::of(&localized.locale).elision;
        let has_elision = elision.is_there() && !is_full_width;
        let is_asked = |unit: &Unit| {
            let print = &unit.target.print;
            print.has(b' ') && (is_full_width || print.has_any(APOSTROPHES)) && !unit.damaged
        };
        let units = localized.document.units.iter().enumerate();
        for (index, unit) in units.filter(|(_, unit)| is_asked(unit)) {
            let seen = Seen::of(localized, index, unit);
            let unit = seen.view();
            if is_full_width {
                places.extend(full_width(unit.masked_target()).map(|blank| (index, blank)));
            }
            let mut by = |pattern: &Regex| places.extend(blanks(unit, pattern).map(|blank| (index, blank)));
            if has_elision && has_elided(unit) {
                elision.get().into_iter().for_each(&mut by);
            }
            if is_quoted(unit) {
                by(&QUOTED);
            }
        }
        report(localized, &places, sink);
    }
}

/// A blank too many, and what it stands in, in bytes of the target.
struct Blank {
    range: Range<usize>,
    around: Range<usize>,
}

/// Whether an apostrophe stands before a blank.
fn has_elided(unit: UnitView<'_>) -> bool {
    scan::has_before_blank(unit.target(), &['\'', '’'])
}

/// Whether a straight quotation mark opens before a blank, and that is not how the source writes them.
fn is_quoted(unit: UnitView<'_>) -> bool {
    if !unit.target_print().has(b'\'') {
        return false;
    }
    let (source, target) = (unit.source(), unit.target());
    let opens = |at: usize| {
        let before = target[..at].chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '（' | '、' | '。'))
            && target[at + 1..].starts_with(' ')
    };
    memchr::memchr_iter(b'\'', target.as_bytes()).any(opens)
        && source.contains(['\'', '‘'])
        && !QUOTED.is_match(source)
}

/// What the groups of a pattern find in the target.
fn blanks(unit: UnitView<'_>, pattern: &Regex) -> impl Iterator<Item = Blank> {
    pattern.captures_iter(unit.masked_target()).flat_map(|found| {
        let around = found.get(0).map_or(0..0, |whole| whole.range());
        let blanks: Vec<_> = found.iter().skip(1).flatten().map(|blank| blank.range()).collect();
        blanks.into_iter().map(move |range| Blank { range, around: around.clone() })
    })
}

/// Blanks before a full-width sign, or after one that opens.
fn full_width(text: &str) -> impl Iterator<Item = Blank> {
    let (mut from, mut used) = (0, 0);
    std::iter::from_fn(move || {
        loop {
            let start = from + memchr::memchr(b' ', &text.as_bytes()[from..])?;
            let after = text[start..].trim_start_matches(' ');
            from = text.len() - after.len();
            // By the first bytes of the signs that close, and the last ones of those that open.
            let bytes = text.as_bytes();
            let may_close = matches!(bytes.get(from), Some(0xe3 | 0xef));
            let may_open = start > 0 && matches!(bytes[start - 1], 0x88 | 0x8c | 0x8e | 0x90);
            if !may_close && !may_open {
                continue;
            }
            let (Some(before), Some(next)) = (text[..start].chars().next_back(), after.chars().next()) else {
                continue;
            };
            let closes = !before.is_whitespace()
                && !matches!(before, '|' | '>')
                && "。、，；：！？）】」』".contains(next);
            let opens = "（【「『".contains(before) && !next.is_whitespace() && next != '<';
            let around = start - before.len_utf8()..from + next.len_utf8();
            // A character belongs to one place.
            if (closes || opens) && around.start >= used {
                used = around.end;
                return Some(Blank { range: start..from, around });
            }
        }
    })
}

fn report(localized: &Localized, places: &[(usize, Blank)], sink: &mut Sink<'_>) {
    let units = &localized.document.units;
    let Some((index, Blank { range, around })) = places.first() else { return };
    let seen = Seen::of(localized, *index, &units[*index]);
    let unit = seen.view();
    let more = match places.len() {
        1 => String::new(),
        n => format!(", and {}", words::count(n - 1, "more place")),
    };
    let in_target = |(index, Blank { range, .. }): &(usize, Blank)| {
        units[*index].target.text.part(range.start, range.len())
    };
    let at = unit.in_target(range.start, range.len());
    let around = quote(&unit.target()[around.clone()]);
    let message = format!("a blank that does not belong in {around}{more}");
    let finding = sink.report_unit(unit, at, message);
    finding.identity("blank").help("remove the blank").fix_each(
        Applicability::Safe,
        "remove the blank",
        places.iter().map(in_target),
        "",
    );
    for place in &places[1..] {
        let there = Place { document: localized.id, span: in_target(place) };
        finding.related(Role::Place, "here too", there, Some(units[place.0].target.id));
    }
}
