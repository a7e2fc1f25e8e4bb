//! Rules about the terms of a glossary.

pub(crate) mod forbidden;
pub(crate) mod missing;

use std::ops::Range;

use crate::UnitView;
use crate::glossary::{Glossary, How, Status, Term, Translation, Wanted, Words};

/// A term of a user's glossary in a unit, with what the glossary says about it in the locale.
struct Use<'g> {
    term: &'g Term,
    /// Where the term stands first in the source.
    source: Range<usize>,
    translations: Vec<&'g Translation>,
}

/// The terms of a unit that have translations into its locale, each once.
fn uses<'g>(glossary: &'g Glossary, unit: UnitView<'g>) -> Vec<Use<'g>> {
    let mut uses: Vec<Use<'g>> = Vec::new();
    let (source, target) = (unit.source(), unit.target());
    if target.trim().is_empty() || unit.untouched() {
        return uses;
    }
    for found in glossary.in_unit(unit) {
        let translations = found.term.translations_into(unit.locale());
        if !translations.is_empty()
            && !is_kept(source, &found.range, target)
            && !uses.iter().any(|other| std::ptr::eq(other.term, found.term))
        {
            uses.push(Use { term: found.term, source: found.range, translations });
        }
    }
    uses
}

/// Whether a term is a word of something that the target has as it is: with the word before it or after it, as in
/// `Open License` and `dotnet add package`, or in quotation marks or italics, as in `the "Packages" folder`.
fn is_kept(source: &str, range: &Range<usize>, target: &str) -> bool {
    let is_in_word = |c: char| c.is_alphanumeric();
    let before = source[..range.start].strip_suffix(' ').filter(|lead| lead.ends_with(is_in_word));
    let before = before.map(|lead| lead.trim_end_matches(is_in_word).len());
    let after = source[range.end..].strip_prefix(' ').filter(|tail| tail.starts_with(is_in_word));
    let after = after.map(|tail| source.len() - tail.trim_start_matches(is_in_word).len());
    if before.is_some_and(|start| target.contains(&source[start..range.end]))
        || after.is_some_and(|end| target.contains(&source[range.start..end]))
    {
        return true;
    }
    let is_mark = |c: char| "\"'*“”‘’".contains(c);
    let is_marked = source[..range.start].ends_with(is_mark) && source[range.end..].starts_with(is_mark);
    let term = &source[range.clone()];
    // A capital that the source has not makes a name of it.
    is_marked && target.to_lowercase().contains(&term.to_lowercase())
        || term.starts_with(char::is_lowercase) && target.contains(&capitalized(term))
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

impl<'g> Use<'g> {
    /// The texts of these statuses.
    fn texts(&self, statuses: &[Status]) -> Vec<&'g str> {
        let wanted = self.translations.iter().filter(|one| statuses.contains(&one.status));
        wanted.map(|one| one.text.as_str()).collect()
    }

    /// Where a text stands in the target. Compounds with a wanted text have it, compounds with a forbidden one have not.
    fn places(&self, text: &str, target: &Words<'_>, unit: UnitView<'_>, loose: bool) -> Vec<Range<usize>> {
        let how = How { exact: self.term.exact, case_sensitive: self.term.case_sensitive, loose };
        Wanted::new(text, unit.locale(), how).find_in(target)
    }

    /// Where forbidden texts stand that are not part of accepted ones.
    fn forbidden(&self, target: &Words<'_>, unit: UnitView<'_>) -> Vec<(&'g str, Range<usize>)> {
        let accepted: Vec<Range<usize>> = self
            .texts(&[Status::Required, Status::Preferred, Status::Allowed])
            .iter()
            .flat_map(|text| self.places(text, target, unit, true))
            .collect();
        let free = |range: &Range<usize>| {
            !accepted.iter().any(|other| other.start <= range.start && range.end <= other.end)
        };
        let texts = self.texts(&[Status::Forbidden]).into_iter();
        texts
            .flat_map(|text| {
                self.places(text, target, unit, false).into_iter().map(move |range| (text, range))
            })
            .filter(|(_, range)| free(range))
            .collect()
    }
}

/// The prose of a target, in which terms are looked for.
fn prose(unit: UnitView<'_>) -> &str {
    unit.masked_target()
}
