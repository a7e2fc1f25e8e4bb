//! The text of a document with the source side of each pair in its place, and that text folded.

use std::ops::Range;

use bitext::{Document, Span};

/// The body of a document, of a bilingual one with the source side of each pair in its place.
pub(crate) struct Rebuilt {
    text: String,
    /// Where that came from in the file.
    pub(crate) pieces: Pieces,
}

impl Rebuilt {
    pub(crate) fn of(document: &Document) -> Self {
        let (text, mut at) = (document.file.text(), document.body());
        let mut rebuilt = String::with_capacity(text.len() - at);
        let mut pieces = Pieces::with_capacity(2 * document.units.len() + 1);
        let mut add = |span: Span| {
            pieces.begin(rebuilt.len(), span.start as usize);
            rebuilt.push_str(document.slice(span));
        };
        for unit in &document.units {
            add(Span::new(at, (unit.span.start as usize).max(at)));
            add(unit.source.text);
            at = unit.span.end as usize;
        }
        add(Span::new(at, text.len()));
        pieces.end = rebuilt.len() as u32;
        Self { text: rebuilt, pieces }
    }

    /// The text folded, and where that came from.
    pub(crate) fn folded(&self) -> (Vec<u8>, Pieces) {
        Fold::of(&self.text)
    }

    /// Whether both are the same when they are folded, as far as that can be told line by line: alt texts mostly are on
    /// lines that begin with them. `false` says nothing.
    pub(crate) fn is_surely_like(&self, other: &Self) -> bool {
        let (mut own, mut there) = (self.text.as_str(), other.text.as_str());
        let mut fence = None;
        while !own.is_empty() {
            let line = first_line(own);
            let like = match there.get(..line.len()) {
                Some(same) if same == line && line.ends_with('\n') => same,
                _ => first_line(there),
            };
            if line == like {
                pass_fence(&mut fence, fence_mark(without_lead(line.as_bytes())));
            } else {
                let can_tell = fence.is_none() && stands_alone(line) && stands_alone(like);
                if !can_tell || Fold::of(line).0 != Fold::of(like).0 {
                    return false;
                }
            }
            (own, there) = (&own[line.len()..], &there[like.len()..]);
        }
        there.is_empty()
    }
}

/// The first line of a text, with its end.
fn first_line(text: &str) -> &str {
    &text[..memchr::memchr(b'\n', text.as_bytes()).map_or(text.len(), |len| len + 1)]
}

/// Whether a line of prose is folded in the same way whatever stands before it. That matters for the first bytes only:
/// for a tag, and for a full stop after nothing but colons.
fn stands_alone(line: &str) -> bool {
    let body = without_lead(line.as_bytes());
    let is_kept = |byte: &u8| *byte == b'!' || (PLAIN[usize::from(*byte)] && *byte != b':');
    fence_mark(body).is_none() && (body.first().is_some_and(is_kept) || body.starts_with(b":::"))
}

/// A text put together from pieces of another.
#[derive(Default)]
pub(crate) struct Pieces {
    /// Where each begins, here and there.
    starts: Vec<(u32, u32)>,
    /// How long all are together.
    end: u32,
}

impl Pieces {
    fn with_capacity(count: usize) -> Self {
        Self { starts: Vec::with_capacity(count), end: 0 }
    }

    fn begin(&mut self, here: usize, there: usize) {
        self.starts.push((here as u32, there as u32));
    }

    /// Where the byte at `at` came from; 0 where there is none.
    pub(crate) fn origin(&self, at: u32) -> u32 {
        let next = self.starts.partition_point(|(here, _)| *here <= at);
        let piece = next.checked_sub(1).filter(|_| at < self.end);
        piece.map_or(0, |piece| self.starts[piece].1 + (at - self.starts[piece].0))
    }

    /// The first byte that came from `origin` or from after it.
    pub(crate) fn first_from(&self, origin: u32) -> u32 {
        let next = self.starts.partition_point(|(_, there)| *there < origin);
        let Some((here, there)) = next.checked_sub(1).map(|piece| self.starts[piece]) else { return 0 };
        let end = self.starts.get(next).map_or(self.end, |(here, _)| *here);
        (here + (origin - there)).min(end)
    }
}

/// Folds a text, line by line.
#[derive(Default)]
struct Fold<'t> {
    text: &'t str,
    out: Vec<u8>,
    pieces: Pieces,
    /// The mark that closes the fenced code, while inside.
    fence: Option<u8>,
}

impl<'t> Fold<'t> {
    fn of(text: &'t str) -> (Vec<u8>, Pieces) {
        let mut fold = Self { text, out: Vec::with_capacity(text.len()), ..Self::default() };
        let mut at = 0;
        while at < text.len() {
            let end = at + first_line(&text[at..]).len();
            fold.line(at, end);
            at = end;
        }
        fold.pieces.end = fold.out.len() as u32;
        (fold.out, fold.pieces)
    }

    fn line(&mut self, start: usize, end: usize) {
        let body = without_lead(&self.text.as_bytes()[start..end]);
        let (from, mark) = (end - body.len(), fence_mark(body));
        if self.fence.is_some() || mark.is_some() {
            self.verbatim(from, end);
        } else {
            self.prose(from, end);
        }
        pass_fence(&mut self.fence, mark);
    }

    fn verbatim(&mut self, from: usize, end: usize) {
        let mut kept = from;
        for (at, byte) in self.text.as_bytes()[..end].iter().enumerate().skip(from) {
            if byte.is_ascii_whitespace() {
                self.keep(kept..at);
                kept = at + 1;
            }
        }
        self.keep(kept..end);
    }

    fn prose(&mut self, from: usize, end: usize) {
        let bytes = &self.text.as_bytes()[..end];
        // What lies between these is kept.
        let (mut kept, mut at) = (from, from);
        loop {
            at += bytes[at..].iter().take_while(|byte| PLAIN[usize::from(**byte)]).count();
            let (own, skipped) = match bytes.get(at) {
                None => break,
                Some(b' ') => (0, 1),
                Some(_) => self.skipped(kept..at, end),
            };
            at += own;
            if skipped > 0 {
                self.keep(kept..at);
                at += skipped;
                kept = at;
            }
        }
        self.keep(kept..end);
    }

    /// How many bytes to keep, and then how many to leave out, of the text that follows what was kept.
    fn skipped(&self, kept: Range<usize>, end: usize) -> (usize, usize) {
        let (text, rest) = (self.text.as_bytes(), &self.text[kept.end..end]);
        let before = || self.out.iter().chain(&text[kept.clone()]).copied().rev();
        let skipped = match text[kept.end] {
            b'\t'..=b'\r' | b' ' | b'\\' | b'*' => Some((0, 1)),
            b'!' if rest.starts_with("![") => alt(rest).map(|alt| (2, alt)),
            b'"' if text[kept.clone()].ends_with(b"alt-text=") => quoted(&rest[1..]).map(|len| (1, len)),
            b'<' if rest.starts_with("<a name=\"") && before().next() == Some(b'#') => {
                memchr::memmem::find(&rest.as_bytes()[..rest.len().min(LONGEST)], b"</a>")
                    .map(|len| (0, len + 4))
            }
            // A full stop that slipped out of the alt text of an image directive.
            b'.' if before().take(3).eq(*b":::") => Some((0, 1)),
            0x80.. => match rest.chars().next() {
                Some(c) if c.is_whitespace() => Some((0, c.len_utf8())),
                c => Some((c.map_or(1, char::len_utf8), 0)),
            },
            _ => None,
        };
        skipped.unwrap_or((1, 0))
    }

    fn keep(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.pieces.begin(self.out.len(), range.start);
            self.out.extend_from_slice(&self.text.as_bytes()[range]);
        }
    }
}

/// A line from its first byte on that is neither a blank nor the mark of a quote.
fn without_lead(line: &[u8]) -> &[u8] {
    let lead = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
    &line[lead..]
}

/// The mark of fenced code that such a line begins with.
fn fence_mark(body: &[u8]) -> Option<u8> {
    body.first().copied().filter(|_| body.starts_with(b"```") || body.starts_with(b"~~~"))
}

/// Opens or closes fenced code at a mark.
fn pass_fence(fence: &mut Option<u8>, mark: Option<u8>) {
    match (*fence, mark) {
        (None, Some(mark)) => *fence = Some(mark),
        (Some(open), Some(mark)) if open == mark => *fence = None,
        _ => {}
    }
}

/// The bytes that stay as they are, whatever stands round them.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = b'!';
    while byte <= b'~' {
        plain[byte as usize] = !matches!(byte, b'!' | b'"' | b'<' | b'.' | b'\\' | b'*');
        byte += 1;
    }
    plain
};

/// How long the alt text at the start of `![alt](…` is, in bytes; brackets in it come in pairs.
fn alt(image: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, byte) in image.bytes().enumerate().take(LONGEST).skip(2) {
        match byte {
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at - 2);
        }
    }
    None
}

/// How long the text up to the closing quote is.
fn quoted(text: &str) -> Option<usize> {
    memchr::memchr(b'"', &text.as_bytes()[..text.len().min(LONGEST)])
}

/// Longest alt text and anchor, in bytes: what never closes must not be read again from each opening on.
const LONGEST: usize = 2048;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::words::each_random_text;

    /// The text folded character by character, and where each byte came from.
    fn slowly(text: &str) -> (Vec<u8>, Vec<u32>) {
        let (mut out, mut origins, mut fence, mut start) = (Vec::new(), Vec::new(), None, 0);
        for line in text.split_inclusive('\n') {
            let (mut at, end) =
                (start + line.len() - without_lead(line.as_bytes()).len(), start + line.len());
            let mark = fence_mark(without_lead(line.as_bytes()));
            let verbatim = fence.is_some() || mark.is_some();
            while let Some(c) = text[at..end].chars().next() {
                let rest = &text[at..end];
                let (own, skipped) = match c {
                    _ if verbatim => {
                        if c.is_ascii_whitespace() {
                            (0, 1)
                        } else {
                            (c.len_utf8(), 0)
                        }
                    }
                    '!' if rest.starts_with("![") && alt(rest).is_some() => (2, alt(rest).unwrap()),
                    'a' if rest.starts_with("alt-text=\"") && quoted(&rest[10..]).is_some() => {
                        (10, quoted(&rest[10..]).unwrap())
                    }
                    '<' if rest.starts_with("<a name=\"")
                        && out.last() == Some(&b'#')
                        && rest.contains("</a>") =>
                    {
                        (0, rest.find("</a>").unwrap() + 4)
                    }
                    '.' if out.ends_with(b":::") => (0, 1),
                    '\\' | '*' => (0, 1),
                    c if c.is_whitespace() => (0, c.len_utf8()),
                    c => (c.len_utf8(), 0),
                };
                out.extend_from_slice(&rest.as_bytes()[..own]);
                origins.extend((at..at + own).map(|at| at as u32));
                at += own + skipped;
            }
            pass_fence(&mut fence, mark);
            start = end;
        }
        (out, origins)
    }

    /// What is folded, and what looks like it.
    const PARTS: [&str; 35] = [
        "alt-text=\"",
        "alt-text=",
        "\"",
        "![",
        "](a.png)",
        "]",
        "[",
        "<a name=\"",
        "</a>",
        "</a",
        "#",
        "\n",
        "\n",
        "\n",
        " ",
        "\t",
        "> ",
        "```",
        "~~~",
        ":::",
        ":",
        ".",
        "*",
        "\\",
        "a",
        "word",
        "é",
        "\u{a0}",
        "\r\n",
        "!",
        "\u{b}",
        "\n![a](b)\n",
        "\n![é](b)\n",
        "\n:::image alt-text=\"a\":::\n",
        "\n:::image alt-text=\"b\":::\n",
    ];

    /// Texts made of these parts by chance.
    fn each_text(mut each: impl FnMut(String)) {
        let letters: String = ('a'..).take(PARTS.len()).collect();
        each_random_text(&letters, |text| {
            each(text.chars().map(|c| PARTS[c as usize - 'a' as usize]).collect())
        });
    }

    #[test]
    fn words_are_folded_as_characters_are() {
        each_text(|text| {
            let (folded, origins) = slowly(&text);
            let (fast, pieces) = Fold::of(&text);
            assert_eq!(fast, folded, "{text:?}");
            let all: Vec<u32> = (0..origins.len() as u32).map(|at| pieces.origin(at)).collect();
            assert_eq!(all, origins, "{text:?}");
            for origin in (0..text.len() as u32).step_by(5) {
                let first = origins.partition_point(|own| *own < origin);
                assert_eq!(pieces.first_from(origin) as usize, first, "{text:?}");
            }
        });
    }

    #[test]
    fn what_is_surely_alike_is_folded_alike() {
        let (mut before, mut told) = ([String::new(), String::new()], 0);
        each_text(|text| {
            let [start, middle] = &before;
            let rebuilt = |text: String| Rebuilt { text, pieces: Pieces::default() };
            let own = rebuilt(format!("{start}\n![{middle}](a.png)\n{middle}"));
            let other = rebuilt(format!("{start}\n![{text}](a.png)\n{middle}"));
            if own.is_surely_like(&other) {
                told += usize::from(own.text != other.text);
                assert_eq!(own.folded().0, other.folded().0, "{:?} {:?}", own.text, other.text);
            }
            before = [std::mem::take(&mut before[1]), text];
        });
        assert!(told > 100, "{told}");
    }
}
