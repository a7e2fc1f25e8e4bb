//! The English text of an article, rebuilt from a bilingual document, for comparing with the English file or
//! with the same text in a sibling locale.
//!
//! Every pair stands for its source side, and what the publishing system writes anew is folded away: blanks,
//! the `>` before lines of a quote, backslashes and asterisks outside fenced code, the alt texts of images, the
//! anchors of headings. With that, 4,765 of 4,765 published documents equal their English file.

use std::ops::Range;

use bitext::{Document, Span};

use super::rebuilt::{Pieces, Rebuilt};

/// A folded text that knows where it came from.
pub(crate) struct English {
    /// What is left after folding.
    pub(crate) folded: Vec<u8>,
    /// Where `folded` came from in the text with the pairs replaced.
    folding: Pieces,
    /// Where that came from in the file.
    rebuilding: Pieces,
}

impl English {
    /// The body of a document; of a bilingual one, with the source side of each pair in its place.
    pub(crate) fn of(document: &Document) -> Self {
        let rebuilt = Rebuilt::of(document);
        let (folded, folding) = rebuilt.folded();
        Self { folded, folding, rebuilding: rebuilt.pieces }
    }

    /// The bytes of the file behind a range of the folded text: from its first to its last character. For an
    /// empty range, the place where something is missing.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        if range.is_empty() {
            return Span::at(match range.start.checked_sub(1) {
                Some(before) => self.offset(before) as usize + 1,
                None => self.offset(0) as usize,
            });
        }
        Span { start: self.offset(range.start), end: self.offset(range.end - 1) + 1 }
    }

    /// Where a byte of the folded text stands in the file.
    fn offset(&self, at: usize) -> u32 {
        self.rebuilding.origin(self.folding.origin(at as u32))
    }

    /// The range of the folded text that stands for the bytes `span` of the file.
    pub(crate) fn range(&self, span: Span) -> Range<usize> {
        let index = |offset: u32| self.folding.first_from(self.rebuilding.first_from(offset)) as usize;
        index(span.start)..index(span.end)
    }
}

#[cfg(test)]
mod tests {
    use bitext::SourceFile;

    use super::*;

    fn english(text: &str) -> (Document, English) {
        let document = Document::parse(SourceFile::from_bytes(text.as_bytes().to_vec()).unwrap());
        let english = English::of(&document);
        (document, english)
    }

    fn pair(id: u32, target: &str, source: &str) -> String {
        format!(
            "<span data-ttu-id=\"0a0a0-{id}\">{target}</span><span class=\"sxs-lookup\"><span data-stu-id=\"0a0a0-{id}\">{source}</span></span>"
        )
    }

    #[test]
    fn a_bilingual_document_is_its_english_file() {
        let source = "# Get started\n\n> One\n> two.\n\n![A *big* [red] pier](a.png)\n\n```sh\nharbor \\*\n```\n\n[Next](b.md), *.zip\n";
        let target = format!(
            "# <a name=\"get-started\"></a>{}\n\n> {}\n\n![Velké molo](a.png)\n\n```sh\nharbor \\*\n```\n\n{}\n",
            pair(103, "Začínáme", "Get started"),
            pair(104, "Jedna dvě.", "One two."),
            pair(106, "[Dál](b.md), \\*.zip", "[Next](b.md), \\*.zip"),
        );
        let ((_, english), (_, rebuilt)) = (english(source), english(&target));
        assert_eq!(String::from_utf8(rebuilt.folded).unwrap(), String::from_utf8(english.folded).unwrap());
    }

    #[test]
    fn spans_lead_back_to_the_file() {
        let (document, english) = english("a  *b*\nc");
        assert_eq!(english.folded, b"abc");
        assert_eq!(document.slice(english.span(&(0..2))), "a  *b");
        assert_eq!(english.span(&(2..2)), Span::at(5));
        assert_eq!(english.range(Span::new(0, 6)), 0..2);
    }
}
