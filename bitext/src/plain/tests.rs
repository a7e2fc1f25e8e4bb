use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::*;
use crate::block::{Outline, events, hidden};

/// The fenced code as the parser sees it, without what follows it on its last line.
fn fences(text: &str) -> Vec<Span> {
    let fenced = |(event, span): (Event<'_>, Span)| {
        matches!(event, Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_)))).then_some(span)
    };
    events(text, Span::new(0, text.len())).filter_map(fenced).map(|span| trimmed(text, span)).collect()
}

fn trimmed(text: &str, span: Span) -> Span {
    Span::new(span.start as usize, span.start as usize + span.slice(text).trim_end().len())
}

/// Holds what is said about each byte to the parser; whether anything is said.
fn agrees(text: &str) -> bool {
    let Some(plain) = Plain::read(text, 0, &LineIndex::new(text)) else { return false };
    let told: Vec<Span> = plain.fences.iter().map(|span| trimmed(text, *span)).collect();
    assert_eq!(told, fences(text), "{text:?}");
    let whole = Span::new(0, text.len());
    let hidden = hidden(text, whole, &Outline::of(text, whole, &[]).code);
    for at in (0..text.len()).filter(|at| !text.as_bytes()[*at].is_ascii_whitespace()) {
        match plain.at(text, at) {
            Told::Text => assert_eq!(holding(&hidden, at), None, "{at} {text:?}"),
            Told::Fence(span) => {
                let found = holding(&hidden, at).map(|found| trimmed(text, found));
                assert_eq!(found, Some(trimmed(text, span)), "{at} {text:?}");
            }
            Told::Open => {}
        }
    }
    true
}

#[test]
fn tells_plain_lines() {
    for (text, place, told) in [
        ("Text `code` text\n\nMore text", "More", Some(false)),
        ("Text `code` text\nmore text", "more", Some(false)),
        ("Text `code text\nmore` text", "more", None),
        ("Text ``code`` text", " text", None),
        ("| a ` b | c ` text ` |", "text", None),
        ("<a title=\">`\"> text ` text", "text", None),
        ("[a](b) <b>c</b>      text", "text", Some(false)),
        ("```json\n\nabc\n```\nText\n", "abc", Some(true)),
        ("```json\n\nabc\n```\nText\n", "Text", Some(false)),
        ("~~~\n```\nabc\n~~~\n", "abc", Some(true)),
        ("1. Step\n\n   ```\n   abc\n   ```\n\n   Text", "abc", Some(true)),
        ("1. Step\n\n   ```\n   abc\n   ```\n\n   Text", "Text", Some(false)),
        ("1. Step\n\n    ```\n    abc\n    ```\n", "abc", Some(true)),
        ("Step\n\n    ```\n    abc\n    ```\n", "abc", None),
        ("- Step\n\n    Text\n", "Text", Some(false)),
        ("- Step\n\n      Text\n", "Text", None),
        ("Text\n2. Step\n\n    Text\n", "Text\n2", Some(false)),
        ("1. Step\n2. Step\n   - abc\n\n     Text\n", "Text", Some(false)),
        ("Step\n2. Step\n\n    Text\n", "    Text", None),
        ("<div>\n```\n</div>\n\nabc", "abc", None),
        ("<!-- x -->\n\nabc", "abc", Some(false)),
        ("<!-- abc -->\n", "abc", None),
        ("> ```\n> abc\n> ```\n", "abc", None),
        ("-     abc", "abc", None),
        ("    abc", "abc", None),
    ] {
        agrees(text);
        let at = text.find(place).unwrap();
        let found = match Plain::read(text, 0, &LineIndex::new(text)).map(|plain| plain.at(text, at)) {
            Some(Told::Text) => Some(false),
            Some(Told::Fence(_)) => Some(true),
            Some(Told::Open) | None => None,
        };
        assert_eq!(found, told, "{text:?}");
    }
}

const PREFIXES: [&str; 16] =
    ["", "", " ", "  ", "   ", "    ", "     ", "\t", "> ", ">", "- ", "* ", "1. ", "2. ", "10) ", "-  "];

const CONTENTS: [&str; 61] = [
    "",
    "",
    "",
    "",
    "",
    "text",
    "text `code` text",
    "text `code` ",
    " ` text",
    " text\\` ",
    "<a title=\"`\">",
    "<a title='>'>`",
    " | ` | text ` |",
    "<b>c</b>     ",
    "[a](b`c) ",
    "[a](b \")`\")",
    "[a",
    "](b",
    " \"c`\")",
    "[a][b`c]",
    "[b`c]: /url",
    "[b`c] ",
    "<http://a.b/`>",
    "     ",
    "`",
    "``",
    "```",
    "```",
    "```",
    "```",
    "````",
    "~~~",
    "~~~",
    "``` json",
    "```a`b",
    "``` ",
    "```\t",
    "<div>",
    "</div>",
    "<a>",
    "<!-- comment -->",
    "text <!-- comment",
    "-->",
    "<pre>",
    "<pre>x</pre>",
    "<?xml ?>",
    "<!DOCTYPE",
    "![Alt](a.png)",
    "<span data-ttu-id=\"a-101\">x</span>",
    "<span data-ttu-id=\"a-101\">",
    "| a | b |",
    "|---|---|",
    "---",
    "***",
    "# Heading",
    "===",
    "[foo]: /url",
    "[foo]: /url \"title",
    "\"",
    "[!NOTE]",
    "\u{b}",
];

/// Lines after any marks, or indented as most lines of the text are.
pub(crate) fn lines() -> impl Strategy<Value = String> {
    let marks = proptest::collection::vec(0..PREFIXES.len(), 0..3);
    let contents = proptest::collection::vec(0..CONTENTS.len(), 1..4);
    let line = (marks, contents, 0..20_usize, 0..4_usize);
    (0..9_usize, proptest::collection::vec(line, 0..14)).prop_map(|(indent, lines)| {
        let line = |(marks, contents, end, odd): (Vec<usize>, Vec<usize>, usize, usize)| {
            let marks: String = marks.into_iter().map(|at| PREFIXES[at]).collect();
            let prefix = if indent < 2 || odd == 0 { marks } else { " ".repeat(indent) };
            let end = if end == 0 { "\r\n" } else { "\n" };
            // Most lines have one content.
            let contents = if odd < 2 { &contents[..] } else { &contents[..1] };
            let contents: String = contents.iter().map(|at| CONTENTS[*at]).collect();
            format!("{prefix}{contents}{end}")
        };
        lines.into_iter().map(line).collect()
    })
}

proptest! {
    #[test]
    fn says_what_the_parser_says(text in lines()) {
        agrees(&text);
    }
}
