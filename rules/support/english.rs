//! The English text of an article, rebuilt from a bilingual document, for comparing with the English file or
//! with the same text in a sibling locale.
//!
//! Every pair stands for its source side, and what the publishing system writes anew is folded away: blanks,
//! the `>` before lines of a quote, backslashes and asterisks outside fenced code, the alt texts of images, the
//! anchors of headings. With that, 4,765 of 4,765 published documents equal their English file.

use std::ops::Range;

use bitext::{Document, Span};

/// The body of a document, of a bilingual one with the source side of each pair in its place.
pub(crate) struct Rebuilt {
    text: String,
    /// Where that came from in the file.
    pieces: Pieces,
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
        let (folded, folding) = Fold::of(&rebuilt.text);
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

/// A text put together from pieces of another.
#[derive(Default)]
struct Pieces {
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
    fn origin(&self, at: u32) -> u32 {
        let next = self.starts.partition_point(|(here, _)| *here <= at);
        let piece = next.checked_sub(1).filter(|_| at < self.end);
        piece.map_or(0, |piece| self.starts[piece].1 + (at - self.starts[piece].0))
    }

    /// The first byte that came from `origin` or from after it.
    fn first_from(&self, origin: u32) -> u32 {
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

/// Bytes that must agree for two texts to be in step again.
const IN_STEP: usize = 16;

/// Where two folded texts differ: ranges of `own` with the ranges of `other` that stand in their place; either
/// can be empty. No more than `most` are looked for; the last one then covers the rest.
pub(crate) fn differences(own: &[u8], other: &[u8], most: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let head = same(own.iter(), other.iter());
    let tail = same(own[head..].iter().rev(), other[head..].iter().rev());
    let (full, full_other) = (own, other);
    let (own, other) = (&own[..own.len() - tail], &other[..other.len() - tail]);
    let (mut at, mut there) = (head, head);
    let mut found = Vec::new();
    while at < own.len() || there < other.len() {
        let room = found.len() + 1 < most;
        let next = if room { in_step(&own[at..], &other[there..]) } else { None };
        let (step, step_there) = next.unwrap_or((own.len() - at, other.len() - there));
        let (to, to_there) = (at + step, there + step_there);
        let (from, on) = whole_characters((full, full_other), (at, there), (to, to_there));
        found.push((at - from..to + on, there - from..to_there + on));
        (at, there) = (to, to_there);
        let agree = same(own[at..].iter(), other[there..].iter());
        (at, there) = (at + agree, there + agree);
    }
    found
}

/// How many bytes a difference has to begin earlier and to end later, on both sides, so that no character is cut:
/// characters such as `é` and `è` share their first byte.
fn whole_characters(
    (own, other): (&[u8], &[u8]),
    (at, there): (usize, usize),
    (to, to_there): (usize, usize),
) -> (usize, usize) {
    let inside = |text: &[u8], at: usize| text.get(at).is_some_and(|byte| byte & 0xc0 == 0x80);
    let from =
        (0..at.min(there)).take_while(|step| inside(own, at - step) || inside(other, there - step)).count();
    let on = (0..4).take_while(|step| inside(own, to + step) || inside(other, to_there + step)).count();
    (from, on)
}

/// How many items agree from the start.
fn same<'a>(own: impl Iterator<Item = &'a u8>, other: impl Iterator<Item = &'a u8>) -> usize {
    own.zip(other).take_while(|(own, other)| own == other).count()
}

/// How far to go in each text until they agree again, as little as possible.
fn in_step(own: &[u8], other: &[u8]) -> Option<(usize, usize)> {
    let mut window = 512;
    loop {
        let (near, there) = (&own[..window.min(own.len())], &other[..window.min(other.len())]);
        let mut places: std::collections::HashMap<&[u8], usize> = std::collections::HashMap::new();
        for (place, gram) in there.windows(IN_STEP).enumerate() {
            places.entry(gram).or_insert(place);
        }
        let steps = near.windows(IN_STEP).enumerate();
        let met = steps.filter_map(|(step, gram)| Some((step, *places.get(gram)?)));
        if let Some(best) = met.min_by_key(|(step, place)| (step + place, *step)) {
            return Some(best);
        }
        if window >= own.len().max(other.len()) {
            return None;
        }
        window *= 8;
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

    #[test]
    fn differences_are_found_one_by_one() {
        let differ = |own: &str, other: &str| -> Vec<(String, String)> {
            let ranges = differences(own.as_bytes(), other.as_bytes(), 9);
            ranges.into_iter().map(|(a, b)| (own[a].to_string(), other[b].to_string())).collect()
        };
        let pair = |a: &str, b: &str| (a.to_string(), b.to_string());
        assert_eq!(differ("same", "same"), []);
        assert_eq!(differ("choose yes", "choose no"), [pair("yes", "no")]);
        assert_eq!(differ("aab", "ab"), [pair("a", "")]);
        assert_eq!(differ("ab", "aab"), [pair("", "a")]);
        assert_eq!(differ("", "new"), [pair("", "new")]);
        let long = "the quick brown fox jumps over the lazy dog";
        assert_eq!(
            differ(&format!("1{long}2{long}3"), &format!("x{long}{long}3")),
            [pair("1", "x"), pair("2", "")]
        );
    }
}
