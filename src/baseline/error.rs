use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::VERSION;

/// Why a baseline cannot be used.
#[derive(Debug)]
pub enum BaselineError {
    /// The file cannot be read.
    Unreadable(PathBuf, io::Error),
    /// The file is not as it was written.
    Damaged(PathBuf, Damage),
    /// The file is something else.
    Foreign(PathBuf),
    /// None of its articles is in the tree; the first of them.
    OtherTree(PathBuf, String),
    /// To prune, the run has to see all that the baseline was written for.
    PartOfTree(PathBuf, String),
    /// A part is written anew under other conditions than the rest.
    OtherOptions(PathBuf, String),
}

/// What is wrong with the text of a baseline, and in which line.
#[derive(Debug, PartialEq, Eq)]
pub struct Damage {
    /// From 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong in a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is there to be read by a newer version of this program.
    Newer(u64),
    /// A merge left its marks.
    Conflict,
    /// Something else.
    Other(String),
}

impl Damage {
    pub(super) fn other(line: usize, what: impl Into<String>) -> Self {
        Self { line, fault: Fault::Other(what.into()) }
    }
}

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, error) => {
                write!(f, "cannot read the baseline \"{}\": {error}", path.display())?;
                match error.kind() {
                    io::ErrorKind::NotFound => write!(f, "; {} writes it", Anew(path)),
                    _ => Ok(()),
                }
            }
            Self::Foreign(path) => write!(
                f,
                "\"{}\" is no baseline, as \"loclint baseline\" writes one; name another file",
                path.display()
            ),
            Self::Damaged(path, Damage { line, fault }) => {
                write!(f, "baseline \"{}\", line {line}: ", path.display())?;
                match fault {
                    Fault::Newer(version) => write!(
                        f,
                        "it has version {version}, and this loclint reads version {VERSION}: use a newer loclint, or \
                         write it anew with {}",
                        Anew(path)
                    ),
                    Fault::Conflict => f.write_str(
                        "a merge conflict: keep the lines of both sides and remove the marks; \"merge=union\" in \
                         .gitattributes does that by itself",
                    ),
                    Fault::Other(what) => write!(
                        f,
                        "{what}; restore the line from the version control history, or write the file anew with {}",
                        Anew(path)
                    ),
                }
            }
            Self::OtherTree(path, first) => write!(
                f,
                "the baseline \"{}\" is for another tree: none of its articles is here, the first being \"{first}\"; \
                 check the tree that it was written for, or write one for this with {}",
                path.display(),
                Anew(path)
            ),
            Self::PartOfTree(path, why) => write!(
                f,
                "cannot tell what of the baseline \"{}\" matches nothing any more, since {why}",
                path.display()
            ),
            Self::OtherOptions(path, why) => write!(
                f,
                "the baseline \"{}\" is there, and a part of it cannot be written anew, since {why}; use the same \
                 options, or name another file",
                path.display()
            ),
        }
    }
}

/// The command that writes a file.
struct Anew<'a>(&'a Path);

impl fmt::Display for Anew<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"loclint baseline -o {}\"", self.0.display())
    }
}

impl std::error::Error for BaselineError {}
