//! What changed in a work tree, and what is staged.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use super::cat_file::Pool;
use super::{GitError, Index, Running, Site, no_such_ref};
use crate::files::path_of;

/// A work tree.
#[derive(Debug)]
pub struct WorkTree {
    site: Site,
    /// Its top folder.
    pub root: PathBuf,
}

/// Paths from the top on, byte for byte, with nothing that settings of the user could add.
const NAMES: [&str; 8] = [
    "-z",
    "--name-only",
    "--no-renames",
    "--no-relative",
    "--no-ext-diff",
    "--no-textconv",
    "--diff-filter=d",
    "--ignore-submodules=all",
];

impl WorkTree {
    /// The work tree that holds `folder`, an absolute path. In that of the current folder, the variables that git sets
    /// for hooks count.
    ///
    /// # Errors
    /// [`GitError::NotARepository`] and [`GitError::NoWorkTree`] if there is none, others if `git` fails.
    pub fn open(folder: &Path) -> Result<Self, GitError> {
        let current = env::current_dir().and_then(dunce::canonicalize).ok();
        let top = top(folder);
        let is_here = current.is_some_and(|current| top == self::top(&current));
        let site = if is_here { Site::Here } else { Site::Tree(folder.into()) };
        let is_told = is_here && ["GIT_DIR", "GIT_WORK_TREE"].iter().any(|name| env::var_os(name).is_some());
        let root = match top {
            Some(top) if !is_told && lies_at(&top) => top,
            _ => {
                let printed = site.run(&["rev-parse", "--show-toplevel"]);
                let printed = printed.map_err(|error| error.no_work_tree(folder))?;
                let root = path_of(printed.strip_suffix(b"\n").unwrap_or(&printed));
                dunce::canonicalize(&root).unwrap_or(root)
            }
        };
        Ok(Self { site, root })
    }

    /// The files that are otherwise than in HEAD, or than where the history of HEAD parts from that of `since`; new
    /// ones too, unless git ignores them. Absolute paths, sorted; what was deleted is not among them.
    ///
    /// # Errors
    /// [`GitError::NoSuchRef`], [`GitError::NoCommonAncestor`], others if `git` fails.
    pub fn changed(&self, since: Option<&str>) -> Result<Vec<PathBuf>, GitError> {
        let mut paths = match since {
            None => self.differing_from_head()?,
            Some(reference) => self.differing_since(reference)?,
        };
        paths.retain(|path| path.symlink_metadata().is_ok());
        paths.sort();
        paths.dedup();
        Ok(paths)
    }

    fn differing_from_head(&self) -> Result<Vec<PathBuf>, GitError> {
        // "git diff HEAD" would fail where there is no commit yet.
        let status = [
            "status",
            "--porcelain",
            "-z",
            "--no-renames",
            "--untracked-files=all",
            "--ignore-submodules=all",
        ];
        let printed = self.run(&status)?;
        // `XY PATH`
        Ok(printed.split(|byte| *byte == 0).filter_map(|line| Some(self.path(line.get(3..)?))).collect())
    }

    fn differing_since(&self, reference: &str) -> Result<Vec<PathBuf>, GitError> {
        let commit = |reference: &str| {
            let wanted = format!("{reference}^{{commit}}");
            let found = self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted]);
            match found {
                Ok(name) => Ok(text(&name)),
                Err(GitError::Failed { .. }) => Err(no_such_ref(&self.root, reference)),
                Err(other) => Err(other),
            }
        };
        let (theirs, ours) = (commit(reference)?, commit("HEAD")?);
        let base = match self.run(&["merge-base", &theirs, &ours]) {
            Ok(base) => text(&base),
            Err(GitError::Failed { said, .. }) if said.is_empty() => {
                let shallow = self.run(&["rev-parse", "--is-shallow-repository"])?;
                let shallow = shallow.starts_with(b"true");
                return Err(GitError::NoCommonAncestor { reference: reference.into(), shallow });
            }
            Err(other) => return Err(other),
        };
        let diff = self.run(&[&["diff"], &NAMES[..], &[base.as_str(), "--"]].concat())?;
        let others =
            self.run(&["ls-files", "-z", "--others", "--exclude-standard", "--full-name", "--", ":/"])?;
        Ok(self.paths(&diff).chain(self.paths(&others)).collect())
    }

    /// The files that are staged, as absolute paths, sorted, without those that are staged for deletion; and the index
    /// with the contents.
    ///
    /// # Errors
    /// [`GitError`] if `git` fails.
    pub fn staged(&self) -> Result<(Vec<PathBuf>, Index), GitError> {
        let started = self.site.start(&[&["diff", "--cached"], &NAMES[..]].concat());
        let index = self.index();
        // Where git sees no repository, "git diff" speaks of its options.
        let why = |error: GitError| self.run(&["rev-parse", "--show-toplevel"]).err().unwrap_or(error);
        let staged = started.and_then(Running::printed).map_err(|error| why(error).no_work_tree(&self.root));
        let mut paths: Vec<PathBuf> = self.paths(&staged?).collect();
        paths.sort();
        Ok((paths, index?))
    }

    fn index(&self) -> Result<Index, GitError> {
        if let Some(index) = Index::read_file(&self.site, &self.root) {
            return Ok(index);
        }
        let listing = self.run(&["ls-files", "-z", "--stage", "--full-name", "--", ":/"])?;
        Ok(Index::parse(self.root.clone(), listing, Pool::new(self.site.clone())))
    }

    fn run(&self, args: &[&str]) -> Result<Vec<u8>, GitError> {
        self.site.run(args).map_err(|error| error.no_work_tree(&self.root))
    }

    fn paths<'a>(&'a self, printed: &'a [u8]) -> impl Iterator<Item = PathBuf> + 'a {
        printed.split(|byte| *byte == 0).filter(|path| !path.is_empty()).map(|path| self.path(path))
    }

    fn path(&self, inside: &[u8]) -> PathBuf {
        self.root.join(path_of(inside))
    }
}

/// The nearest folder that has a repository in it.
pub(crate) fn top(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join(".git").exists()).map(Into::into)
}

/// Whether a folder is a repository without a work tree.
pub(crate) fn is_bare(folder: &Path) -> bool {
    !folder.join(".git").exists() && folder.join("HEAD").is_file() && folder.join("objects").is_dir()
}

/// Whether a repository says nothing of a work tree elsewhere, so that git need not be asked.
fn lies_at(top: &Path) -> bool {
    // The file of a submodule or of a linked work tree lies at its top.
    plain_config(top).is_some() || top.join(".git").is_file()
}

/// The configuration of a repository whose folder is in its work tree, in lower case, if it says nothing of a work tree
/// elsewhere and includes nothing.
pub(super) fn plain_config(top: &Path) -> Option<String> {
    let config = fs::read_to_string(top.join(".git").join("config")).ok()?.to_ascii_lowercase();
    (!config.contains("worktree") && !config.contains("[include")).then_some(config)
}

fn text(printed: &[u8]) -> String {
    String::from_utf8_lossy(printed).trim().to_string()
}
