use bitext::{Document, Localized, Span, Unit};

use crate::prelude::*;

/// Its page is `marker_glued.md`.
pub(crate) struct MarkerGlued;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "markup/marker-glued",
            include_str!("marker_glued.md"),
            Severity::Error,
            Scope::Document,
            "markup",
        )
    }
}

impl DocumentRule for MarkerGlued {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        for unit in document.units.iter().filter(|unit| !unit.damaged) {
            let Some(marker) = marker(document, unit) else { continue };
            let sign = document.slice(marker);
            let what = if sign.starts_with('#') { "heading" } else { "list item" };
            if document.code_at(marker.start as usize).is_some() {
                continue;
            }
            let message = format!("the marker {} of a {what} is glued to its text", quote(sign));
            sink.report(localized, marker, message)
                .unit(unit.target.id)
                .help(format!("the line is no {what} without a blank behind the marker: put one there"))
                .fix(
                    Applicability::Safe,
                    "put a blank behind the marker",
                    Span::at(marker.end as usize),
                    " ",
                );
        }
    }
}

/// So many bytes of a line are no longer a marker and an anchor: a line can be as long as the document.
const LONGEST: usize = 512;

/// The marker of the line that begins with a unit, perhaps behind an anchor, if it touches what follows.
fn marker(document: &Document, unit: &Unit) -> Option<Span> {
    let text = document.file.text();
    let before = &text[document.body()..unit.span.start as usize];
    // Of nearly all units a blank, a line end or the end of another one.
    if !before.ends_with(['#', '-', '+', '.', ')']) && !before.ends_with("</a>") {
        return None;
    }
    let near = before.len().saturating_sub(LONGEST);
    let line_end = memchr::memrchr2(b'\n', b'\r', &before.as_bytes()[near..]);
    let line = match line_end {
        Some(end) => &before[near + end + 1..],
        None if near == 0 => before,
        None => return None,
    };
    let end = if let Some((marker, anchor)) = line.split_once("<a ") {
        let is_anchor = anchor.ends_with("></a>") && !anchor.contains("<a ");
        if !is_anchor {
            return None;
        }
        marker
    } else {
        line
    };
    let own = end.trim_start_matches([' ', '\t', '>']);
    let start = unit.span.start as usize - line.len() + end.len() - own.len();
    is_marker(own).then(|| Span::new(start, start + own.len()))
}

/// Whether it begins a heading or an item of a list, with a blank behind it. An asterisk may begin bold.
fn is_marker(sign: &str) -> bool {
    const DEEPEST: usize = 6;
    /// More digits begin no list (CommonMark 0.31.2, 5.2).
    const MOST_DIGITS: usize = 9;
    let is_number = |sign: &str| {
        (1..=MOST_DIGITS).contains(&sign.len()) && sign.bytes().all(|byte| byte.is_ascii_digit())
    };
    match sign.as_bytes() {
        [b'-' | b'+'] => true,
        [b'#', ..] => sign.len() <= DEEPEST && sign.bytes().all(|byte| byte == b'#'),
        [digits @ .., b'.' | b')'] => is_number(&sign[..digits.len()]),
        _ => false,
    }
}
