//! What is open in the editor.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::position::{Encoding, Lines};
use super::uri::path_of;
use crate::discover::place;
use crate::engine::LocatedFinding;

/// An open document.
#[derive(Debug)]
pub(super) struct OpenDocument {
    pub(super) uri: Uri,
    /// Absolute.
    pub(super) path: PathBuf,
    pub(super) version: i32,
    pub(super) text: String,
    /// What was found when it was checked last.
    pub(super) findings: Vec<LocatedFinding>,
    /// The documents that were read for that.
    pub(super) reads: BTreeSet<PathBuf>,
    /// Its text after the safe fixes, be there none, once somebody has asked for it.
    pub(super) fixed: Option<String>,
}

/// All open documents, by their URI.
#[derive(Debug, Default)]
pub(super) struct Documents {
    open: BTreeMap<String, OpenDocument>,
    /// Those that are to be checked, the most urgent first.
    due: VecDeque<String>,
}

impl Documents {
    /// Takes a document in, if it is a file.
    pub(super) fn open(&mut self, item: TextDocumentItem) {
        let Some(path) = path_of(&item.uri).and_then(|path| place(&path).ok()) else { return };
        let key = item.uri.as_str().to_string();
        let document = OpenDocument {
            uri: item.uri,
            path,
            version: item.version,
            text: item.text,
            findings: Vec::new(),
            reads: BTreeSet::new(),
            fixed: None,
        };
        self.open.insert(key.clone(), document);
        self.changed(&key);
    }

    /// Applies changes, in their order.
    pub(super) fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) {
        let Some(document) = self.open.get_mut(uri.as_str()) else { return };
        document.version = version;
        for change in changes {
            match change.range {
                None => document.text = change.text,
                Some(range) => {
                    let span = Lines::new(&document.text, encoding).span(range);
                    document.text.replace_range(span.range(), &change.text);
                }
            }
        }
        self.changed(uri.as_str());
    }

    /// Lets go of a document. Those that were compared with it are to be checked anew.
    pub(super) fn close(&mut self, uri: &Uri) -> Option<OpenDocument> {
        let closed = self.open.remove(uri.as_str())?;
        self.due.retain(|due| due != uri.as_str());
        self.due_with(&closed.path);
        Some(closed)
    }

    /// A document is another than it was: it is to be checked first, and then those that are compared with it.
    fn changed(&mut self, key: &str) {
        let Some(document) = self.open.get_mut(key) else { return };
        document.fixed = None;
        let path = document.path.clone();
        self.due.retain(|due| due != key);
        self.due.push_front(key.to_string());
        self.due_with(&path);
    }

    /// The documents that a file was read for are to be checked.
    fn due_with(&mut self, path: &Path) {
        for (key, document) in &mut self.open {
            if document.reads.contains(path) && !self.due.contains(key) {
                document.fixed = None;
                self.due.push_back(key.clone());
            }
        }
    }

    /// All are to be checked.
    pub(super) fn all_due(&mut self) {
        for (key, document) in &mut self.open {
            document.fixed = None;
            if !self.due.contains(key) {
                self.due.push_back(key.clone());
            }
        }
    }

    /// Whether there is something to check.
    pub(super) fn any_due(&self) -> bool {
        !self.due.is_empty()
    }

    /// Takes out the document to check next.
    pub(super) fn next_due(&mut self) -> Option<String> {
        self.due.pop_front()
    }

    /// Whether a document is to be checked, which is then taken for done.
    pub(super) fn take_due(&mut self, key: &str) -> bool {
        let before = self.due.len();
        self.due.retain(|due| due != key);
        self.due.len() < before
    }

    pub(super) fn get(&self, uri: &str) -> Option<&OpenDocument> {
        self.open.get(uri)
    }

    pub(super) fn get_mut(&mut self, uri: &str) -> Option<&mut OpenDocument> {
        self.open.get_mut(uri)
    }

    /// The open document of a file.
    pub(super) fn of_path(&self, path: &Path) -> Option<&OpenDocument> {
        self.open.values().find(|document| document.path == path)
    }

    /// All texts, as buffers that stand for files.
    pub(super) fn texts(&self) -> BTreeMap<PathBuf, Arc<[u8]>> {
        self.open.values().map(|document| (document.path.clone(), document.text.as_bytes().into())).collect()
    }
}
