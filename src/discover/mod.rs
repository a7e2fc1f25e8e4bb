//! Which files to read, and which article and locale each one is.

mod assemble;
mod beside;
mod excluded;
mod flat;
pub mod layout;
mod listed;
mod named;
mod pattern;
mod siblings;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use bitext::Locale;
use ignore::gitignore::Gitignore;

pub use assemble::{absolute, discover};
pub use beside::{SiblingTree, add_siblings};
pub use listed::{Listed, Listing, below_folders, discover_listed};
pub use named::place;
pub use pattern::Pattern;

/// What a run is told about its trees.
#[derive(Debug, Default)]
pub struct Trees {
    /// Patterns of what to look at; everything if there are none.
    pub include: Vec<Gitignore>,
    /// Patterns of what to leave out.
    pub exclude: Vec<Gitignore>,
    /// How paths tell article and locale; found out if there are none.
    pub layout: Vec<Pattern>,
    /// Where the patterns stand, as in `"exclude" (loclint.yml:2)`.
    pub patterns_of: Vec<String>,
}

impl Trees {
    /// Whether the patterns leave a file out; `path` is absolute.
    pub fn leave_out(&self, path: &Path) -> bool {
        let names = |patterns: &Gitignore| name(patterns, path);
        (!self.include.is_empty() && !self.include.iter().any(names)) || self.exclude.iter().any(names)
    }
}

/// Whether patterns name a file, or a folder that it lies in; `path` is absolute.
pub fn name(patterns: &Gitignore, path: &Path) -> bool {
    path.starts_with(patterns.path()) && patterns.matched_path_or_any_parents(path, false).is_ignore()
}

/// What a run reads.
#[derive(Debug, Default)]
pub struct Plan {
    /// The articles, ordered by key.
    pub articles: Vec<PlannedArticle>,
    /// Files that were looked at but have no locale, and why.
    pub skipped: Vec<(PathBuf, Skipped)>,
    /// Files and folders that could not be read.
    pub unreadable: Vec<Unreadable>,
    /// Whether the run sees whole trees: no single files were named.
    pub whole: bool,
    /// The list of files that the run is limited to, if there is one.
    pub listed: Option<Listed>,
}

/// An article to be read.
#[derive(Debug)]
pub struct PlannedArticle {
    /// The path without the locale, relative to the tree where it lies in one.
    pub key: String,
    /// Its documents, ordered by locale.
    pub documents: Vec<PlannedDocument>,
}

/// A file to be read.
#[derive(Debug, PartialEq, Eq)]
pub struct PlannedDocument {
    /// Its absolute path.
    pub path: PathBuf,
    /// Its locale.
    pub locale: Locale,
    /// How the locale is known.
    pub origin: Origin,
    /// The path below the locale, which is the same wherever the tree lies.
    pub stable_key: String,
    /// The path in a tree that holds one locale only: in the English tree, in another locale's repository.
    /// `None` for a file of a flat export.
    pub tree_path: Option<String>,
    /// Whether findings in it are reported, or it is only read for comparison.
    pub reported: bool,
}

/// How the locale of a document is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From a folder of its path.
    Folder,
    /// From the ending of a folder's name.
    DocsetFolder,
    /// From its file name.
    FileName,
    /// From `ms.contentlocale`.
    FrontMatter,
}

/// Why a file is not a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skipped {
    /// Neither its path nor its front matter names a locale.
    NoLocale,
    /// A YAML file, such as a table of contents; counted only.
    Yaml,
    /// It was named, but an ignore file or the configuration leaves it out.
    Excluded,
}

/// A file or folder that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unreadable {
    /// Its path.
    pub path: PathBuf,
    /// Why, as the system puts it.
    pub reason: String,
}

/// Why there is nothing to check.
#[derive(Debug, PartialEq, Eq)]
pub enum DiscoverError {
    /// A path that was named does not exist or cannot be opened.
    NoSuchPath(PathBuf, String),
    /// There are files, but none is an article.
    NoArticle {
        /// The paths that were named.
        paths: Vec<PathBuf>,
        /// How many files were looked at.
        files: usize,
        /// What left files out, besides ignore files, as in `"exclude" (loclint.yml:2)`.
        patterns_of: Vec<String>,
    },
    /// A tree of siblings could not be read.
    Siblings(PathBuf, String),
}

impl Plan {
    /// The documents of all articles.
    pub fn documents(&self) -> impl Iterator<Item = &PlannedDocument> {
        self.articles.iter().flat_map(|article| &article.documents)
    }

    /// The docset of every article, by number.
    pub fn docsets(&self) -> Vec<u32> {
        let names: BTreeSet<&str> = self.articles.iter().map(PlannedArticle::docset).collect();
        let numbers: BTreeMap<&str, u32> = names.into_iter().zip(0..).collect();
        self.articles.iter().map(|article| numbers[article.docset()]).collect()
    }
}

impl PlannedArticle {
    /// The path below the locale; of a flat export the first file name.
    pub fn stable_key(&self) -> &str {
        self.documents.iter().map(|document| document.stable_key.as_str()).min().unwrap_or_default()
    }

    /// What the key has before the path that is the same in every docset: the docset's folder, or nothing.
    pub fn docset(&self) -> &str {
        let path = self.documents.iter().find_map(|document| document.tree_path.as_deref());
        path.and_then(|path| self.key.strip_suffix(path)).unwrap_or_default()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Folder => "folder",
            Self::DocsetFolder => "folder name",
            Self::FileName => "file name",
            Self::FrontMatter => "front matter",
        })
    }
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NoLocale => "no locale",
            Self::Yaml => "yaml",
            Self::Excluded => "excluded",
        })
    }
}

impl fmt::Display for DiscoverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchPath(path, reason) => write!(f, "cannot open \"{}\": {reason}", path.display()),
            Self::NoArticle { paths, files, patterns_of } => {
                let places: Vec<_> = paths.iter().map(|path| format!("\"{}\"", path.display())).collect();
                let left_out = match patterns_of.join(" nor ") {
                    none if none.is_empty() => "no ignore file leaves out".to_string(),
                    patterns => format!("neither an ignore file nor {patterns} leaves out"),
                };
                write!(
                    f,
                    "no localized article in {}: looked at {files} Markdown and text files that {left_out}, \
                     for a locale in their path (\"pl-pl/guide.md\", \"docs.pl-pl/guide.md\", \"guide.pl-pl.md\") \
                     or for \"ms.contentlocale\" in their front matter",
                    places.join(", ")
                )
            }
            Self::Siblings(path, reason) => write!(f, "\"--siblings {}\": {reason}", path.display()),
        }
    }
}

impl std::error::Error for DiscoverError {}
