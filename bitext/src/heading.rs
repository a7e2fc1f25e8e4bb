use crate::{Anchor, Span, Unit};

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

/// The headings of `text` that hold one of `units`, which are the document's units in order.
pub(crate) fn find(text: &str, units: &[Unit], anchors: &[Anchor]) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let mut at = 0;
    while let Some(unit) = units.get(at) {
        let line = line(text, unit.span.start as usize);
        let on_line = units[at..].iter().take_while(|unit| unit.span.start < line.end).count();
        if let Some(hash) = hashes(text, line, unit.span.start as usize) {
            let marks = text[hash..].trim_start_matches('#');
            let start = text.len() - marks.trim_start_matches([' ', '\t']).len();
            let anchor = anchors.binary_search_by_key(&(start as u32), |anchor| anchor.span.start).ok();
            let start = anchor.map_or(start, |found| anchors[found].span.end as usize);
            headings.push(Heading {
                span: Span::new(hash, line.end as usize),
                text: Span::new(start, line.end as usize),
                anchor,
                units: at..at + on_line,
            });
        }
        at += on_line.max(1);
    }
    headings
}

fn line(text: &str, at: usize) -> Span {
    let bytes = text.as_bytes();
    let start = memchr::memrchr2(b'\n', b'\r', &bytes[..at]).map_or(0, |end| end + 1);
    let end = memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(text.len(), |len| at + len);
    Span::new(start, end)
}

/// Where the `#`s of a heading start, if the line is one: at its start, perhaps in a quote or a list item.
fn hashes(text: &str, line: Span, unit: usize) -> Option<usize> {
    let before = &text[line.start as usize..unit];
    let container = before.find('#')?;
    let prefix = &before[..container];
    let level = before[container..].bytes().take_while(|b| *b == b'#').count();
    let blank = before[container + level..].starts_with([' ', '\t']);
    let is_container = |c: char| " \t>*+-.)".contains(c) || c.is_ascii_digit();
    (prefix.chars().all(is_container) && level <= 6 && blank).then_some(line.start as usize + container)
}

/// The anchor of an English heading, as the publishing system makes it: without closing `#`s, links as their
/// text, `<a>` tags dropped, escapes undone, lower case, `*` and backticks dropped, blanks as hyphens; of
/// the rest only letters, digits, hyphens and underscores. Repeats get no number. (Holds for 102,811 of
/// 102,812 published headings.)
pub fn slug(heading: &str) -> String {
    let text = without_links(&without_anchor_tags(heading.trim()));
    let text = text.trim().trim_end_matches('#').trim();
    let mut slug = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            ' ' | '\u{a0}' | '\t' => slug.push('-'),
            c if c.is_alphanumeric() || c == '-' || c == '_' => slug.push(c),
            _ => {}
        }
    }
    slug
}

fn without_anchor_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
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
    out + rest
}

/// `[text](url)` as `text`.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let (Some(open), Some(close)) = (before.rfind('['), after.find(')')) else { break };
        out.push_str(&before[..open]);
        out.push_str(&before[open + 1..]);
        rest = &after[close + 1..];
    }
    out + rest
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
        }
    }
}
