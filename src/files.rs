//! Reading files, from disk and out of git, and showing paths.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use bitext::{Document, SourceFile};

use crate::git::Repository;

/// What is read of a tree.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Larger files are not read, in bytes.
    pub max_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: 64 << 20 }
    }
}

/// Where the bytes of a path come from: from disk, or from a commit for paths such as
/// `/docs.git@89b4f6ac2fe9/guide.md`.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// What is read.
    pub limits: Limits,
    repositories: Vec<Arc<Repository>>,
}

/// Digits of a commit in a path: enough to name one in any repository.
const COMMIT_DIGITS: usize = 12;

impl Files {
    /// Files on disk, up to the limits.
    pub fn new(limits: Limits) -> Self {
        Self { limits, repositories: Vec::new() }
    }

    /// Lets paths made by [`Files::at`] be read from this repository.
    pub fn add(&mut self, repository: Arc<Repository>) {
        self.repositories.push(repository);
    }

    /// The path under which the file `path` of a repository is known as it was at `commit`.
    pub fn at(repository: &Repository, commit: &str, path: &str) -> PathBuf {
        let mut root = repository.root.clone().into_os_string();
        root.push("@");
        root.push(commit.get(..COMMIT_DIGITS).unwrap_or(commit));
        PathBuf::from(root).join(path)
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// A few words that say why it cannot be read.
    pub fn bytes(&self, path: &Path) -> Result<Vec<u8>, String> {
        if let Some((repository, commit, inside)) = self.in_git(path) {
            let bytes = repository.read(&commit, &inside).map_err(|error| error.to_string())?;
            let bytes = bytes.ok_or_else(|| format!("commit {commit} has no such file"))?;
            return self.refuse(bytes.len() as u64).map_or(Ok(bytes), Err);
        }
        let metadata = path.metadata().map_err(|error| error.to_string())?;
        if let Some(reason) = self.refuse(metadata.len()) {
            return Err(reason);
        }
        std::fs::read(path).map_err(|error| error.to_string())
    }

    /// Whether a path names a file on disk, and not one in git.
    pub fn is_on_disk(&self, path: &Path) -> bool {
        self.in_git(path).is_none()
    }

    /// Reads a document.
    ///
    /// # Errors
    /// A few words that say why it cannot be read.
    pub fn document(&self, path: &Path) -> Result<Document, String> {
        SourceFile::from_bytes(self.bytes(path)?).map(Document::parse).map_err(|error| error.to_string())
    }

    /// The text of a file if it starts like front matter; most files that are no documents do not.
    pub fn front_matter_text(&self, path: &Path) -> Option<String> {
        use std::io::Read;
        if self.in_git(path).is_some() {
            return String::from_utf8(self.bytes(path).ok()?).ok();
        }
        // Reading a pipe would wait for a writer.
        let metadata = path.metadata().ok()?;
        if !metadata.is_file() || self.refuse(metadata.len()).is_some() {
            return None;
        }
        let mut file = std::fs::File::open(path).ok()?;
        let mut start = [0; 6];
        let len = file.read(&mut start).ok()?;
        let start = &start[..len];
        let fence = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start).starts_with(b"---");
        fence.then(|| std::fs::read_to_string(path).ok()).flatten()
    }

    /// Why a file of this size is not read, if it is too large.
    fn refuse(&self, bytes: u64) -> Option<String> {
        let limit = self.limits.max_bytes;
        (bytes > limit).then(|| format!("it has {bytes} bytes, and \"--max-file-size\" allows {limit}"))
    }

    /// Repository, commit and path of a path made by [`Files::at`].
    fn in_git(&self, path: &Path) -> Option<(&Repository, String, String)> {
        self.repositories.iter().find_map(|repository| {
            let name = repository.root.file_name()?.to_str()?;
            let below = path.strip_prefix(repository.root.parent()?).ok()?;
            let mut parts = below.components();
            let first = parts.next()?.as_os_str().to_str()?;
            let commit =
                first.strip_prefix(name)?.strip_prefix('@').filter(|commit| is_short_commit(commit))?;
            let inside: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
            Some((&**repository, commit.to_string(), inside.join("/")))
        })
    }
}

/// Whether the end of a folder's name is what [`Files::at`] writes, and not a version such as `docs@2.0`.
fn is_short_commit(text: &str) -> bool {
    text.len() == COMMIT_DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A path as every output shows it: below `current`, the current folder, relative to it, else absolute;
/// always with `/`.
pub fn shown_path(path: &Path, current: &Path) -> String {
    // A report shows many, and taking paths apart takes long.
    let below = path.to_str().zip(current.to_str()).and_then(|(path, current)| {
        let below = path.strip_prefix(current)?.strip_prefix(std::path::MAIN_SEPARATOR)?;
        (!current.is_empty()).then_some(below)
    });
    let text = match below {
        Some(below) => below.into(),
        None => path.strip_prefix(current).unwrap_or(path).to_string_lossy(),
    };
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}
