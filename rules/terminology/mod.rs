//! Rules about the terms of a glossary.

pub(crate) mod forbidden;
pub(crate) mod missing;

use std::ops::Range;

use crate::glossary::{Glossary, How, Status, Term, Translation, Wanted, Words};
use crate::support::inline;
use crate::{UnitView, language};

/// A term of a user's glossary in a unit, with what the glossary says about it in the locale.
struct Use<'g> {
    term: &'g Term,
    /// Where the term stands first in the source.
    source: Range<usize>,
    translations: Vec<&'g Translation>,
}

/// The terms of a unit that have translations into its locale, each once.
fn uses<'g>(glossary: &'g Glossary, unit: UnitView<'_>) -> Vec<Use<'g>> {
    let (source, target) = (unit.source(), unit.target());
    let mut uses: Vec<Use<'g>> = Vec::new();
    if target.trim().is_empty() || language::untranslated::is_left(unit) {
        return uses;
    }
    for found in glossary.occurrences(source) {
        let translations = found.term.translations_into(unit.locale());
        if !translations.is_empty()
            && !is_part_of_kept_name(source, &found.range, target)
            && !uses.iter().any(|other| std::ptr::eq(other.term, found.term)) {
            uses.push(Use { term: found.term, source: found.range, translations });
        }
    }
    uses
}

/// Whether a term is a word of a longer name that the target has as it is: `Open License`.
fn is_part_of_kept_name(source: &str, range: &Range<usize>, target: &str) -> bool {
    let is_capital = |text: &str| text.starts_with(char::is_uppercase);
    if !is_capital(&source[range.start..]) {
        return false;
    }
    let before = source[..range.start].strip_suffix(' ').map(|lead| lead.rfind(' ').map_or(0, |blank| blank + 1));
    let after = source[range.end..].strip_prefix(' ').map(|tail| {
        let len = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
        range.end + 1 + len
    });
    let with_before = before.map(|start| &source[start..range.end]);
    let with_after = after.filter(|_| is_capital(&source[range.end + 1..])).map(|end| &source[range.start..end]);
    with_before.into_iter().filter(|name| is_capital(name)).chain(with_after).any(|name| target.contains(name))
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
            .flat_map(|text| self.places(text, target, unit, false).into_iter().map(move |range| (text, range)))
            .filter(|(_, range)| free(range))
            .collect()
    }
}

/// The prose of a target, in which terms are looked for.
fn prose(unit: UnitView<'_>) -> std::borrow::Cow<'_, str> {
    inline::masked(unit.target())
}
