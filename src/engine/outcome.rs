//! What a run found, and what it looked at.

use std::path::PathBuf;

use rules::reader::Origin;

use super::LocatedFinding;
use crate::discover::Unreadable;
use crate::fix::Fixed;
use crate::suppression::Suppressed;

/// What a run found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Ordered by path, line, column and rule.
    pub findings: Vec<LocatedFinding>,
    /// Findings that nobody wants to hear of.
    pub suppressed: Suppressed,
    /// What of the configuration suppressed nothing, as far as the run can tell.
    pub idle_suppressions: Vec<Origin>,
    /// Files that could not be read.
    pub unreadable: Vec<Unreadable>,
    /// What was looked at.
    pub counts: Counts,
    /// The documents that are reported.
    pub documents: Vec<Examined>,
    /// What was fixed, if that was asked for.
    pub fixed: Option<Fixed>,
}

/// A document that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    /// Its absolute path.
    pub path: PathBuf,
    /// Its locale.
    pub locale: String,
    /// Who translated it.
    pub translator: Translator,
    /// Its article.
    pub article: String,
    /// Its units.
    pub units: usize,
    /// Words of its source texts; `None` if nobody wants a score.
    pub words: Option<usize>,
}

/// Who translated a document, by `ms.translationtype`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Translator {
    /// MT
    Machine,
    /// HT
    Human,
    /// The document does not say.
    Unknown,
}

/// What a run looked at. Only documents that are reported count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles with a document that is reported.
    pub articles: usize,
    /// Documents that are reported.
    pub documents: usize,
    /// Of these, documents without span pairs.
    pub plain: usize,
    /// Units of the documents that are reported.
    pub units: usize,
    /// Documents that record a source hash.
    pub hashes: usize,
    /// Of these, documents whose hash is that of the English file at the recorded commit.
    pub verified: usize,
    /// Articles that the English tree has or had.
    pub with_source: usize,
    /// Articles whose English file is another by now.
    pub stale: usize,
    /// Articles that the English tree has no longer.
    pub gone: usize,
}

impl Counts {
    pub(super) fn add(&mut self, other: Self) {
        self.articles += other.articles;
        self.documents += other.documents;
        self.plain += other.plain;
        self.units += other.units;
        self.hashes += other.hashes;
        self.verified += other.verified;
        self.with_source += other.with_source;
        self.stale += other.stale;
        self.gone += other.gone;
    }
}
