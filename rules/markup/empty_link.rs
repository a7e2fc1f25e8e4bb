use crate::prelude::*;
use crate::support::inline::{self, Link};

/// Its page is `empty_link.md`.
pub(crate) struct EmptyLink;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "markup/empty-link",
        include_str!("empty_link.md"),
        Severity::Error,
        Scope::Unit,
        "omission",
    )
}

impl UnitRule for EmptyLink {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !inline::may_link(unit.target_print()) {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        if !may_be_empty(target) {
            return;
        }
        let in_source = inline::links(source);
        let empty = |text: &str, link: &Link| text[link.text.clone()].trim().is_empty();
        for link in inline::links(target).iter().filter(|link| empty(target, link)) {
            let same = in_source.iter().find(|other| other.url == link.url);
            if same.is_some_and(|other| empty(source, other)) {
                continue;
            }
            let at = unit.in_target(link.range.start, link.range.len());
            let finding = sink.report_unit(unit, at, format!("the link to {} has no text", quote(&link.url)));
            match same {
                Some(other) => finding
                    .source_part(unit.in_source(other.text.start, other.text.len()))
                    .help(format!("link the words for {}", quote(&source[other.text.clone()]))),
                None => finding.help("link the words that the source links"),
            };
        }
    }
}

/// A scan for `[](` and `[ ](` that spares most targets the parser.
fn may_be_empty(target: &str) -> bool {
    let mut ends = memchr::memchr_iter(b']', target.as_bytes());
    ends.any(|at| target[at..].starts_with("](") && target[..at].trim_end().ends_with('['))
}
