//! The English of the unit under the cursor.

use bitext::{Document, SourceFile, Span};
use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use super::documents::OpenDocument;
use super::position::{Encoding, Lines};

/// The source side of the unit at a position, on whichever side that is.
pub(super) fn at(
    document: &OpenDocument,
    position: Position,
    encoding: Encoding,
    markdown: bool,
) -> Option<Hover> {
    let lines = Lines::new(&document.text, encoding);
    let read = Document::parse(SourceFile::from_bytes(document.text.clone().into_bytes()).ok()?);
    let written = Span::at(lines.offset(position));
    let unit = read.unit_at(read.file.read_span(written).start as usize)?;
    let (id, source) = (read.slice(unit.target.id), read.source(unit));
    let (kind, value) = if markdown {
        (MarkupKind::Markdown, format!("**English** `{id}`\n\n{}", fenced(source)))
    } else {
        (MarkupKind::PlainText, format!("English, {id}\n\n{source}"))
    };
    let range = Some(lines.range(read.file.written_span(unit.span)));
    Some(Hover { contents: HoverContents::Markup(MarkupContent { kind, value }), range })
}

/// A text as code, so that its markup is seen as it is, whatever it has of fences.
fn fenced(text: &str) -> String {
    let mut fence = "```".to_string();
    while text.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}markdown\n{text}\n{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_is_longer_than_those_inside() {
        assert_eq!(fenced("a"), "```markdown\na\n```");
        assert_eq!(fenced("a ``` b ````"), "`````markdown\na ``` b ````\n`````");
    }
}
