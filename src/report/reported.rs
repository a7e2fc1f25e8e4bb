//! Which of the documents that are reported a finding is about. One about several locales, such as a stale article, is
//! one finding; where locales are counted, it is one of each.

use std::collections::{BTreeSet, HashMap};
use std::ffi::OsStr;

use crate::engine::{Examined, LocatedFinding, Outcome};

/// The documents that are reported, by their paths as they are spelt: part by part they take long to look up.
pub(super) struct Reported<'a> {
    by_path: HashMap<&'a OsStr, &'a Examined>,
}

impl<'a> Reported<'a> {
    pub(super) fn of(outcome: &'a Outcome) -> Self {
        let documents = outcome.documents.iter();
        Self { by_path: documents.map(|document| (document.path.as_os_str(), document)).collect() }
    }

    /// Those that a finding has a place in, one for each place.
    pub(super) fn with_places_of(&self, finding: &LocatedFinding) -> impl Iterator<Item = &'a Examined> {
        finding.paths().filter_map(|path| self.by_path.get(path.as_os_str()).copied())
    }

    /// The locales that a finding is about.
    pub(super) fn locales_of<'b>(&self, finding: &'b LocatedFinding) -> BTreeSet<&'b str>
    where
        'a: 'b,
    {
        let locales = self.with_places_of(finding).map(|document| document.locale.as_str());
        locales.chain([finding.locale.as_str()]).collect()
    }
}
