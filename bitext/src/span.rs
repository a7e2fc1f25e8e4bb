use std::ops::Range;

/// A half-open range of bytes in one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just after the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets; offsets of a [`SourceFile`](crate::SourceFile) always fit.
    #[inline]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start: start as u32, end: end as u32 }
    }

    /// An empty span at `offset`.
    #[inline]
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// Length in bytes.
    #[inline]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers no byte.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The span as a range for slicing.
    #[inline]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The part of `text`, the file's whole text, that the span covers.
    ///
    /// Empty if the span does not lie in `text` on character boundaries, so that a span of another
    /// version of the file can do no harm.
    #[inline]
    pub fn slice(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The part of this span that starts `from` bytes in and is `len` bytes long.
    #[inline]
    pub fn part(self, from: usize, len: usize) -> Self {
        let start = self.start as usize + from;
        Self::new(start, start + len)
    }

    /// Whether `offset` lies in the span.
    #[inline]
    pub fn contains(self, offset: usize) -> bool {
        self.range().contains(&offset)
    }
}

/// The one of `spans`, which are in order and do not overlap, that holds the byte at `at`.
pub(crate) fn holding(spans: &[Span], at: usize) -> Option<Span> {
    let next = spans.partition_point(|span| span.start as usize <= at);
    spans[..next].last().copied().filter(|span| span.contains(at))
}
