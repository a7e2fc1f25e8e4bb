use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;
use crate::support::inline;

/// Its page is `link_syntax.md`.
pub(crate) struct LinkSyntax;

/// A blank where the parts of a link or an image must touch, and what is right.
static BROKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\]([ \u{a0}]+)\((?:https?:|\.{0,2}/|#|[\w\-./]+\.md)|!([ \u{a0}]+)\[[^\]]*\]\(")
        .expect("it is a pattern")
});

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "markup/link-syntax",
            include_str!("link_syntax.md"),
            Severity::Error,
            Scope::Unit,
            "markup",
        )
    }
}

impl UnitRule for LinkSyntax {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        if !target.contains(']') || BROKEN.is_match(source) {
            return;
        }
        let code = inline::code(target);
        for found in BROKEN.captures_iter(target) {
            let Some(blank) = (1..3).find_map(|group| found.get(group)) else { continue };
            // "Great! [Link](…)" ends a sentence before a link; only the source tells an image.
            if found.get(2).is_some() && target.matches("![").count() >= source.matches("![").count() {
                continue;
            }
            if code.iter().any(|code| code.range.contains(&blank.start())) {
                continue;
            }
            let start = target[..blank.start()].rfind(['[', '!']).unwrap_or(blank.start());
            let len = target[blank.end()..].find([')', ' ']).map_or(target.len(), |at| blank.end() + at + 1)
                - start;
            sink.report_unit(
                unit,
                unit.in_target(start, len),
                format!("a blank breaks the link {}", quote(&target[start..start + len])),
            )
            .help("remove the blank: the parts of a link must touch")
            .fix(
                Applicability::Safe,
                "remove the blank",
                unit.in_target(blank.start(), blank.len()),
                "",
            );
        }
    }
}
