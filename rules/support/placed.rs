//! Where something came or went, of the places that do just as well.

use std::ops::Range;

use bitext::Document;

use super::difference::segment;
use super::english::English;

/// How far it is moved, in bytes.
const MOST_STEPS: usize = 256;

/// Of what only the first document has, the range to tell of. Where it ends like what stands before it, as two links do, it may have been
/// put there a little earlier just as well: where all of it is outside the pairs, at the start of a line if it can be.
pub(super) fn placed(
    (document, full): (&Document, &English),
    (there, other): (&Document, &English),
    range: &Range<usize>,
    at: usize,
) -> (Range<usize>, Range<usize>) {
    let moved = |step: usize| (range.start - step..range.end - step, at - step..at - step);
    let folded = &full.folded;
    // Of the English, nobody knows what is in pairs: what is lost in the middle of one stays there.
    let is_english = document.units.is_empty();
    if is_english && !is_between(there, other, at) {
        return moved(0);
    }
    let is_character = |step: usize| folded[range.start - step] & 0xc0 != 0x80;
    let is_whole = |step: usize| {
        let span = full.span(&moved(step).0);
        let piece = segment(document, span.start);
        let is_outside = document.unit_at(span.start as usize).is_none() && span.end <= piece.end;
        is_outside && is_between(there, other, at - step)
    };
    // The first byte of a line or behind a pair is likelier the first of what was put there.
    let is_start = |step: usize| {
        let start = full.span(&moved(step).0).start as usize;
        let lead = document.file.text()[..start].trim_end_matches([' ', '\t', '>']);
        lead.ends_with('\n') || document.unit_at(lead.len().saturating_sub(1)).is_some()
    };
    let steps = 0..=range.start.min(at).min(MOST_STEPS);
    let same = steps.take_while(|step| *step == 0 || folded[range.start - step] == folded[range.end - step]);
    let good: Vec<usize> = same.filter(|step| is_character(*step) && is_whole(*step)).collect();
    let best = good.iter().copied().find(|step| is_start(*step));
    moved(best.or(good.first().copied().filter(|_| !is_english)).unwrap_or(0))
}

/// Whether a place of the folded text is not in the middle of a source side.
fn is_between(document: &Document, english: &English, at: usize) -> bool {
    let [before, after] = sides(english, at);
    let (Some(before), Some(after)) = (before, after) else { return true };
    let piece = segment(document, before - 1);
    piece != segment(document, after) || document.unit_at(before as usize - 1).is_none()
}

/// Where in the file the byte before a place of the folded text ends, and where the one behind it starts.
pub(super) fn sides(english: &English, at: usize) -> [Option<u32>; 2] {
    let place = |range: Range<usize>| english.span(&range);
    let before = (at > 0).then(|| place(at - 1..at).end);
    let after = (at < english.folded.len()).then(|| place(at..at + 1).start);
    [before, after]
}
