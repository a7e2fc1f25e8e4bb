//! The files below a folder.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use ignore::gitignore::Gitignore;
use ignore::{WalkBuilder, WalkState};

use super::{Trees, Unreadable};
use crate::files::path_order;

/// What a file may be, by its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Markdown: a document.
    Markdown,
    /// Text: a document if its head is front matter with provenance keys.
    Text,
    /// YAML: counted only.
    Yaml,
}

impl Kind {
    pub(super) fn of(path: &Path) -> Option<Self> {
        match path.extension().and_then(OsStr::to_str)?.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "txt" => Some(Self::Text),
            "yml" | "yaml" => Some(Self::Yaml),
            _ => None,
        }
    }
}

/// The files below `root` that may be documents, sorted; ignore files and patterns are honoured, hidden files and
/// links are passed over.
pub(super) fn files(root: &Path, trees: &Trees, threads: usize) -> (Vec<(PathBuf, Kind)>, Vec<Unreadable>) {
    let (found, faults) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    let mut builder = WalkBuilder::new(root);
    builder.add_custom_ignore_filename(".loclintignore").threads(threads);
    if !trees.exclude.is_empty() {
        // Folders that are left out are not walked.
        let exclude = trees.exclude.clone();
        builder.filter_entry(move |entry| {
            let is_dir = entry.file_type().is_some_and(|kind| kind.is_dir());
            let names = |patterns: &Gitignore| {
                entry.path().starts_with(patterns.path())
                    && patterns.matched(entry.path(), is_dir).is_ignore()
            };
            !exclude.iter().any(names)
        });
    }
    let walker = builder.build_parallel();
    walker.run(|| {
        Box::new(|entry| {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    if let Some(kind) = Kind::of(entry.path()) {
                        lock(&found).push((entry.into_path(), kind));
                    }
                }
                Ok(_) => {}
                Err(error) => lock(&faults).push(unreadable(root, &error)),
            }
            WalkState::Continue
        })
    });
    let (mut found, mut faults) = (into_inner(found), into_inner(faults));
    found.retain(|(path, _)| !trees.leave_out(path));
    found.sort_by(|left, right| path_order(&left.0, &right.0));
    faults.sort();
    (found, faults)
}

fn unreadable(root: &Path, error: &ignore::Error) -> Unreadable {
    let path = match error {
        ignore::Error::WithPath { path, .. } => path.clone(),
        ignore::Error::WithDepth { err, .. } => return unreadable(root, err),
        _ => root.to_path_buf(),
    };
    let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
    Unreadable { path, reason }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn into_inner<T>(mutex: Mutex<T>) -> T {
    mutex.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}
