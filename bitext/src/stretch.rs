//! The Markdown of a document, parsed stretch by stretch, so that a question about one place does not cost a parse of all.

use std::cell::OnceCell;

use memchr::memmem;

use crate::block::{self, Outline};
use crate::plain::Plain;
use crate::{Block, Span, Unit, table};

/// The stretches of a document's body that the parser reads alone as it reads them among the others: they start where no
/// block goes on, which [`Plain::fresh_lines`] knows since [`Plain::read`] gave up on blocks that go on over blank lines.
#[derive(Debug)]
pub(crate) struct Stretches {
    /// Where they start, in order; the first one does where the body does.
    starts: Vec<u32>,
    end: u32,
    /// What is parsed of them.
    parsed: Vec<OnceCell<Box<Stretch>>>,
}

/// What is parsed of a stretch.
#[derive(Debug)]
pub(crate) struct Stretch {
    span: Span,
    pub(crate) outline: Outline,
    hidden: OnceCell<Vec<Span>>,
}

impl Stretches {
    /// The stretches of a text from byte `body` on.
    pub(crate) fn of(text: &str, body: usize, plain: Option<&Plain>) -> Self {
        let mut starts = vec![body as u32];
        // What a definition says of links holds everywhere.
        let is_apart =
            |plain: &&Plain| !plain.may_define() || memmem::find(&text.as_bytes()[body..], b"]:").is_none();
        if let Some(plain) = plain.filter(is_apart) {
            starts.extend(plain.fresh_lines(text).skip_while(|start| *start as usize <= body));
        }
        let parsed = starts.iter().map(|_| OnceCell::new()).collect();
        Self { starts, end: text.len() as u32, parsed }
    }

    /// The stretch that holds the byte at `at`.
    pub(crate) fn holding(&self, text: &str, units: &[Unit], at: u32) -> &Stretch {
        self.parsed(text, units, self.index(at))
    }

    /// The block that a unit stands in, which starts at `at`.
    pub(crate) fn block(&self, text: &str, units: &[Unit], unit: usize, at: u32) -> Block {
        let index = self.index(at);
        let is_parsed = self.parsed[index].get().is_some();
        if !is_parsed && table::is_cell(text, self.starts[index] as usize, at as usize) {
            return Block::TableCell;
        }
        self.parsed(text, units, index).outline.block(unit)
    }

    /// All that hold a part of one of these spans, which are in order.
    pub(crate) fn across(
        &self,
        text: &str,
        units: &[Unit],
        spans: impl IntoIterator<Item = Span>,
    ) -> impl Iterator<Item = &Stretch> {
        let mut next = 0;
        let indexes = spans.into_iter().flat_map(move |span| {
            let from = next.max(self.index(span.start));
            next = next.max(self.index(span.end.saturating_sub(1).max(span.start)) + 1);
            from..next
        });
        indexes.map(move |index| self.parsed(text, units, index))
    }

    fn index(&self, at: u32) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    fn parsed(&self, text: &str, units: &[Unit], index: usize) -> &Stretch {
        self.parsed[index].get_or_init(|| {
            let end = self.starts.get(index + 1).copied().unwrap_or(self.end);
            let span = Span { start: self.starts[index], end };
            let outline = Outline::of(text, span, units);
            Box::new(Stretch { span, outline, hidden: OnceCell::new() })
        })
    }
}

impl Stretch {
    /// Its code and its HTML comments, in order.
    pub(crate) fn hidden(&self, text: &str) -> &[Span] {
        self.hidden.get_or_init(|| block::hidden(text, self.span, &self.outline.code))
    }
}

#[cfg(test)]
mod tests;
