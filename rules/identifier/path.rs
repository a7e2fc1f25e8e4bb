use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;

/// Its page is `path.md`.
pub(crate) struct Path;

/// A path of an interface: segments and placeholders with slashes between, from a slash or with a placeholder.
static PATH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:/[A-Za-z0-9_.\-]+|/\{[^}\s]+\}|\{[^}\s]+\}){2,}(?:\?[A-Za-z0-9_.\-=&{}]+)?")
        .expect("it is a pattern")
});

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "identifier/path",
            include_str!("path.md"),
            Severity::Error,
            Scope::Unit,
            "do-not-translate",
        )
    }
}

impl UnitRule for Path {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let target = unit.target();
        if !unit.source_print().has(b'/') || unit.untouched() || target.trim().is_empty() {
            return;
        }
        let masked = unit.masked_source();
        for path in paths(masked).filter(|path| !target.contains(path.as_str())) {
            let wanted = path.as_str().trim_end_matches('.');
            if target.contains(wanted) {
                continue;
            }
            // The segment that it starts with, in any case, shows where it is.
            let (lower, first) = (target.to_ascii_lowercase(), first_segment(wanted).to_ascii_lowercase());
            let found = lower.find(&first).filter(|_| first.len() > 2);
            let (at, message) = match found {
                Some(at) => {
                    let len = target[at..].find(char::is_whitespace).unwrap_or(target.len() - at);
                    let here = quote(&target[at..at + len]);
                    (unit.in_target(at, len), format!("the path {} is {here} here", quote(wanted)))
                }
                None => (unit.unit().target.text, format!("the path {} is missing", quote(wanted))),
            };
            sink.report_unit(unit, at, message)
                .identity(path.as_str())
                .keeps(path.as_str())
                .source_part(unit.in_source(path.start(), path.len()))
                .help("keep paths and their placeholders as the source has them");
        }
    }
}

/// The paths of a text that start a word.
pub(crate) fn paths(text: &str) -> impl Iterator<Item = regex::Match<'_>> {
    PATH.find_iter(text).filter(|path| {
        let starts = text[..path.start()]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, ':' | '/' | '`' | ')' | '*' | '\u{1}'));
        let literal =
            path.as_str().split('/').any(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()));
        let segments = path.as_str().matches('/').count();
        starts && literal && segments >= 2
    })
}

fn first_segment(path: &str) -> &str {
    let end = path[1..].find('/').map_or(path.len(), |at| at + 1);
    &path[..end]
}
