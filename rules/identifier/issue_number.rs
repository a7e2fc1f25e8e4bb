use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;

/// Its page is `issue_number.md`.
pub(crate) struct IssueNumber;

static SPLIT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"#([ \u{a0}]+)([0-9]{2,})").expect("it is a pattern"));

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "identifier/issue-number",
            include_str!("issue_number.md"),
            Severity::Warning,
            Scope::Unit,
            "whitespace",
        )
    }
}

impl UnitRule for IssueNumber {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let source = unit.source();
        if !unit.target_print().has(b'#') {
            return;
        }
        let masked = unit.masked_target();
        let whole_number = |number: &str| {
            source
                .match_indices(number)
                .map(|(at, _)| at)
                .find(|at| !source[at + number.len()..].starts_with(|c: char| c.is_ascii_digit()))
        };
        for found in SPLIT.captures_iter(masked) {
            let (Some(whole), Some(blank)) = (found.get(0), found.get(1)) else { continue };
            let number = format!("#{}", &found[2]);
            if source.contains(whole.as_str()) {
                continue;
            }
            let Some(at) = whole_number(&number) else { continue };
            sink.report_unit(
                unit,
                unit.in_target(whole.start(), whole.len()),
                format!("issue number {} is written {}", quote(&number), quote(whole.as_str())),
            )
            .source_part(unit.in_source(at, number.len()))
            .help("remove the blank")
            .keeps(&number)
            .fix(
                Applicability::Safe,
                "remove the blank",
                unit.in_target(blank.start(), blank.len()),
                "",
            );
        }
    }
}
