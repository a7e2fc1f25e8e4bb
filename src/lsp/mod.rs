//! The language server: open documents are checked as they are in the editor.
//!
//! `server` reads messages and answers them, `documents` keeps what is open, `diagnostics`, `actions` and `hover` make
//! values of the protocol, `suppress` finds the place for a comment, `wire` takes messages in and gives them out, `uris` makes URIs strict, `position` counts as the editor does. What is found comes from a [`Checker`], which is the check of the command line.

mod actions;
mod client;
mod diagnostics;
mod documents;
mod hover;
mod position;
mod server;
mod suppress;
mod uri;
mod uris;
mod wire;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use server::serve;

use crate::engine::LocatedFinding;

/// Finds what is wrong with open documents.
pub trait Checker {
    /// Checks a document.
    ///
    /// # Errors
    /// [`Trouble`] if that cannot be done, as when the configuration has a mistake.
    fn check(&mut self, question: &Question<'_>) -> Result<Checked, Trouble>;

    /// The text of a document after its safe fixes; `None` if there are none.
    ///
    /// # Errors
    /// As in [`Checker::check`].
    fn fixed(&mut self, question: &Question<'_>) -> Result<Option<String>, Trouble>;

    /// Files are others than they were.
    fn refresh(&mut self);

    /// Settings are others than they were.
    fn forget(&mut self);
}

/// A document to check.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Its path, absolute.
    pub path: &'a Path,
    /// The folder of the workspace that it lies in.
    pub folder: &'a Path,
    /// The texts of all open documents, it among them.
    pub open: &'a BTreeMap<PathBuf, Arc<[u8]>>,
}

/// What was found in a document.
#[derive(Debug, Default)]
pub struct Checked {
    /// What is wrong with it.
    pub findings: Vec<LocatedFinding>,
    /// The documents that were read for that.
    pub reads: BTreeSet<PathBuf>,
}

/// Why documents cannot be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The whole message.
    pub message: String,
    /// Where the mistake is, if it is in a file.
    pub place: Option<Refused>,
}

/// A mistake in a file that is not checked itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The file.
    pub path: PathBuf,
    /// From 1 on.
    pub line: u32,
    /// In characters, from 1 on.
    pub column: u32,
    /// How many characters are to blame.
    pub characters: usize,
    /// What is wrong.
    pub message: String,
}

#[cfg(test)]
mod tests;
