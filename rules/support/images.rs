//! Alt texts told without the Markdown parser, where they stand so plainly that nothing else can be meant.

use bitext::{Document, Span, Told};

/// What may be the start of an image between two pairs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    /// Where it stands.
    pub(crate) at: usize,
    /// Where the pair before ends.
    pub(crate) from: usize,
}

/// The images that start at the marks and have an alt text; `None` if only the parser can tell.
pub(crate) fn at(document: &Document, marks: &[Mark]) -> Option<Vec<Span>> {
    let text = document.file.text();
    let mut images = Vec::new();
    for Mark { at, from } in marks.iter().copied() {
        match document.told_at(at) {
            Told::Fence(_) => continue,
            Told::Text if line_start(text, at) > from && starts_paragraph(text, at) => {}
            Told::Text | Told::Open => return None,
        }
        let (alt, len) = image(text[at..].split('\n').next()?)?;
        if alt.contains(char::is_alphanumeric) {
            images.push(Span::new(at, at + len));
        }
    }
    Some(images)
}

fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |end| end + 1)
}

/// Whether what stands at `at` is the first of its line, and the line before it is blank.
fn starts_paragraph(text: &str, at: usize) -> bool {
    let start = line_start(text, at);
    let indent = &text[start..at];
    let before = &text[line_start(text, start.saturating_sub(1))..start];
    indent.bytes().all(|b| b == b' ') && before.bytes().all(|b| b" \t\r\n".contains(&b))
}

/// The alt text of an image that a line consists of, and the length of the image.
fn image(line: &str) -> Option<(&str, usize)> {
    let line = line.trim_end();
    let (alt, address) = line.strip_prefix("![")?.strip_suffix(')')?.split_once("](")?;
    let is_odd = |c: char| matches!(c, '[' | ']' | '`' | '<' | '\\' | '&' | '|' | '$') || c.is_control();
    let is_odd_there =
        |c: char| matches!(c, '(' | ')' | '<' | '>' | '`' | '\\' | ' ' | '|' | '\u{a0}') || c.is_control();
    (!alt.contains(is_odd) && !address.contains(is_odd_there)).then_some((alt, line.len()))
}

#[cfg(test)]
mod tests {
    use bitext::SourceFile;

    use super::*;

    fn document(between: &str) -> Document {
        let pair = |number: u32| {
            format!(
                "<span data-ttu-id=\"1a2b3-{number}\">Sklad</span><span class=\"sxs-lookup\"><span data-stu-id=\"1a2b3-{number}\">Store</span></span>"
            )
        };
        let text = format!("{}\n{between}\n{}\n", pair(101), pair(103));
        Document::parse(SourceFile::from_bytes(text.into_bytes()).unwrap())
    }

    #[test]
    fn plain_images_are_those_of_the_parser() {
        for (between, plain) in [
            ("\n![Sklad](a/b.png)\n", true),
            ("\n  ![*倉庫*](a.png)  \n![x](y.png)\n", false),
            ("\n![](a.png)\r\n", true),
            ("\n![Sklad](a.png)\n\n1. x\n\n   ![Přístav](b.png)\n---\n", true),
            ("\n    ![Sklad](a.png)\n", false),
            ("\n```\n\n![Sklad](a.png)\n```\n\n![倉庫](b.png)\n", true),
            ("\n1. x\n\n    ![Přístav](b.png)\n", true),
            ("\n1. x\n\n       ![Přístav](b.png)\n", false),
            ("\n<!-- x -->\n\n![Přístav](b.png)\n", true),
            ("\n<Pre>\n\n![Sklad](a.png)\n</pre>\n", false),
            ("\n<div>\n![Sklad](a.png)\n</div>\n", false),
            ("\n![Sklad [x]](a.png)\n", false),
            ("\n![Sklad](a.png \"x\")\n", false),
        ] {
            let document = document(between);
            let from = document.units[0].span.end as usize;
            let marks = document.file.text().match_indices("![").map(|(at, _)| Mark { at, from });
            let found = at(&document, &marks.collect::<Vec<_>>());
            assert_eq!(found.is_some(), plain, "{between:?}");
            assert!(found.is_none_or(|found| document.images().eq(found)), "{between:?}");
        }
    }
}
