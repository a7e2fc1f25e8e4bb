//! Files that are named one by one: each with its other locales, found without walking the tree.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::Skipped;
use super::assemble::{Builder, absolute, front_matter_locale, has_provenance};
use super::layout::Candidate;

/// What a named file is relative to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Roots {
    /// The folder to which keys are shown relative.
    pub(super) shown: PathBuf,
    /// Where a tree of one locale starts.
    pub(super) tree: PathBuf,
    /// Whether `shown` is the whole world of the run: nothing outside is read but the other locales of a folder that is one
    /// locale's, and what is inside is as if the folder had been walked.
    pub(super) is_world: bool,
}

impl Roots {
    /// A file that was named without its tree. A tree of one locale starts where hooks run: at the top of its
    /// repository.
    pub(super) fn of_file(path: &Path) -> Self {
        let shown = path.parent().unwrap_or(path);
        let current = std::env::current_dir().and_then(dunce::canonicalize).ok();
        let tree = current.as_deref().filter(|folder| path.starts_with(folder)).unwrap_or(shown);
        Self { shown: shown.into(), tree: tree.into(), is_world: false }
    }

    /// A file in a folder that was named.
    pub(super) fn of_folder(folder: &Path) -> Self {
        Self { shown: folder.into(), tree: folder.into(), is_world: true }
    }
}

/// The absolute path of a file that may not exist yet, nor the folder that it would lie in.
///
/// # Errors
/// What the system says if nothing of the path can be found.
pub fn place(path: &Path) -> io::Result<PathBuf> {
    let whole = std::path::absolute(path)?;
    if let Ok(there) = absolute(&whole) {
        return Ok(there);
    }
    let there = |folder: &Path| dunce::canonicalize(folder).ok().map(|real| (folder.to_path_buf(), real));
    let (folder, mut placed) = whole.ancestors().find_map(there).ok_or(io::ErrorKind::NotFound)?;
    for part in whole.strip_prefix(folder).unwrap_or(&whole).components() {
        match part {
            Component::ParentDir => drop(placed.pop()),
            part => placed.push(part),
        }
    }
    Ok(placed)
}

impl Builder<'_> {
    /// A file that was named itself.
    pub(super) fn named_file(&mut self, path: PathBuf) {
        let roots = Roots::of_file(&path);
        self.file(&roots, path);
    }

    /// Adds a file, an absolute path, with its other locales.
    pub(super) fn file(&mut self, roots: &Roots, path: PathBuf) {
        if self.beside.exclude(&path) {
            self.skipped.insert(path, Skipped::Excluded);
            return;
        }
        let told = if self.is_told() { self.told(&path) } else { self.credible(roots, &path) };
        let Some(candidate) = told else {
            self.untold.push((roots.clone(), path));
            return;
        };
        // Of a folder in that of a locale, the others lie outside.
        let depth = roots.shown.components().count();
        let is_closed = roots.is_world && !(0..depth).any(|at| candidate.stands_at(at));
        for sibling in self.beside.siblings(&path, &candidate) {
            if is_closed && !sibling.starts_with(&roots.shown) {
                continue;
            }
            let same_place = |other: &Candidate| other.key(&sibling) == candidate.key(&path);
            if let Some(other) = Candidate::all(&sibling).into_iter().find(same_place) {
                self.add((&roots.shown, &roots.tree), sibling, &other, false);
            }
        }
        self.add((&roots.shown, &roots.tree), path, &candidate, true);
    }

    /// The component of a path that is its locale. Where the front matter says nothing, or contradicts every component,
    /// one that stands among locales decides.
    fn credible(&self, roots: &Roots, path: &Path) -> Option<Candidate> {
        let candidates = Candidate::all(path);
        if candidates.is_empty() {
            return None;
        }
        let told = front_matter_locale(path, self.files);
        let depth = roots.shown.components().count();
        let is_below =
            |candidate: &Candidate| !roots.is_world || !(0..depth).any(|at| candidate.stands_at(at));
        let mut credible: Vec<&Candidate> =
            candidates.iter().filter(|candidate| told.as_ref() == Some(&candidate.locale)).collect();
        if credible.is_empty() {
            let among =
                |candidate: &&Candidate| is_below(candidate) && self.beside.is_among_locales(path, candidate);
            credible = candidates.iter().filter(among).collect();
        }
        if credible.is_empty() && told.is_none() && roots.is_world {
            // All that lies in a folder of this name.
            let is_above = |candidate: &&Candidate| !is_below(candidate) && candidate.locale.is_qualified();
            credible = candidates.iter().filter(is_above).collect();
        }
        let first_below = credible.iter().find(|candidate| roots.is_world && is_below(candidate));
        first_below.or(credible.last()).map(|candidate| (*candidate).clone())
    }

    /// Adds the files whose paths do not tell their locale, with the files beside them that may be the same articles in
    /// other locales.
    pub(super) fn untold_files(&mut self) {
        let mut folders: BTreeMap<(Roots, PathBuf, Option<OsString>), BTreeSet<PathBuf>> = BTreeMap::new();
        for (roots, path) in std::mem::take(&mut self.untold) {
            let folder = path.parent().unwrap_or(&path).to_path_buf();
            let extension = path.extension().map(Into::into);
            folders.entry((roots, folder, extension)).or_default().insert(path);
        }
        for ((roots, folder, extension), named) in folders {
            let mut paths = named.clone();
            let locales: BTreeSet<_> =
                named.iter().filter_map(|path| front_matter_locale(path, self.files)).collect();
            let beside: Vec<PathBuf> = self
                .beside
                .list(&folder)
                .iter()
                .filter(|entry| !entry.is_folder)
                .map(|entry| folder.join(&entry.name))
                .filter(|other| other.extension() == extension.as_deref() && !named.contains(other))
                .filter(|other| has_provenance(other, self.files) && !self.beside.exclude(other))
                .collect();
            // Files of one locale are no comparison for each other.
            let is_same = |other: &PathBuf| {
                let own = front_matter_locale(other, self.files);
                own.is_none_or(|own| locales.len() == 1 && locales.contains(&own))
            };
            if !locales.is_empty() && !beside.iter().all(is_same) {
                paths.extend(beside);
            }
            let paths = paths.into_iter().collect();
            self.flat((&roots.shown, &roots.tree), paths, |other| named.contains(other));
        }
    }
}
