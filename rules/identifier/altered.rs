use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;
use crate::support::inline;

/// Its page is `altered.md`.
pub(crate) struct Altered;

/// Names with a sign inside: cmdlets (`Get-Item`), variables and columns (`first_name`).
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b[A-Z][a-z]+-[A-Z][A-Za-z]{2,}\b|\b[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+\b")
        .expect("it is a pattern")
});

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "identifier/altered",
            include_str!("altered.md"),
            Severity::Warning,
            Scope::Unit,
            "do-not-translate",
        )
    }
}

impl UnitRule for Altered {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        if !source.contains(['-', '_']) || source == target || target.trim().is_empty() {
            return;
        }
        let masked = inline::masked(source);
        let lower = target.to_lowercase();
        let mut seen: Vec<&str> = Vec::new();
        for name in NAME.find_iter(&masked) {
            if seen.contains(&name.as_str()) {
                continue;
            }
            seen.push(name.as_str());
            if lower.contains(&name.as_str().to_lowercase()) {
                continue;
            }
            let Some(range) = split(target, name.as_str()) else { continue };
            let at = unit.in_target(range.start, range.len());
            sink.report_unit(
                unit,
                at,
                format!("{} is split into {}", quote(name.as_str()), quote(&target[range])),
            )
            .source_part(unit.in_source(name.start(), name.len()))
            .help("close the gap")
            .fix(Applicability::Safe, "close the gap", at, name.as_str());
        }
    }
}

/// Where the name stands with blanks round its signs, or with an escape.
fn split(target: &str, name: &str) -> Option<std::ops::Range<usize>> {
    let pattern = regex::escape(name)
        .replace(r"\-", "-")
        .replace('-', r"[ \u{a0}]?[-‑–][ \u{a0}]?")
        .replace('_', r"[ \u{a0}]?\\?_[ \u{a0}]?");
    let found = Regex::new(&format!("(?i){pattern}")).ok()?.find(target)?;
    found.as_str().contains([' ', '\u{a0}']).then(|| found.range())
}
