//! What `loclint check` reports on, beyond its paths: what changed, what is staged, a list of files, or a buffer.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use clap::Args;

use crate::discover::{DiscoverError, Listing, place};
use crate::files::{Limits, path_of};
use crate::git::{GitError, Index, WorkTree};

/// The path that stands for standard input.
const STDIN: &str = "-";

/// The longest part of a list that an error shows.
const SHOWN: usize = 200;

#[derive(Clone, Debug, Default, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(super) struct ScopeArgs {
    /// Report only on files that are otherwise than in HEAD, untracked ones too. Their other locales are
    /// read for comparison
    #[arg(long, conflicts_with_all = ["staged", "files_from", "stdin_filename"])]
    changed: bool,

    /// With --changed: compare with the commit at which HEAD parted from REF, such as "origin/main"
    #[arg(long, value_name = "REF", requires = "changed", conflicts_with_all = ["staged", "files_from", "stdin_filename"])]
    since: Option<String>,

    /// Report only on files that are staged, as they are staged: their other locales are read from the
    /// index too
    #[arg(long, conflicts_with_all = ["files_from", "stdin_filename"])]
    staged: bool,

    /// Report only on the files that this file lists, one a line or each ended by NUL; "-" reads the list
    /// from standard input. A folder stands for the files below it. What is no article is passed over
    #[arg(long, value_name = "FILE", conflicts_with_all = ["stdin_filename", "paths"])]
    files_from: Option<PathBuf>,

    /// With "-" as PATH: check what comes from standard input as if it were this file, which need not
    /// exist. With --fix, the fixed text goes to standard output and the findings to standard error
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
}

/// What a run is limited to.
#[derive(Debug)]
pub(super) enum Scope {
    /// Nothing but its paths.
    Paths,
    /// A list of files.
    Listed(Listing),
    /// Files of which git tells; as they are in these indexes, if there are any.
    OfGit(Listing, Vec<Arc<Index>>),
    /// A file whose text comes from standard input.
    Buffer(PathBuf, Vec<u8>),
}

/// Why it cannot be found out.
#[derive(Debug)]
pub(super) enum ScopeError {
    /// git could not say what changed.
    Git(&'static str, GitError),
    /// `--fix` with `--staged`.
    FixStaged,
    /// `-` and `--stdin-filename` come together, and alone.
    Stdin(&'static str),
    /// A list, or standard input, cannot be read.
    List(PathBuf, io::Error),
    /// A listed file is not there.
    NoSuchFile { list: PathBuf, file: PathBuf, reason: String },
    /// A buffer is too large.
    TooLarge(u64),
    /// A path does not exist.
    NoSuchPath(PathBuf, io::Error),
    /// The thread that asks git ended without an answer.
    Lost,
}

impl ScopeArgs {
    /// Begins to find out: git is asked in the background.
    pub(super) fn begin(&self, paths: &[PathBuf], fixes: bool, limits: Limits) -> Result<Asked, ScopeError> {
        let from_stdin = paths.iter().any(|path| path.as_os_str() == STDIN);
        match (&self.stdin_filename, from_stdin) {
            (Some(path), true) if paths.len() == 1 => return buffer(path, limits).map(Asked::Answered),
            (None, false) => {}
            (Some(_), false) => {
                return Err(ScopeError::Stdin("\"--stdin-filename\" needs \"-\" as the path to check"));
            }
            (Some(_), true) => return Err(ScopeError::Stdin("\"-\" is checked alone, without other paths")),
            (None, true) => {
                let help = "\"-\" needs \"--stdin-filename\": the path tells article, locale and siblings; a list of \
                            files is read with \"--files-from -\"";
                return Err(ScopeError::Stdin(help));
            }
        }
        if let Some(list) = &self.files_from {
            return listed(list).map(|listing| Asked::Answered(Scope::Listed(listing)));
        }
        if self.staged && fixes {
            return Err(ScopeError::FixStaged);
        }
        if !self.staged && !self.changed {
            return Ok(Asked::Answered(Scope::Paths));
        }
        let (own, paths) = (self.clone(), paths.to_vec());
        Ok(Asked::Git(thread::spawn(move || own.ask_git(&paths))))
    }

    fn ask_git(&self, paths: &[PathBuf]) -> Result<Scope, ScopeError> {
        let option = if self.staged { "--staged" } else { "--changed" };
        let git = |error| ScopeError::Git(option, error);
        let mut trees: Vec<WorkTree> = Vec::new();
        for path in paths {
            let real = dunce::canonicalize(path);
            let real = real.map_err(|error| ScopeError::NoSuchPath(path.clone(), error))?;
            let folder = if real.is_dir() { Some(&*real) } else { real.parent() };
            let tree = WorkTree::open(folder.unwrap_or(&real)).map_err(git)?;
            if trees.iter().all(|known| known.root != tree.root) {
                trees.push(tree);
            }
        }
        let (mut files, mut indexes) = (Vec::new(), Vec::new());
        for tree in &trees {
            if self.staged {
                let (staged, index) = tree.staged().map_err(git)?;
                files.extend(staged);
                indexes.push(Arc::new(index));
            } else {
                files.extend(tree.changed(self.since.as_deref()).map_err(git)?);
            }
        }
        let name = if self.staged { "staged" } else { "changed" };
        Ok(Scope::OfGit(Listing { name, files }, indexes))
    }
}

/// A question that may still be open.
pub(super) enum Asked {
    Answered(Scope),
    Git(JoinHandle<Result<Scope, ScopeError>>),
}

impl Asked {
    /// Waits for the answer.
    pub(super) fn answer(self) -> Result<Scope, ScopeError> {
        match self {
            Self::Answered(scope) => Ok(scope),
            Self::Git(thread) => thread.join().unwrap_or(Err(ScopeError::Lost)),
        }
    }

    /// Whether all in these paths is meant, and they are folders.
    pub(super) fn is_of_folders(&self, paths: &[PathBuf]) -> bool {
        matches!(self, Self::Answered(Scope::Paths)) && paths.iter().all(|path| path.is_dir())
    }

    /// The path of a buffer.
    pub(super) fn buffer_path(&self) -> Option<&Path> {
        match self {
            Self::Answered(Scope::Buffer(path, _)) => Some(path),
            _ => None,
        }
    }
}

fn buffer(path: &Path, limits: Limits) -> Result<Scope, ScopeError> {
    let placed = place(path).map_err(|error| ScopeError::NoSuchPath(path.into(), error))?;
    if placed.is_dir() {
        return Err(ScopeError::NoSuchPath(path.into(), io::ErrorKind::IsADirectory.into()));
    }
    let mut bytes = Vec::new();
    let read = io::stdin().lock().take(limits.max_bytes.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| ScopeError::List(STDIN.into(), error))?;
    if bytes.len() as u64 > limits.max_bytes {
        return Err(ScopeError::TooLarge(limits.max_bytes));
    }
    Ok(Scope::Buffer(placed, bytes))
}

fn listed(list: &Path) -> Result<Listing, ScopeError> {
    let unreadable = |error| ScopeError::List(list.into(), error);
    let mut bytes = Vec::new();
    if list.as_os_str() == STDIN {
        io::stdin().lock().read_to_end(&mut bytes).map_err(unreadable)?;
    } else {
        bytes = fs::read(list).map_err(unreadable)?;
    }
    let mut files = Vec::new();
    for file in entries(&bytes) {
        let absolute = crate::discover::absolute(&file).map_err(|error| ScopeError::NoSuchFile {
            list: list.into(),
            file: file.clone(),
            reason: error.to_string(),
        })?;
        files.push(absolute);
    }
    files.sort();
    files.dedup();
    Ok(Listing { name: "listed", files })
}

/// The paths of a list: each ended by NUL if there is one, else one a line.
fn entries(list: &[u8]) -> Vec<PathBuf> {
    let nul = list.contains(&0);
    let list = list.strip_prefix("\u{feff}".as_bytes()).unwrap_or(list);
    let parts = list.split(|byte| *byte == if nul { 0 } else { b'\n' });
    let parts = parts.map(|part| if nul { part } else { part.strip_suffix(b"\r").unwrap_or(part) });
    parts.filter(|part| !part.is_empty()).map(path_of).collect()
}

impl fmt::Display for ScopeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Git(option, error) => write!(f, "\"{option}\": {error}"),
            Self::FixStaged => write!(
                f,
                "\"--staged\" checks what is staged, and \"--fix\" would write the work tree, which can be otherwise; use \
                 \"--changed --fix\" and stage the files again, or \"--staged --diff\" for a patch"
            ),
            Self::Stdin(why) => f.write_str(why),
            Self::List(list, error) => write!(f, "cannot read \"{}\": {error}", list.display()),
            Self::NoSuchFile { list, file, reason } => {
                let name = file.to_string_lossy();
                let shown: String = name.chars().take(SHOWN).collect();
                write!(f, "\"--files-from {}\" lists \"{shown}\": {reason}", list.display())?;
                let is_quoted = name.len() > 1 && name.starts_with('"') && name.ends_with('"');
                let help = "; git quotes such names unless it is asked for NUL (\"-z\")";
                f.write_str(if is_quoted { help } else { "" })
            }
            Self::TooLarge(limit) => {
                write!(f, "standard input has more bytes than \"--max-file-size\" allows ({limit})")
            }
            Self::NoSuchPath(path, error) => {
                write!(f, "{}", DiscoverError::NoSuchPath(path.clone(), error.to_string()))
            }
            Self::Lost => write!(f, "this is a fault of loclint, please report it: git was not waited for"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_have_lines_or_nuls() {
        let shown = |list: &str| {
            entries(list.as_bytes()).iter().map(|path| path.display().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(shown("a b.md\r\n\nc/é.md"), ["a b.md", "c/é.md"]);
        assert_eq!(shown("a\nb.md\0c.md\0"), ["a\nb.md", "c.md"]);
        assert_eq!(shown("\u{feff}a.md\n"), ["a.md"]);
        assert_eq!(shown(""), [""; 0]);
        assert_eq!(shown(" a.md \n"), [" a.md "]);
    }
}
