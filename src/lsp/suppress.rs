//! Where a comment can stand that suppresses a finding.
//!
//! The place is not reckoned but tried out: the likely ones in turn, the first at which the document stays what it was
//! (text, units, blocks) and the finding is covered.

use bitext::{Document, FrontMatter, SourceFile, Span};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::engine::LocatedFinding;
use crate::fix::only_crlf;

/// The reason that is written; whoever has a better one writes that.
const REASON: &str = "accepted";

/// How far the text of a list item is indented.
const INDENTS: [&str; 3] = ["", "  ", "   "];

/// Rarely seen, and in a paragraph no line of its own.
const DEEP: &str = "    ";

/// A text to put in, at a byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Insertion {
    pub(super) at: usize,
    pub(super) text: String,
}

/// Whether a document can suppress findings of a rule.
pub(super) fn is_possible(rule: &str) -> bool {
    !rule.starts_with("suppression/") && !rule.starts_with("internal/")
}

/// The comment that suppresses a rule for the unit of a finding.
pub(super) fn in_unit(text: &str, finding: &LocatedFinding) -> Option<Insertion> {
    let before = read(text)?;
    let id = finding.unit.as_deref()?;
    let place = before.file.read_span(finding.range.span);
    let at = before.unit_at(place.start as usize);
    let unit = at.or_else(|| before.units.iter().find(|unit| before.slice(unit.target.id) == id))?;
    let start = before.file.written_span(unit.span).start as usize;
    let line = text[..start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let (end, lead) = (line_end(text), &text[line..start]);
    let quote = &lead[..lead.len() - lead.trim_start_matches([' ', '\t', '>']).len()];
    let comment = format!("<!-- loclint-disable-next-unit {}: {REASON} -->", finding.rule);
    let own_line = |indent: &str| Insertion { at: line, text: format!("{quote}{indent}{comment}{end}") };
    let blank = if lead.ends_with([' ', '\t']) { " " } else { "" };
    let inline = Insertion { at: start, text: format!("{comment}{blank}") };
    let above = text[..line].trim_end_matches(['\n', '\r']).len();
    let above = Insertion { at: above, text: format!(" {comment}") };
    INDENTS
        .iter()
        .map(|indent| own_line(indent))
        .chain([inline, above, own_line(DEEP)])
        .find(|insertion| holds(&before, insertion, &finding.rule, finding.range.span))
}

/// The comment that suppresses a rule in the whole file.
pub(super) fn in_file(text: &str, finding: &LocatedFinding) -> Option<Insertion> {
    let before = read(text)?;
    let end = line_end(text);
    let comment = format!("<!-- loclint-disable-file {}: {REASON} -->", finding.rule);
    let top = Insertion { at: body(text), text: format!("{comment}{end}") };
    let gap = if text.ends_with(['\n', '\r']) { "" } else { end };
    let apart = Insertion { at: text.len(), text: format!("{gap}{comment}{end}") };
    let below = Insertion { at: text.len(), text: format!("{gap}{end}{comment}{end}") };
    let holds = |insertion: &Insertion| holds(&before, insertion, &finding.rule, finding.range.span);
    [top, apart, below].into_iter().find(holds)
}

/// Whether a document stays what it is with a comment, and a place in it is covered.
fn holds(before: &Document, insertion: &Insertion, rule: &str, place: Span) -> bool {
    let written = before.file.written();
    if !written.is_char_boundary(insertion.at) {
        return false;
    }
    let (head, tail) = written.split_at(insertion.at);
    let text = format!("{head}{}{tail}", insertion.text);
    let Some(after) = read(&text) else { return false };
    let moved = if place.start as usize >= insertion.at { insertion.text.len() } else { 0 };
    let place = Span::new(place.start as usize + moved, place.end as usize + moved);
    let covers = after.suppressions.list.iter().any(|one| one.names(rule) && one.covers(place));
    let same = |text: &str| text.trim_end_matches(['\n', '\r']).len();
    let (old, new) = (before.file.text(), after.file.text());
    covers
        && old[..same(old)] == new[..same(new)]
        && after.suppressions.faults.len() <= before.suppressions.faults.len()
        && shape(&written[body(written)..]) == shape(&text[body(&text)..])
}

fn read(text: &str) -> Option<Document> {
    SourceFile::from_bytes(text.as_bytes().to_vec()).ok().map(Document::parse)
}

/// Where the text starts after the front matter and a byte order mark.
fn body(text: &str) -> usize {
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    FrontMatter::parse(text).map_or(mark, |front| front.block.end as usize)
}

fn line_end(text: &str) -> &'static str {
    if only_crlf(text) { "\r\n" } else { "\n" }
}

/// What a renderer makes of a text, without comments to loclint: blocks, markup and words.
fn shape(text: &str) -> String {
    let dialect = Options::ENABLE_TABLES | Options::ENABLE_GFM | Options::ENABLE_STRIKETHROUGH;
    let mut pieces = String::new();
    for event in Parser::new_ext(text, dialect) {
        match event {
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            Event::Html(html) | Event::InlineHtml(html) if is_ours(&html) => {}
            Event::Start(tag) => pieces.push_str(&format!("\u{1}{tag:?}\u{1}")),
            Event::End(tag) => pieces.push_str(&format!("\u{2}{tag:?}\u{2}")),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => pieces.push_str(&text),
            Event::Code(code) => pieces.push_str(&format!("`{code}`")),
            Event::SoftBreak => pieces.push(' '),
            Event::HardBreak => pieces.push('\u{3}'),
            other => pieces.push_str(&format!("\u{4}{other:?}")),
        }
    }
    let words: Vec<&str> = pieces.split_whitespace().collect();
    // A blank beside the edge of a block is none.
    words.join(" ").replace(" \u{2}", "\u{2}").replace("\u{1} ", "\u{1}")
}

/// Whether a piece of HTML is a comment to loclint, or the line end after one.
fn is_ours(html: &str) -> bool {
    let html = html.trim();
    let is_comment = html.starts_with("<!-- loclint-") && html.ends_with("-->");
    html.is_empty() || (is_comment && html.matches("-->").count() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(number: u32) -> String {
        format!(
            "<span data-ttu-id=\"0a0a0-{number}\">Soubor {number}</span><span class=\"sxs-lookup\">\
             <span data-stu-id=\"0a0a0-{number}\">File {number}</span></span>"
        )
    }

    fn finding(rule: &'static str, text: &str, place: &str, unit: Option<&str>) -> LocatedFinding {
        use crate::engine::{Range, Subject};
        let at = text.find(place).unwrap();
        LocatedFinding {
            rule: rule.into(),
            mqm: "other".into(),
            severity: ::rules::Severity::Error,
            confidence: ::rules::Confidence::High,
            message: String::new(),
            help: None,
            path: "a.md".into(),
            range: Range { span: Span::new(at, at + place.len()), ..Range::default() },
            locale: "cs-CZ".into(),
            article: "a.md".into(),
            unit: unit.map(Into::into),
            fingerprint: String::new(),
            subject: Subject { article: "a.md".into(), locale: None },
            related: Vec::new(),
            fix: None,
            whole_article: false,
            work: None,
        }
    }

    const COMMENT: &str = "<!-- loclint-disable-next-unit text/spacing: accepted -->";

    /// The text with the comment for unit 2, with `1` to `9` for pairs and `C` for the comment.
    fn with_comment(text: &str) -> Option<String> {
        let full: String =
            text.chars().map(|c| c.to_digit(10).map_or(c.to_string(), |n| pair(100 + n))).collect();
        let finding = finding("text/spacing", &full, "Soubor 102", Some("0a0a0-102"));
        let Insertion { at, text } = in_unit(&full, &finding)?;
        let mut short = format!("{}{text}{}", &full[..at], &full[at..]).replace(COMMENT, "C");
        for n in 1..10 {
            short = short.replace(&pair(100 + n), &n.to_string());
        }
        Some(short)
    }

    #[test]
    fn a_comment_stands_where_it_breaks_nothing() {
        for (text, wanted) in [
            ("2\n", "C\n2\n"),
            ("# 1\n\n## 2\n", "# 1\n\nC\n## 2\n"),
            ("1 2 3\n", "1 C 2 3\n"),
            ("1\n2\n", "1 C\n2\n"),
            ("[1 [2](x.md)\n", "[1 [C2](x.md)\n"),
            ("- 1\n- 2\n", "- 1\n  C\n- 2\n"),
            ("- 2\n- 1\n", "C\n- 2\n- 1\n"),
            ("> 1\n>\n> 2\n", "> 1\n>\n> C\n> 2\n"),
            ("| 1 | 2 |\n| --- | --- |\n| 3 | 4 |\n", "| 1 | C 2 |\n| --- | --- |\n| 3 | 4 |\n"),
            ("| 1 | 3 |\n| --- | --- |\n| 2 | 4 |\n", "| 1 | 3 |\n| --- | --- |\n| C 2 | 4 |\n"),
            ("1\r\n\r\n2\r\n", "1\r\n\r\nC\r\n2\r\n"),
        ] {
            assert_eq!(with_comment(text).as_deref(), Some(wanted));
        }
    }

    #[test]
    fn a_comment_for_the_file_stands_after_the_front_matter() {
        let text = format!("---\ntitle: A\n---\n{}\n", pair(102));
        let top = finding("key/missing", &text, "title", None);
        let Insertion { at, text: put } = in_file(&text, &top).unwrap();
        assert_eq!(&text[..at], "---\ntitle: A\n---\n");
        assert_eq!(put, "<!-- loclint-disable-file key/missing: accepted -->\n");
        assert_eq!(in_unit(&text, &top), None, "it is in no unit");
    }
}
