//! What is shown of documents: both sides of a unit, a line, a text as a fix leaves it, each cut to a window round
//! what matters.

use std::borrow::Cow;
use std::ops::Range;

use bitext::{Document, Span, Unit};
use rules::Role;
use serde::Serialize;
use unicode_segmentation::GraphemeCursor;

use crate::engine::{LocatedFinding, LocatedFix, LocatedRelated};
use crate::report::snippet::bounds;
use crate::report::visible::visible;

/// Characters that are shown of a side, and of a place that only helps.
const ROOM: usize = 480;
const LITTLE_ROOM: usize = 160;

/// A grapheme is kept whole, but not one that somebody made a kilobyte long.
const LONGEST_GRAPHEME: usize = 64;

/// A text in parts: not marked, marked, not marked, and so on. A mark can be empty, where something is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(super) struct Side(pub(super) Vec<String>);

/// What a text is, which tells its language and direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// The translation in a unit.
    Target,
    /// The English in a unit.
    Source,
    /// A line as it stands in the file.
    Line,
}

/// What is shown of the document of a finding.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Shown {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) source: Option<Side>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) target: Option<Side>,
    /// The line, where the place is in no text of a unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) context: Option<Side>,
    /// The text as the fix leaves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fixed: Option<Side>,
}

impl Shown {
    pub(super) fn of(document: &Document, finding: &LocatedFinding) -> Self {
        let place = document.file.read_span(finding.range.span);
        let fixed = finding.fix.as_ref().and_then(|fix| fixed(document, fix));
        let unit = document.unit_at(place.start as usize).filter(|_| !document.file.is_cut_out(place));
        let Some(unit) = unit else {
            return Self { context: Some(line(document, place)), fixed, ..Self::default() };
        };
        let (target, source) = (unit.target.text, unit.source.text);
        let context = (!holds(target, place) && !holds(source, place)).then(|| line(document, place));
        let marked = |side: Span| if holds(side, place) { vec![place] } else { Vec::new() };
        let mut source_marks = marked(source);
        source_marks.extend(finding.related.iter().filter(|one| is_own_source(finding, one)).flat_map(
            |one| {
                let all =
                    if one.marks.is_empty() { std::slice::from_ref(&one.range.span) } else { &one.marks };
                all.iter().map(|mark| document.file.read_span(*mark)).collect::<Vec<_>>()
            },
        ));
        // A mark on all of it says nothing.
        source_marks.retain(|mark| holds(source, *mark) && *mark != source);
        Self {
            source: Some(Side::of(document.slice(source), &within(source, &source_marks), ROOM)),
            target: Some(Side::of(document.slice(target), &within(target, &marked(target)), ROOM)),
            context,
            fixed,
        }
    }

    /// What is shown of a related place, and what it is a text of.
    pub(super) fn related(document: &Document, related: &LocatedRelated) -> (Side, Kind) {
        let read = |span: &Span| document.file.read_span(*span);
        let place = read(&related.range.span);
        let bounds = bounds(document, place);
        let kind = match document.unit_at(place.start as usize) {
            Some(unit) if holds(unit.target.text, place) => Kind::Target,
            Some(unit) if holds(unit.source.text, place) => Kind::Source,
            _ => Kind::Line,
        };
        let marks: Vec<Span> =
            if related.marks.is_empty() { vec![place] } else { related.marks.iter().map(read).collect() };
        let marks: Vec<Span> = marks.into_iter().filter(|mark| *mark != bounds).collect();
        (Side::of(document.slice(bounds), &within(bounds, &marks), LITTLE_ROOM), kind)
    }
}

/// Whether a related place is the source side of the finding's own unit, which is shown anyway.
pub(super) fn is_own_source(finding: &LocatedFinding, related: &LocatedRelated) -> bool {
    related.role == Role::Source && related.path == finding.path && related.unit == finding.unit
}

fn line(document: &Document, place: Span) -> Side {
    let bounds = bounds(document, place);
    Side::of(document.slice(bounds), &within(bounds, &[place]), ROOM)
}

/// The text that the first edit stands in, with all edits that stand in it.
fn fixed(document: &Document, fix: &LocatedFix) -> Option<Side> {
    let first = document.file.read_span(fix.edits.first()?.range.span);
    if document.file.is_cut_out(first) {
        return None;
    }
    let side = document.unit_at(first.start as usize).and_then(|unit| side_of(unit, first));
    let bounds = side.unwrap_or_else(|| bounds(document, first));
    let text = document.slice(bounds);
    let mut edits: Vec<(Range<usize>, &str)> = fix
        .edits
        .iter()
        .map(|edit| (document.file.read_span(edit.range.span), edit.replacement.as_str()))
        .filter(|(span, _)| holds(bounds, *span))
        .map(|(span, new)| (local(bounds, span), new))
        .collect();
    edits.sort_by_key(|(range, _)| range.start);
    let (mut new, mut marks, mut at) = (String::with_capacity(text.len() + 16), Vec::new(), 0);
    for (range, replacement) in edits {
        new.push_str(text.get(at..range.start)?);
        marks.push(new.len()..new.len() + replacement.len());
        new.push_str(replacement);
        at = range.end;
    }
    new.push_str(text.get(at..)?);
    Some(Side::of(&new, &marks, ROOM))
}

fn side_of(unit: &Unit, place: Span) -> Option<Span> {
    [unit.target.text, unit.source.text].into_iter().find(|side| holds(*side, place))
}

fn holds(side: Span, place: Span) -> bool {
    side.start <= place.start && place.end <= side.end
}

fn local(bounds: Span, span: Span) -> Range<usize> {
    (span.start - bounds.start) as usize..(span.end - bounds.start) as usize
}

/// The parts of `marks` that lie in `bounds`, in bytes from its start.
fn within(bounds: Span, marks: &[Span]) -> Vec<Range<usize>> {
    let inside = marks.iter().filter(|mark| mark.start >= bounds.start && mark.start <= bounds.end);
    inside
        .map(|mark| local(bounds, Span { start: mark.start, end: mark.end.clamp(mark.start, bounds.end) }))
        .collect()
}

impl Side {
    /// `text` with `marks`, cut to about `room` characters round the first of them.
    pub(super) fn of(text: &str, marks: &[Range<usize>], room: usize) -> Self {
        let mut marks: Vec<Range<usize>> =
            marks.iter().filter(|mark| text.get((*mark).clone()).is_some()).cloned().collect();
        marks.sort_by_key(|mark| (mark.start, mark.end));
        let shown = window(text, marks.first().map_or(0, |mark| mark.start), room);
        let (mut parts, mut at) = (Vec::with_capacity(2 * marks.len() + 1), shown.start);
        for mark in marks {
            // Only the rest of a mark that an earlier one overlaps, and nothing beyond the window.
            let (start, end) = (mark.start.max(at), mark.end.min(shown.end));
            if start > end || (start == end && !mark.is_empty()) || (mark.is_empty() && start > mark.start) {
                continue;
            }
            parts.push(readable(&text[at..start]));
            parts.push(readable(&text[start..end]));
            at = end;
        }
        parts.push(readable(&text[at..shown.end]));
        if shown.start > 0 {
            parts[0].insert(0, '…');
        }
        if shown.end < text.len()
            && let Some(last) = parts.last_mut()
        {
            last.push('…');
        }
        Self(parts)
    }
}

/// About `room` characters of `text`, a third of them before `at`; more where there is nothing on the other side. Of a
/// long text only that much is looked at.
fn window(text: &str, at: usize, room: usize) -> Range<usize> {
    let back =
        |from: usize, n: usize| text[..from].char_indices().rev().take(n).last().map_or(from, |(at, _)| at);
    let from = back(at, room / 3);
    let to = text[from..].char_indices().nth(room).map_or(text.len(), |(at, _)| from + at);
    let from = if to == text.len() { back(to, room).min(from) } else { from };
    boundary(text, from)..boundary(text, to)
}

/// The next place where no grapheme is cut apart.
fn boundary(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    if cursor.is_boundary(text, 0) == Ok(true) {
        return at;
    }
    // What is looked at is bounded as well.
    let mut near = (at + LONGEST_GRAPHEME).min(text.len());
    while !text.is_char_boundary(near) {
        near -= 1;
    }
    cursor.next_boundary(&text[..near], 0).ok().flatten().unwrap_or(at)
}

/// Text as people can read it: line ends as they are, what hides or turns text by its code point.
fn readable(text: &str) -> String {
    let lines: Vec<Cow<'_, str>> =
        text.split('\n').map(|line| visible(line.strip_suffix('\r').unwrap_or(line))).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(text: &str, marks: &[Range<usize>]) -> Vec<String> {
        Side::of(text, marks, 12).0
    }

    #[test]
    fn parts_alternate() {
        assert_eq!(side("abc", &[]), ["abc"]);
        assert_eq!(side("abcdef", &[1..2, 4..5]), ["a", "b", "cd", "e", "f"]);
        assert_eq!(side("abcdef", &[0..6]), ["", "abcdef", ""]);
        // Out of order, overlapping, the same once more, and an empty one.
        assert_eq!(side("abcdef", &[3..5, 1..4, 1..4]), ["a", "bcd", "", "e", "f"]);
        assert_eq!(side("abc", &[2..2]), ["ab", "", "c"]);
        // Marks that do not fit the text do no harm.
        assert_eq!(side("ä", &[1..2, 0..9]), ["ä"]);
    }

    #[test]
    fn long_texts_are_cut_round_the_mark() {
        let text = format!("{}X{}", "а".repeat(500_000), "я".repeat(500_000));
        let at = 1_000_000;
        assert_eq!(side(&text, &[at..at + 1]), ["…аааа", "X", "яяяяяяя…"]);
        assert_eq!(side(&text, &[]), [format!("{}…", "а".repeat(12))]);
        assert_eq!(side("0123456789abcdef", &[15..16]), ["…456789abcde", "f", ""]);
        assert_eq!(side(&text, &[0..text.len()])[1].chars().count(), 12);
    }

    #[test]
    fn graphemes_stay_whole_unless_they_are_endless() {
        let family = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466}";
        let shown = side(&format!("{}x{}", family.repeat(5), family.repeat(5)), &[]).concat();
        assert_eq!(shown.trim_end_matches('…').replace(family, ""), "");
        let zalgo = format!("a{}", "\u{301}".repeat(100_000));
        assert!(side(&zalgo, &[]).concat().len() < 200);
    }

    #[test]
    fn what_turns_or_hides_text_is_shown() {
        assert_eq!(side("a\u{202e}b\r\nc\u{1b}", &[]), ["a<U+202E>b\nc<U+001B>"]);
    }
}
