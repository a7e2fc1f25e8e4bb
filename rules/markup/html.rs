use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;
use crate::support::{inline, script};

/// Its page is `html.md`.
pub(crate) struct Html;

static TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)<(/?)(a|b|br|code|div|em|i|img|kbd|li|ol|p|pre|small|span|strong|sub|sup|table|td|th|tr|u|ul)(?:\s[^<>]*|/)?>").expect("it is a pattern")
});

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("markup/html", include_str!("html.md"), Severity::Warning, Scope::Unit, "markup")
}

impl UnitRule for Html {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        if (!source.contains('<') && !target.contains('<')) || target.trim().is_empty() {
            return;
        }
        let (mut own, mut wanted) = (tags(target), tags(source));
        // Names of the interface get brackets instead of bold in Chinese, Japanese and Korean.
        if script::is_spaceless(unit.locale()) {
            let is_emphasis =
                |tag: &str| ["strong", "b", "em", "i"].contains(&tag.trim_matches(['<', '>', '/']));
            own.retain(|tag, _| !is_emphasis(tag));
            wanted.retain(|tag, _| !is_emphasis(tag));
        }
        // Ordinals have no raised letters elsewhere, and Markdown has its own bold.
        let ordinal = ["st</sup>", "nd</sup>", "rd</sup>", "th</sup>"].iter().any(|end| source.contains(end));
        let markdown = target.matches('*').count() > source.matches('*').count();
        let excused = |tag: &str| {
            let name = tag.trim_matches(['<', '>', '/']);
            (ordinal && name == "sup") || (markdown && ["strong", "b", "em", "i"].contains(&name))
        };
        own.retain(|tag, _| !excused(tag));
        wanted.retain(|tag, _| !excused(tag));
        if own == wanted {
            return;
        }
        let count = |tags: &BTreeMap<String, usize>, tag: &String| tags.get(tag).copied().unwrap_or(0);
        let all: Vec<&String> = own.keys().chain(wanted.keys()).collect();
        let lost: Vec<String> =
            all.iter().filter(|tag| count(&own, tag) < count(&wanted, tag)).map(|tag| quote(tag)).collect();
        let added: Vec<String> =
            all.iter().filter(|tag| count(&own, tag) > count(&wanted, tag)).map(|tag| quote(tag)).collect();
        let mut parts = Vec::new();
        let mut add = |mut tags: Vec<String>, what: &str| {
            tags.dedup();
            if !tags.is_empty() {
                parts.push(format!("{} {what}", words::list(&tags)));
            }
        };
        add(lost, "lost");
        add(added, "not in the source");
        sink.report_unit(unit, unit.unit().target.text, format!("tags of HTML differ: {}", parts.join(", ")))
            .identity("tags")
            .help("keep the tags of the source, each with its end");
    }
}

/// How often each tag stands in a text, code apart.
fn tags(text: &str) -> BTreeMap<String, usize> {
    let code = inline::code(text);
    let mut tags = BTreeMap::new();
    for found in TAG.captures_iter(text) {
        let at = found.get(0).map_or(0, |whole| whole.start());
        if !text[..at].ends_with('\\') && !code.iter().any(|code| code.range.contains(&at)) {
            *tags.entry(format!("<{}{}>", &found[1], found[2].to_lowercase())).or_insert(0) += 1;
        }
    }
    tags
}
