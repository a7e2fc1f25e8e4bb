//! The inline Markdown of one side of a unit.

use std::ops::Range;

use bitext::Fingerprint;
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
    plain_code(text).unwrap_or_else(|| parsed_code(text))
}

fn parsed_code(text: &str) -> Vec<Code> {
    let mut codes = Vec::new();
    each_event(text, |event, range| {
        if let Event::Code(content) = event {
            codes.push(Code { range, content: content.into_string() });
        }
    });
    codes
}

/// Whether a place is in one of these codes, which are in order.
pub(crate) fn is_in_code(codes: &[Code], at: usize) -> bool {
    let next = codes.partition_point(|code| code.range.end <= at);
    codes.get(next).is_some_and(|code| code.range.start <= at)
}

/// The code of a line without backticks that are escaped or in tags and addresses, which needs no parser: a run of
/// backticks is closed by the next one of its length.
fn plain_code(text: &str) -> Option<Vec<Code>> {
    let bytes = text.as_bytes();
    if memchr::memchr3(b'\n', b'\r', b'\0', bytes).is_some() {
        return None;
    }
    // Other signs mean nothing to code, be they escaped or not.
    let is_escape = |at: usize| matches!(bytes.get(at + 1), Some(b'`' | b'\\'));
    if memchr::memchr_iter(b'\\', bytes).any(is_escape) {
        return None;
    }
    let is_plain = |at: usize| {
        let Some(address) = bytes[at + 1..].strip_prefix(b"(") else { return true };
        let end = address.iter().position(|byte| matches!(byte, b')' | b'(' | b'`' | b'"' | b'\'' | b'\\'));
        end.is_none_or(|end| address[end] == b')')
    };
    if !memchr::memchr_iter(b']', bytes).all(is_plain) {
        return None;
    }
    let run = |at: usize| bytes[at..].iter().take_while(|byte| **byte == b'`').count();
    let next_run = |from: usize| memchr::memchr(b'`', &bytes[from..]).map(|len| from + len);
    let (mut codes, mut from) = (Vec::new(), 0);
    while let Some(open) = memchr::memchr2(b'`', b'<', &bytes[from..]).map(|len| from + len) {
        if bytes[open] == b'<' {
            // A tag, or what may be one.
            if memchr::memchr(b'>', &bytes[open..]).is_some() {
                return None;
            }
            from = open + 1;
            continue;
        }
        let len = run(open);
        from = open + len;
        let mut closing = next_run(from);
        while let Some(close) = closing {
            let other = run(close);
            if other == len {
                let content = trimmed(&text[open + len..close]).to_string();
                from = close + len;
                codes.push(Code { range: open..from, content });
                break;
            }
            closing = next_run(close + other);
        }
    }
    Some(codes)
}

/// Whether a text has an escape, a tag, several lines or what is no text: signs that only the parser tells about.
fn has_odd_sign(bytes: &[u8]) -> bool {
    memchr::memchr3(b'\\', b'<', b'\n', bytes).is_some() || memchr::memchr2(b'\r', b'\0', bytes).is_some()
}

/// Code that starts and ends with a blank has one less of each, unless it is all blanks.
fn trimmed(content: &str) -> &str {
    let inner = content.strip_prefix(' ').and_then(|content| content.strip_suffix(' '));
    inner.filter(|_| content.contains(|c| c != ' ')).unwrap_or(content)
}

/// The links of `text`, in order; images and autolinks are none.
pub(crate) fn links(text: &str) -> Vec<Link> {
    if !text.contains("](") {
        return Vec::new();
    }
    plain_links(text).unwrap_or_else(|| parsed_links(text))
}

fn parsed_links(text: &str) -> Vec<Link> {
    let (mut links, mut open): (Vec<Link>, Option<Link>) = (Vec::new(), None);
    each_event(text, |event, range| match event {
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
    });
    links
}

/// The links of a line with no images, escapes and tags, if brackets are not nested and addresses have no title.
fn plain_links(text: &str) -> Option<Vec<Link>> {
    let bytes = text.as_bytes();
    if has_odd_sign(bytes) || memchr::memchr(b'&', bytes).is_some() {
        return None;
    }
    let codes = if text.contains('`') { plain_code(text)? } else { Vec::new() };
    let (mut links, mut open, mut from) = (Vec::new(), None, 0);
    while let Some(at) = memchr::memchr2(b'[', b']', &bytes[from..]).map(|len| from + len) {
        from = at + 1;
        if is_in_code(&codes, at) {
            return None;
        }
        if bytes[at] == b'[' {
            let is_odd = open.is_some() || text[..at].ends_with('!');
            open = (!is_odd).then_some(at);
            open?;
        } else if let Some(start) = open.take()
            && let Some(address) = text[from..].strip_prefix('(')
        {
            let address = &address[..memchr::memchr(b')', address.as_bytes())?];
            let is_plain = |byte| byte > b' ' && !b"()[]`\"'\x7f".contains(&byte);
            if !address.bytes().all(is_plain) {
                return None;
            }
            from += address.len() + "()".len();
            links.push(Link { range: start..from, text: start + 1..at, url: address.to_string() });
        }
    }
    Some(links)
}

/// Whether a text with this fingerprint may have a link.
#[inline]
pub(crate) fn may_link(print: &Fingerprint) -> bool {
    print.has(b']') && print.has(b'(')
}

/// The texts of what may be links of `text`, told by a scan and no parse: nested brackets are cut short.
pub(crate) fn link_texts(text: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(b']', text.as_bytes()).filter(|at| text[*at..].starts_with("]("));
    ends.map(|end| {
        let start = memchr::memrchr(b'[', &text.as_bytes()[..end]).map_or(0, |open| open + 1);
        &text[start..end]
    })
}

/// What of `text` is not prose: code, the targets of links, raw HTML; in bytes, in order.
pub(crate) fn opaque(text: &str) -> Vec<Range<usize>> {
    let mut opaque: Vec<Range<usize>> =
        links(text).into_iter().map(|link| link.text.end..link.range.end).collect();
    if text.contains(['`', '<']) {
        each_event(text, |event, range| {
            if matches!(event, Event::Code(_) | Event::InlineHtml(_) | Event::Html(_)) {
                opaque.push(range);
            }
        });
        opaque.sort_unstable_by_key(|range| (range.start, range.end));
        let mut end = 0;
        for range in &mut opaque {
            end = end.max(range.end);
            range.end = end;
        }
    }
    opaque
}

/// The bold runs of `text`, with their asterisks.
pub(crate) fn bold(text: &str) -> Vec<Range<usize>> {
    if !text.contains("**") {
        return Vec::new();
    }
    plain_bold(text).unwrap_or_else(|| parsed_bold(text))
}

fn parsed_bold(text: &str) -> Vec<Range<usize>> {
    let mut bold = Vec::new();
    each_event(text, |event, range| {
        if matches!(event, Event::Start(Tag::Strong)) {
            bold.push(range);
        }
    });
    bold
}

/// The bold runs of a line with no other signs of Markdown, if all asterisks stand where they can only open or only
/// close one.
fn plain_bold(text: &str) -> Option<Vec<Range<usize>>> {
    let bytes = text.as_bytes();
    if has_odd_sign(bytes) {
        return None;
    }
    let codes = if text.contains('`') { plain_code(text)? } else { Vec::new() };
    let in_code = |at: usize| is_in_code(&codes, at);
    if !memchr::memchr3_iter(b'[', b'_', b'&', bytes).all(in_code) {
        return None;
    }
    let (mut bold, mut open, mut from) = (Vec::new(), None, 0);
    while let Some(at) = memchr::memchr(b'*', &bytes[from..]).map(|len| from + len) {
        if in_code(at) {
            return None;
        }
        from = at + "**".len();
        let (before, after) = (&text[..at], text[at..].strip_prefix("**")?);
        match open.take() {
            None if before.is_empty() || before.ends_with(' ') => {
                after.starts_with(char::is_alphanumeric).then_some(())?;
                open = Some(at);
            }
            Some(open) if before.ends_with(char::is_alphanumeric) => {
                let sign = |c: char| " .,:;!?)\"'：。，、；）".contains(c);
                (after.is_empty() || after.starts_with(sign)).then_some(())?;
                bold.push(open..from);
            }
            _ => return None,
        }
    }
    open.is_none().then_some(bold)
}

/// Whether each two asterisks of a text open or close a bold run in turn, as far as a scan can tell: mostly it is so.
pub(crate) fn is_plainly_whole(text: &str) -> bool {
    let is_sign = |c: char| !c.is_alphanumeric();
    let (mut open, mut from) = (false, 0);
    while let Some(at) = memchr::memchr(b'*', &text.as_bytes()[from..]).map(|len| from + len) {
        from = at + "**".len();
        let Some(after) = text[at..].strip_prefix("**").filter(|after| !after.starts_with('*')) else {
            return false;
        };
        let before = &text[..at];
        // The side of the words, and the other one.
        let (last, next) = (before.chars().next_back(), after.chars().next());
        let (inner, outer) = if open { (last, next) } else { (next, last) };
        let is_flanked = |inner: char| {
            !inner.is_whitespace() && inner != '\\' && (inner.is_alphanumeric() || outer.is_none_or(is_sign))
        };
        if !inner.is_some_and(is_flanked) || outer == Some('\\') {
            return false;
        }
        open = !open;
    }
    !open
}

/// The runs of asterisks that readers see.
pub(crate) fn shown_stars(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    if !text.contains('*') {
        return runs;
    }
    each_event(text, |event, range| {
        if let Event::Text(_) = event {
            for at in memchr::memchr_iter(b'*', &text.as_bytes()[range.clone()]).map(|at| range.start + at) {
                match runs.last_mut() {
                    Some(last) if last.end == at => last.end += 1,
                    _ => runs.push(at..at + 1),
                }
            }
        }
    });
    runs
}

/// A unit is a piece of a block, so what looks like the start of one (`1.`, `#`, `<p>`) is text: something
/// else stands before it while it is parsed.
const BEFORE: &str = ". ";

fn each_event(text: &str, mut show: impl FnMut(Event<'_>, Range<usize>)) {
    let padded = [BEFORE, text].concat();
    let shifted = |at: usize| at.saturating_sub(BEFORE.len());
    for (event, range) in Parser::new(&padded).into_offset_iter() {
        show(event, shifted(range.start)..shifted(range.end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_prose_is_in_order() {
        let text = "Viz `a.json`, [poznámky](notes.md) a <kbd>b</kbd> [`c`](c.md).";
        let found: Vec<&str> = opaque(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["`a.json`", "](notes.md)", "<kbd>", "</kbd>", "`c`", "](c.md)"]);
    }

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

    /// All texts of up to `len` of these pieces.
    fn texts(pieces: &[&str], len: u32) -> impl Iterator<Item = String> {
        let number = pieces.len();
        (0..number.pow(len))
            .map(move |n| (0..len).map(|digit| pieces[n / number.pow(digit) % number]).collect::<String>())
    }

    #[test]
    fn plain_code_is_what_the_parser_takes_for_code() {
        let signs = texts(&["", "`", "``", " ", "a", "](", "[", ")", "*"], 6);
        let escapes = texts(&["", "`", " ", "a", "](", "[", ")", "\\", "<", ">", "<a", "=\"", "/>"], 5);
        for text in signs.chain(escapes) {
            if let Some(plain) = plain_code(&text) {
                assert_eq!(plain, parsed_code(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn plain_bold_is_what_the_parser_takes_for_bold() {
        for text in texts(&["", "**", "*", " ", "a", "`", ".", "：", "_"], 6) {
            if let Some(plain) = plain_bold(&text) {
                assert_eq!(plain, parsed_bold(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn plain_links_are_what_the_parser_takes_for_links() {
        for text in texts(&["", "[", "](", "]", ")", "a", " ", "`", "*", "!", "b.md"], 6) {
            if let Some(plain) = plain_links(&text) {
                assert_eq!(plain, parsed_links(&text), "{text:?}");
            }
        }
        let plain = |text| plain_links(text).is_some();
        assert!(plain("Viz [`harbor` a](b.md#c), [](d.md)") && !plain("[![a](b.png)](c.md)"));
    }

    #[test]
    fn what_looks_like_a_block_is_text() {
        for text in ["    `a`", "1. `a`", "<p>`a`</p>", "```a``` `a`"] {
            assert!(code(text).iter().any(|code| code.content == "a"), "{text:?}");
        }
    }
}
