//! `loclint terms`: a glossary to begin with, from the tree itself.

mod csv;
mod table;
mod yaml;

use std::collections::BTreeMap;
use std::path::Path;

use bitext::{DocumentId, Locale, Localized};
use rayon::prelude::*;
use rules::terms::{Draft, Limits, Share, Tally, Trial, Verdicts};

use crate::discover::{Plan, PlannedDocument, Unreadable};
use crate::files::Files;

pub use csv::write_csv;
pub use table::write_table;
pub use yaml::write_yaml;

/// What the documents of a tree propose.
#[derive(Debug, Default)]
pub struct Proposal {
    /// The locales, sorted; the lists in `draft` are in their order.
    pub locales: Vec<Locale>,
    /// Names and terms.
    pub draft: Draft,
    /// Documents that were counted.
    pub documents: usize,
    /// Documents that could not be read.
    pub unreadable: Vec<Unreadable>,
}

/// What one thread has counted so far.
#[derive(Default)]
struct Counted {
    tally: Tally,
    documents: usize,
    unreadable: Vec<Unreadable>,
}

/// Counts what is in the documents that `plan` reports on, and proposes terms. English documents are no translations.
pub fn propose(plan: &Plan, files: &Files, limits: Limits) -> Proposal {
    let is_counted = |document: &&PlannedDocument| document.reported && !document.locale.is_english();
    let documents: Vec<&PlannedDocument> = plan.documents().filter(is_counted).collect();
    let mut locales: Vec<&Locale> = documents.iter().map(|document| &document.locale).collect();
    locales.sort();
    locales.dedup();
    let numbers: BTreeMap<&Locale, usize> = locales.iter().copied().zip(0..).collect();
    let count = |mut counted: Counted, document: &&PlannedDocument| {
        counted.add(&document.path, numbers[&document.locale], files);
        counted
    };
    let counted = documents.par_iter().fold(Counted::default, count).reduce(Counted::default, Counted::merge);
    let mut unreadable = plan.unreadable.clone();
    unreadable.extend(counted.unreadable);
    unreadable.sort();
    let locales: Vec<Locale> = locales.into_iter().cloned().collect();
    let mut draft = counted.tally.draft(limits);
    let try_out = |cases: bool, draft: &mut Draft| {
        let trial = Trial::new(draft, &locales, cases);
        let one = |mut verdicts: Verdicts, planned: &&PlannedDocument| {
            if let Ok(document) = files.document(&planned.path) {
                let (id, locale) = (DocumentId(0), planned.locale.clone());
                let localized = Localized { id, locale, document, reported: true };
                trial.add(&localized, numbers[&planned.locale], &mut verdicts);
            }
            verdicts
        };
        let verdicts = documents.par_iter().fold(Verdicts::default, one);
        trial.settle(&verdicts.reduce(Verdicts::default, Verdicts::merge), draft)
    };
    let proposed = draft.terms.len();
    if proposed > 0 {
        try_out(true, &mut draft);
    }
    draft.cut(limits);
    // Where a term is gone, shorter ones that are words of it are looked for.
    let mut settled = draft.terms.len() == proposed;
    while !settled && !draft.terms.is_empty() {
        settled = try_out(false, &mut draft);
    }
    Proposal { draft, locales, documents: counted.documents, unreadable }
}

impl Counted {
    fn add(&mut self, path: &Path, locale: usize, files: &Files) {
        match files.document(path) {
            Ok(document) => {
                self.tally.add(&document, locale);
                self.documents += 1;
            }
            Err(reason) => self.unreadable.push(Unreadable { path: path.to_path_buf(), reason }),
        }
    }

    fn merge(mut self, other: Self) -> Self {
        self.unreadable.extend(other.unreadable);
        Self {
            tally: self.tally.merge(other.tally),
            documents: self.documents + other.documents,
            unreadable: self.unreadable,
        }
    }
}

/// `cs-CZ 12 of 13, de-DE 9 of 9`, for the locales that have something.
fn evidence<'a>(locales: impl Iterator<Item = (&'a Locale, Share)>) -> String {
    let seen = locales.filter(|(_, share)| share.places > 0);
    let parts: Vec<String> =
        seen.map(|(locale, share)| format!("{locale} {} of {}", share.of_these, share.places)).collect();
    parts.join(", ")
}
