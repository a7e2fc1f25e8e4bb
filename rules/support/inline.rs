//! The inline Markdown of one side of a unit.

use std::ops::Range;

pub(crate) use bitext::{MASK, masked};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// Inline code.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Code {
    /// Delimiters included, in bytes.
    pub(crate) range: Range<usize>,
    /// What stands between the delimiters.
    pub(crate) content: String,
}

/// A link with a text and a target.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// From the opening bracket to the closing parenthesis, in bytes.
    pub(crate) range: Range<usize>,
    /// The text between the brackets, in bytes; empty at the closing bracket if there is none.
    pub(crate) text: Range<usize>,
    /// Where the link leads.
    pub(crate) url: String,
}

/// The inline code of `text`, in order.
pub(crate) fn code(text: &str) -> Vec<Code> {
    if !text.contains('`') {
        return Vec::new();
    }
    let code = |(event, range)| match event {
        Event::Code(content) => Some(Code { range, content: content.into_string() }),
        _ => None,
    };
    events(text).filter_map(code).collect()
}

/// The links of `text`, in order; images and autolinks are none.
pub(crate) fn links(text: &str) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    if !text.contains("](") {
        return links;
    }
    let mut open: Option<Link> = None;
    for (event, range) in events(text) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                let at = range.start + 1;
                open = text[range.clone()].starts_with('[').then(|| Link {
                    range,
                    text: at..at,
                    url: dest_url.into_string(),
                });
            }
            Event::End(TagEnd::Link) => links.extend(open.take()),
            _ => {
                if let Some(link) = &mut open {
                    link.text.end = range.end;
                }
            }
        }
    }
    links
}

/// The texts of what may be links of `text`, told by a scan and no parse: nested brackets are cut short.
pub(crate) fn link_texts(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("](").map(|(end, _)| {
        let start = text[..end].rfind('[').map_or(0, |open| open + 1);
        &text[start..end]
    })
}

/// What of `text` is not prose: code, the targets of links, raw HTML; in bytes.
pub(crate) fn opaque(text: &str) -> Vec<Range<usize>> {
    let mut opaque: Vec<Range<usize>> =
        links(text).into_iter().map(|link| link.text.end..link.range.end).collect();
    if text.contains(['`', '<']) {
        let hidden =
            |event: &Event<'_>| matches!(event, Event::Code(_) | Event::InlineHtml(_) | Event::Html(_));
        opaque.extend(events(text).filter(|(event, _)| hidden(event)).map(|(_, range)| range));
    }
    opaque
}

/// The bold runs of `text`, with their asterisks.
pub(crate) fn bold(text: &str) -> Vec<Range<usize>> {
    if !text.contains("**") {
        return Vec::new();
    }
    let bold = |(event, range)| matches!(event, Event::Start(Tag::Strong)).then_some(range);
    events(text).filter_map(bold).collect()
}

/// A unit is a piece of a block, so what looks like the start of one (`1.`, `#`, `<p>`) is text: something
/// else stands before it while it is parsed.
const BEFORE: &str = ". ";

fn events(text: &str) -> impl Iterator<Item = (Event<'static>, Range<usize>)> {
    let padded = format!("{BEFORE}{text}");
    let shifted = |range: Range<usize>| {
        range.start.saturating_sub(BEFORE.len())..range.end.saturating_sub(BEFORE.len())
    };
    let events: Vec<_> = Parser::new(&padded)
        .into_offset_iter()
        .map(|(event, range)| (event.into_static(), shifted(range)))
        .collect();
    events.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_links_have_their_ranges() {
        let text = "# Viz `harbor pack` a [poznámky](notes.md), [](empty.md).";
        let code: Vec<_> =
            code(text).into_iter().map(|code| (text[code.range].to_string(), code.content)).collect();
        assert_eq!(code, [("`harbor pack`".to_string(), "harbor pack".to_string())]);
        let links: Vec<_> = links(text)
            .into_iter()
            .map(|link| (text[link.range].to_string(), text[link.text].to_string(), link.url))
            .collect();
        let link =
            |range: &str, text: &str, url: &str| (range.to_string(), text.to_string(), url.to_string());
        assert_eq!(
            links,
            [link("[poznámky](notes.md)", "poznámky", "notes.md"), link("[](empty.md)", "", "empty.md")]
        );
    }

    #[test]
    fn what_looks_like_a_block_is_text() {
        for text in ["    `a`", "1. `a`", "<p>`a`</p>", "```a``` `a`"] {
            assert!(code(text).iter().any(|code| code.content == "a"), "{text:?}");
        }
    }
}
