use std::ops::Range;

use memchr::memmem;
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

/// What rules ask of a stretch of Markdown, from one parse.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// The index of the first unit that starts in it.
    first: usize,
    /// The blocks of the units from there on.
    blocks: Vec<Block>,
    /// Fenced and indented code and inline code, in order.
    pub(crate) code: Vec<Span>,
    /// What readers see as text, alt texts apart, piece by piece.
    pub(crate) text: Vec<Span>,
    /// The images with an alt text.
    pub(crate) images: Vec<Span>,
}

impl Outline {
    /// Parses a stretch of `text`, whose units are among these, which are in order.
    pub(crate) fn of(text: &str, stretch: Span, units: &[Unit]) -> Self {
        let behind = |at: u32| units.partition_point(|unit| unit.span.start < at);
        let first = behind(stretch.start);
        let units = &units[first..behind(stretch.end)];
        let mut outline = Self { first, ..Self::default() };
        let (mut stack, mut hidden): (Vec<Block>, usize) = (Vec::new(), 0);
        let mut image: Option<(Span, bool)> = None;
        for (event, span) in events(text, stretch) {
            match event {
                Event::Start(tag) => {
                    stack.extend(block_of(&tag));
                    hidden += usize::from(hides(tag.to_end()));
                    match tag {
                        Tag::Image { .. } => image = Some((span, false)),
                        Tag::CodeBlock(_) => outline.code.push(span),
                        _ => {}
                    }
                }
                Event::End(end) => {
                    if is_block(end) {
                        stack.pop();
                    }
                    hidden = hidden.saturating_sub(usize::from(hides(end)));
                    if end == TagEnd::Image {
                        outline
                            .images
                            .extend(image.take().filter(|(_, has_text)| *has_text).map(|(span, _)| span));
                    }
                }
                leaf => {
                    outline.leaf(span, &stack, units);
                    if let Event::Text(alt) | Event::Code(alt) = &leaf
                        && let Some((_, has_text)) = &mut image
                    {
                        *has_text |= alt.chars().any(char::is_alphanumeric);
                    }
                    match leaf {
                        Event::Code(_) => outline.code.push(span),
                        Event::Text(_) if hidden == 0 => outline.text.push(span),
                        _ => {}
                    }
                }
            }
        }
        outline.blocks.resize(units.len(), Block::Paragraph);
        outline
    }

    /// The block that a unit stands in.
    pub(crate) fn block(&self, unit: usize) -> Block {
        let block = unit.checked_sub(self.first).and_then(|at| self.blocks.get(at));
        block.copied().unwrap_or(Block::Paragraph)
    }

    fn leaf(&mut self, span: Span, stack: &[Block], units: &[Unit]) {
        while let Some(unit) = units.get(self.blocks.len())
            && unit.span.start < span.end
        {
            let inside = unit.span.start >= span.start;
            self.blocks.push(if inside { innermost(stack) } else { Block::Paragraph });
        }
    }
}

/// Whether readers do not see what stands in there as text of the page.
fn hides(end: TagEnd) -> bool {
    matches!(end, TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock)
}

/// What of a stretch readers do not see as text: its code, and HTML comments. In order, without overlaps.
pub(crate) fn hidden(text: &str, stretch: Span, code: &[Span]) -> Vec<Span> {
    let (mut hidden, mut comment) = (code.to_vec(), 0);
    let (start, text) = (stretch.start as usize, &text.as_bytes()[..stretch.end as usize]);
    for at in memmem::find_iter(&text[start..], b"<!--").map(|at| at + start) {
        // In a comment another one would be left out below.
        if at >= comment && holding(code, at).is_none() {
            comment = at + memmem::find(&text[at..], b"-->").unwrap_or(text.len() - at);
            hidden.push(Span::new(at, comment));
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

/// The events of the Markdown parser for a stretch of `text`, with their bytes in the text, in the
/// dialect of the documents: tables and alerts, nothing that rewrites text.
pub(crate) fn events(text: &str, stretch: Span) -> impl Iterator<Item = (Event<'_>, Span)> {
    let dialect = Options::ENABLE_TABLES | Options::ENABLE_GFM | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(&text[stretch.range()], dialect).into_offset_iter();
    let place = move |range: Range<usize>| stretch.part(range.start, range.len());
    events.map(move |(event, range)| (event, place(range)))
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
