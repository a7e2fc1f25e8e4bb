use std::ops::Range;
use std::sync::LazyLock;

use bitext::Localized;
use regex::Regex;

use crate::prelude::*;
use crate::support::locale_data;

/// Its page is `spacing.md`.
pub(crate) struct Spacing;

/// A blank before a full-width sign, or after one that opens.
static FULL_WIDTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[^\s|>]( +)[。、，；：！？）】」』]|[（【「『]( +)[^\s<]").expect("it is a pattern")
});

/// Straight quotation marks with a blank inside each.
static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[\s(（、。])'( +)[^\s'](?:[^']*[^\s'])?( +)'").expect("it is a pattern")
});

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
        let elision = locale_data::of(&localized.locale).elision.get();
        let pattern = match localized.locale.language() {
            "zh" | "ja" => Some(&*FULL_WIDTH),
            _ => elision,
        };
        let document = &localized.document;
        // What a system does in every sentence is one finding.
        let mut places: Vec<(UnitView<'_>, Blank)> = Vec::new();
        for (index, _) in document.units.iter().enumerate().filter(|(_, unit)| !unit.damaged) {
            let unit = UnitView { localized, index };
            places.extend(blanks(unit, pattern).into_iter().map(|blank| (unit, blank)));
        }
        report(&places, sink);
    }
}

/// A blank too many, and what it stands in, in bytes of the target.
struct Blank {
    range: Range<usize>,
    around: Range<usize>,
}

fn blanks(unit: UnitView<'_>, pattern: Option<&Regex>) -> Vec<Blank> {
    let (source, target) = (unit.source(), unit.target());
    let quoted = unit.target_print().has(b'\'')
        && target.contains("' ")
        && source.contains(['\'', '‘'])
        && !QUOTED.is_match(source);
    let patterns = [pattern, quoted.then_some(&*QUOTED)];
    if !unit.target_print().has(b' ') || patterns.iter().all(Option::is_none) {
        return Vec::new();
    }
    let masked = unit.masked_target();
    let mut places = Vec::new();
    for pattern in patterns.into_iter().flatten() {
        for found in pattern.captures_iter(masked) {
            let whole = found.get(0).map_or(0..0, |whole| whole.range());
            let blanks = found.iter().skip(1).flatten();
            places.extend(blanks.map(|blank| Blank { range: blank.range(), around: whole.clone() }));
        }
    }
    places
}

fn report(places: &[(UnitView<'_>, Blank)], sink: &mut Sink<'_>) {
    let Some((unit, Blank { range, around })) = places.first() else { return };
    let more = match places.len() {
        1 => String::new(),
        n => format!(", and {}", words::count(n - 1, "more place")),
    };
    let at = unit.in_target(range.start, range.len());
    let around = quote(&unit.target()[around.clone()]);
    let message = format!("a blank that does not belong in {around}{more}");
    let finding = sink.report_unit(*unit, at, message);
    finding.identity("blank").help("remove the blank").fix(Applicability::Safe, "remove the blank", at, "");
    for (unit, Blank { range, .. }) in &places[1..] {
        let span = unit.in_target(range.start, range.len());
        let place = Place { document: unit.localized.id, span };
        finding.related(Role::Place, "here too", place, Some(unit.unit().target.id));
        if let Some(fix) = &mut finding.fix {
            fix.edits.push(crate::Edit { span, replacement: String::new() });
        }
    }
}
