//! Known findings, kept in a file, so that only new ones count.
//!
//! A finding is known if the baseline has its rule, article, locale and fingerprint. The fingerprint is made of these
//! and of texts: the source text of the unit and what is at fault in it. Lines, columns, unit ids, hand-offs, messages
//! and severities do not count. Equal findings of a document are counted: a third is new where two are known.

mod error;
mod read;
mod scope;
mod write;

use std::collections::{BTreeMap, BTreeSet};

pub use error::{BaselineError, Damage};
pub use scope::Scope;

use crate::engine::LocatedFinding;

/// The version of the file that this program writes, and the newest that it reads. A change of what fingerprints are
/// made of is a new version.
pub const VERSION: u64 = 1;

/// The findings that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// The trees that it was written for, relative to its folder, with `/`.
    pub paths: BTreeSet<String>,
    /// What else was at hand, such as the English tree: without it other things are found.
    pub with: BTreeSet<String>,
    /// The known findings and how often each is there, at least once.
    pub entries: BTreeMap<Entry, u32>,
}

/// What makes a finding the same in every run. Ordered as lines are in the file: what belongs together stands together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The path of the article below its locale.
    pub article: String,
    /// `None` for findings about the article in all locales.
    pub locale: Option<String>,
    /// The rule.
    pub rule: String,
    /// 16 hex digits.
    pub fingerprint: String,
}

impl Entry {
    /// What makes this finding the same.
    pub fn of(finding: &LocatedFinding) -> Self {
        Self {
            article: finding.subject.article.clone(),
            locale: finding.subject.locale.clone(),
            rule: finding.rule.to_string(),
            fingerprint: finding.plain_fingerprint().to_string(),
        }
    }
}

impl Baseline {
    /// Adds a finding.
    pub fn add(&mut self, entry: Entry) {
        let count = self.entries.entry(entry).or_default();
        *count = count.saturating_add(1);
    }

    /// How many findings it knows.
    pub fn findings(&self) -> usize {
        self.entries.values().map(|count| *count as usize).sum()
    }

    /// How many articles it has findings of.
    pub fn articles(&self) -> usize {
        self.entries.keys().map(|entry| &entry.article).collect::<BTreeSet<_>>().len()
    }

    /// Takes the known findings out of those of a run, and says what of the baseline matched nothing.
    pub fn take_out(&self, findings: &mut Vec<LocatedFinding>) -> BTreeMap<Entry, u32> {
        let mut left = self.entries.clone();
        findings.retain(|finding| match left.get_mut(&Entry::of(finding)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        left.retain(|_, count| *count > 0);
        left
    }

    /// Drops what matches nothing any more.
    pub fn prune(&mut self, stale: &BTreeMap<Entry, u32>) {
        for (entry, gone) in stale {
            if let Some(count) = self.entries.get_mut(entry) {
                *count = count.saturating_sub(*gone);
            }
        }
        self.entries.retain(|_, count| *count > 0);
    }
}

#[cfg(test)]
mod tests;
