//! Reading git repositories, by way of `git` itself.

mod cat_file;
mod error;
mod history;
mod index;
mod index_file;
mod work_tree;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use bitext::Date;
use cat_file::Pool;
pub use error::GitError;
pub use history::{Fate, History};
pub use index::Index;
pub use work_tree::WorkTree;
pub(crate) use work_tree::{is_bare, top};

/// A repository at one commit.
#[derive(Debug)]
pub struct Repository {
    /// The folder that `git` runs in.
    folder: PathBuf,
    /// The folder of the work tree or of the bare repository.
    pub root: PathBuf,
    /// The path from `root` to the folder that was named, with `/` at its end, or empty.
    pub prefix: String,
    /// The ref that was asked for.
    pub reference: String,
    /// The commit that it stands for, 40 hex digits.
    pub commit: String,
    /// Whether the history is cut off.
    pub shallow: bool,
    /// Whether the clone left objects out.
    partial: OnceLock<bool>,
    pool: Pool,
}

impl Repository {
    /// Opens the repository that holds `folder`, a work tree (or a folder in one) or a bare repository, at
    /// `reference`.
    ///
    /// # Errors
    /// [`GitError::NotARepository`] if there is none, [`GitError::NoSuchRef`] if it has no such ref, others if
    /// `git` fails.
    pub fn open(folder: &Path, reference: &str) -> Result<Self, GitError> {
        let about = run(folder, &["rev-parse", "--is-bare-repository", "--is-shallow-repository"])
            .map_err(|error| error.not_a_repository(folder))?;
        let mut about = about.lines().map(|line| line == "true");
        let (bare, shallow) = (about.next() == Some(true), about.next() == Some(true));
        let (root, prefix) = if bare {
            (folder.to_path_buf(), String::new())
        } else {
            let root = run(folder, &["rev-parse", "--show-toplevel"])
                .map_err(|error| error.not_a_repository(folder))?;
            let prefix = run(folder, &["rev-parse", "--show-prefix"])?;
            (PathBuf::from(root.trim_end_matches(['\n', '\r'])), prefix.trim_end_matches(['\n', '\r']).into())
        };
        let wanted = format!("{reference}^{{commit}}");
        let commit = run(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])
            .map_err(|_| no_such_ref(folder, reference))?
            .trim()
            .to_string();
        let pool = Pool::new(Site::Folder(folder.into()));
        let (folder, reference, partial) = (folder.into(), reference.into(), OnceLock::new());
        Ok(Self { folder, root, prefix, reference, commit, shallow, partial, pool })
    }

    /// The bytes of a file at a commit; `None` if the commit or the file is not there.
    ///
    /// # Errors
    /// [`GitError`] if `git` fails.
    pub fn read(&self, commit: &str, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        self.object(&format!("{commit}:{path}"), "blob")
    }

    /// Whether the repository has a folder of this name at its commit.
    ///
    /// # Errors
    /// [`GitError`] if `git` fails.
    pub fn has_folder(&self, path: &str) -> Result<bool, GitError> {
        Ok(self.object(&format!("{}:{path}", self.commit), "tree")?.is_some())
    }

    /// The day of a commit; `None` if the repository has none of this name.
    ///
    /// # Errors
    /// [`GitError`] if `git` fails.
    pub fn day_of(&self, commit: &str) -> Result<Option<Date>, GitError> {
        let object = self.object(&format!("{commit}^{{commit}}"), "commit")?;
        Ok(object.map(|object| {
            let text = String::from_utf8_lossy(&object);
            // `committer NAME <MAIL> SECONDS ZONE`
            let line = text.lines().find_map(|line| line.strip_prefix("committer "));
            let seconds = line.and_then(|line| line.rsplit(' ').nth(1)?.parse().ok());
            seconds.map_or(Date::ZERO, history::date)
        }))
    }

    /// The paths of all files below `prefix` at the repository's commit, from the root on.
    ///
    /// # Errors
    /// [`GitError`] if `git` fails.
    pub fn files(&self, prefix: &str) -> Result<Vec<String>, GitError> {
        let mut args = vec!["ls-tree", "-r", "-z", "--name-only", "--full-tree", &self.commit];
        if !prefix.is_empty() {
            args.extend(["--", prefix]);
        }
        let list = run(&self.folder, &args)?;
        Ok(list.split_terminator('\0').map(String::from).collect())
    }

    /// What happened since the oldest of `commits`, all of which must be there.
    ///
    /// # Errors
    /// [`GitError`] if `git` fails.
    pub fn history(&self, commits: &[String]) -> Result<History, GitError> {
        // Without a common ancestor, the whole history counts too.
        let mut merge_base = vec!["merge-base", "--octopus", &self.commit];
        merge_base.extend(commits.iter().map(String::as_str));
        let bounded = commits.len() <= MOST_COMMITS;
        let base = bounded.then(|| run(&self.folder, &merge_base).ok()).flatten();
        let base = base.map(|base| base.trim().to_string());
        let since = base.as_ref().map(|base| format!("^{base}"));
        let mut log = vec![
            "log",
            "-z",
            "--topo-order",
            "--reverse",
            "--name-status",
            "--find-renames",
            "--no-color",
            "--no-show-signature",
            "--no-ext-diff",
            "--no-textconv",
            "--no-relative",
            "--format=%x01%H %ct %P",
            &self.commit,
        ];
        log.extend(since.as_deref());
        log.push("--");
        let log = run(&self.folder, &log);
        let log = log.map_err(|error| if self.is_partial() { self.left_out() } else { error })?;
        let mut history = History::parse(&log, commits, base.as_deref());
        history.later = self.later(&history.apart)?;
        Ok(history)
    }

    /// Which of these commits hold the newest.
    fn later(&self, commits: &HashSet<String>) -> Result<HashSet<String>, GitError> {
        let newest = format!("^{}", self.commit);
        let mut later = HashSet::new();
        for some in commits.iter().collect::<Vec<_>>().chunks(MOST_COMMITS) {
            let mut between = vec!["rev-list", "--ancestry-path", &newest];
            between.extend(some.iter().map(|commit| commit.as_str()));
            let between = run(&self.folder, &between)?;
            later.extend(between.lines().filter(|commit| commits.contains(*commit)).map(String::from));
        }
        Ok(later)
    }

    fn object(&self, name: &str, kind: &str) -> Result<Option<Vec<u8>>, GitError> {
        let object = self.pool.get(name, kind)?;
        let asked = |args: &[&str]| run(&self.folder, args).is_ok();
        // What a clone left out is not gone, and nothing is fetched.
        if object.is_none()
            && self.is_partial()
            && asked(&["rev-parse", "--verify", "--quiet", "--end-of-options", name])
            && !asked(&["cat-file", "-e", name])
        {
            return Err(self.left_out());
        }
        Ok(object)
    }

    fn is_partial(&self) -> bool {
        const KEYS: &str = r"^(extensions\.partialclone|remote\..*\.promisor)$";
        *self.partial.get_or_init(|| run(&self.folder, &["config", "--get-regexp", KEYS]).is_ok())
    }

    fn left_out(&self) -> GitError {
        GitError::Partial(self.folder.clone())
    }
}

/// More would not fit a command line everywhere.
const MOST_COMMITS: usize = 500;

/// The variables that point git at another repository, as hooks have them set; from
/// `git rev-parse --local-env-vars`, without those that carry settings.
const LOCAL_VARIABLES: [&str; 11] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_OBJECT_DIRECTORY",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
];

/// Where git runs.
#[derive(Clone, Debug)]
enum Site {
    /// In this folder, not misled by the variables of a hook.
    Folder(PathBuf),
    /// The same, where a folder of articles must not be taken for a repository: what looks like a bare one has settings,
    /// which can name programs for a work tree.
    Tree(PathBuf),
    /// In the current folder, as whoever started loclint there would run it: the variables of a hook count, since the
    /// index that is about to be committed can be another than the usual one.
    Here,
}

impl Site {
    fn command(&self) -> Command {
        let mut command = Command::new("git");
        if let Self::Folder(folder) | Self::Tree(folder) = self {
            command.arg("-C").arg(folder);
            for variable in LOCAL_VARIABLES {
                command.env_remove(variable);
            }
        }
        // Settings of a repository run no program, and what is missing is not fetched.
        command
            .args(["-c", "core.fsmonitor=false"])
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "");
        if !matches!(self, Self::Folder(_)) {
            command.args(["-c", "safe.bareRepository=explicit"]);
        }
        command.stdin(Stdio::null()).env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
        command
    }

    /// What git prints, byte for byte.
    fn run(&self, args: &[&str]) -> Result<Vec<u8>, GitError> {
        self.start(args)?.printed()
    }

    /// The same, so that something else can be done until it has ended.
    fn start(&self, args: &[&str]) -> Result<Running, GitError> {
        let mut command = self.command();
        command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
        Ok(Running { command: args[0].into(), child: command.spawn().map_err(GitError::NotRun)? })
    }
}

/// A git that runs.
struct Running {
    command: String,
    child: Child,
}

impl Running {
    /// Waits for what it prints.
    fn printed(self) -> Result<Vec<u8>, GitError> {
        let output = self.child.wait_with_output().map_err(GitError::NotRun)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr).trim().to_string();
        Err(GitError::Failed { command: self.command, said })
    }
}

fn run(folder: &Path, args: &[&str]) -> Result<String, GitError> {
    let printed = Site::Folder(folder.into()).run(args)?;
    Ok(String::from_utf8_lossy(&printed).into_owned())
}

/// Bytes as hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hex = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        hex.push(DIGITS[usize::from(byte >> 4)].into());
        hex.push(DIGITS[usize::from(byte & 15)].into());
    }
    hex
}

fn no_such_ref(folder: &Path, reference: &str) -> GitError {
    let refs = run(
        folder,
        &["for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags"],
    );
    let known = refs.unwrap_or_default().lines().map(String::from).collect();
    let shallow = run(folder, &["rev-parse", "--is-shallow-repository"]).is_ok_and(|is| is.trim() == "true");
    GitError::NoSuchRef { folder: folder.into(), reference: reference.into(), known, shallow }
}
