//! A list of files that a run is limited to, such as those that git says have changed.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::assemble::{Builder, absolute, has_provenance};
use super::named::Roots;
use super::walk::{self, Kind};
use super::{DiscoverError, Plan, Trees, Unreadable};
use crate::files::Files;

/// A list of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// What they are called in summaries, in front of "file": "changed", "staged", "listed".
    pub name: &'static str,
    /// Absolute paths.
    pub files: Vec<PathBuf>,
}

/// What a list came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What the files are called.
    pub name: &'static str,
    /// How many of them there are, in what was named.
    pub files: usize,
}

/// Plans a run over `paths` that reports only on the files of a list which lie there; on all of them if there are no
/// `paths`. What is no article is passed over. The tree is not walked: the other locales of a file are found by its path.
///
/// # Errors
/// [`DiscoverError::NoSuchPath`] if one of `paths` does not exist.
pub fn discover_listed(
    paths: &[PathBuf],
    listing: &Listing,
    trees: &Trees,
    files: &Files,
) -> Result<Plan, DiscoverError> {
    let mut roots = Vec::new();
    for path in paths {
        let real = absolute(path);
        roots.push(real.map_err(|error| DiscoverError::NoSuchPath(path.clone(), error.to_string()))?);
    }
    let mut builder = Builder::new(files, trees);
    builder.whole = false;
    let mut considered = 0;
    for path in &listing.files {
        let root = roots.iter().find(|root| path.starts_with(root));
        if root.is_none() && !roots.is_empty() {
            continue;
        }
        considered += 1;
        let world = root.filter(|root| *root != path);
        if is_document(path, world.map(PathBuf::as_path), files) {
            let roots = world.map_or_else(|| Roots::of_file(path), |root| Roots::of_folder(root));
            builder.file(&roots, path.clone());
        }
    }
    builder.untold_files();
    let mut plan = builder.plan();
    plan.listed = Some(Listed { name: listing.name, files: considered });
    Ok(plan)
}

/// The same list with the files below each folder in its place, as a walk finds them; a folder without any stays. Tells
/// what could not be read too.
pub fn below_folders(listing: Listing, trees: &Trees, threads: usize) -> (Listing, Vec<Unreadable>) {
    let (mut files, mut unreadable) = (Vec::new(), Vec::new());
    for path in listing.files {
        let (found, faults) =
            if path.is_dir() { walk::files(&path, trees, threads) } else { Default::default() };
        if found.is_empty() {
            files.push(path);
        }
        files.extend(found.into_iter().map(|(path, _)| path));
        unreadable.extend(faults);
    }
    files.sort();
    files.dedup();
    (Listing { files, ..listing }, unreadable)
}

/// Whether a walk would take a file for a document.
fn is_document(path: &Path, root: Option<&Path>, files: &Files) -> bool {
    let is_hidden = |name: &OsStr| name.as_encoded_bytes().starts_with(b".");
    let below = root.and_then(|root| path.strip_prefix(root).ok());
    let hidden = match below {
        Some(below) => below.iter().any(is_hidden),
        None => path.file_name().is_some_and(is_hidden),
    };
    let known = match Kind::of(path) {
        Some(Kind::Markdown) => true,
        Some(Kind::Text) => has_provenance(path, files),
        Some(Kind::Yaml) | None => false,
    };
    known && !hidden && files.is_file(path)
}
