//! Terms in source texts.

use std::cmp::Reverse;
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::Term;
use crate::support::inline;

/// A term in a source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Occurrence<'g> {
    pub(crate) term: &'g Term,
    /// In bytes of the source text.
    pub(crate) range: Range<usize>,
}

/// Finds all terms of a glossary at once.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    automaton: Option<AhoCorasick>,
    /// The term that each pattern is of, and whether it is the plural.
    patterns: Vec<(usize, bool)>,
}

impl Index {
    pub(super) fn new(terms: &[Term]) -> Self {
        let (mut texts, mut patterns) = (Vec::new(), Vec::new());
        for (at, term) in terms.iter().enumerate().filter(|(_, term)| !term.source.is_empty()) {
            texts.push(term.source.clone());
            patterns.push((at, false));
            for plural in plurals(term) {
                texts.push(plural);
                patterns.push((at, true));
            }
        }
        // Terms that are too many for an automaton are found nowhere; that takes gigabytes of them.
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(&texts).ok();
        Self { automaton: automaton.filter(|_| !texts.is_empty()), patterns }
    }

    /// The terms in a source text, in order: whole words of its prose; of terms that overlap the longest only.
    pub(super) fn find<'g>(&self, terms: &'g [Term], source: &str) -> Vec<Occurrence<'g>> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        if !automaton.is_match(source) {
            return Vec::new();
        }
        let prose = inline::masked(source);
        let mut found: Vec<Occurrence<'g>> = automaton
            .find_overlapping_iter(&*prose)
            .filter_map(|hit| {
                let (term, is_plural) = self.patterns[hit.pattern().as_usize()];
                let (term, range) = (&terms[term], hit.range());
                let written = &prose[range.clone()];
                let same_case = !(term.case_sensitive || term.do_not_translate)
                    || written == term.source
                    || is_plural && written.starts_with(&term.source);
                (same_case && is_whole(&prose, &range, term.do_not_translate))
                    .then_some(Occurrence { term, range })
            })
            .collect();
        found.sort_by_key(|one| (Reverse(one.range.len()), one.range.start));
        let mut chosen: Vec<Occurrence<'g>> = Vec::new();
        for one in found {
            let apart = |other: &Occurrence<'_>| {
                other.range == one.range
                    || other.range.end <= one.range.start
                    || one.range.end <= other.range.start
            };
            if chosen.iter().all(apart) {
                chosen.push(one);
            }
        }
        chosen.sort_by_key(|one| one.range.start);
        chosen
    }
}

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
