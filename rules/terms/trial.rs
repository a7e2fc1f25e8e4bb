//! Tries a draft on the documents that it was made of: a heading may be translated alike everywhere, and be another word
//! in sentences.

use std::sync::Arc;

use bitext::{Locale, Localized};

use super::{Draft, Share, Translated, Usual, of_locale};
use crate::Seen;
use crate::glossary::{Glossary, Origin, Status, Term, Translation};
use crate::terminology::missing::verdicts;

/// A translation may be missing in one place, and in so many of a hundred.
const MISSING_OF_HUNDRED: u32 = 5;

/// The terms of a draft, as a glossary has them.
pub struct Trial {
    /// Each with whether its terms are case-sensitive.
    glossaries: Vec<(bool, Glossary)>,
}

/// What a trial showed. Locales are numbers.
#[derive(Clone, Debug, Default)]
pub struct Verdicts {
    /// By glossary, term and locale: the units that have the term, and those that lack its translation.
    shares: Vec<Vec<Vec<Share>>>,
}

impl Trial {
    /// A trial of the terms of `draft` as they are, and if `cases` says so in their own case only as well.
    pub fn new(draft: &Draft, locales: &[Locale], cases: bool) -> Self {
        let all = if cases { &[Some(false), Some(true)][..] } else { &[None] };
        let glossary = |case: &Option<bool>| {
            let case_sensitive = |term: &Translated| case.unwrap_or(term.case_sensitive);
            (case.unwrap_or_default(), glossary(draft, locales, case_sensitive))
        };
        Self { glossaries: all.iter().map(glossary).collect() }
    }

    /// Tries the terms on a document of this locale.
    pub fn add(&self, localized: &Localized, locale: usize, verdicts_of: &mut Verdicts) {
        verdicts_of.shares.resize_with(self.glossaries.len(), Vec::new);
        for unit in Seen::all(localized).filter(|unit| !unit.unit().damaged) {
            for ((_, glossary), shares) in self.glossaries.iter().zip(&mut verdicts_of.shares) {
                for (term, is_missing) in verdicts(glossary, unit.view()) {
                    let share = of_locale(of_locale(shares, term.origin.line as usize), locale);
                    share.places += 1;
                    share.of_these += u32::from(is_missing);
                }
            }
        }
    }

    /// Leaves of a draft what the documents bear out: of each term the translations that hardly any place lacks, and in
    /// any case unless more of them hold in its own case only. Says whether that is all of it.
    pub fn settle(&self, verdicts: &Verdicts, draft: &mut Draft) -> bool {
        let mut all = true;
        let mut number = 0;
        draft.terms.retain_mut(|term| {
            let tried = |glossary: usize| {
                let shares = verdicts.shares.get(glossary).and_then(|terms| terms.get(number));
                let share = |at| shares.and_then(|shares| shares.get(at)).copied().unwrap_or_default();
                let holds = |(at, usual): (usize, &Option<Usual>)| usual.is_some() && is_borne_out(share(at));
                term.usual.iter().enumerate().map(holds).collect::<Vec<bool>>()
            };
            let count = |held: &[bool]| held.iter().filter(|holds| **holds).count();
            let mut best = (0, tried(0));
            for glossary in 1..self.glossaries.len() {
                let held = tried(glossary);
                if count(&held) > count(&best.1) {
                    best = (glossary, held);
                }
            }
            number += 1;
            let (glossary, held) = best;
            term.case_sensitive |= self.glossaries[glossary].0;
            for (usual, holds) in term.usual.iter_mut().zip(held) {
                all &= holds || usual.is_none();
                *usual = usual.take().filter(|_| holds);
            }
            term.usual.iter().any(Option::is_some)
        });
        all
    }
}

impl Verdicts {
    /// Adds the verdicts of other documents.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        if self.shares.len() < other.shares.len() {
            return other.merge(self);
        }
        for (glossary, terms) in other.shares.into_iter().enumerate() {
            for (term, shares) in terms.into_iter().enumerate() {
                for (locale, share) in shares.into_iter().enumerate() {
                    let sum = of_locale(of_locale(&mut self.shares[glossary], term), locale);
                    sum.places += share.places;
                    sum.of_these += share.of_these;
                }
            }
        }
        self
    }
}

fn is_borne_out(missing: Share) -> bool {
    missing.of_these <= 1 || missing.of_these * 100 <= missing.places * MISSING_OF_HUNDRED
}

/// The draft as a glossary; the line of a term is its number.
fn glossary(draft: &Draft, locales: &[Locale], case_sensitive: impl Fn(&Translated) -> bool) -> Glossary {
    let file: Arc<str> = "draft".into();
    let origin = |line: usize| Origin { glossary: file.clone(), line: line as u32 };
    let terms = draft.terms.iter().enumerate().map(|(number, translated)| {
        let mut term = Term::new(&*translated.term, origin(number));
        term.case_sensitive = case_sensitive(translated);
        for (locale, usual) in locales.iter().zip(&translated.usual) {
            let texts = usual.iter().flat_map(|usual| std::iter::once(&usual.text).chain(&usual.others));
            for (at, text) in texts.enumerate() {
                let status = if at == 0 { Status::Preferred } else { Status::Allowed };
                // One that contradicts another is none in a glossary either.
                let _ = term.add(Translation { locale: locale.clone(), status, text: text.clone() });
            }
        }
        term
    });
    // Of terms that overlap the longest counts, be it a name.
    let names = draft.names.iter().map(|name| {
        let mut term = Term::new(&*name.name, origin(draft.terms.len()));
        term.do_not_translate = true;
        term
    });
    Glossary::with_shipped(terms.chain(names).collect())
}
