use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use bitext::{Document, FrontMatter, Locale, PROVENANCE_KEYS};

use super::flat::{self, Exported};
use super::layout::{Candidate, Form, Layout};
use super::named::Roots;
use super::siblings::Surroundings;
use super::walk::{self, Kind};
use super::{DiscoverError, Origin, Plan, PlannedArticle, PlannedDocument, Skipped, Trees, Unreadable};
use crate::config::NAMES;
use crate::files::{Files, path_order, slashes};

/// Finds the articles below `paths`. Folders are walked; files are taken whatever their extension, and
/// their other locales are read beside them. A file for which a buffer stands need not exist; its path is absolute.
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
        if files.buffer(path).is_some() {
            builder.whole = false;
            builder.named_file(path.clone());
            continue;
        }
        let absolute =
            absolute(path).map_err(|error| DiscoverError::NoSuchPath(path.clone(), error.to_string()))?;
        if absolute.is_dir() {
            let (files, unreadable) = walk::files(&absolute, trees, threads);
            builder.unreadable.extend(unreadable);
            builder.folder(&absolute, files);
        } else {
            builder.whole = false;
            builder.named_file(absolute);
        }
    }
    builder.untold_files();
    let reported = builder.found.iter().any(|found| found.document.reported);
    let excluded = builder.skipped.values().any(|why| *why == Skipped::Excluded);
    if !reported && !excluded && builder.unreadable.is_empty() {
        let files = builder.skipped.iter().filter(|(_, why)| **why == Skipped::NoLocale).count();
        let patterns_of = trees.patterns_of.clone();
        return Err(DiscoverError::NoArticle { paths: paths.to_vec(), files, patterns_of });
    }
    Ok(builder.plan())
}

/// The absolute path without `..` and links, but for a file that is a link itself: it counts where it is, not
/// where it leads.
///
/// # Errors
/// What the system says if there is nothing of this path.
pub fn absolute(path: &Path) -> std::io::Result<PathBuf> {
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

/// What a file or a folder is called without its locale.
struct Names {
    /// Its path, the key of an article.
    key: PathBuf,
    /// The key as people see it.
    shown: String,
    /// What comes after the locale.
    stable_key: String,
}

/// The folder of the file that was added last: the next one mostly lies there too.
struct LastFolder {
    root: PathBuf,
    folder: PathBuf,
    candidate: Candidate,
    names: Names,
}

impl Names {
    fn of(root: &Path, path: &Path, candidate: &Candidate) -> Self {
        let key = candidate.key(path);
        let parent = candidate.parent(path);
        let remainder = candidate.remainder(&key);
        // Docsets that lie side by side below the root keep their folder in the name.
        let shown = match parent.strip_prefix(root) {
            Ok(docset) => slashes(&docset.join(&remainder)),
            Err(_) => slashes(&remainder),
        };
        Self { stable_key: slashes(&remainder), shown, key }
    }

    /// Those of a file in this folder.
    fn with(&self, name: &OsStr) -> Self {
        let text = name.to_string_lossy();
        let below = |folder: &str| match folder.trim_end_matches('/') {
            "" => text.to_string(),
            folder => {
                let mut path = String::with_capacity(folder.len() + 1 + text.len());
                path.push_str(folder);
                path.push('/');
                path.push_str(&text);
                path
            }
        };
        let mut key = PathBuf::with_capacity(self.key.as_os_str().len() + 1 + name.len());
        key.push(&self.key);
        key.push(name);
        Self { key, shown: below(&self.shown), stable_key: below(&self.stable_key) }
    }
}

pub(super) struct Builder<'a> {
    /// Files can be there twice: found by name and as a sibling.
    found: Vec<Found>,
    pub(super) skipped: BTreeMap<PathBuf, Skipped>,
    pub(super) unreadable: Vec<Unreadable>,
    pub(super) whole: bool,
    pub(super) files: &'a Files,
    trees: &'a Trees,
    pub(super) beside: Surroundings<'a>,
    /// Named files whose paths do not tell their locale, with what they are relative to.
    pub(super) untold: Vec<(Roots, PathBuf)>,
    last: Option<LastFolder>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(files: &'a Files, trees: &'a Trees) -> Self {
        let beside = Surroundings::new(files, trees);
        let (found, skipped) = (Vec::new(), BTreeMap::new());
        let (unreadable, untold) = (Vec::new(), Vec::new());
        Self { found, skipped, unreadable, whole: true, files, trees, beside, untold, last: None }
    }

    /// Whether the configuration says how paths tell article and locale.
    pub(super) fn is_told(&self) -> bool {
        !self.trees.layout.is_empty()
    }

    /// What the configured layouts say about a path.
    pub(super) fn told(&self, path: &Path) -> Option<Candidate> {
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
        let candidates: Vec<Option<Candidate>> = if self.is_told() {
            documents.iter().map(|path| self.told(path)).collect()
        } else {
            let layout = Layout::decide(root, &documents, &|path| front_matter_locale(path, reader));
            layout.locales_of(root, &documents)
        };
        let mut untold = Vec::new();
        for (path, candidate) in documents.into_iter().zip(candidates) {
            match candidate {
                Some(candidate) => self.add((root, root), path, &candidate, true),
                None => untold.push(path),
            }
        }
        self.flat((root, root), untold, |_| true);
    }

    /// Adds documents whose paths do not tell their locale. Of the roots, the first is what keys are shown
    /// relative to, the second where a tree of one locale starts.
    pub(super) fn flat(
        &mut self,
        (root, tree): (&Path, &Path),
        paths: Vec<PathBuf>,
        reported: impl Fn(&Path) -> bool,
    ) {
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
                self.found.push(Found { key: key.clone(), shown, document });
            }
        }
    }

    pub(super) fn add(
        &mut self,
        (root, tree): (&Path, &Path),
        path: PathBuf,
        candidate: &Candidate,
        reported: bool,
    ) {
        let origin = match candidate.form {
            Form::Folder => Origin::Folder,
            Form::DocsetFolder => Origin::DocsetFolder,
            Form::FileName => Origin::FileName,
        };
        let Names { key, shown, stable_key } = self.names(root, &path, candidate);
        let tree_path = match candidate.form {
            Form::Folder => stable_key.clone(),
            Form::DocsetFolder => stable_key.split_once('/').map_or(&*stable_key, |(_, rest)| rest).into(),
            Form::FileName => key.strip_prefix(tree).map_or_else(|_| stable_key.clone(), slashes),
        };
        let document = PlannedDocument {
            path,
            locale: candidate.locale.clone(),
            origin,
            stable_key,
            tree_path: Some(tree_path),
            reported,
        };
        self.found.push(Found { key, shown, document });
    }

    /// What a file is called whose locale is known. In a folder that holds the locale in its path, files are called as
    /// the folder is, and their name.
    fn names(&mut self, root: &Path, path: &Path, candidate: &Candidate) -> Names {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return Names::of(root, path, candidate);
        };
        if candidate.form == Form::FileName {
            return Names::of(root, path, candidate);
        }
        let is_last = |last: &LastFolder| {
            last.folder.as_os_str() == folder.as_os_str()
                && last.root.as_os_str() == root.as_os_str()
                && last.candidate == *candidate
        };
        if !self.last.as_ref().is_some_and(is_last) {
            let names = Names::of(root, folder, candidate);
            let (root, folder) = (root.to_path_buf(), folder.to_path_buf());
            self.last = Some(LastFolder { root, folder, candidate: candidate.clone(), names });
        }
        match &self.last {
            Some(last) => last.names.with(name),
            None => Names::of(root, path, candidate),
        }
    }

    /// What was found, each file once, ordered by path. One that was found twice is reported if it was wanted either
    /// time, and otherwise as it was found last.
    pub(super) fn take_found(&mut self) -> Vec<Found> {
        let mut found = std::mem::take(&mut self.found);
        let order = |left: &Found, right: &Found| path_order(&left.document.path, &right.document.path);
        if !found.is_sorted_by(|left, right| order(left, right).is_lt()) {
            found.sort_by(order);
            found.dedup_by(|later, earlier| {
                let same = later.document.path == earlier.document.path;
                if same {
                    later.document.reported |= earlier.document.reported;
                    std::mem::swap(later, earlier);
                }
                same
            });
        }
        found
    }

    pub(super) fn plan(mut self) -> Plan {
        let mut found = self.take_found();
        // As text: to compare paths is to take them apart.
        found.sort_by(|left, right| left.key.as_os_str().cmp(right.key.as_os_str()));
        let mut articles: Vec<(PathBuf, PlannedArticle)> = Vec::with_capacity(found.len());
        for Found { key, shown, document } in found {
            match articles.last_mut().filter(|(last, _)| last.as_os_str() == key.as_os_str()) {
                Some((_, article)) => article.documents.push(document),
                None => articles.push((key, PlannedArticle { key: shown, documents: vec![document] })),
            }
        }
        let order = |left: &(PathBuf, PlannedArticle), right: &(PathBuf, PlannedArticle)| {
            (&left.1.key, &left.0).cmp(&(&right.1.key, &right.0))
        };
        articles.sort_by(order);
        let mut renamed = false;
        for same in articles.chunk_by_mut(|left, right| left.1.key == right.1.key) {
            if let [_, _, ..] = same {
                // Trees that were named beside each other hold the same paths.
                for (key, article) in same {
                    article.key = slashes(key);
                }
                renamed = true;
            }
        }
        if renamed {
            articles.sort_by(order);
        }
        let mut articles: Vec<PlannedArticle> = articles.into_iter().map(|(_, article)| article).collect();
        for article in &mut articles {
            article
                .documents
                .sort_by(|left, right| (&left.locale, &left.path).cmp(&(&right.locale, &right.path)));
        }
        let unreadable: BTreeSet<Unreadable> = self.unreadable.into_iter().collect();
        Plan {
            articles,
            skipped: self.skipped.into_iter().collect(),
            unreadable: unreadable.into_iter().collect(),
            whole: self.whole,
            listed: None,
        }
    }
}

fn is_config(path: &Path) -> bool {
    NAMES.iter().any(|name| path.file_name().is_some_and(|own| own == *name))
}

fn locale_in(document: &Document) -> Option<Locale> {
    Locale::parse(document.slice(document.provenance.locale?))
}

/// The locale in the front matter of a file; `None` also if the file cannot be read, which is reported
/// when it is read for good.
pub(super) fn front_matter_locale(path: &Path, files: &Files) -> Option<Locale> {
    let text = files.front_matter_text(path)?;
    let front = FrontMatter::parse(&text)?;
    let scalar = front.entry(&text, "ms.contentlocale")?.value.scalar()?;
    Locale::parse(scalar.text(&text))
}

/// Whether the head of a file is front matter with a provenance key.
pub(super) fn has_provenance(path: &Path, files: &Files) -> bool {
    let Some(text) = files.front_matter_text(path) else { return false };
    let Some(front) = FrontMatter::parse(&text) else { return false };
    PROVENANCE_KEYS.iter().any(|key| front.entry(&text, key).is_some())
}
