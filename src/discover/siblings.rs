//! A file that was named alone: its other locales, found without walking the tree.

use std::path::{Path, PathBuf};

use super::layout::Candidate;

/// The same file in other locales: the path with each locale that stands in the same place.
pub(super) fn of(path: &Path, candidate: &Candidate) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(candidate.parent(path)) else { return Vec::new() };
    let tags = entries.flatten().filter_map(|entry| candidate.tag_of(path, &entry.file_name()));
    let mut found: Vec<PathBuf> = tags
        .map(|tag| candidate.with_tag(path, &tag))
        .filter(|sibling| sibling != path && sibling.is_file())
        .collect();
    found.sort();
    found
}
