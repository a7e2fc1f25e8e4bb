use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;
use crate::support::{inline, locale_data};

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
            Scope::Unit,
            "whitespace",
        )
    }
}

impl UnitRule for Spacing {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        let pattern = match unit.locale().language() {
            "zh" | "ja" => Some(&*FULL_WIDTH),
            _ => locale_data::of(unit.locale()).elision.as_ref(),
        };
        let quoted = target.contains("' ") && source.contains(['\'', '‘']) && !QUOTED.is_match(source);
        let patterns = [pattern, quoted.then_some(&*QUOTED)];
        if patterns.iter().all(Option::is_none) {
            return;
        }
        let masked = inline::masked(target);
        let mut places = Vec::new();
        for pattern in patterns.into_iter().flatten() {
            for found in pattern.captures_iter(&masked) {
                let whole = found.get(0).map_or(0..0, |whole| whole.range());
                let blanks = found.iter().skip(1).flatten();
                places.extend(blanks.map(|blank| (whole.clone(), blank.range())));
            }
        }
        let Some((whole, blank)) = places.first() else { return };
        let around = &target[whole.start..whole.end];
        let more = match places.len() {
            1 => String::new(),
            n => format!(", and {}", words::count(n - 1, "more place")),
        };
        let at = unit.in_target(blank.start, blank.len());
        let finding =
            sink.report_unit(unit, at, format!("a blank that does not belong in {}{more}", quote(around)));
        finding.identity("blank").help("remove the blank").fix(
            Applicability::Safe,
            "remove the blank",
            at,
            "",
        );
        for (_, blank) in &places[1..] {
            let span = unit.in_target(blank.start, blank.len());
            let place = Place { document: unit.localized.id, span };
            finding.related(Role::Place, "here too", place, Some(unit.unit().target.id));
            if let Some(fix) = &mut finding.fix {
                fix.edits.push(crate::Edit { span, replacement: String::new() });
            }
        }
    }
}
