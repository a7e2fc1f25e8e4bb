use std::cell::LazyCell;
use std::ops::Range;
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

/// Brackets and parentheses of any width round a text and an address.
static ANY_WIDTH: LazyLock<Regex> = LazyLock::new(|| {
    let blank = r"[ \u{a0}\u{3000}]*";
    let pattern =
        format!(r"([\[［【])([^\[\]［］【】\n]+)([\]］】]){blank}([(（]){blank}([^()（）\s]+){blank}([)）])");
    Regex::new(&pattern).expect("it is a pattern")
});

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
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        let print = unit.target_print();
        let has_bracket = print.has(b']') || print.has_any(WIDE) && target.contains(['］', '】']);
        if !has_bracket {
            return;
        }
        let code = LazyCell::new(|| inline::code(target));
        let in_code = |at: usize| code.iter().any(|code| code.range.contains(&at));
        let wide = full_width(unit, &in_code, sink);
        if !may_be_broken(target) || BROKEN.is_match(source) {
            return;
        }
        for found in BROKEN.captures_iter(target) {
            let Some(blank) = (1..3).find_map(|group| found.get(group)) else { continue };
            // "Great! [Link](…)" ends a sentence before a link; only the source tells an image.
            if found.get(2).is_some() && target.matches("![").count() >= source.matches("![").count() {
                continue;
            }
            if in_code(blank.start()) || wide.iter().any(|range| range.contains(&blank.start())) {
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

/// A scan for a blank where [`BROKEN`] has one.
fn may_be_broken(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b']', b'!', bytes).any(|at| matches!(bytes.get(at + 1), Some(b' ' | 0xc2)))
}

/// Reports links of the source whose signs became those of Chinese, Japanese or Korean text; tells where they are.
fn full_width(unit: UnitView<'_>, in_code: &dyn Fn(usize) -> bool, sink: &mut Sink<'_>) -> Vec<Range<usize>> {
    let (source, target) = (unit.source(), unit.target());
    let mut reported = Vec::new();
    if !unit.target_print().has_any(WIDE) || !target.contains(['［', '］', '【', '】', '（', '）']) {
        return reported;
    }
    let links = inline::links(source);
    for found in ANY_WIDTH.captures_iter(target) {
        let Some(whole) = found.get(0) else { continue };
        let signs: String = [1, 3, 4, 6].iter().map(|group| &found[*group]).collect();
        let (text, address) = (&found[2], &found[5]);
        if signs == "[]()" || in_code(whole.start()) || !links.iter().any(|link| link.url == address) {
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
