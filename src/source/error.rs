use std::fmt;
use std::path::PathBuf;

use crate::git::GitError;

/// Why the English tree could not be used.
#[derive(Debug)]
pub enum SourceError {
    /// It does not exist or cannot be opened.
    CannotOpen(PathBuf, String),
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
