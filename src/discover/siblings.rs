//! A file that was named alone: its other locales, found by exchanging the locale in its path, without walking the
//! tree.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use bitext::Locale;

use super::Trees;
use super::excluded::Ignores;
use super::layout::{Candidate, Form};
use crate::files::{Entry, Files};

/// What lies beside files: folders are listed once, and ignore files read once.
pub(super) struct Surroundings<'a> {
    files: &'a Files,
    trees: &'a Trees,
    ignores: Ignores,
    listed: RefCell<HashMap<PathBuf, Rc<[Entry]>>>,
}

impl<'a> Surroundings<'a> {
    pub(super) fn new(files: &'a Files, trees: &'a Trees) -> Self {
        Self { files, trees, ignores: Ignores::default(), listed: RefCell::default() }
    }

    /// Whether ignore files or the configuration leave a file out.
    pub(super) fn exclude(&self, path: &Path) -> bool {
        self.trees.leave_out(path) || self.ignores.exclude(path)
    }

    /// What lies in a folder.
    pub(super) fn list(&self, folder: &Path) -> Rc<[Entry]> {
        if let Some(known) = self.listed.borrow().get(folder) {
            return known.clone();
        }
        let entries: Rc<[Entry]> = self.files.list(folder).into();
        self.listed.borrow_mut().insert(folder.to_path_buf(), entries.clone());
        entries
    }

    /// The same file in other locales: the path with each locale that stands in the same place.
    pub(super) fn siblings(&self, path: &Path, candidate: &Candidate) -> Vec<PathBuf> {
        let others = self.tags(path, candidate).into_iter().map(|tag| candidate.with_tag(path, &tag));
        let mut found: Vec<PathBuf> = others
            .filter(|other| other != path && self.files.is_file(other) && !self.exclude(other))
            .collect();
        found.sort();
        found
    }

    /// Whether the locale of a candidate stands among others, with this file or without it.
    pub(super) fn is_among_locales(&self, path: &Path, candidate: &Candidate) -> bool {
        let mut locales: Vec<Locale> =
            self.tags(path, candidate).iter().filter_map(|tag| Locale::parse(tag)).collect();
        locales.push(candidate.locale.clone());
        locales.sort();
        locales.dedup();
        if locales.iter().filter(|locale| locale.is_qualified()).count() > 1 {
            return true;
        }
        // Bare languages (`de`, `it`) are locales only where most of the folders beside them are.
        let folders = self.list(&candidate.parent(path)).iter().filter(|entry| entry.is_folder).count();
        locales.len() > 1 && (candidate.form != Form::Folder || locales.len() * 2 > folders)
    }

    fn tags(&self, path: &Path, candidate: &Candidate) -> Vec<String> {
        let entries = self.list(&candidate.parent(path));
        // A locale is the name of a folder, or in the name of a file.
        let fitting = entries.iter().filter(|entry| entry.is_folder != (candidate.form == Form::FileName));
        fitting.filter_map(|entry| candidate.tag_of(path, &entry.name)).collect()
    }
}
