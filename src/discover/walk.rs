//! The files below a folder.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::gitignore::Gitignore;
use ignore::{DirEntry, WalkBuilder, WalkState};

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

/// Entries that one thread goes through in no more time than it takes until others have come to help it.
const FEW: usize = 500;

/// A file that may be a document, or why there is none to look at.
type Met = Result<(PathBuf, Kind), Unreadable>;

/// The files below `root` that may be documents, sorted; ignore files and patterns are honoured, hidden files and
/// links are passed over.
pub(super) fn files(root: &Path, trees: &Trees, threads: usize) -> (Vec<(PathBuf, Kind)>, Vec<Unreadable>) {
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
    let most = if threads == 1 { usize::MAX } else { FEW };
    let met = alone(&builder, root, most).unwrap_or_else(|| together(&builder, root));
    let (mut found, mut faults) = (Vec::with_capacity(met.len()), Vec::new());
    for one in met {
        match one {
            Ok((path, _)) if trees.leave_out(&path) => {}
            Ok(file) => found.push(file),
            Err(fault) => faults.push(fault),
        }
    }
    found.sort_by(|left, right| path_order(&left.0, &right.0));
    faults.sort();
    (found, faults)
}

/// All that there is, walked by this thread; `None` if there are more entries than `most`, or something that cannot be
/// read: of that the other walk says what is wrong, without how it came to know.
fn alone(builder: &WalkBuilder, root: &Path, most: usize) -> Option<Vec<Met>> {
    let mut met = Vec::new();
    for (number, entry) in builder.build().enumerate() {
        if number == most || entry.is_err() {
            return None;
        }
        met.extend(seen(entry, root));
    }
    Some(met)
}

/// All that there is, walked by several threads.
fn together(builder: &WalkBuilder, root: &Path) -> Vec<Met> {
    let met = Mutex::new(Vec::new());
    builder.build_parallel().run(|| {
        Box::new(|entry| {
            if let Some(one) = seen(entry, root) {
                met.lock().unwrap_or_else(PoisonError::into_inner).push(one);
            }
            WalkState::Continue
        })
    });
    met.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn seen(entry: Result<DirEntry, ignore::Error>, root: &Path) -> Option<Met> {
    match entry {
        Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
            let kind = Kind::of(entry.path())?;
            Some(Ok((entry.into_path(), kind)))
        }
        Ok(_) => None,
        Err(error) => Some(Err(unreadable(root, &error))),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thread_sees_what_several_see() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let write = |path: &str, text: &str| {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write(".git/HEAD", "");
        write(".gitignore", "build/\n");
        write("pl-pl/.loclintignore", "*.old.md\n");
        for path in
            ["build/a.md", "pl-pl/a.md", "pl-pl/b.old.md", "pl-pl/c/d.txt", "pl-pl/.e.md", "f.yml", "g.png"]
        {
            write(path, "");
        }
        let mut builder = WalkBuilder::new(root);
        builder.add_custom_ignore_filename(".loclintignore").threads(2);
        let paths = |met: Vec<Met>| {
            let mut paths: Vec<PathBuf> = met.into_iter().map(|one| one.unwrap().0).collect();
            paths.sort();
            paths
        };
        let seen = paths(alone(&builder, root, usize::MAX).unwrap());
        assert_eq!(seen, ["f.yml", "pl-pl/a.md", "pl-pl/c/d.txt"].map(|path| root.join(path)));
        assert_eq!(paths(together(&builder, root)), seen);
        assert!(alone(&builder, root, 2).is_none());
    }

    #[test]
    fn what_cannot_be_read_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let gone = folder.path().join("pl-pl");
        assert!(alone(&WalkBuilder::new(&gone), &gone, usize::MAX).is_none());
        let (found, faults) = files(&gone, &Trees::default(), 2);
        let paths: Vec<&Path> = faults.iter().map(|fault| fault.path.as_path()).collect();
        assert_eq!((found.len(), paths), (0, vec![gone.as_path()]));
    }
}
