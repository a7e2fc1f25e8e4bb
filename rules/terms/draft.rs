//! Makes proposals of counts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::labels::{Label, usual};
use super::{Counts, Share, Tally, names};
use crate::identifier::data_type;

/// Of ten locales that have a name often enough, so many must keep it.
const LOCALES_OF_TEN: usize = 8;

/// Of ten places, so many must keep it.
const PLACES_OF_TEN: u32 = 9;

/// A longer name stands for its part that is found elsewhere in less than two of ten places.
const PART_OF_TEN: u32 = 8;

/// What is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Terms that the English text has in fewer places are none.
    pub min_count: u32,
    /// At most so many names, and so many other terms.
    pub max_terms: usize,
}

/// A glossary to begin with. Everything by locale is in the order of the numbers of locales.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Names that nearly all locales keep, the most frequent first.
    pub names: Vec<Name>,
    /// Short texts with their usual translations, the most frequent first.
    pub terms: Vec<Translated>,
}

/// A name that stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub name: String,
    /// How often each locale has it, and keeps it.
    pub kept: Vec<Share>,
}

/// A term with its usual translations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translated {
    /// The term in English.
    pub term: String,
    /// Whether it is the term only where it is written in this case: a heading, and not the word in a sentence.
    pub case_sensitive: bool,
    /// How often the locale that has it most often has it.
    pub places: u32,
    /// What most places of each locale say; `None` where none is said by most.
    pub usual: Vec<Option<Usual>>,
}

/// The usual translation of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usual {
    /// As it is written most often.
    pub text: String,
    /// How often the locale has the term, and this translation of it.
    pub share: Share,
    /// Other translations that are not rare, the most frequent first.
    pub others: Vec<String>,
}

impl Draft {
    /// Leaves as many as were asked for.
    pub fn cut(&mut self, limits: Limits) {
        self.names.truncate(limits.max_terms);
        self.terms.truncate(limits.max_terms);
    }
}

impl Tally {
    /// Proposes what was counted often and alike, however many that is: see [`Draft::cut`].
    pub fn draft(&self, limits: Limits) -> Draft {
        let names = self.names(limits);
        let terms = self.terms(limits, &names);
        Draft { names, terms }
    }

    fn names(&self, limits: Limits) -> Vec<Name> {
        let often = self.names.iter().map(|(name, counts)| (&**name, counts));
        let often = often.filter(|(_, counts)| places(&counts.shares) >= limits.min_count.max(1));
        let own = |(name, counts): &(&str, &Counts)| {
            let all: u32 = counts.shares.iter().map(|share| share.places).sum();
            // Words such as "Server" are kept as parts of names.
            names::is_sure_word(name) || counts.alone * 2 >= all
        };
        let often: BTreeMap<&str, &[Share]> =
            often.filter(own).map(|(name, counts)| (name, &counts.shares[..])).collect();
        let is_name = |name: &str| often.get(name).is_some_and(|shares| is_kept(shares, limits));
        let mut covered = BTreeSet::new();
        for (name, shares) in &often {
            // Of a name that is not kept the parts may be.
            if is_name(name) {
                let stands_for = |part: &&str| {
                    often.get(part).is_some_and(|all| places(shares) * 10 >= places(all) * PART_OF_TEN)
                };
                covered.extend(parts(name).into_iter().filter(stands_for));
            }
        }
        let kept = |name: &str| is_name(name) && !covered.contains(name);
        let made_of_names = |name: &str| {
            let mut cuts = name.match_indices(' ').map(|(at, _)| (&name[..at], &name[at + 1..]));
            cuts.any(|(first, second)| kept(first) && kept(second))
        };
        let proposed = often.iter().filter(|(name, _)| kept(name) && !made_of_names(name));
        let mut names: Vec<Name> =
            proposed.map(|(name, shares)| Name { name: name.to_string(), kept: shares.to_vec() }).collect();
        names.sort_by_cached_key(|name| (Reverse(places(&name.kept)), name.name.clone()));
        names
    }

    fn terms(&self, limits: Limits, names: &[Name]) -> Vec<Translated> {
        let names: BTreeSet<String> = names.iter().map(|name| name.name.to_lowercase()).collect();
        let one = |label: &Label| {
            let places = label.translations.iter().map(total).max().unwrap_or_default();
            let (term, _) = usual(&label.forms);
            // Of types `identifier/data-type` says that they stay.
            let is_type = data_type::is_type(term);
            if places < limits.min_count.max(1) || is_type || names.contains(&term.to_lowercase()) {
                return None;
            }
            let usual: Vec<Option<Usual>> =
                label.translations.iter().map(|forms| usual_translation(forms, limits)).collect();
            let (same, changed): (Vec<&Usual>, Vec<&Usual>) =
                usual.iter().flatten().partition(|usual| usual.text == term);
            // What most locales leave in English here is a value, or a word that is translated elsewhere.
            (changed.len() > same.len()).then(|| Translated {
                term: term.to_string(),
                case_sensitive: false,
                places,
                usual,
            })
        };
        let mut terms: Vec<Translated> = self.labels.values().filter_map(one).collect();
        terms.sort_by_cached_key(|term| (Reverse(term.places), term.term.clone()));
        terms
    }
}

/// In how many places the English text has a name: as many as the locale that has it most often.
pub(super) fn places(shares: &[Share]) -> u32 {
    shares.iter().map(|share| share.places).max().unwrap_or_default()
}

/// Whether nearly all locales that have the name keep it nearly everywhere.
fn is_kept(shares: &[Share], limits: Limits) -> bool {
    let voices: Vec<&Share> = shares.iter().filter(|share| share.places >= least(limits)).collect();
    let keep = voices.iter().filter(|share| share.of_these * 10 >= share.places * PLACES_OF_TEN).count();
    // A locale that mostly does without it has a word of its own for it.
    let translated = voices.iter().any(|share| share.of_these * 2 < share.places);
    keep > 0 && !translated && keep * 10 >= voices.len() * LOCALES_OF_TEN
}

/// Fewer places than this say nothing of a locale.
fn least(limits: Limits) -> u32 {
    limits.min_count.clamp(1, 3)
}

/// The shorter names that a name has in it.
fn parts(name: &str) -> Vec<&str> {
    let starts: Vec<usize> =
        std::iter::once(0).chain(name.match_indices(' ').map(|(at, _)| at + 1)).collect();
    let ends: Vec<usize> =
        name.match_indices(' ').map(|(at, _)| at).chain(std::iter::once(name.len())).collect();
    let pieces = starts.iter().flat_map(|start| ends.iter().map(move |end| (*start, *end)));
    pieces.filter(|(start, end)| start < end && end - start < name.len()).map(|(s, e)| &name[s..e]).collect()
}

/// The translations of a term into one locale, as they are written.
type Translations = BTreeMap<Box<str>, BTreeMap<Box<str>, u32>>;

fn total(translations: &Translations) -> u32 {
    translations.values().flat_map(BTreeMap::values).sum()
}

fn usual_translation(translations: &Translations, limits: Limits) -> Option<Usual> {
    let places = total(translations);
    let mut ranked: Vec<(u32, &str)> = translations
        .values()
        .map(|forms| {
            let (text, count) = usual(forms);
            (count, text)
        })
        .collect();
    ranked.sort_by_key(|(count, text)| (Reverse(*count), *text));
    let (count, text) = *ranked.first()?;
    if places < least(limits) || count * 2 <= places {
        return None;
    }
    let rare = |count: u32| count < 2 || count * 5 < places;
    let others = ranked[1..].iter().filter(|(count, _)| !rare(*count)).map(|(_, text)| (*text).to_string());
    Some(Usual { text: text.into(), share: Share { places, of_these: count }, others: others.collect() })
}
