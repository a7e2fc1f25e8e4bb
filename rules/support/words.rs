//! How messages put things: quotation and lists, in one house style.

use bitext::{Document, Locale, Span};

/// Longest quotation in a message, in characters.
const QUOTE_LIMIT: usize = 60;

/// Longest quotation in a label that stands beside the text itself, in characters.
const SHORT_LIMIT: usize = 24;

/// `text` in double quotes, on one line, cut to a readable length.
pub(crate) fn quote(text: &str) -> String {
    quote_within(text, QUOTE_LIMIT)
}

/// The same, just long enough to tell which text is meant.
pub(crate) fn quote_short(text: &str) -> String {
    quote_within(text, SHORT_LIMIT)
}

fn quote_within(text: &str, limit: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(limit) {
        Some((end, _)) => format!("\"{}…\"", line[..end].trim_end()),
        None => format!("\"{line}\""),
    }
}

/// `text` in double quotes, on one line, cut to a readable length round the byte `at`.
pub(crate) fn quote_near(text: &str, at: usize) -> String {
    /// Characters before `at` that are shown.
    const LEAD: usize = 24;
    if text.chars().nth(QUOTE_LIMIT).is_none() {
        return quote(text);
    }
    let lead = text[..at.min(text.len())].char_indices().rev().nth(LEAD);
    let from =
        lead.map_or(0, |(from, _)| text[from..].find(char::is_whitespace).map_or(from, |blank| from + blank));
    let quoted = quote(&text[from..]);
    if from == 0 { quoted } else { quoted.replacen('"', "\"…", 1) }
}

/// Two places that differ, each widened to whole words, but by no more than the other: so a link target that the
/// text of a pair goes before is quoted alike on both sides. Where words are missing, the other side stays empty.
pub(crate) fn whole_both(own: (&Document, Span), other: (&Document, Span)) -> (Span, Span) {
    let (wide, wide_other) = (whole(own.0, own.1), whole(other.0, other.1));
    // Whole words that only one side has.
    if (own.1.is_empty() && wide_other == other.1) || (other.1.is_empty() && wide == own.1) {
        return (own.1, other.1);
    }
    let lead = (own.1.start - wide.start).min(other.1.start - wide_other.start);
    let tail = (wide.end - own.1.end).min(wide_other.end - other.1.end);
    let narrow = |(document, span): (&Document, Span)| {
        let text = document.file.text();
        let start = (span.start - lead..=span.start).find(|at| text.is_char_boundary(*at as usize));
        let end = (span.end..=span.end + tail).rev().find(|at| text.is_char_boundary(*at as usize));
        Span { start: start.unwrap_or(span.start), end: end.unwrap_or(span.end) }
    };
    (narrow(own), narrow(other))
}

/// `span` widened to whole words, but not beyond the side of a pair or the line that it is on.
pub(crate) fn whole(document: &Document, span: Span) -> Span {
    let text = document.file.text();
    let side = document.unit_at(span.start as usize).map(|unit| unit.source.text);
    let side = side.filter(|side| side.start <= span.start && span.end <= side.end);
    let line_start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[span.end as usize..].find('\n').map_or(text.len(), |at| span.end as usize + at);
    // Outside the pairs, the markup of the next pair is not a part of the word.
    let pairs = &document.units;
    let after = pairs.partition_point(|unit| unit.span.start < span.end);
    let before = pairs.partition_point(|unit| unit.span.end <= span.start).checked_sub(1);
    let (from, to) = match side {
        Some(side) => (side.start as usize, side.end as usize),
        None => (
            before.map_or(line_start, |at| line_start.max(pairs[at].span.end as usize)),
            pairs.get(after).map_or(line_end, |unit| line_end.min(unit.span.start as usize)),
        ),
    };
    let (from, to) = (from.min(span.start as usize), to.max(span.end as usize));
    let start = text[from..span.start as usize].rfind(char::is_whitespace).map_or(from, |at| from + at + 1);
    let start = (start..=span.start as usize).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let end = text[span.end as usize..to].find(char::is_whitespace).map_or(to, |at| span.end as usize + at);
    Span::new(start, end)
}

/// `a`, `a and b`, `a, b and c`; after four, the rest is counted.
pub(crate) fn list(items: &[String]) -> String {
    const SHOWN: usize = 4;
    match items {
        [] => String::new(),
        [one] => one.clone(),
        _ if items.len() > SHOWN + 1 => {
            format!("{} and {} more", items[..SHOWN].join(", "), items.len() - SHOWN)
        }
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Locales as a list.
pub(crate) fn locales<'a>(locales: impl IntoIterator<Item = &'a Locale>) -> String {
    list(&locales.into_iter().map(|locale| locale.as_str().to_string()).collect::<Vec<_>>())
}

/// `1 unit`, `2 units`.
pub(crate) fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// The first eight digits of a hash, as git shows it.
pub(crate) fn short(hash: &str) -> &str {
    hash.get(..8).unwrap_or(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_quotations() {
        let items: Vec<String> = ["a", "b", "c", "d", "e", "f"].map(String::from).to_vec();
        assert_eq!(list(&items[..1]), "a");
        assert_eq!(list(&items[..2]), "a and b");
        assert_eq!(list(&items[..5]), "a, b, c, d and e");
        assert_eq!(list(&items), "a, b, c, d and 2 more");
        assert_eq!(quote("two\n lines"), "\"two lines\"");
        let long = "The server keeps a copy of every package, and it never deletes one that is in use.";
        assert_eq!(
            quote_near(long, long.find("never").unwrap()),
            "\"… of every package, and it never deletes one that is in use.\""
        );
        assert_eq!(quote_near(long, 4), quote(long));
        assert_eq!(quote(&"ž".repeat(70)), format!("\"{}…\"", "ž".repeat(60)));
    }
}
