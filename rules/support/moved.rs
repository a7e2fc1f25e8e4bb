//! What became of the source of a translation: the English file then against the English file now.
//!
//! The English file now has no units, so the two are compared word by word, and each unit is found again by its
//! place in the English file then. Where sentences end does not matter for that.

use std::ops::Range;

use bitext::{Document, Span};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::english::English;
use super::yaml::LOCALIZED;
use crate::Work;

/// What changed, and how much of the translation still holds.
#[derive(Debug)]
pub(crate) struct Moved {
    /// Units, units that hold, and words of new text.
    pub(crate) work: Work,
    /// In the order of the English file.
    pub(crate) changes: Vec<Change>,
}

/// A stretch of text that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// Units of the translation that it concerns; none where text is only added or stands outside the units.
    pub(crate) units: Range<usize>,
    /// The text then, in the English file then; `None` if it is new.
    pub(crate) then: Option<Span>,
    /// The text now, in the English file now; `None` if it is gone.
    pub(crate) now: Option<Span>,
    /// The words of `now` that are new.
    pub(crate) marks: Vec<Span>,
}

/// A word of an English file.
struct Word {
    span: Span,
    /// Whether it is translated: not code, not a key of the front matter, and with letters.
    prose: bool,
}

/// Compares the English file that `document` was translated from with the English file now.
pub(crate) fn between(document: &Document, then: &Document, now: &Document) -> Moved {
    let (old, new) = (words(then), words(now));
    let ops = capture_diff_slices(Algorithm::Patience, &texts(then, &old), &texts(now, &new));
    let units = units_in(document, then, &old);
    let mut changes: Vec<Change> = Vec::new();
    let (mut valid, mut count) = (units.len(), 0);
    let mut open: Option<Open> = None;
    for op in ops {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let next = Open::of(&op, &units);
        open = match open.take() {
            Some(last) if last.meets(&next) => Some(last.joined(next)),
            Some(last) => {
                changes.push(last.close(&old, &new, &mut valid, &mut count));
                Some(next)
            }
            None => Some(next),
        };
    }
    changes.extend(open.map(|last| last.close(&old, &new, &mut valid, &mut count)));
    Moved { work: Work { units: units.len(), valid, words: count }, changes }
}

/// A change that may go on; ranges of words.
struct Open {
    units: Range<usize>,
    then: Range<usize>,
    now: Range<usize>,
    marks: Vec<Range<usize>>,
}

impl Open {
    /// The units that an operation touches, with all their words on both sides.
    fn of(op: &DiffOp, units: &[Range<usize>]) -> Self {
        let (then, now) = (op.old_range(), op.new_range());
        let first = units.partition_point(|unit| unit.end <= then.start);
        // Words that are added between two units touch neither of them.
        let touches =
            |unit: &&Range<usize>| unit.start < then.end || (then.is_empty() && unit.start < then.start);
        let last = first + units[first..].iter().take_while(touches).count();
        let whole = units[first..last]
            .iter()
            .fold(then.clone(), |all, unit| all.start.min(unit.start)..all.end.max(unit.end));
        let now_whole =
            now.start - (then.start - whole.start).min(now.start)..now.end + (whole.end - then.end);
        Self { units: first..last, then: whole, now: now_whole, marks: vec![now] }
    }

    fn meets(&self, next: &Self) -> bool {
        next.then.start < self.then.end || (!self.units.is_empty() && next.units.start < self.units.end)
    }

    fn joined(mut self, next: Self) -> Self {
        self.units.end = self.units.end.max(next.units.end);
        self.then.end = self.then.end.max(next.then.end);
        // The words after the earlier operation are counted from it, not from this one.
        self.now.end = next.now.end;
        self.marks.extend(next.marks);
        self
    }

    fn close(self, old: &[Word], new: &[Word], valid: &mut usize, count: &mut usize) -> Change {
        *valid -= self.units.len();
        let now = self.now.start..self.now.end.min(new.len());
        // What stands outside the units is only copied, but for new text.
        let touched = if self.units.is_empty() { self.marks.clone() } else { vec![now.clone()] };
        *count += touched.iter().flat_map(|range| &new[range.clone()]).filter(|word| word.prose).count();
        let span =
            |words: &[Word]| Some(Span { start: words.first()?.span.start, end: words.last()?.span.end });
        let marks = self.marks.iter().filter_map(|range| span(&new[range.clone()])).collect();
        Change { units: self.units, then: span(&old[self.then]), now: span(&new[now]), marks }
    }
}

/// The words of an English file; the `>` before lines of a quote is none.
fn words(document: &Document) -> Vec<Word> {
    let text = document.file.text();
    let (mut words, mut fence) = (Vec::new(), None);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let in_front = at < document.body();
        let marks = line.trim_start_matches([' ', '\t', '>']);
        let mark = ["```", "~~~"].into_iter().find(|mark| marks.starts_with(mark) && !in_front);
        let code = fence.is_some() || mark.is_some();
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        let key = in_front.then(|| LOCALIZED.iter().find(|key| line.starts_with(&format!("{key}:"))));
        let translated = !code && key.is_none_or(|key| key.is_some());
        let mut from = key.flatten().map_or(0, |key| key.len() + 1);
        for word in line[from..].split_whitespace() {
            from += line[from..].find(word).unwrap_or(0);
            if word != ">" {
                // `[!NOTE]` and `:::image` are directives.
                let directive = word.starts_with("[!") || word.contains(":::");
                let prose = translated && !directive && word.chars().any(char::is_alphabetic);
                words.push(Word { span: Span::new(at + from, at + from + word.len()), prose });
            }
            from += word.len();
        }
        at += line.len();
    }
    words
}

fn texts<'a>(document: &'a Document, words: &[Word]) -> Vec<&'a str> {
    words.iter().map(|word| document.slice(word.span)).collect()
}

/// The words of the English file then that each unit of the translation stands for.
fn units_in(document: &Document, then: &Document, words: &[Word]) -> Vec<Range<usize>> {
    let (own, english) = (English::of(document), English::of(then));
    let equal = own.folded == english.folded;
    let mut from = 0;
    let range = |unit: &bitext::Unit| {
        let range = own.range(unit.source.text);
        let range = if equal { range } else { find(&english.folded, &own.folded[range], from) };
        from = range.end;
        if range.is_empty() {
            return 0..0;
        }
        let span = english.span(&range);
        let first = words.partition_point(|word| word.span.end <= span.start);
        first..words.partition_point(|word| word.span.start < span.end)
    };
    let mut units: Vec<Range<usize>> = document.units.iter().map(range).collect();
    // A unit without words of its own stands where the one before it ends, so that all are in order.
    let mut end = 0;
    for unit in &mut units {
        unit.start = unit.start.max(end);
        unit.end = unit.end.max(unit.start);
        end = unit.end;
    }
    units
}

/// Where `part` is in `text` from `from` on; an empty range if it is not there.
fn find(text: &[u8], part: &[u8], from: usize) -> Range<usize> {
    let at = memchr::memmem::find(&text[from..], part).map(|at| at + from);
    at.map_or(from..from, |at| at..at + part.len())
}

/// The same where only the English file now is known: a unit holds if its source is found there, and words that
/// no unit covers are new.
pub(crate) fn without_then(document: &Document, now: &Document) -> Moved {
    let (own, english) = (English::of(document), English::of(now));
    let mut covered = vec![false; english.folded.len()];
    let (mut from, mut changes) = (0, Vec::new());
    for (index, unit) in document.units.iter().enumerate() {
        let part = &own.folded[own.range(unit.source.text)];
        let next = find(&english.folded, part, from);
        let found = if next.is_empty() { find(&english.folded, part, 0) } else { next };
        if found.is_empty() && !part.is_empty() {
            changes.push(Change { units: index..index + 1, then: None, now: None, marks: Vec::new() });
            continue;
        }
        covered[found.clone()].fill(true);
        from = from.max(found.end);
    }
    let is_new = |word: &&Word| {
        let range = english.range(word.span);
        word.prose && word.span.start as usize >= now.body() && !covered[range].contains(&true)
    };
    let words = words(now).iter().filter(is_new).count();
    let units = document.units.len();
    Moved { work: Work { units, valid: units - changes.len(), words }, changes }
}

#[cfg(test)]
mod tests {
    use bitext::SourceFile;

    use super::*;

    fn parse(text: &str) -> Document {
        Document::parse(SourceFile::from_bytes(text.as_bytes().to_vec()).unwrap())
    }

    /// A document with one unit a source, and the English file that it was translated from.
    fn translated(sources: &[&str]) -> (Document, Document) {
        let unit = |(i, source): (usize, &&str)| {
            let id = format!("0a0a0-{}", 103 + i);
            format!(
                "<span data-ttu-id=\"{id}\">x</span><span class=\"sxs-lookup\"><span data-stu-id=\"{id}\">{source}</span></span> "
            )
        };
        (parse(&sources.iter().enumerate().map(unit).collect::<String>()), parse(&sources.join(" ")))
    }

    fn shown(now: &str, sources: &[&str]) -> (Work, Vec<(Range<usize>, String, String)>) {
        let ((document, then), now) = (translated(sources), parse(now));
        let moved = between(&document, &then, &now);
        let text = |document: &Document, span: Option<Span>| {
            span.map_or("", |span| document.slice(span)).to_string()
        };
        let changes = moved.changes.iter();
        let changes =
            changes.map(|change| (change.units.clone(), text(&then, change.then), text(&now, change.now)));
        (moved.work, changes.collect())
    }

    #[test]
    fn changed_new_and_gone_text() {
        let sources = ["Open the lid.", "Press the red button.", "Close the lid."];
        let (work, changes) = shown("Open the lid. Press the green button. Close the lid.", &sources);
        assert_eq!(work, Work { units: 3, valid: 2, words: 4 });
        assert_eq!(changes, [(1..2, "Press the red button.".into(), "Press the green button.".into())]);
        let (work, changes) = shown("Open the lid. Press the red button. Wait. Close the lid.", &sources);
        assert_eq!(work, Work { units: 3, valid: 3, words: 1 });
        assert_eq!(changes, [(2..2, String::new(), "Wait.".into())]);
        let (work, changes) = shown("Open the lid. Close the lid.", &sources);
        assert_eq!(work, Work { units: 3, valid: 2, words: 0 });
        assert_eq!(changes, [(1..2, "Press the red button.".into(), String::new())]);
    }

    #[test]
    fn where_lines_break_and_code_do_not_count() {
        let sources = ["Open the lid.", "Close the lid."];
        assert_eq!(shown("> Open\n> the lid.\n\nClose the lid.", &sources).0.valid, 2);
        let (work, changes) = shown("Open the lid.\n```\nlid --open\n```\nClose the lid.", &sources);
        assert_eq!((work, changes.len()), (Work { units: 2, valid: 2, words: 0 }, 1));
    }

    #[test]
    fn only_the_newest_file_is_known() {
        let (document, _) = translated(&["Open the lid.", "Press the red button."]);
        let moved = without_then(&document, &parse("Open the lid. Press the green button."));
        assert_eq!(moved.work, Work { units: 2, valid: 1, words: 4 });
        assert_eq!(moved.changes[0].units, 1..2);
    }
}
