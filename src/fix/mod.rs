//! Applies the fixes of findings.
//!
//! For each article: `plan` chooses fixes that do not get in each other's way, `apply` makes the new text, `guard` refuses what no
//! fix may do, and `rounds` checks the article anew until nothing is left to fix. Then `write` puts the files in place, or `diff` shows
//! what would change.

mod apply;
mod diff;
mod guard;
mod plan;
mod rounds;
mod write;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

pub use apply::apply;
pub(crate) use apply::only_crlf;
pub use diff::unified;
pub use guard::{harm, refusal};
pub use plan::{Choice, choose};
pub use rounds::{Change, Refused, Rules, Settled, Site, Which, settle};
pub use write::{Obstacle, TEMPORARY, obstacle, replace};

/// What is to be done with fixes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fixing {
    /// Whether fixes that have to guess are applied too.
    pub unsafe_too: bool,
    /// Whether files are written; otherwise it is only shown what would change.
    pub write: bool,
}

/// What a run fixed, or would fix.
#[derive(Debug, Default)]
pub struct Fixed {
    /// What was asked for.
    pub fixing: Fixing,
    /// The files that were changed, by absolute path.
    pub files: BTreeMap<PathBuf, FixedFile>,
    /// The files that were left alone although there was something to fix, and why.
    pub skipped: BTreeMap<PathBuf, Obstacle>,
    /// Files whose fixes called for ever more fixes. Nothing of their articles was changed.
    pub unsettled: BTreeMap<PathBuf, Unsettled>,
    /// Fixes that were refused since they touch what no fix may touch: the file, the rule, and why.
    pub refused: BTreeSet<(PathBuf, Cow<'static, str>, &'static str)>,
}

/// A file whose fixes called for ever more fixes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsettled {
    /// Its article.
    pub article: String,
    /// The rules of the fixes.
    pub rules: Rules,
}

/// A file that was changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FixedFile {
    /// Findings that were fixed in it.
    pub findings: usize,
    /// The hunks of a unified diff, if it is only to be shown what would change.
    pub diff: Option<String>,
    /// The new text, if a buffer stands for the file: then nothing is written.
    pub text: Option<String>,
}

impl Fixed {
    /// Findings that were fixed.
    pub fn findings(&self) -> usize {
        self.files.values().map(|file| file.findings).sum()
    }

    /// Whether something was not done that was asked for: a file could not be written, or there was no end to its fixes.
    pub fn failed(&self) -> bool {
        !self.unsettled.is_empty() || self.skipped.values().any(|obstacle| obstacle.failure)
    }

    /// Takes in what was fixed in another article.
    pub fn add(&mut self, other: Self) {
        for (path, file) in other.files {
            self.add_file(path, file);
        }
        self.skipped.extend(other.skipped);
        self.unsettled.extend(other.unsettled);
        self.refused.extend(other.refused);
    }

    /// Takes in a file that was changed, perhaps once more.
    pub fn add_file(&mut self, path: PathBuf, file: FixedFile) {
        let known = self.files.entry(path).or_default();
        known.findings += file.findings;
        known.diff = file.diff;
        known.text = file.text;
    }
}
