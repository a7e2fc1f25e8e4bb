use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::prelude::*;
use crate::support::{inline, letters};

/// Its page is `link_syntax.md`.
pub(crate) struct LinkSyntax;

/// Brackets and parentheses of any width round a text and an address.
static ANY_WIDTH: LazyLock<Regex> = LazyLock::new(|| {
    let blank = r"[ \u{a0}\u{3000}]*";
    let pattern =
        format!(r"([\[［【])([^\[\]［］【】\n]+)([\]］】]){blank}([(（]){blank}([^()（）\s]+){blank}([)）])");
    Regex::new(&pattern).expect("it is a pattern")
});

/// No link that is broken is longer, in characters.
const LONGEST: usize = 1_024;

/// The first bytes of full-width brackets.
const WIDE: ByteSet = ByteSet::of(&[0xe3, 0xef]);

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
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let print = unit.target_print();
        if !print.has(b']') && !print.has_any(WIDE) {
            return;
        }
        let (source, target) = (unit.source(), unit.target());
        let has_bracket = print.has(b']') || has_wide_bracket(target);
        if !has_bracket {
            return;
        }
        let code = LazyCell::new(|| inline::code(target));
        let in_code = |at: usize| inline::is_in_code(&code, at);
        let wide = full_width(unit, &in_code, sink);
        let mut gaps = gaps(target).peekable();
        if gaps.peek().is_none() || self::gaps(source).next().is_some() {
            return;
        }
        let images = |text: &str| text.matches("![").count();
        let has_images = LazyCell::new(|| images(target) >= images(source));
        // Where the last sign before the gap stands that opens something, and the next one after it that closes it.
        let (mut passed, mut open, mut close) = (0, None, 0);
        for Gap { blank, of_image } in gaps {
            open = target[passed..blank.start].rfind(['[', '!']).map(|at| passed + at).or(open);
            passed = blank.start;
            // "Great! [Link](…)" ends a sentence before a link; only the source tells an image.
            if of_image && *has_images {
                continue;
            }
            let next = wide.partition_point(|range| range.end <= blank.start);
            if in_code(blank.start) || wide.get(next).is_some_and(|range| range.start <= blank.start) {
                continue;
            }
            if close <= blank.end {
                let next = target[blank.end..].find([')', ' ']);
                close = next.map_or(target.len(), |at| blank.end + at + 1);
            }
            let start = open.unwrap_or(blank.start);
            let len = words::first_chars(&target[start..close], LONGEST).len();
            sink.report_unit(
                unit,
                unit.in_target(start, len),
                format!("a blank breaks the link {}", quote(&target[start..start + len])),
            )
            .help("remove the blank: the parts of a link must touch")
            .fix(
                Applicability::Safe,
                "remove the blank",
                unit.in_target(blank.start, blank.len()),
                "",
            );
        }
    }
}

/// Whether a full-width bracket closes something: by its last byte.
fn has_wide_bracket(text: &str) -> bool {
    const WIDE: [&[u8]; 2] = ["】".as_bytes(), "］".as_bytes()];
    let bytes = text.as_bytes();
    memchr::memchr2_iter(WIDE[0][2], WIDE[1][2], bytes)
        .any(|at| WIDE.iter().any(|bracket| bytes[..=at].ends_with(bracket)))
}

/// Blanks where the parts of a link or an image must touch.
struct Gap {
    blank: Range<usize>,
    of_image: bool,
}

/// The gaps of `] (address)` and `! [text](`, in order.
fn gaps(text: &str) -> impl Iterator<Item = Gap> {
    let bytes = text.as_bytes();
    let mut from = 0;
    // Where the next bracket closes, as far as that was looked for.
    let mut close = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + memchr::memchr2(b']', b'!', &bytes[from..])?;
            from = at + 1;
            if !matches!(bytes.get(from), Some(b' ' | 0xc2)) {
                continue;
            }
            let after = text[from..].trim_start_matches([' ', '\u{a0}']);
            let blank = from..text.len() - after.len();
            let of_image = bytes[at] == b'!';
            let end = if of_image {
                image_start(text, blank.end, &mut close)
            } else {
                starts_address(after).then_some(0)
            };
            if let Some(len) = end.filter(|_| !blank.is_empty()) {
                from = blank.end + len;
                return Some(Gap { blank, of_image });
            }
        }
    })
}

/// The length of `[text](` at a place; `close` is where the next bracket closes after an earlier one.
fn image_start(text: &str, at: usize, close: &mut usize) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.get(at) != Some(&b'[') {
        return None;
    }
    if *close <= at {
        *close = memchr::memchr(b']', &bytes[at..]).map_or(bytes.len(), |len| at + len);
    }
    bytes[*close..].starts_with(b"](").then(|| *close + "](".len() - at)
}

/// Whether a text starts with the parenthesis of a link and what only an address starts with.
fn starts_address(text: &str) -> bool {
    let Some(address) = text.strip_prefix('(') else { return false };
    let starts = ["http:", "https:", "/", "./", "../", "#"].iter().any(|start| address.starts_with(start));
    let is_part = |c: char| letters::is_word(c) || matches!(c, '-' | '.' | '/');
    let end = address.find(|c| !is_part(c)).unwrap_or(address.len());
    let first = address.chars().next().map_or(0, char::len_utf8);
    starts || address.get(first..end).is_some_and(|path| path.contains(".md"))
}

/// A scan for a full-width sign where a link of [`ANY_WIDTH`] has one.
fn may_be_wide(text: &str) -> bool {
    let wide = |(at, _): (usize, &str)| {
        let after = text[at + 1..].trim_start_matches([' ', '\u{a0}', '\u{3000}']);
        let next = after
            .strip_prefix('(')
            .map(|address| address.trim_start_matches(|c: char| !"()（）".contains(c)));
        after.starts_with('（') || next.is_some_and(|end| end.starts_with('）'))
    };
    text.contains(['［', '］', '【', '】']) || text.match_indices(']').any(wide)
}

/// Reports links of the source whose signs became those of Chinese, Japanese or Korean text; tells where they are.
fn full_width(unit: UnitView<'_>, in_code: &dyn Fn(usize) -> bool, sink: &mut Sink<'_>) -> Vec<Range<usize>> {
    let (source, target) = (unit.source(), unit.target());
    let mut reported = Vec::new();
    if !unit.target_print().has_any(WIDE) || !source.contains("](") || !may_be_wide(target) {
        return reported;
    }
    let links: BTreeSet<String> = inline::links(source).into_iter().map(|link| link.url).collect();
    for found in ANY_WIDTH.captures_iter(target) {
        let Some(whole) = found.get(0) else { continue };
        let signs: String = [1, 3, 4, 6].iter().map(|group| &found[*group]).collect();
        let (text, address) = (&found[2], &found[5]);
        if signs == "[]()" || in_code(whole.start()) || !links.contains(address) {
            continue;
        }
        let at = unit.in_target(whole.start(), whole.len());
        sink.report_unit(unit, at, format!("full-width signs break the link {}", quote(whole.as_str())))
            .identity(address)
            .help("write the link with [ ] and ( ), which nothing separates")
            .fix(Applicability::Safe, "write the signs of a link", at, &format!("[{text}]({address})"));
        reported.push(whole.range());
    }
    reported
}
