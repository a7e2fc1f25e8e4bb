//! Terms in source texts.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::Term;
use crate::support::capitals::Capitals;

/// A term in a source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Occurrence<'g> {
    pub(crate) term: &'g Term,
    /// In bytes of the source text.
    pub(crate) range: Range<usize>,
}

/// Finds all terms of a glossary at once: terms start where no word goes on, which few places of a text are, and of
/// those few have the first two bytes of a term.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Ordered by their first four bytes.
    patterns: Vec<Pattern>,
    /// For each byte in lower case, where the patterns begin that start with it or a later one.
    firsts: Vec<usize>,
    /// A bit for each two bytes that one of them starts with in some case.
    starts: Vec<u64>,
    /// Whether some have no capital among their first two bytes: names do, so that few places of a text are looked at.
    has_others: bool,
}

/// A form of a term.
#[derive(Clone, Debug)]
struct Pattern {
    /// The first four bytes in lower case; of a shorter term those that it has, and 0 for each other.
    start: u32,
    /// All bits of the bytes that it has.
    mask: u32,
    text: String,
    term: usize,
    is_plural: bool,
    /// Whether only the very same text is the term.
    is_exact: bool,
}

impl Index {
    pub(super) fn new(terms: &[Term]) -> Self {
        let mut index = Self::default();
        for (term, source) in terms.iter().map(|term| &term.source).enumerate() {
            index.add(source.clone(), term, false, terms[term].keeps_case());
            for plural in plurals(&terms[term]) {
                index.add(plural, term, true, false);
            }
        }
        index.patterns.sort_by_key(|pattern| pattern.start);
        let begin = |byte: u32| index.patterns.partition_point(|pattern| pattern.start >> 24 < byte);
        index.firsts = (0..=1 << 8).map(begin).collect();
        index.starts = vec![0; (1 << 16) / 64];
        for pattern in &index.patterns {
            let [first, second, ..] = pattern.start.to_be_bytes();
            let seconds = if second == 0 { 0..=u8::MAX } else { second..=second };
            // Names start as they are written: few words do.
            let written = pattern.text.as_bytes()[0];
            let keeps_case = terms[pattern.term].keeps_case();
            let has_capital = pattern.text.bytes().take(2).any(|byte| byte.is_ascii_uppercase());
            index.has_others |= !keeps_case || !has_capital;
            let firsts = if keeps_case { [written; 2] } else { [first, first.to_ascii_uppercase()] };
            for second in seconds.flat_map(|byte| [byte, byte.to_ascii_uppercase()]) {
                for first in firsts {
                    let bit = usize::from(u16::from_be_bytes([first, second]));
                    index.starts[bit / 64] |= 1 << (bit % 64);
                }
            }
        }
        index
    }

    fn add(&mut self, text: String, term: usize, is_plural: bool, is_exact: bool) {
        let start = start(text.as_bytes());
        if !text.is_empty() {
            let mask = u32::MAX << (8 * 4_usize.saturating_sub(text.len()));
            self.patterns.push(Pattern { start, mask, text, term, is_plural, is_exact });
        }
    }

    /// Shows the patterns that the bytes may start with.
    fn each_candidate<'i>(&'i self, bytes: &[u8], mut each: impl FnMut(&'i Pattern)) {
        /// So many are gone through sooner than they are looked up.
        const FEW: usize = 24;
        let here = start(bytes);
        let first = (here >> 24) as usize;
        let range = self.firsts.get(first).zip(self.firsts.get(first + 1));
        let mut alike = range.map_or(&[][..], |(from, to)| &self.patterns[*from..*to]);
        if alike.len() <= FEW {
            alike.iter().filter(|pattern| pattern.start == here & pattern.mask).for_each(each);
            return;
        }
        // Those of one byte, of two, of three and of more.
        let mut before = None;
        for mask in [0xff00_0000, 0xffff_0000, 0xffff_ff00, u32::MAX] {
            let start = here & mask;
            if before.replace(start) != Some(start) {
                alike = &alike[alike.partition_point(|pattern| pattern.start < start)..];
                alike.iter().take_while(|pattern| pattern.start == start).for_each(&mut each);
            }
        }
    }

    /// Where words start with the first two bytes of a pattern in some case, in a text with capitals there.
    fn each_start(&self, bytes: &[u8], capitals: &Capitals, mut each: impl FnMut(usize)) {
        let mut look_at = |at: usize| {
            if self.may_start(bytes, at) {
                each(at);
            }
        };
        if self.has_others {
            (0..bytes.len()).for_each(look_at);
            return;
        }
        for start in capitals.starts() {
            if start > 0 {
                look_at(start - 1);
            }
            look_at(start);
        }
    }

    /// Whether a text may have a term that has no capital but at its start.
    #[inline]
    pub(super) fn may_start_with(&self, bytes: &[u8]) -> bool {
        self.has_others || !bytes.is_empty() && self.may_start(bytes, 0)
    }

    #[inline]
    fn may_start(&self, bytes: &[u8], at: usize) -> bool {
        let second = bytes.get(at + 1).copied().unwrap_or_default();
        let bit = usize::from(u16::from_be_bytes([bytes[at], second]));
        self.starts.get(bit / 64).is_some_and(|bits| bits & (1 << (bit % 64)) != 0)
            && !at.checked_sub(1).is_some_and(|before| WORD[usize::from(bytes[before])])
    }

    /// The terms in a masked source text, in order, with their places: whole words of its prose; of terms that overlap the
    /// longest only.
    pub(super) fn find(
        &self,
        terms: &[Term],
        prose: &str,
        capitals: &Capitals,
    ) -> Vec<(usize, Range<usize>)> {
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        self.each_start(prose.as_bytes(), capitals, |at| {
            let here = &prose.as_bytes()[at..];
            self.each_candidate(here, |Pattern { text, term: index, is_plural, is_exact, .. }| {
                let (term, range) = (&terms[*index], at..at + text.len());
                let is_here = || {
                    let is_alike = |here: &[u8]| here.eq_ignore_ascii_case(text.as_bytes());
                    let is_kept = || *is_plural && prose[range.clone()].starts_with(&term.source);
                    here.get(..text.len()).is_some_and(is_alike) && (!term.keeps_case() || is_kept())
                };
                let is_here = if *is_exact { here.starts_with(text.as_bytes()) } else { is_here() };
                if is_here && is_whole(prose, &range, term.do_not_translate) {
                    found.push((*index, range));
                }
            });
        });
        // Those that stand apart are in order.
        if found.is_sorted_by(|(_, one), (_, next)| one.end <= next.start) {
            return found;
        }
        found.sort_by_key(|(_, range)| (Reverse(range.len()), range.start));
        // Where those stand that are chosen, by their start.
        let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
        found.retain(|(_, Range { start, end })| {
            let last = taken.range(..end).next_back();
            let is_free = last.is_none_or(|(from, to)| to <= start || (from, to) == (start, end));
            if is_free {
                taken.insert(*start, *end);
            }
            is_free
        });
        found.sort_by_key(|(_, range)| range.start);
        found
    }
}

impl Term {
    /// Whether only what is written as the term is the term.
    fn keeps_case(&self) -> bool {
        self.case_sensitive || self.do_not_translate
    }
}

/// The first four bytes in lower case, 0 for each that is missing.
fn start(bytes: &[u8]) -> u32 {
    let first = bytes.first_chunk().copied().unwrap_or_else(|| {
        let mut padded = [0; 4];
        padded[..bytes.len()].copy_from_slice(bytes);
        padded
    });
    u32::from_be_bytes(first.map(|byte| byte.to_ascii_lowercase()))
}

/// Whether a word goes on after a byte, as [`is_whole`] has it, whatever the term.
const WORD: [bool; 256] = {
    let (mut word, mut byte) = ([false; 256], 0);
    while byte < 256 {
        word[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'_' | b'@' | b'.' | b'-');
        byte += 1;
    }
    word
};

/// The plurals of an English term that is no name.
fn plurals(term: &Term) -> Vec<String> {
    let source = &term.source;
    if term.exact || term.do_not_translate || !source.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return Vec::new();
    }
    match source.strip_suffix('y') {
        Some(stem) => vec![format!("{source}s"), format!("{stem}ies")],
        None => vec![format!("{source}s"), format!("{source}es")],
    }
}

/// Whether nothing continues the term: no letter or digit, nor a sign that makes it a part of another name, as in
/// `NuGet.exe`, `Harbor.NuGet`, `my_NuGet` and `C#` for the term `C`. Words that are no names are also part of another
/// in `Install-Package`, `package-based` and `/packages/`.
fn is_whole(text: &str, range: &Range<usize>, is_name: bool) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@');
    let is_code = |c: char| matches!(c, '/' | '\\' | '$' | '{' | '}' | '=');
    let mut rest = text[range.end..].chars();
    let goes_on = match rest.next() {
        Some('.' | '\\') => rest.next().is_some_and(char::is_alphanumeric),
        Some('-') if !is_name => rest.next().is_some_and(char::is_alphanumeric),
        Some(c) => joins(c) || matches!(c, '+' | '#') || is_code(c) && !is_name,
        None => false,
    };
    let mut before = text[..range.start].chars().rev();
    let is_tail = before.next().is_some_and(|c| joins(c) || matches!(c, '.' | '-') || is_code(c) && !is_name);
    !goes_on && !is_tail
}
