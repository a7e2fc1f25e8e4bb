use bitext::{Document, Localized, Signs, Span};

use crate::prelude::*;

/// Its page is `uncovered_text.md`.
pub(crate) struct UncoveredText;

/// Fewer words are left-over punctuation and names.
const MIN_WORDS: usize = 3;

/// What a line may start with before its text.
const MARKS: [char; 4] = [' ', '>', '-', '*'];

/// What a line with words has, or with a fence.
const OF_WORDS: ByteSet =
    ByteSet::of(b"`~").with_range(b'A', b'Z').with_range(b'a', b'z').with_range(0x80, 0xff);

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "span/uncovered-text",
        include_str!("uncovered_text.md"),
        Severity::Info,
        Scope::Document,
        "omission",
    )
}

impl DocumentRule for UncoveredText {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        if document.units.is_empty() || !document.faults.is_empty() {
            return;
        }
        let mut reported_line = 0;
        for text in prose(document) {
            // One finding a line, where its first uncovered words are.
            let line = document.file.position(text.start).line;
            if line != reported_line {
                reported_line = line;
                let message = format!("text outside every pair: {}", quote(document.slice(text)));
                sink.report(localized, text, message)
                    .help("hand the article off again, so that it is translated with its source beside it");
            }
        }
    }
}

/// Pieces of text that readers see as prose and that lie in no unit.
fn prose(document: &Document) -> Vec<Span> {
    let gaps: Vec<Span> = gaps(document).collect();
    if !has_words_outside(document, &gaps) {
        return Vec::new();
    }
    uncovered(document, lines_with_words(document, &gaps)).collect()
}

/// What of the visible text around these lines is prose and lies in no unit.
fn uncovered(document: &Document, lines: impl Iterator<Item = Span>) -> impl Iterator<Item = Span> {
    let text = document.file.text();
    let mut line = Line::starting(text, 0);
    let is_uncovered = move |span: &Span| {
        document.unit_at(span.start as usize).is_none()
            && is_prose(span.slice(text))
            && !line.is_directive(text, *span)
    };
    document.visible_text(lines).filter(is_uncovered)
}

/// What stands before, between and behind the units and may have words or a fence, without the anchors of headings.
fn gaps(document: &Document) -> impl Iterator<Item = Span> {
    let mut anchors = document.anchors.iter().filter(|anchor| anchor.unit.is_some()).peekable();
    document.gaps.with(Signs::LETTER | Signs::CODE).filter_map(move |gap| {
        while anchors.next_if(|anchor| anchor.unit < Some(gap.unit)).is_some() {}
        let anchor = anchors.next_if(|anchor| anchor.unit == Some(gap.unit));
        // Before the anchor of a heading stand its marks.
        let anchor = anchor.filter(|anchor| !document.slice(anchor.name).contains(['<', '>']));
        let span = Span { end: anchor.map_or(gap.span.end, |anchor| anchor.span.start), ..gap.span };
        // What the whole gap has is known.
        let may_have_words =
            span.len() >= "```".len() && (anchor.is_none() || has_letter(document.slice(span)));
        may_have_words.then_some(span)
    })
}

/// The lines of the gaps that may have a piece of prose. None goes on in the next line, and a piece of visible text has a
/// `<` at most at its start: so the words of prose, which end at a `<` as well, are no more than those between blanks.
fn lines_with_words(document: &Document, gaps: &[Span]) -> impl Iterator<Item = Span> {
    let text = document.file.text();
    let lines = gaps.iter().flat_map(|gap| {
        let ends = gap.slice(text).split_inclusive('\n');
        ends.scan(gap.start as usize, |at, line| {
            *at += line.len();
            Some(Span::new(*at - line.len(), *at))
        })
    });
    lines.filter(move |line| {
        let bare = line.slice(text).trim_start_matches(MARKS);
        let at = line.end as usize - bare.len();
        let is_start = text[..line.start as usize].ends_with('\n');
        let is_directive = is_start && starts_directive(line.slice(text));
        if is_directive || is_image(bare) {
            return false;
        }
        let words = bare.split_whitespace().filter(|word| word.contains(char::is_alphabetic));
        words.take(MIN_WORDS).count() == MIN_WORDS && !document.is_fenced(at)
    })
}

/// Whether a stretch of a document has prose for readers outside the pairs, be it in pieces: words between links.
pub(crate) fn tells_of(document: &Document, span: Span) -> bool {
    if span.is_empty() || !is_prose(document.slice(span)) {
        return false;
    }
    let (text, at) = (document.file.text(), span.start as usize);
    let is_bare = !["![", "[!", "](", ":::", "`"].iter().any(|sign| span.slice(text).contains(sign));
    if is_bare && document.unit_at(at).is_none() && document.code_at(at).is_none() {
        return true;
    }
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let mut line = Line::starting(text, start);
    let lines = [Span::new(start, span.end as usize)];
    let pieces = document.visible_text(lines).filter(|piece| {
        let is_there = piece.start < span.end && span.start < piece.end;
        is_there && document.unit_at(piece.start as usize).is_none() && !line.is_directive(text, *piece)
    });
    let within = |piece: Span| Span { start: piece.start.max(span.start), end: piece.end.min(span.end) };
    let words: Vec<&str> = pieces.map(|piece| within(piece).slice(text)).collect();
    is_prose(&words.join(" "))
}

#[inline]
fn is_prose(text: &str) -> bool {
    // Words are of a letter or more, with blanks between them.
    text.len() >= 2 * MIN_WORDS - 1 && may_be_prose(text.as_bytes()) && has_prose(text)
}

/// A scan that counts no fewer words than there are.
fn may_be_prose(text: &[u8]) -> bool {
    let (mut words, mut in_word, mut before_tag) = (0, false, None);
    for byte in text {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' => {
                words += usize::from(!in_word);
                in_word = true;
            }
            b'<' => (in_word, before_tag) = (false, Some(words)),
            b'>' => {
                // What stands in a tag are no words.
                if let Some(before) = before_tag.take() {
                    (words, in_word) = (before, false);
                }
            }
            0x09..=0x0d | b' ' => in_word = false,
            // A letter, or a blank.
            0x80.. => (words, in_word) = (words + 1, false),
            _ => {}
        }
    }
    words >= MIN_WORDS
}

fn has_prose(text: &str) -> bool {
    let may_have_word = |piece: &&str| piece.bytes().any(|b| b.is_ascii_alphabetic() || !b.is_ascii());
    let words = without_tags(text)
        .filter(may_have_word)
        .flat_map(str::split_whitespace)
        .filter(|word| word.contains(char::is_alphabetic) && !word.contains("://"));
    words.take(MIN_WORDS).count() >= MIN_WORDS
}

/// The pieces of a text between HTML tags, whose attributes are no words.
fn without_tags(text: &str) -> impl Iterator<Item = &str> {
    text.split('<').enumerate().map(|(at, piece)| match piece.split_once('>') {
        Some((_, rest)) if at > 0 => rest,
        _ => piece,
    })
}

/// Whether a line starts with `[!NOTE]`, `:::image …:::` or the like, which stand outside pairs by rule.
fn starts_directive(line: &str) -> bool {
    let bare = line.trim_start_matches(MARKS);
    bare.starts_with("[!") || bare.starts_with(":::")
}

/// What has been read of a line, from one piece of its text to the next: a long line may have many.
struct Line {
    start: usize,
    /// Where the last piece starts.
    piece: usize,
    /// Where it ends.
    read: usize,
    is_directive: bool,
}

impl Line {
    fn starting(text: &str, at: usize) -> Self {
        Self { start: at, piece: at, read: at, is_directive: starts_directive(&text[at..]) }
    }

    /// Whether a piece of prose, which are asked for in order, is that of a directive: its line starts with one, or has
    /// `:::` or `[!INCLUDE` up to there.
    fn is_directive(&mut self, text: &str, piece: Span) -> bool {
        const INCLUDE: &[u8] = b"[!INCLUDE";
        let (bytes, start, end) = (text.as_bytes(), piece.start as usize, piece.end as usize);
        let since = bytes.get(self.piece..start).unwrap_or_default();
        if let Some(line_end) = memchr::memrchr(b'\n', since) {
            *self = Self::starting(text, self.piece + line_end + 1);
        }
        // A sign may go from one piece into the next.
        let unread = self.start.max(self.read.saturating_sub(INCLUDE.len() - 1))..end;
        let unread = bytes.get(unread).unwrap_or_default();
        let has = |sign: &[u8]| memchr::memmem::find(unread, sign).is_some();
        self.is_directive = self.is_directive || has(b":::") || has(INCLUDE);
        (self.piece, self.read) = (start, end);
        self.is_directive
    }
}

/// A scan over what lies between the units, which spares most documents the Markdown parser.
fn has_words_outside(document: &Document, gaps: &[Span]) -> bool {
    let mut fence = false;
    gaps.iter().any(|gap| has_words(document.file.text(), *gap, &mut fence))
}

/// The same for what lies between two units, perhaps in a fence, or with one.
fn has_words(text: &str, gap: Span, fence: &mut bool) -> bool {
    let mut is_start = text[..gap.start as usize].ends_with('\n');
    for line in gap.slice(text).lines() {
        let bare = line.trim_start();
        let is_hidden = || is_image(bare) || is_start && (is_html(line) || starts_directive(line));
        match bare.as_bytes() {
            [b'`', b'`', b'`', ..] | [b'~', b'~', b'~', ..] => *fence = !*fence,
            _ if !*fence && is_prose(bare) && !is_hidden() => return true,
            _ => {}
        }
        is_start = true;
    }
    false
}

/// Whether a text has what [`Signs`] call a letter or code.
fn has_letter(text: &str) -> bool {
    text.bytes().any(|byte| OF_WORDS.has(byte))
}

/// Whether a line is an image and nothing else, in the plain way.
fn is_image(line: &str) -> bool {
    let Some((alt, address)) = line.strip_prefix("![").and_then(|rest| rest.split_once("](")) else {
        return false;
    };
    let address = address.trim_end().strip_suffix(')');
    // In a table, a bar ends it; at the end, a backslash takes the bracket for text.
    !alt.contains(['[', ']', '`', '<', '|'])
        && !alt.ends_with('\\')
        && address.is_some_and(|address| {
            !address.contains(['(', ')', '<', '>', '`', '|', ' ', '\t']) && !address.ends_with('\\')
        })
}

/// Whether a line is a block of HTML and nothing else, in the plain way.
fn is_html(line: &str) -> bool {
    let bare = line.trim_start_matches(' ');
    line.len() - bare.len() < 4 && bare.starts_with("<pre>") && bare.trim_end().ends_with("</pre>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_missed() {
        let mut found = 0;
        words::each_random_document("PLFWWWWWW      \n\n`>-<[!]:", |document| {
            let gaps: Vec<Span> = gaps(document).collect();
            let lines: Vec<Span> = uncovered(document, lines_with_words(document, &gaps)).collect();
            let body = Span::new(document.body(), document.file.text().len());
            found += lines.len();
            assert!(uncovered(document, [body].into_iter()).eq(lines), "{:?}", document.file.text());
        });
        assert!(found > 1000, "{found}");
    }

    #[test]
    fn directives_are_those_of_the_line_up_to_a_piece() {
        let mut found = [0; 2];
        words::each_random_document("PLFWWW**  \n\n>-<[!:CN", |document| {
            let text = document.file.text();
            let mut line = Line::starting(text, 0);
            let body = Span::new(document.body(), text.len());
            for piece in document.visible_text([body]).filter(|piece| piece.slice(text).contains("Lodě")) {
                let line_start = text[..piece.start as usize].rfind('\n').map_or(0, |end| end + 1);
                let whole = &text[line_start..piece.end as usize];
                let bare = whole.trim_start_matches(MARKS);
                let wanted = whole.contains(":::") || bare.starts_with("[!") || whole.contains("[!INCLUDE");
                found[usize::from(wanted)] += 1;
                assert_eq!(line.is_directive(text, piece), wanted, "{text:?}");
            }
        });
        assert!(found.iter().min() > Some(&1000), "{found:?}");
    }

    #[test]
    fn no_prose_is_missed() {
        let mut found = 0;
        words::each_random_text("ab é中\u{a0}<> /:-1", |text| {
            found += usize::from(has_prose(text));
            assert!(!has_prose(text) || may_be_prose(text.as_bytes()), "{text:?}");
        });
        assert!(found > 50, "{found}");
    }
}
