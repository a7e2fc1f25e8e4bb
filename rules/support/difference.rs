//! Where a document departs from its English file or from a sibling: what kind of place it is, and the words to
//! quote.

use std::ops::Range;

use bitext::{Document, Span};

use super::english::English;
use super::placed::{placed, sides};

/// A place where two documents differ; either side can be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    /// In the document, in whole words as far as the other side has the same beginning and end of the word.
    pub(crate) own: Span,
    /// In the English file or the sibling.
    pub(crate) other: Span,
    /// What is there in the document.
    pub(crate) zone: Zone,
    /// Where words are missing: how far in the folded text the gap can be moved without changing anything.
    slack: Option<(usize, usize)>,
}

/// What a place in a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Zone {
    /// The source side of the unit with this index.
    Unit(usize),
    /// The anchor of a heading, which `anchor/*` rules look at.
    Anchor,
    /// An image that came or went; `id/gap` knows, since its alt text has a number.
    Image,
    /// Elsewhere outside the pairs.
    Outside,
}

/// The first `most` differences between two documents.
pub(crate) fn between(
    own: (&Document, &English),
    other: (&Document, &English),
    most: usize,
) -> Vec<Difference> {
    let ranges = differences(&own.1.folded, &other.1.folded, most).into_iter();
    let placed = ranges.map(|(range, there)| match (range.is_empty(), there.is_empty()) {
        (false, true) => placed(own, other, &range, there.start),
        (true, false) => {
            let (there, range) = placed(other, own, &there, range.start);
            (range, there)
        }
        _ => (range, there),
    });
    placed.map(|(range, there)| difference(own, other, (&range, &there))).collect()
}

fn difference(
    (document, own): (&Document, &English),
    (there, other): (&Document, &English),
    (range, range_there): (&Range<usize>, &Range<usize>),
) -> Difference {
    let (mut span, mut span_there) = (own.span(range), other.span(range_there));
    if range.is_empty() {
        span = gap(document, own, range.start, there, span_there);
    } else if range_there.is_empty() && !there.units.is_empty() {
        span_there = gap(there, other, range_there.start, document, span);
    }
    let zone = zone(document, span, there, span_there);
    let edge = segment(document, span.start).end;
    let span = Span { start: span.start, end: span.end.min(edge).max(span.start) };
    let (own_words, other_words) = widened((document, span), (there, span_there));
    let slack = range.is_empty().then(|| slack(&other.folded, range.start, range_there));
    Difference { own: own_words, other: other_words, zone, slack }
}

/// Where in a document something is missing that `there` has. Between two pieces, a pair and what is outside, it
/// belongs to the one whose words it touches; else to the one on its line; else to neither. What is known to stand outside the
/// pairs there, it does here.
fn gap(document: &Document, own: &English, at: usize, there: &Document, missing: Span) -> Span {
    let [before, after] = sides(own, at);
    match (before, after) {
        (Some(before), Some(after)) if segment(document, before - 1) == segment(document, after) => {
            return Span::at(before as usize);
        }
        (None, None) => return Span::at(document.body()),
        _ => {}
    }
    let is_outside = !there.units.is_empty() && there.unit_at(missing.start as usize).is_none();
    let text = there.file.text();
    let lead = &text[..missing.start as usize];
    let lead = &lead[lead.trim_end().len()..];
    let tail = &text[missing.end as usize..];
    let tail = &tail[..tail.len() - tail.trim_start().len()];
    let sentence_end = text[..missing.start as usize].trim_end().ends_with(['.', '!', '?', ':']);
    let lost = there.slice(missing);
    let words = lost.chars().any(char::is_alphabetic) && !lost.starts_with([']', '[']);
    let same_line = |blanks: &str| words && !blanks.contains('\n');
    // The brackets of a link round a pair, and the keyword of an alert, are outside.
    let to_last = lead.is_empty() && !lost.starts_with(']');
    let to_next = tail.is_empty() && !lost.ends_with('[');
    let to_last = to_last || (!to_next && same_line(lead) && !(sentence_end && same_line(tail)));
    let to_next = to_next || same_line(tail);
    let (to_last, to_next) = (to_last && !is_outside, to_next && !is_outside);
    match (before.filter(|_| to_last), after.filter(|_| to_next)) {
        (Some(before), _) => Span::at(before as usize),
        (None, Some(after)) => Span::at(after as usize),
        // Outside the pairs: what closes a link stands after the pair before, all else before the piece that
        // follows.
        (None, None) => {
            let unit = |at: u32| document.unit_at(at as usize).map(|unit| unit.span);
            let closed = before.filter(|_| lost.starts_with(']')).and_then(|before| unit(before - 1));
            let next = after.map(|after| unit(after).map_or(after, |span| span.start));
            let end = document.file.text().trim_end().len();
            Span::at(closed.map_or(next.map_or(end, |next| next as usize), |span| span.end as usize))
        }
    }
}

fn zone(document: &Document, span: Span, there: &Document, span_there: Span) -> Zone {
    let unit = document.units.partition_point(|unit| unit.span.end <= span.start);
    let inside = document.units.get(unit).map(|unit| unit.source.text);
    if inside.is_some_and(|source| source.start <= span.start && span.start <= source.end) {
        return Zone::Unit(unit);
    }
    let texts = [document.slice(span), there.slice(span_there)];
    if texts.iter().any(|text| text.contains("![") || text.contains("alt-text=")) {
        return Zone::Image;
    }
    if is_anchor(document, span) || is_anchor(there, span_there) { Zone::Anchor } else { Zone::Outside }
}

/// Whether a place is in the anchor of a heading, between its `#`s and its first pair, be it damaged.
fn is_anchor(document: &Document, span: Span) -> bool {
    let text = document.file.text();
    let start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let next = document.units.partition_point(|unit| unit.span.start < span.start);
    let Some(unit) = document.units.get(next) else { return false };
    let lead = text.get(start..unit.span.start as usize).filter(|lead| !lead.contains('\n'));
    let Some(lead) = lead.filter(|lead| lead.trim_start_matches([' ', '>', '-', '*', '\t']).starts_with('#'))
    else {
        return false;
    };
    let anchor = ["<a", "a name", "name=", "</a>"].iter().filter_map(|part| lead.find(part)).min();
    anchor.is_some_and(|anchor| start + anchor <= span.start as usize)
}

/// The piece of a document that holds the byte `at`: the source side of a pair, or what lies between two pairs.
pub(super) fn segment(document: &Document, at: u32) -> Span {
    let next = document.units.partition_point(|unit| unit.span.end <= at);
    if let Some(unit) = document.units.get(next)
        && unit.source.text.start <= at
        && at <= unit.source.text.end
    {
        return unit.source.text;
    }
    let start = next.checked_sub(1).map_or(document.body() as u32, |before| document.units[before].span.end);
    let end = document.units.get(next).map_or(document.file.text().len() as u32, |unit| unit.span.start);
    Span { start, end: end.max(start) }
}

/// Both places with what they share of the words that they stand in, so that a letter is quoted with its word and
/// a link target with its bracket on both sides.
fn widened(own: (&Document, Span), other: (&Document, Span)) -> (Span, Span) {
    let (bounds, bounds_there) = (segment(own.0, own.1.start), segment(other.0, other.1.start));
    let (text, text_there) = (own.0.file.text(), other.0.file.text());
    let before = |text: &'_ str, from: u32, to: u32| {
        text.get(from as usize..to as usize).unwrap_or_default().to_string()
    };
    let (lead, lead_there) =
        (before(text, bounds.start, own.1.start), before(text_there, bounds_there.start, other.1.start));
    let shared = |pairs: &mut dyn Iterator<Item = (char, char)>| -> u32 {
        pairs.take_while(|(a, b)| a == b && !a.is_whitespace()).map(|(c, _)| c.len_utf8() as u32).sum()
    };
    let back = shared(&mut lead.chars().rev().zip(lead_there.chars().rev()));
    let (tail, tail_there) =
        (before(text, own.1.end, bounds.end), before(text_there, other.1.end, bounds_there.end));
    let on = shared(&mut tail.chars().zip(tail_there.chars()));
    let wide = |span: Span| Span { start: span.start - back, end: span.end + on };
    (wide(own.1), wide(other.1))
}

/// How far before and after `at` the missing `range` of the other text could be missing just as well, in bytes: of
/// `a b b c` without a `b`, nobody knows which.
fn slack(other: &[u8], at: usize, range: &Range<usize>) -> (usize, usize) {
    const MOST: usize = 256;
    let len = range.len();
    let back = (0..range.start.min(MOST))
        .take_while(|step| other[range.start - 1 - step] == other[range.end - 1 - step]);
    let room = (other.len() - range.end).min(MOST);
    let on = (0..room).take_while(|step| other[range.end + step] == other[range.start + step]);
    let (back, on) = (back.count(), on.count());
    debug_assert!(len > 0 || (back, on) != (0, 0) || other.is_empty() || range.is_empty());
    (at.saturating_sub(back), at + on)
}

impl Difference {
    /// Whether what is missing here may be what stood between two places of the folded text, both included.
    pub(crate) fn may_be_lost_between(&self, from: usize, to: usize) -> bool {
        self.slack.is_some_and(|(first, last)| first <= to && from <= last)
    }
}

/// Bytes that must agree for two texts to be in step again.
const IN_STEP: usize = 16;

/// Where two folded texts differ: ranges of `own` with the ranges of `other` that stand in their place; either
/// can be empty. No more than `most` are looked for; the last one then covers the rest.
fn differences(own: &[u8], other: &[u8], most: usize) -> Vec<(Range<usize>, Range<usize>)> {
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

    fn parse(text: &str) -> Document {
        Document::parse(SourceFile::from_bytes(text.as_bytes().to_vec()).unwrap())
    }

    fn pair(number: u32, source: &str) -> String {
        format!(
            "<span data-ttu-id=\"0a0a0-{number}\">x</span><span class=\"sxs-lookup\"><span data-stu-id=\"0a0a0-{number}\">{source}</span></span>"
        )
    }

    /// The differences as what is there, what should be, and in which unit.
    fn found(own: &str, english: &str) -> Vec<(String, String, Zone)> {
        let (own, english) = (parse(own), parse(english));
        let folded = (English::of(&own), English::of(&english));
        let differences = between((&own, &folded.0), (&english, &folded.1), 9);
        let text = |document: &Document, span| document.slice(span).to_string();
        differences.iter().map(|d| (text(&own, d.own), text(&english, d.other), d.zone)).collect()
    }

    fn one(own: &str, english: &str) -> (String, String, Zone) {
        let mut found = found(own, english);
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0)
    }

    fn is(own: &str, other: &str, zone: Zone) -> (String, String, Zone) {
        (own.into(), other.into(), zone)
    }

    #[test]
    fn letters_are_quoted_with_their_words() {
        let own = format!("{}\n", pair(103, "Sign on first."));
        assert_eq!(one(&own, "Sign in first.\n"), is("on", "in", Zone::Unit(0)));
        assert_eq!(one("a stables b\n", "a stable b\n"), is("stables", "stable", Zone::Outside));
        let own = format!("[{}](channel.md)\n", pair(103, "Channels"));
        assert_eq!(
            one(&own, "[Channels](channels.md)\n"),
            is("](channel.md)", "](channels.md)", Zone::Outside)
        );
    }

    #[test]
    fn letters_that_share_bytes_are_not_cut() {
        assert_eq!(one("code \u{e8} 1\n", "code \u{e9} 1\n"), is("\u{e8}", "\u{e9}", Zone::Outside));
        assert_eq!(one("├─a\n", "└─a\n"), is("├─a", "└─a", Zone::Outside));
        assert_eq!(one("a – b\n", "a — b\n"), is("–", "—", Zone::Outside));
    }

    #[test]
    fn missing_words_belong_to_the_piece_that_they_touch() {
        let two = |first: &str, second: &str| format!("- {}\n- {}\n", pair(103, first), pair(104, second));
        let english = "- Two items\n- Solution here\n";
        assert_eq!(one(&two("Two", "Solution here"), english), is("", "items", Zone::Unit(0)));
        assert_eq!(one(&two("Two items", "olution here"), english), is("olution", "Solution", Zone::Unit(1)));
        let own = format!("- {}\n {}\n", pair(103, "Two items"), pair(104, "Solution here"));
        assert_eq!(one(&own, english), is("", "-", Zone::Outside));
        let own = format!("{}\n", pair(103, "Two"));
        assert_eq!(one(&own, "Two items\n"), is("", "items", Zone::Unit(0)));
    }

    #[test]
    fn anchors_and_images_are_known() {
        let own = format!("# <a name=\"two\">/a>{}\n", pair(103, "Two"));
        assert_eq!(one(&own, "# Two\n").2, Zone::Anchor);
        let own = format!("![x](a.png)\n\n{}\n", pair(103, "Two"));
        assert_eq!(one(&own, "Two\n").2, Zone::Image);
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
