//! Terms that translations bear out: names that stay as they are, and how short texts that stand alone are translated.
//!
//! A [`Tally`] counts, document by document and in any order; [`Tally::draft`] makes proposals of the counts. A [`Trial`]
//! holds them against the same documents, so that no glossary faults most of what it was made of.

mod draft;
mod labels;
mod names;
mod trial;

use std::collections::BTreeMap;

use bitext::{Document, Unit};

pub use draft::{Draft, Limits, Name, Translated, Usual};
pub use trial::{Trial, Verdicts};

use crate::support::{fold, inline};
use labels::Label;

/// How often something was seen in a locale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Units whose source has it.
    pub places: u32,
    /// Of these, units whose target has what it is about.
    pub of_these: u32,
}

/// What is known of a name.
#[derive(Clone, Debug, Default)]
struct Counts {
    /// In how many places of all locales no longer name has it in it.
    alone: u32,
    /// How many places each locale has, and keeps.
    shares: Vec<Share>,
}

/// Counts of everything that may be a term. Locales are numbers.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    names: BTreeMap<Box<str>, Counts>,
    /// By the folded source.
    labels: BTreeMap<Box<str>, Label>,
}

impl Tally {
    /// Counts what is in a document of this locale.
    pub fn add(&mut self, document: &Document, locale: usize) {
        for unit in document.units.iter().filter(|unit| !unit.damaged) {
            self.add_unit(document, unit, locale);
        }
    }

    fn add_unit(&mut self, document: &Document, unit: &Unit, locale: usize) {
        let (source, target) = (document.source(unit), document.target(unit));
        if let Some((label, translation)) = labels::label(source, target) {
            let mut folded = String::new();
            fold::source(label, |c| folded.push(c));
            let known = self.labels.entry(folded.into()).or_default();
            known.add(label, translation, locale);
        }
        // A sentence that was left in English says nothing of the names in it.
        if source == target && fold::is_prose(&inline::masked(source)) {
            return;
        }
        let masked = inline::masked(source);
        let masked_target = inline::masked(target);
        for (name, alone) in names::names(&masked) {
            let kept = names::keeps(&masked_target, name);
            if !self.names.contains_key(name) {
                self.names.insert(name.into(), Counts::default());
            }
            if let Some(counts) = self.names.get_mut(name) {
                counts.alone += u32::from(alone);
                let share = of_locale(&mut counts.shares, locale);
                share.places += 1;
                share.of_these += u32::from(kept);
            }
        }
    }

    /// Adds the counts of another tally.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        if self.names.len() < other.names.len() {
            return other.merge(self);
        }
        for (name, theirs) in other.names {
            let ours = self.names.entry(name).or_default();
            ours.alone += theirs.alone;
            for (locale, share) in theirs.shares.into_iter().enumerate() {
                let sum = of_locale(&mut ours.shares, locale);
                sum.places += share.places;
                sum.of_these += share.of_these;
            }
        }
        for (source, label) in other.labels {
            self.labels.entry(source).or_default().merge(label);
        }
        self
    }
}

/// The entry of a locale in a list that is as long as it has to be.
fn of_locale<T: Default>(list: &mut Vec<T>, locale: usize) -> &mut T {
    if list.len() <= locale {
        list.resize_with(locale + 1, T::default);
    }
    &mut list[locale]
}

#[cfg(test)]
mod tests;
