use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a repository could not be read.
#[derive(Debug)]
pub enum GitError {
    /// `git` could not be started.
    NotRun(io::Error),
    /// There is no repository.
    NotARepository(PathBuf),
    /// The repository is bare.
    NoWorkTree(PathBuf),
    /// Two commits come from different histories, or the history is cut off before they meet.
    NoCommonAncestor {
        /// What was asked for.
        reference: String,
        /// Whether the history is cut off.
        shallow: bool,
    },
    /// The clone left out what is needed.
    Partial(PathBuf),
    /// The repository has no such ref.
    NoSuchRef {
        /// The repository.
        folder: PathBuf,
        /// What was asked for.
        reference: String,
        /// The refs that it has.
        known: Vec<String>,
        /// Whether its history is cut off, and with it mostly all other branches.
        shallow: bool,
    },
    /// `git` failed.
    Failed {
        /// Which of its commands.
        command: String,
        /// What it said.
        said: String,
    },
}

impl GitError {
    /// A failure that says that there is no repository.
    pub(super) fn not_a_repository(self, folder: &Path) -> Self {
        match self {
            // A work tree without its repository, the inside of `.git`, or no trace of git.
            Self::Failed { said, .. }
                if said.contains("not a git repository") || said.contains("must be run in a work tree") =>
            {
                Self::NotARepository(folder.into())
            }
            other => other,
        }
    }
}

impl GitError {
    /// A failure that says that there is no repository, or none with a work tree.
    pub(super) fn no_work_tree(self, folder: &Path) -> Self {
        match self {
            Self::Failed { said, .. }
                if said.contains("must be run in a work tree")
                    || said.contains("cannot use bare repository") =>
            {
                Self::NoWorkTree(folder.into())
            }
            other => other.not_a_repository(folder),
        }
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRun(error) => write!(f, "cannot run \"git\", which reads repositories: {error}"),
            Self::NotARepository(folder) => write!(f, "\"{}\" is not in a git repository", folder.display()),
            Self::NoWorkTree(folder) => {
                write!(f, "\"{}\" has no work tree: its repository is bare", folder.display())
            }
            Self::NoCommonAncestor { reference, shallow } => {
                write!(f, "\"HEAD\" and \"{reference}\" have no common ancestor")?;
                let how = "; this clone is shallow: get the whole history with \"git fetch --unshallow\"";
                f.write_str(if *shallow { how } else { "" })
            }
            Self::Partial(folder) => {
                let folder = folder.display();
                write!(
                    f,
                    "\"{folder}\" is a partial clone and lacks files that are needed, and loclint fetches nothing; get them \
                     with \"git -C '{folder}' fetch --refetch --no-filter\""
                )
            }
            Self::NoSuchRef { folder, reference, known, shallow } => {
                write!(f, "\"{}\" has no ref \"{reference}\"", folder.display())?;
                if *shallow {
                    return f.write_str(
                        "; this clone is shallow: get its branches and their history with \"git fetch --unshallow origin \
                         '+refs/heads/*:refs/remotes/origin/*'\", or by \"fetch-depth: 0\" of actions/checkout",
                    );
                }
                let meant = known.iter().map(|name| (strsim::jaro_winkler(name, reference), name));
                match meant.max_by(|left, right| left.0.total_cmp(&right.0)) {
                    None => write!(f, "; it has no commit at all"),
                    Some((likeness, name)) if likeness > 0.8 => write!(f, "; did you mean \"{name}\"?"),
                    Some(_) => write!(f, "; it has {}", list(known)),
                }
            }
            Self::Failed { command, said } => write!(f, "\"git {command}\" failed: {said}"),
        }
    }
}

/// The first names, and how many more there are.
fn list(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("\"{name}\"")).collect();
    match names.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

impl std::error::Error for GitError {}
