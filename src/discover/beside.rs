//! Trees beside the one that is checked, which hold the same articles in other locales: one repository a locale
//! is the usual home of localized documentation.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::assemble::{Builder, Found, absolute};
use super::walk::{self, Kind};
use super::{DiscoverError, Plan, Trees};
use crate::files::Files;
use crate::git::{GitError, Repository, is_bare};

/// A folder, or a git repository at a ref.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiblingTree {
    /// The folder, the work tree or the bare repository.
    pub path: PathBuf,
    /// The ref to read; `None` for what lies in the folder.
    pub reference: Option<String>,
}

impl SiblingTree {
    /// Reads `PATH` or `PATH@REF`. A path that is there as it is written has no ref.
    pub fn parse(text: &str) -> Self {
        match text.rsplit_once('@') {
            Some((path, reference)) if !Path::new(text).exists() && !path.is_empty() => {
                Self { path: path.into(), reference: Some(reference.into()) }
            }
            _ => Self { path: text.into(), reference: None },
        }
    }

    /// The same, relative to a folder.
    pub fn below(folder: &Path, text: &str) -> Self {
        // A path that is no text has no ref.
        let path = folder.join(text);
        path.to_str().map(Self::parse).unwrap_or(Self { path, reference: None })
    }

    /// The same, for a command line.
    ///
    /// # Errors
    /// A few words if `text` is empty.
    pub fn from_argument(text: &str) -> Result<Self, String> {
        if text.is_empty() { Err("the path is missing".into()) } else { Ok(Self::parse(text)) }
    }

    /// Whether this is a tree of its own, and no folder of those that are checked.
    ///
    /// # Errors
    /// [`DiscoverError::Siblings`] if it is one of these.
    pub fn is_beside(&self, checked: &[PathBuf]) -> Result<(), DiscoverError> {
        let Ok(folder) = absolute(&self.path) else { return Ok(()) };
        if self.reference.is_some() || is_bare(&folder) {
            return Ok(());
        }
        let is_around = |path: &&PathBuf| absolute(path).is_ok_and(|path| folder.starts_with(path));
        match checked.iter().find(is_around) {
            Some(path) => Err(self.error(&format!(
                "it is part of what is checked, \"{}\"; name what to check before the siblings",
                path.display()
            ))),
            None => Ok(()),
        }
    }

    fn error(&self, reason: &dyn ToString) -> DiscoverError {
        let mut name = self.path.clone().into_os_string();
        if let Some(reference) = &self.reference {
            name.push(format!("@{reference}"));
        }
        DiscoverError::Siblings(name.into(), reason.to_string())
    }
}

/// Adds to the articles of `plan` their documents in other trees, to compare with. `files` learns to read the
/// repositories among them.
///
/// # Errors
/// [`DiscoverError::Siblings`] if a tree cannot be read or has nothing in common with the plan.
pub fn add_siblings(
    plan: &mut Plan,
    trees: &[SiblingTree],
    threads: usize,
    files: &mut Files,
) -> Result<(), DiscoverError> {
    let everything = Trees::default();
    for tree in trees {
        let (root, paths) = list(tree, threads, files)?;
        let mut builder = Builder::new(files, &everything);
        builder.folder(&root, paths);
        plan.unreadable.append(&mut builder.unreadable);
        let found: Vec<Found> = builder.take_found();
        let in_common = join(plan, found);
        if in_common == 0 && plan.whole {
            return Err(tree.error(&"it has no article in common with what is checked"));
        }
    }
    for article in &mut plan.articles {
        article
            .documents
            .sort_by(|left, right| (&left.locale, &left.path).cmp(&(&right.locale, &right.path)));
    }
    Ok(())
}

/// The root of a tree, and its files.
fn list(
    tree: &SiblingTree,
    threads: usize,
    files: &mut Files,
) -> Result<(PathBuf, Vec<(PathBuf, Kind)>), DiscoverError> {
    let folder = absolute(&tree.path).map_err(|error| tree.error(&error))?;
    let reference = match &tree.reference {
        None if !is_bare(&folder) => {
            return Ok((folder.clone(), walk::files(&folder, &Trees::default(), threads).0));
        }
        reference => reference.as_deref().unwrap_or("HEAD"),
    };
    let repository = Repository::open(&folder, reference).map_err(|error| tree.error(&error))?;
    let paths = repository.files(&repository.prefix).map_err(|error: GitError| tree.error(&error))?;
    let at = |path: &str| Files::at(&repository, &repository.commit, path);
    let root = at(repository.prefix.trim_end_matches('/'));
    let paths = paths.iter().map(|path| at(path));
    let known = paths.filter_map(|path| Some((path.clone(), Kind::of(&path)?))).collect();
    files.add(Arc::new(repository));
    Ok((root, known))
}

/// Adds documents to the articles that have their path in a tree of one locale, but for locales that are there
/// already. Says how many articles the trees have in common.
fn join(plan: &mut Plan, found: Vec<Found>) -> usize {
    let mut by_path: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, article) in plan.articles.iter().enumerate() {
        if let Some(path) = article.documents.iter().find_map(|document| document.tree_path.clone()) {
            by_path.entry(path).or_default().push(index);
        }
    }
    let mut in_common = 0;
    for Found { shown, mut document, .. } in found {
        let alike = document.tree_path.as_ref().and_then(|path| by_path.get(path));
        // Docsets side by side can hold the same paths: then the docset has to be the same too.
        let article = match alike.map(Vec::as_slice) {
            Some([one]) => *one,
            Some(several) => match several.iter().find(|index| plan.articles[**index].key == shown) {
                Some(index) => *index,
                None => continue,
            },
            None => continue,
        };
        in_common += 1;
        let documents = &mut plan.articles[article].documents;
        if documents.iter().all(|other| other.locale != document.locale) {
            document.reported = false;
            documents.push(document);
        }
    }
    in_common
}
