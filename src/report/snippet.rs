//! A readable piece of a document round a place, for people.
//!
//! A paragraph of a bilingual document is often 2,000 characters on one line, most of it markup. So a
//! place inside one side of a pair is shown with that side only, long text is cut to a window round the
//! place, and characters that would confuse a terminal are made visible.

use std::ops::Range;

use bitext::{Document, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::visible::visible;

/// One line to show, and the parts of it to mark.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Snippet {
    /// The line as it is shown.
    pub(super) text: String,
    /// What to mark, in bytes of `text`; never empty, though a mark can be.
    pub(super) marks: Vec<Range<usize>>,
}

/// How much room there is, and what stands for text that is left out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// In terminal columns.
    pub(super) width: usize,
    /// Whether more than ASCII can be shown in the frame.
    pub(super) unicode: bool,
}

impl Snippet {
    /// The snippet for `place`, with `marks` in it (the whole place if there are none), all in bytes of the file.
    pub(super) fn new(document: &Document, place: Span, marks: &[Span], room: Room) -> Self {
        let read = |span: &Span| document.file.read_span(*span);
        let place = read(&place);
        let bounds = bounds(document, place);
        let (own, marks) = ([place], marks.iter().map(read).collect::<Vec<_>>());
        let marks = if marks.is_empty() { &own[..] } else { &marks };
        let inside = |mark: &&Span| mark.start >= bounds.start && mark.start <= bounds.end;
        let local = |span: &Span| {
            let start = (span.start - bounds.start) as usize;
            start..(span.end.clamp(span.start, bounds.end.max(span.start)) - bounds.start) as usize
        };
        let marks: Vec<Range<usize>> = marks.iter().filter(inside).map(local).collect();
        Self::cut(document.slice(bounds), if marks.is_empty() { vec![Range::default()] } else { marks }, room)
    }

    /// The side or line that `place` stands in, with `replacement` in its place, which is marked.
    pub(super) fn replaced(document: &Document, place: Span, replacement: &str, room: Room) -> Self {
        let place = document.file.read_span(place);
        let bounds = bounds(document, place);
        let text = document.slice(bounds);
        let (start, end) =
            ((place.start - bounds.start) as usize, (place.end.min(bounds.end) - bounds.start) as usize);
        let fixed = format!("{}{replacement}{}", &text[..start], &text[end..]);
        let first_line = fixed.lines().next().unwrap_or_default();
        let mark = start.min(first_line.len())..(start + replacement.len()).min(first_line.len());
        Self::cut(first_line, vec![mark], room)
    }

    /// Whether there is just one mark, round all that is shown.
    pub(super) fn is_marked_whole(&self) -> bool {
        matches!(self.marks.as_slice(), [mark] if mark.start == 0 && self.text.trim_end_matches(['…', '.']).len() <= mark.end)
    }

    /// `label` cut to what fits under the line; it is drawn from the middle of the first mark on.
    pub(super) fn fitting(&self, label: &str, room: Room) -> String {
        const LEAD: usize = 4;
        let columns = |range: Range<usize>| self.text[range].width();
        let middle = self.marks.first().map_or(0, |mark| columns(0..mark.start) + columns(mark.clone()) / 2);
        let width = room.width.saturating_sub(middle + LEAD).max(20);
        if label.width() <= width {
            return label.to_string();
        }
        let ellipsis = if room.unicode { "…" } else { "..." };
        let mut used = ellipsis.width();
        let kept = label.graphemes(true).take_while(|grapheme| {
            used += grapheme.width();
            used <= width
        });
        kept.collect::<String>() + ellipsis
    }

    /// Cuts `line` to the room there is, round the first of `marks`.
    fn cut(line: &str, mut marks: Vec<Range<usize>>, room: Room) -> Self {
        let near = near(line, &marks[0], room);
        let (cut_before, cut_after) = (near.start > 0, near.end < line.len());
        let line = &line[near.clone()];
        let local = |at: usize| at.clamp(near.start, near.end) - near.start;
        marks.retain(|mark| mark.end >= near.start && mark.start <= near.end);
        let marks: Vec<_> = marks.into_iter().map(|mark| local(mark.start)..local(mark.end)).collect();
        let graphemes: Vec<(usize, String)> = line
            .grapheme_indices(true)
            .map(|(offset, grapheme)| (offset, visible(grapheme).into_owned()))
            .collect();
        let index = |offset: usize| graphemes.partition_point(|(start, _)| *start < offset);
        let ellipsis = if room.unicode { "…" } else { "..." };
        let shown = window(
            &graphemes,
            index(marks[0].start)..index(marks[0].end),
            room.width.max(20),
            ellipsis.width(),
        );
        let (mut text, mut starts) = (String::new(), Vec::new());
        if shown.start > 0 || cut_before {
            text.push_str(ellipsis);
        }
        for (offset, grapheme) in &graphemes[shown.clone()] {
            starts.push((*offset, text.len()));
            text.push_str(grapheme);
        }
        let end = text.len();
        if shown.end < graphemes.len() || cut_after {
            text.push_str(ellipsis);
        }
        let place = |offset: usize| {
            starts.get(starts.partition_point(|(from, _)| *from < offset)).map_or(end, |at| at.1)
        };
        let visible_from = starts.first().map_or(0, |at| at.0);
        let in_window = |mark: &Range<usize>| mark.end >= visible_from && place(mark.start) <= end;
        let marks =
            marks.into_iter().filter(in_window).map(|mark| place(mark.start)..place(mark.end)).collect();
        Self { text, marks }
    }
}

/// The bytes round a mark of which a window is chosen: of a line that has a million, only these are looked at, and as much of
/// text without width is shown at most.
fn near(line: &str, mark: &Range<usize>, room: Room) -> Range<usize> {
    /// More than a column takes in any script.
    const BYTES_A_COLUMN: usize = 32;
    let reach = BYTES_A_COLUMN * room.width.max(20);
    let (mut from, mut to) = (mark.start.saturating_sub(reach), mark.end.min(mark.start + reach) + reach);
    to = to.min(line.len());
    while !line.is_char_boundary(from) {
        from -= 1;
    }
    while !line.is_char_boundary(to) {
        to -= 1;
    }
    from..to
}

/// The text to show: the side of the unit that holds the place, and of that the line where it starts.
pub(super) fn bounds(document: &Document, place: Span) -> Span {
    if document.file.is_cut_out(place) {
        return written_line(document, place);
    }
    let text = document.file.text();
    let line = document.file.lines().line_span(text, document.file.position(place.start).line);
    let unit = document.unit_at(place.start as usize);
    let holds = |side: &Span| side.start <= place.start && place.end <= side.end;
    let side = unit.and_then(|unit| [unit.target.text, unit.source.text].into_iter().find(holds));
    let bounds =
        side.map_or(line, |side| Span { start: side.start.max(line.start), end: side.end.min(line.end) });
    // A place may start on a line ending, which no line covers.
    Span { start: bounds.start.min(place.start), end: bounds.end.max(place.start) }
}

/// The line of the file that a comment to loclint starts on; the rest of the document knows nothing of it.
fn written_line(document: &Document, place: Span) -> Span {
    let (text, at) = (document.file.written(), document.file.written_span(place).start as usize);
    let end = |text: &str| text.find(['\n', '\r']).unwrap_or(text.len());
    let before = text[..at].rfind(['\n', '\r']).map_or(at, |line| at - line - 1);
    Span { start: place.start - before as u32, end: place.start + end(&text[at..]) as u32 }
}

/// Which graphemes to show: the marked ones first, then a third of the rest before them, then what fits.
fn window(graphemes: &[(usize, String)], mark: Range<usize>, width: usize, ellipsis: usize) -> Range<usize> {
    let columns = |at: usize| graphemes[at].1.width();
    if (0..graphemes.len()).map(columns).sum::<usize>() <= width {
        return 0..graphemes.len();
    }
    let room = width.saturating_sub(2 * ellipsis);
    let (mut from, mut to, mut used) = (mark.start, mark.start, 0);
    while to < mark.end && used + columns(to) <= room {
        used += columns(to);
        to += 1;
    }
    let before = used + (room - used) / 3;
    while from > 0 && used + columns(from - 1) <= before {
        from -= 1;
        used += columns(from);
    }
    while to < graphemes.len() && used + columns(to) <= room {
        used += columns(to);
        to += 1;
    }
    while from > 0 && used + columns(from - 1) <= room {
        from -= 1;
        used += columns(from);
    }
    from..to
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str, part: &str, width: usize) -> String {
        let at = line.find(part).unwrap();
        let snippet = Snippet::cut(line, vec![at..at + part.len()], Room { width, unicode: true });
        let (text, mark) = (snippet.text, snippet.marks[0].clone());
        assert!(text.width() <= width, "{text}");
        format!("{}[{}]{}", &text[..mark.start], &text[mark.clone()], &text[mark.end..])
    }

    #[test]
    fn short_lines_are_whole() {
        assert_eq!(shown("Přečtěte si přehled- poznámky", "přehled", 40), "Přečtěte si [přehled]- poznámky");
    }

    #[test]
    fn long_lines_are_cut_round_the_mark() {
        let line = "one two three four five six seven eight nine ten";
        assert_eq!(shown(line, "six", 24), "… five [six] seven eight …");
        assert_eq!(shown(line, "one", 24), "[one] two three four fiv…");
        assert_eq!(shown(line, "ten", 24), "…x seven eight nine [ten]");
        let ascii = Snippet::cut(line, vec![24..27], Room { width: 24, unicode: false });
        assert_eq!(ascii.text, "...five six seven eig...");
    }

    #[test]
    fn a_mark_wider_than_the_room_is_cut_too() {
        let line = "x ".repeat(80);
        assert_eq!(shown(&line, &line, 24), format!("[{}]…", "x ".repeat(11)));
    }

    #[test]
    fn wide_characters_and_graphemes_are_never_cut() {
        let line = "概要をお読みください。リリースノートはこちらです。";
        assert_eq!(shown(line, "ノート", 24), "…ース[ノート]はこちらです…");
        // Combining marks, a family of four, a Devanagari cluster, Hangul from single letters.
        for cluster in [
            "e\u{301}",
            "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}\u{200d}\u{1f466}",
            "क्षि",
            "\u{1112}\u{1161}\u{11ab}",
        ] {
            let line = format!("{}x{}", cluster.repeat(30), cluster.repeat(30));
            let snippet = Snippet::cut(
                &line,
                vec![line.find('x').unwrap()..line.find('x').unwrap() + 1],
                Room { width: 24, unicode: true },
            );
            let rest = snippet.text.trim_matches('…').replace('x', "").replace(cluster, "");
            assert_eq!(rest, "", "a {cluster} was cut");
        }
    }

    #[test]
    fn what_confuses_a_terminal_is_made_visible() {
        assert_eq!(shown("a\u{202e}b\u{1b}[31mc", "b", 60), "a<U+202E>[b]<U+001B>[31mc");
    }

    #[test]
    fn of_a_million_bytes_a_window_is_shown() {
        let line = format!("{}x{}", "slovo ".repeat(200_000), "\u{301}".repeat(500_000));
        let at = line.find('x').unwrap();
        let snippet = Snippet::cut(&line, vec![at..at + 1], Room { width: 24, unicode: true });
        assert!(snippet.text.starts_with('…') && snippet.text.ends_with('…'), "{}", snippet.text);
        assert!(snippet.text.contains("slovo x\u{301}") && snippet.text.len() < 4096);
    }

    #[test]
    fn marks_outside_the_window_are_left_out() {
        let line = "one two three four five six seven eight nine ten";
        let snippet = Snippet::cut(line, vec![4..7, 44..48], Room { width: 24, unicode: true });
        let marked: Vec<&str> = snippet.marks.iter().map(|mark| &snippet.text[mark.clone()]).collect();
        assert_eq!(marked, ["two", ""]);
    }
}
