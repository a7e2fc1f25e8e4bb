use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use bitext::{Document, FrontMatter, Locale, PROVENANCE_KEYS};

use super::excluded::is_excluded;
use super::flat::{self, Exported};
use super::layout::{Candidate, Form, Layout};
use super::walk::{self, Kind};
use super::{
    DiscoverError, Origin, Plan, PlannedArticle, PlannedDocument, Skipped, Trees, Unreadable, siblings,
};
use crate::config::NAMES;
use crate::files::{Files, slashes};

/// Finds the articles below `paths`. Folders are walked; files are taken whatever their extension, and
/// their other locales are read beside them.
///
/// # Errors
/// [`DiscoverError`] if a path does not exist, or if there is no article at all.
pub fn discover(
    paths: &[PathBuf],
    trees: &Trees,
    threads: usize,
    files: &Files,
) -> Result<Plan, DiscoverError> {
    let mut builder = Builder::new(files, trees);
    for path in paths {
        let absolute =
            absolute(path).map_err(|error| DiscoverError::NoSuchPath(path.clone(), error.to_string()))?;
        if absolute.is_dir() {
            let (files, unreadable) = walk::files(&absolute, trees, threads);
            builder.unreadable.extend(unreadable);
            builder.folder(&absolute, files);
        } else {
            builder.whole = false;
            if is_excluded(&absolute) || trees.leave_out(&absolute) {
                builder.skipped.insert(absolute, Skipped::Excluded);
            } else {
                builder.named_file(&absolute);
            }
        }
    }
    let reported = builder.found.values().any(|found| found.document.reported);
    let excluded = builder.skipped.values().any(|why| *why == Skipped::Excluded);
    if !reported && !excluded && builder.unreadable.is_empty() {
        let files = builder.skipped.iter().filter(|(_, why)| **why == Skipped::NoLocale).count();
        return Err(DiscoverError::NoArticle { paths: paths.to_vec(), files });
    }
    Ok(builder.plan())
}

/// The absolute path without `..` and links, but for a file that is a link itself: it counts where it is, not
/// where it leads.
pub(super) fn absolute(path: &Path) -> std::io::Result<PathBuf> {
    let real = dunce::canonicalize(path)?;
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if !real.is_dir() => {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            // Where case does not count, a name may be given in another than the file has.
            let own = real
                .file_name()
                .filter(|own| cfg!(any(windows, target_os = "macos")) && same_name(own, name));
            Ok(dunce::canonicalize(parent)?.join(own.unwrap_or(name)))
        }
        _ => Ok(real),
    }
}

/// Whether two names differ in case at most.
fn same_name(left: &OsStr, right: &OsStr) -> bool {
    left.to_string_lossy().to_lowercase() == right.to_string_lossy().to_lowercase()
}

/// A document with the key that its article has in the file system.
pub(super) struct Found {
    /// Absolute; documents with the same key are one article.
    key: PathBuf,
    /// The key as people see it.
    pub(super) shown: String,
    pub(super) document: PlannedDocument,
}

pub(super) struct Builder<'a> {
    pub(super) found: BTreeMap<PathBuf, Found>,
    skipped: BTreeMap<PathBuf, Skipped>,
    pub(super) unreadable: Vec<Unreadable>,
    whole: bool,
    files: &'a Files,
    trees: &'a Trees,
}

impl<'a> Builder<'a> {
    pub(super) fn new(files: &'a Files, trees: &'a Trees) -> Self {
        let (found, skipped) = (BTreeMap::new(), BTreeMap::new());
        Self { found, skipped, unreadable: Vec::new(), whole: true, files, trees }
    }

    /// What the configured layouts say about a path.
    fn told(&self, path: &Path) -> Option<Candidate> {
        self.trees.layout.iter().find_map(|pattern| pattern.candidate(path))
    }

    pub(super) fn folder(&mut self, root: &Path, files: Vec<(PathBuf, Kind)>) {
        let mut documents = Vec::new();
        for (path, kind) in files {
            match kind {
                Kind::Markdown => documents.push(path),
                Kind::Text if has_provenance(&path, self.files) => documents.push(path),
                Kind::Text => {}
                Kind::Yaml if is_config(&path) => {}
                Kind::Yaml => drop(self.skipped.insert(path, Skipped::Yaml)),
            }
        }
        let reader = self.files;
        let layout = self
            .trees
            .layout
            .is_empty()
            .then(|| Layout::decide(root, &documents, &|path| front_matter_locale(path, reader)));
        let mut untold = Vec::new();
        for path in documents {
            let candidate = match &layout {
                Some(layout) => layout.locale_of(root, &path),
                None => self.told(&path),
            };
            match candidate {
                Some(candidate) => self.add((root, root), path, &candidate, true),
                None => untold.push(path),
            }
        }
        self.flat((root, root), untold, |_| true);
    }

    /// Adds documents whose paths do not tell their locale. Of the roots, the first is what keys are shown
    /// relative to, the second where a tree of one locale starts.
    fn flat(&mut self, (root, tree): (&Path, &Path), paths: Vec<PathBuf>, reported: impl Fn(&Path) -> bool) {
        let mut files = Vec::new();
        for path in paths {
            match self.files.document(&path) {
                Ok(document) => match locale_in(&document) {
                    Some(locale) => files.push(Exported::new(path, locale, &document)),
                    None => drop(self.skipped.insert(path, Skipped::NoLocale)),
                },
                Err(reason) => self.unreadable.push(Unreadable { path, reason }),
            }
        }
        let one_locale = files.windows(2).all(|two| two[0].locale == two[1].locale);
        for members in flat::group(&files) {
            let key = files[members[0]].path.clone();
            for file in members.iter().map(|at| &files[*at]) {
                let document = PlannedDocument {
                    path: file.path.clone(),
                    locale: file.locale.clone(),
                    origin: Origin::FrontMatter,
                    stable_key: file
                        .path
                        .file_name()
                        .map(|name| name.to_string_lossy().into_owned())
                        .unwrap_or_default(),
                    tree_path: file.path.strip_prefix(tree).ok().filter(|_| one_locale).map(slashes),
                    reported: reported(&file.path),
                };
                let shown = slashes(key.strip_prefix(root).unwrap_or(&key));
                self.insert(Found { key: key.clone(), shown, document });
            }
        }
    }

    fn named_file(&mut self, path: &Path) {
        let root = path.parent().unwrap_or(path);
        // A tree of one locale starts where hooks run: at the top of its repository.
        let current = std::env::current_dir().and_then(dunce::canonicalize).ok();
        let tree = current.as_deref().filter(|folder| path.starts_with(folder)).unwrap_or(root);
        let told = front_matter_locale(path, self.files);
        let believed = |candidate: &&Candidate| told.as_ref() == Some(&candidate.locale);
        // Where the front matter says nothing, or contradicts every path component, a folder among folders of
        // locales decides.
        let among_locales = |candidate: &&Candidate| siblings::has_other_locales(path, candidate);
        let candidates = Candidate::all(path);
        let found = if self.trees.layout.is_empty() {
            candidates.iter().rfind(believed).or_else(|| candidates.iter().rfind(among_locales)).cloned()
        } else {
            self.told(path)
        };
        match found {
            Some(candidate) => {
                self.add((root, tree), path.to_path_buf(), &candidate, true);
                for sibling in siblings::of(path, &candidate) {
                    if self.trees.leave_out(&sibling) {
                        continue;
                    }
                    let same_place = |other: &Candidate| other.key(&sibling) == candidate.key(path);
                    if let Some(other) = Candidate::all(&sibling).into_iter().find(same_place) {
                        self.add((root, tree), sibling, &other, false);
                    }
                }
            }
            None => self.flat((root, tree), flat_neighbours(path, self.files), |other| other == path),
        }
    }

    fn add(&mut self, (root, tree): (&Path, &Path), path: PathBuf, candidate: &Candidate, reported: bool) {
        let key = candidate.key(&path);
        let parent = candidate.parent(&path);
        let remainder = candidate.remainder(&path);
        // Docsets that lie side by side below the root keep their folder in the name.
        let shown = match parent.strip_prefix(root) {
            Ok(docset) => docset.join(&remainder),
            Err(_) => remainder.clone(),
        };
        let origin = match candidate.form {
            Form::Folder => Origin::Folder,
            Form::DocsetFolder => Origin::DocsetFolder,
            Form::FileName => Origin::FileName,
        };
        let stable_key = slashes(&remainder);
        let tree_path = match candidate.form {
            Form::Folder => stable_key.clone(),
            Form::DocsetFolder => stable_key.split_once('/').map_or(&*stable_key, |(_, rest)| rest).into(),
            Form::FileName => slashes(key.strip_prefix(tree).unwrap_or(&remainder)),
        };
        let document = PlannedDocument {
            path,
            locale: candidate.locale.clone(),
            origin,
            stable_key,
            tree_path: Some(tree_path),
            reported,
        };
        self.insert(Found { key, shown: slashes(&shown), document });
    }

    /// A file that was found twice, by name and as a sibling, is reported if either wants it.
    fn insert(&mut self, mut found: Found) {
        if let Some(before) = self.found.get(&found.document.path) {
            found.document.reported |= before.document.reported;
        }
        self.found.insert(found.document.path.clone(), found);
    }

    fn plan(self) -> Plan {
        let mut articles: BTreeMap<PathBuf, PlannedArticle> = BTreeMap::new();
        for found in self.found.into_values() {
            let new = || PlannedArticle { key: found.shown, documents: Vec::new() };
            articles.entry(found.key).or_insert_with(new).documents.push(found.document);
        }
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        for article in articles.values() {
            *names.entry(article.key.clone()).or_default() += 1;
        }
        for (key, article) in articles.iter_mut().filter(|(_, article)| names[&article.key] > 1) {
            // Trees that were named beside each other hold the same paths.
            article.key = slashes(key);
        }
        let mut articles: Vec<PlannedArticle> = articles.into_values().collect();
        for article in &mut articles {
            article
                .documents
                .sort_by(|left, right| (&left.locale, &left.path).cmp(&(&right.locale, &right.path)));
        }
        articles.sort_by(|left, right| left.key.cmp(&right.key));
        let unreadable: BTreeSet<Unreadable> = self.unreadable.into_iter().collect();
        Plan {
            articles,
            skipped: self.skipped.into_iter().collect(),
            unreadable: unreadable.into_iter().collect(),
            whole: self.whole,
        }
    }
}

/// A named file and the files beside it that may be the same article in other locales.
fn flat_neighbours(path: &Path, files: &Files) -> Vec<PathBuf> {
    let beside = path.parent().and_then(|folder| std::fs::read_dir(folder).ok());
    let beside = beside
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let entries = beside.map(|entry| entry.path());
    let same_extension = |other: &PathBuf| other.extension() == path.extension() && other != path;
    let mut paths: Vec<PathBuf> =
        entries.filter(same_extension).filter(|other| has_provenance(other, files)).collect();
    paths.push(path.to_path_buf());
    paths.sort();
    paths
}

fn is_config(path: &Path) -> bool {
    NAMES.iter().any(|name| path.file_name().is_some_and(|own| own == *name))
}

fn locale_in(document: &Document) -> Option<Locale> {
    Locale::parse(document.slice(document.provenance.locale?))
}

/// The locale in the front matter of a file; `None` also if the file cannot be read, which is reported
/// when it is read for good.
fn front_matter_locale(path: &Path, files: &Files) -> Option<Locale> {
    let text = files.front_matter_text(path)?;
    let front = FrontMatter::parse(&text)?;
    let scalar = front.entry(&text, "ms.contentlocale")?.value.scalar()?;
    Locale::parse(scalar.text(&text))
}

/// Whether the head of a file is front matter with a provenance key.
fn has_provenance(path: &Path, files: &Files) -> bool {
    let Some(text) = files.front_matter_text(path) else { return false };
    let Some(front) = FrontMatter::parse(&text) else { return false };
    PROVENANCE_KEYS.iter().any(|key| front.entry(&text, key).is_some())
}
