use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::span::holding;
use crate::{Span, Unit};

/// The Markdown block that a unit stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Block {
    /// A heading and its level, 1 to 6.
    Heading(u8),
    /// An item of a list.
    ListItem,
    /// A cell of a table.
    TableCell,
    /// A `> [!NOTE]` block and its kin.
    Alert,
    /// Any other quote.
    Quote,
    /// A raw HTML block.
    Html,
    /// A code block.
    Code,
    /// A paragraph of its own.
    Paragraph,
}

/// The block of every unit, in the units' order. `body` is where the front matter ends, in bytes.
pub(crate) fn of_units(text: &str, body: usize, units: &[Unit]) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(units.len());
    for_each_leaf(text, body, |range, stack| {
        while let Some(unit) = units.get(blocks.len())
            && (unit.span.start as usize) < range.end as usize
        {
            let inside = unit.span.start >= range.start;
            blocks.push(if inside { innermost(stack) } else { Block::Paragraph });
        }
    });
    blocks.resize(units.len(), Block::Paragraph);
    blocks
}

/// What of a document readers do not see as text: fenced and indented code, inline code, HTML comments.
/// In order, without overlaps.
pub(crate) fn hidden(text: &str, body: usize) -> Vec<Span> {
    let code = code(text, body);
    let mut hidden = code.clone();
    for (at, _) in text[body..].match_indices("<!--").map(|(at, comment)| (at + body, comment)) {
        if holding(&code, at).is_none() {
            let len = text[at..].find("-->").unwrap_or(text.len() - at);
            hidden.push(Span::new(at, at + len));
        }
    }
    hidden.sort_unstable();
    let mut end = 0;
    hidden.retain(|span| {
        let apart = span.start >= end;
        end = end.max(span.end);
        apart
    });
    hidden
}

/// Fenced and indented code and inline code, in order.
pub(crate) fn code(text: &str, body: usize) -> Vec<Span> {
    events(text, body)
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))))
        .map(|(_, span)| span)
        .collect()
}

/// The events of the Markdown parser for `text` from byte `body` on, with their bytes in the text, in the
/// dialect of the documents: tables and alerts, nothing that rewrites text.
pub(crate) fn events(text: &str, body: usize) -> impl Iterator<Item = (Event<'_>, Span)> {
    let dialect = Options::ENABLE_TABLES | Options::ENABLE_GFM | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(&text[body..], dialect).into_offset_iter();
    events.map(move |(event, range)| (event, Span::new(body + range.start, body + range.end)))
}

fn for_each_leaf(text: &str, body: usize, mut leaf: impl FnMut(Span, &[Block])) {
    let mut stack: Vec<Block> = Vec::new();
    for (event, span) in events(text, body) {
        match event {
            Event::Start(tag) => stack.extend(block_of(&tag)),
            Event::End(end) => {
                if is_block(end) {
                    stack.pop();
                }
            }
            _ => leaf(span, &stack),
        }
    }
}

fn block_of(tag: &Tag<'_>) -> Option<Block> {
    Some(match tag {
        Tag::Heading { level, .. } => Block::Heading(*level as u8),
        Tag::Item => Block::ListItem,
        Tag::TableCell => Block::TableCell,
        Tag::BlockQuote(Some(_)) => Block::Alert,
        Tag::BlockQuote(None) => Block::Quote,
        Tag::HtmlBlock => Block::Html,
        Tag::CodeBlock(_) => Block::Code,
        Tag::Paragraph => Block::Paragraph,
        _ => return None,
    })
}

fn is_block(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::TableCell
            | TagEnd::BlockQuote(_)
            | TagEnd::HtmlBlock
            | TagEnd::CodeBlock
            | TagEnd::Paragraph
    )
}

/// A paragraph takes the name of what it stands in: the paragraph of a list item is the item.
fn innermost(stack: &[Block]) -> Block {
    stack.iter().rev().copied().find(|block| *block != Block::Paragraph).unwrap_or(Block::Paragraph)
}
