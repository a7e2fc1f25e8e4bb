use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::prelude::*;
use crate::support::places::Places;
use crate::support::sources;
use crate::support::words::{common_start, quote_near};

/// Its page is `path.md`.
pub(crate) struct Path;

/// So many characters are more than a message shows.
const SHOWN: usize = 100;

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
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !unit.source_print().has(b'/') {
            return;
        }
        let paths = sources::of(unit).paths.get_or_init(|| paths(unit.masked_source()));
        let target = unit.target();
        if paths.is_empty() || unit.untouched() || target.trim().is_empty() {
            return;
        }
        let (places, lower) = (Places::of(target), LazyCell::new(|| Places::of(target.to_ascii_lowercase())));
        // What was found of each, and the word that was found last.
        let (mut seen, mut word) = (BTreeMap::new(), 0..0);
        for range in paths {
            let path = &unit.masked_source()[range.clone()];
            let wanted = path.trim_end_matches('.');
            if places.has(wanted) {
                continue;
            }
            // The segment that it starts with, in any case, shows where it is.
            let first = first_segment(wanted).to_ascii_lowercase();
            let find = |first: &String| lower.all(first).next().filter(|_| first.len() > 2);
            let found = *seen.entry(first).or_insert_with_key(find);
            let (at, message) = match found {
                Some(at) => {
                    if !word.contains(&at) {
                        let len = target[at..].find(char::is_whitespace).unwrap_or(target.len() - at);
                        word = at..at + len;
                    }
                    let len = word.end - at;
                    // What closes the sentence, bold or a bracket is no part of it.
                    let here =
                        target[at..at + len].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '}');
                    let differ = common_start(wanted, here);
                    // No more of a word is shown, which can be as long as the target.
                    let near = words::first_chars(here, differ + SHOWN);
                    let (path, now) = (quote_near(wanted, differ), quote_near(near, differ));
                    (unit.in_target(at, here.len()), format!("the path {path} is {now} here"))
                }
                None => (unit.unit().target.text, format!("the path {} is missing", quote(wanted))),
            };
            sink.report_unit(unit, at, message)
                .identity(path)
                .keeps(path)
                .source_part(unit.in_source(range.start, range.len()))
                .help("keep paths and their placeholders as the source has them");
        }
    }
}

/// The paths of a masked text that start a word.
pub(crate) fn paths(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Two segments at least.
    if memchr::memchr_iter(b'/', text.as_bytes()).nth(1).is_some() {
        candidates(text, |path| {
            let starts = text[..path.start]
                .chars()
                .next_back()
                .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, ':' | '/' | '`' | ')' | '*' | '\u{1}'));
            let mut parts = text[path.clone()].split('/');
            let literal = parts.clone().any(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()));
            if starts && literal && parts.nth(2).is_some() {
                found.push(path);
            }
        });
    }
    found
}

/// Segments and placeholders with slashes between, two at least, from a slash or with a placeholder, and what is asked.
fn candidates(text: &str, mut each: impl FnMut(Range<usize>)) {
    let bytes = text.as_bytes();
    // No brace that opens in there is closed.
    let mut hopeless = 0..0;
    let mut at = 0;
    while let Some(start) = memchr::memchr2(b'/', b'{', &bytes[at..]).map(|next| at + next) {
        let (mut end, mut parts) = (start, 0);
        while let Some(next) = part(text, end, &mut hopeless) {
            (end, parts) = (next, parts + 1);
        }
        at = start + 1;
        if parts > 1 {
            let is_asked = |byte: &&u8| is_name(**byte) || matches!(byte, b'=' | b'&' | b'{' | b'}');
            let asked = bytes[end..].iter().skip(1).take_while(is_asked).count();
            if bytes.get(end) == Some(&b'?') && asked > 0 {
                end += 1 + asked;
            }
            each(start..end);
            at = end;
        }
    }
}

/// Where the segment or placeholder ends that starts at `at`.
fn part(text: &str, at: usize, hopeless: &mut Range<usize>) -> Option<usize> {
    let bytes = text.as_bytes();
    let open = match bytes.get(at)? {
        b'/' => at + 1,
        b'{' => at,
        _ => return None,
    };
    if bytes.get(open) != Some(&b'{') {
        let len = bytes[open..].iter().take_while(|byte| is_name(**byte)).count();
        return (len > 0).then_some(open + len);
    }
    if hopeless.contains(&open) {
        return None;
    }
    let inner = &text[open + 1..];
    let len = inner.find(|c: char| c == '}' || c.is_whitespace()).unwrap_or(inner.len());
    if !inner[len..].starts_with('}') {
        *hopeless = open..open + 1 + len;
        return None;
    }
    (len > 0).then_some(open + 1 + len + 1)
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-')
}

fn first_segment(path: &str) -> &str {
    let end = path[1..].find('/').map_or(path.len(), |at| at + 1);
    &path[..end]
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn the_scanner_finds_what_the_pattern_says() {
        let pattern = r"(?:/[A-Za-z0-9_.\-]+|/\{[^}\s]+\}|\{[^}\s]+\}){2,}(?:\?[A-Za-z0-9_.\-=&{}]+)?";
        let pattern = Regex::new(pattern).unwrap();
        words::each_random_text("aé/{}?=. /{}", |text| {
            let mut found = Vec::new();
            candidates(text, |path| found.push(path));
            words::assert_found_by(&pattern, text, &found);
        });
    }
}
