//! What became of the source units between two versions of an article, aligned by their text:
//! numbers mean nothing across versions.

use std::ops::Range;

use bitext::Document;
use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

use super::source_text;

/// The source of an older translation against the source of a newer one.
pub(crate) struct Drift {
    /// Units of the newer source that the older one has too.
    pub(crate) agreeing: usize,
    /// Units of the newer source.
    pub(crate) total: usize,
    /// What changed, in the order of the newer source.
    pub(crate) changes: Vec<Change>,
}

/// One change; `old` and `new` are unit indexes in the two documents.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// One unit now, several in the older source.
    Split { old: Vec<usize>, new: usize },
    /// One unit in the older source, now several, of which this is the first.
    Merged { old: usize, new: usize },
    /// Other words now.
    Reworded { old: usize, new: usize },
    /// Not in the older source.
    New { new: usize },
    /// No longer in the source.
    Gone { old: usize },
}

impl Change {
    /// Whether the words are the same, only divided in another way.
    pub(crate) fn keeps_words(&self) -> bool {
        matches!(self, Self::Split { .. } | Self::Merged { .. })
    }
}

/// Two source texts with at least this share of equal words are one unit reworded.
const REWORDED_RATIO: f32 = 0.5;

impl Drift {
    /// Compares the source sides of two documents.
    pub(crate) fn between(old: &Document, new: &Document) -> Self {
        let (old_text, new_text) = (source_text::folded(old), source_text::folded(new));
        let mut drift = Self { agreeing: 0, total: new_text.len(), changes: Vec::new() };
        let letters = |texts: &[String]| texts.iter().map(|text| letters(text)).collect();
        let explain = Explain { old, new, old_letters: letters(&old_text), new_letters: letters(&new_text) };
        for op in capture_diff_slices(Algorithm::Patience, &old_text, &new_text) {
            match op {
                DiffOp::Equal { len, .. } => drift.agreeing += len,
                _ => explain.changes(op.old_range().collect(), op.new_range(), &mut drift.changes),
            }
        }
        drift
    }
}

/// The words of `old` and of `new` that differ, as byte ranges in each.
pub(crate) fn differing_words(old: &str, new: &str) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (mut gone, mut added) = (Vec::new(), Vec::new());
    let (mut old_at, mut new_at) = (0, 0);
    for change in TextDiff::from_words(old, new).iter_all_changes() {
        let len = change.value().len();
        match change.tag() {
            ChangeTag::Equal => (old_at, new_at) = (old_at + len, new_at + len),
            ChangeTag::Delete => {
                push(&mut gone, old_at..old_at + len);
                old_at += len;
            }
            ChangeTag::Insert => {
                push(&mut added, new_at..new_at + len);
                new_at += len;
            }
        }
    }
    (gone, added)
}

/// Adds a range, joined to the last one if they touch.
fn push(ranges: &mut Vec<Range<usize>>, next: Range<usize>) {
    match ranges.last_mut() {
        Some(last) if last.end == next.start => last.end = next.end,
        _ => ranges.push(next),
    }
}

/// Explains stretches of units that differ.
struct Explain<'a> {
    old: &'a Document,
    new: &'a Document,
    /// Punctuation is left out: the bar between two names goes when they become a list.
    old_letters: Vec<String>,
    new_letters: Vec<String>,
}

/// How many of the older units are compared, word by word, with a newer one. Units keep their order, so
/// the right one is near; comparing all with all would take time quadratic in a rewritten article.
const NEAR: usize = 12;

impl Explain<'_> {
    fn changes(&self, mut old: Vec<usize>, new: Range<usize>, changes: &mut Vec<Change>) {
        let mut at = new.start;
        while at < new.end {
            if let Some(parts) = self.split(&old, at) {
                old.retain(|index| !parts.contains(index));
                changes.push(Change::Split { old: parts, new: at });
                at += 1;
            } else if let Some((index, len)) = self.merged(&old, at..new.end) {
                old.retain(|other| *other != index);
                changes.push(Change::Merged { old: index, new: at });
                at += len;
            } else {
                match old.iter().take(NEAR).copied().find(|index| self.reworded(*index, at)) {
                    Some(index) => {
                        old.retain(|other| *other != index);
                        changes.push(Change::Reworded { old: index, new: at });
                    }
                    None => changes.push(Change::New { new: at }),
                }
                at += 1;
            }
        }
        changes.extend(old.into_iter().map(|old| Change::Gone { old }));
    }

    /// Older units in a row that together have the letters of the newer unit.
    fn split(&self, old: &[usize], new: usize) -> Option<Vec<usize>> {
        (0..old.len()).find_map(|start| {
            let len =
                run(old[start..].iter().map(|index| &self.old_letters[*index]), &self.new_letters[new])?;
            Some(old[start..start + len].to_vec())
        })
    }

    /// An older unit with the letters of the first newer ones, and how many these are.
    fn merged(&self, old: &[usize], new: Range<usize>) -> Option<(usize, usize)> {
        let joined = |index: &usize| run(self.new_letters[new.clone()].iter(), &self.old_letters[*index]);
        old.iter().find_map(|index| Some((*index, joined(index)?)))
    }

    fn reworded(&self, old: usize, new: usize) -> bool {
        let (old, new) = (self.old.source(&self.old.units[old]), self.new.source(&self.new.units[new]));
        TextDiff::from_words(old, new).ratio() >= REWORDED_RATIO
    }
}

/// How many of the first parts, two at least, together make `whole`.
fn run<'a>(parts: impl Iterator<Item = &'a String>, whole: &str) -> Option<usize> {
    let mut rest = whole;
    for (taken, part) in parts.enumerate() {
        rest = rest.strip_prefix(part.as_str()).filter(|_| !part.is_empty())?;
        if rest.is_empty() {
            return (taken > 0).then_some(taken + 1);
        }
    }
    None
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use bitext::SourceFile;

    use super::*;

    fn document(sources: &[&str]) -> Document {
        let unit = |(i, source): (usize, &&str)| {
            let id = format!("0a0a0-{}", 103 + i);
            format!(
                "- <span data-ttu-id=\"{id}\">x</span><span class=\"sxs-lookup\"><span data-stu-id=\"{id}\">{source}</span></span>\n"
            )
        };
        let text: String = sources.iter().enumerate().map(unit).collect();
        Document::parse(SourceFile::from_bytes(text.into_bytes()).unwrap())
    }

    fn changes(old: &[&str], new: &[&str]) -> Vec<Change> {
        Drift::between(&document(old), &document(new)).changes
    }

    #[test]
    fn a_label_with_two_names_was_a_list() {
        let old = ["Title", "**Applies to**", "Harbor 4.8", "Harbor Server", "End."];
        let new = ["Title", "**Applies to**: Harbor 4.8 | Harbor Server", "**Roles**: Admin", "End."];
        let drift = Drift::between(&document(&old), &document(&new));
        assert_eq!((drift.agreeing, drift.total), (2, 4));
        assert_eq!(drift.changes, [Change::Split { old: vec![1, 2, 3], new: 1 }, Change::New { new: 2 }]);
    }

    #[test]
    fn words_that_differ() {
        let (old, new) = ("Choose Yes for all files.", "Choose No for some files.");
        let (gone, added) = differing_words(old, new);
        let text = |text: &str, ranges: &[Range<usize>]| -> Vec<String> {
            ranges.iter().map(|range| text[range.clone()].to_string()).collect()
        };
        assert_eq!(
            (text(old, &gone), text(new, &added)),
            (vec!["Yes".into(), "all".into()], vec!["No".into(), "some".into()])
        );
    }

    #[test]
    fn merged_reworded_new_and_gone() {
        assert_eq!(
            changes(&["Open it. Close it."], &["Open it.", "Close it."]),
            [Change::Merged { old: 0, new: 0 }]
        );
        assert_eq!(
            changes(&["Run the tool now."], &["Run the new tool now."]),
            [Change::Reworded { old: 0, new: 0 }]
        );
        assert_eq!(changes(&["a b"], &["a b", "Something else."]), [Change::New { new: 1 }]);
        assert_eq!(changes(&["a b", "Something else."], &["a b"]), [Change::Gone { old: 1 }]);
        assert_eq!(changes(&["a b"], &["a  *b*"]), []);
    }
}
