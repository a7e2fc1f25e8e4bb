//! A file that was named alone: its other locales, found without walking the tree.

use std::path::{Path, PathBuf};

use super::excluded::is_excluded;
use super::layout::Candidate;

/// The same file in other locales: the path with each locale that stands in the same place.
pub(super) fn of(path: &Path, candidate: &Candidate) -> Vec<PathBuf> {
    let others = tags(path, candidate).into_iter().map(|tag| candidate.with_tag(path, &tag));
    let mut found: Vec<PathBuf> =
        others.filter(|other| other != path && other.is_file() && !is_excluded(other)).collect();
    found.sort();
    found
}

/// Whether other locales stand in the same place, with this file or without it.
pub(super) fn has_other_locales(path: &Path, candidate: &Candidate) -> bool {
    tags(path, candidate).iter().any(|tag| candidate.with_tag(path, tag) != path)
}

fn tags(path: &Path, candidate: &Candidate) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(candidate.parent(path)) else { return Vec::new() };
    entries.flatten().filter_map(|entry| candidate.tag_of(path, &entry.file_name())).collect()
}
