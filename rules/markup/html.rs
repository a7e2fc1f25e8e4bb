use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::prelude::*;
use crate::support::{inline, script};

/// Its page is `html.md`.
pub(crate) struct Html;

/// The elements that documents use.
const ELEMENTS: [&str; 40] = [
    "a", "b", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "i", "img", "ins", "kbd", "li", "ol", "p", "pre", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
];

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        ..RuleInfo::new("markup/html", include_str!("html.md"), Severity::Warning, Scope::Unit, "markup")
    }
}

impl UnitRule for Html {
    #[inline]
    fn concerns(&self, _: &Localized, bytes: &Bytes) -> bool {
        bytes.source.has(b'<') || bytes.target.has(b'<')
    }

    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.source_print().has(b'<') && !unit.target_print().has(b'<') {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        if target.trim().is_empty() {
            return;
        }
        let (mut own, mut wanted) = (tags(target), tags(source));
        // Names of the interface get brackets instead of bold in Chinese, Japanese and Korean.
        if script::is_spaceless(unit.locale()) {
            let paired = own.clone();
            let count = |tag: String| paired.get(&tag).copied().unwrap_or(0);
            let is_emphasis = |tag: &str| {
                let name = tag.trim_matches(['<', '>', '/']);
                // Half of a pair is a fault in any language.
                let whole = count(format!("<{name}>")) == count(format!("</{name}>"));
                ["strong", "b", "em", "i"].contains(&name) && whole
            };
            own.retain(|tag, _| !is_emphasis(tag));
            wanted.retain(|tag, _| !is_emphasis(tag));
        }
        // Ordinals have no raised letters elsewhere, and Markdown has its own bold.
        let ordinal = ["st</sup>", "nd</sup>", "rd</sup>", "th</sup>"].iter().any(|end| source.contains(end));
        let markdown = target.matches('*').count() > source.matches('*').count();
        // Raised and lowered digits have signs of their own.
        let raised = target.contains(|c| "¹²³⁰⁴⁵⁶⁷⁸⁹⁺⁻ⁱⁿ".contains(c));
        let lowered = target.contains(|c| "₀₁₂₃₄₅₆₇₈₉₊₋".contains(c));
        let excused = |tag: &str| {
            let name = tag.trim_matches(['<', '>', '/']);
            ((ordinal || raised) && name == "sup")
                || (lowered && name == "sub")
                || (markdown && ["strong", "b", "em", "i"].contains(&name))
        };
        own.retain(|tag, _| !excused(tag));
        wanted.retain(|tag, _| !excused(tag));
        if own == wanted {
            if let Some(range) = misplaced_end(target).filter(|_| misplaced_end(source).is_none()) {
                let message = format!("{} stands before the tag that it ends", quote(&target[range.clone()]));
                sink.report_unit(unit, unit.in_target(range.start, range.len()), message)
                    .help("put the tags round the words that they are for");
            }
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
    let mut tags = BTreeMap::new();
    for (_, end, name) in each(text) {
        *tags.entry(format!("<{}{name}>", if end { "/" } else { "" })).or_insert(0) += 1;
    }
    tags
}

/// The tags of a text, code apart: place, whether it is an end tag, name.
fn each(text: &str) -> Vec<(Range<usize>, bool, String)> {
    let code = LazyCell::new(|| inline::code(text));
    let mut tags = Vec::new();
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        let Some((len, end, name)) = tag(&text[at..]) else { continue };
        let in_code = || inline::is_in_code(&code, at);
        if !text[..at].ends_with('\\') && !in_code() {
            tags.push((at..at + len, end, name));
        }
    }
    tags
}

/// The tag of an element at the start of a text: its length, whether it is an end tag, its name.
fn tag(text: &str) -> Option<(usize, bool, String)> {
    let inner = text.strip_prefix('<')?;
    let (end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let (name, rest) = inner.split_at(inner.find(|c: char| !c.is_ascii_alphanumeric())?);
    let is_plain = rest.starts_with('>') || rest.starts_with("/>") || rest.starts_with(char::is_whitespace);
    let close = rest.find(['<', '>']).filter(|close| is_plain && rest[*close..].starts_with('>'))?;
    let name = Some(name.to_lowercase()).filter(|name| ELEMENTS.contains(&name.as_str()))?;
    Some((text.len() - rest.len() + close + 1, end, name))
}

/// The first end tag whose start stands after it.
fn misplaced_end(text: &str) -> Option<Range<usize>> {
    let tags = each(text);
    // How many of each name are open, and where the last of each starts.
    let (mut open, mut last): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = Default::default();
    last.extend(tags.iter().filter(|(_, end, _)| !end).map(|(range, _, name)| (&**name, range.start)));
    for (range, end, name) in &tags {
        let open = open.entry(name).or_default();
        if !end {
            *open += 1;
        } else if *open > 0 {
            *open -= 1;
        } else if last.get(&**name).is_some_and(|start| *start > range.start) {
            return Some(range.clone());
        }
    }
    None
}
