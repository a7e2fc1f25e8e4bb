use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::git::GitError;

/// Why the English tree could not be used.
#[derive(Debug)]
pub enum SourceError {
    /// It does not exist or cannot be opened.
    CannotOpen(PathBuf, String),
    /// It is an address of the network.
    Address(PathBuf),
    /// It is a folder that is there, with a version behind it.
    WithRef {
        /// The folder.
        path: String,
        /// The version.
        reference: String,
    },
    /// It is a file.
    NotAFolder(PathBuf),
    /// It has no folder of that name.
    NoSuchFolder {
        /// The tree.
        tree: String,
        /// The folder.
        inside: String,
    },
    /// The clone is cut off and lacks commits that documents record.
    Shallow {
        /// The clone.
        path: PathBuf,
        /// One of the commits.
        commit: String,
        /// How many documents record such commits.
        documents: usize,
    },
    /// None of the articles is in the tree.
    NothingInCommon {
        /// The tree.
        tree: String,
        /// Where an article was looked for.
        example: String,
    },
    /// `git` could not do its part.
    Git(GitError),
}

impl SourceError {
    /// The error for a path that does not lead anywhere.
    pub(super) fn not_there(path: &Path, error: &io::Error) -> Self {
        let text = path.to_string_lossy();
        let at_host = text.split_once(':').is_some_and(|(host, _)| host.contains('@') && !host.contains('/'));
        if text.contains("://") || at_host {
            return Self::Address(path.into());
        }
        match text.rsplit_once('@') {
            Some((folder, reference)) if !reference.is_empty() && Path::new(folder).is_dir() => {
                Self::WithRef { path: folder.into(), reference: reference.into() }
            }
            _ => Self::CannotOpen(path.into(), error.to_string()),
        }
    }
}

impl From<GitError> for SourceError {
    fn from(error: GitError) -> Self {
        Self::Git(error)
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CannotOpen(path, reason) => {
                write!(f, "cannot open the source \"{}\": {reason}", path.display())
            }
            Self::Address(path) => write!(
                f,
                "the source \"{}\" is an address, and loclint fetches nothing: clone it (\"git clone\"), and name the clone",
                path.display()
            ),
            Self::WithRef { path, reference } => write!(
                f,
                "the source has no version in its path: name it with \"--source {path} --source-ref {reference}\""
            ),
            Self::NotAFolder(path) => write!(
                f,
                "the source \"{}\" is a file; name a folder or a git repository (\"git clone\" makes one of a bundle)",
                path.display()
            ),
            Self::NoSuchFolder { tree, inside } => {
                write!(f, "the source {tree} has no folder \"{}\"", inside.trim_end_matches('/'))
            }
            Self::Shallow { path, commit, documents } => {
                let path = path.display();
                write!(
                    f,
                    "the source \"{path}\" is a shallow clone and lacks commit {commit}, which documents were translated \
                     from ({documents} documents record commits that it lacks); get the whole history with \
                     \"git -C '{path}' fetch --unshallow\""
                )
            }
            Self::NothingInCommon { tree, example } => write!(
                f,
                "the source {tree} has none of the articles, such as \"{example}\"; name the folder of it that holds them \
                 with \"--source-path\", or a folder further up"
            ),
            Self::Git(error) => write!(f, "cannot read the source: {error}"),
        }
    }
}

impl std::error::Error for SourceError {}
