//! Reading files, from disk, out of git and from an editor, and showing paths.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use bitext::{Document, SourceFile};

use crate::git::{Index, Repository};

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

/// Where the bytes of a path come from: from a buffer that stands for it, from the index of its repository if that
/// is read, from a commit for paths such as `/docs.git@89b4f6ac2fe9/guide.md`, else from disk.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// What is read.
    pub limits: Limits,
    repositories: Vec<Arc<Repository>>,
    buffers: BTreeMap<PathBuf, Arc<[u8]>>,
    indexes: Vec<Arc<Index>>,
}

/// What lies in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its name.
    pub name: OsString,
    /// Whether it is a folder; a file otherwise.
    pub is_folder: bool,
}

/// Digits of a commit in a path: enough to name one in any repository.
const COMMIT_DIGITS: usize = 12;

impl Files {
    /// Files on disk, up to the limits.
    pub fn new(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// Lets a buffer stand for the file `path`, an absolute path, whether or not there is such a file: what an editor
    /// has not saved. A buffer that was there before is replaced.
    pub fn set_buffer(&mut self, path: PathBuf, bytes: impl Into<Arc<[u8]>>) {
        self.buffers.insert(path, bytes.into());
    }

    /// Lets the file on disk count again.
    pub fn remove_buffer(&mut self, path: &Path) {
        self.buffers.remove(path);
    }

    /// The buffer that stands for a file.
    pub fn buffer(&self, path: &Path) -> Option<&[u8]> {
        self.buffers.get(path).map(|bytes| &**bytes)
    }

    /// Lets the index of a repository count instead of its work tree.
    pub fn read_index(&mut self, index: Arc<Index>) {
        self.indexes.push(index);
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
        if let Some(buffer) = self.buffers.get(path) {
            return self.refuse(buffer.len() as u64).map_or_else(|| Ok(buffer.to_vec()), Err);
        }
        if let Some(read) = self.indexes.iter().find_map(|index| index.read(path).transpose()) {
            let bytes = read.map_err(|error| error.to_string())?;
            return self.refuse(bytes.len() as u64).map_or(Ok(bytes), Err);
        }
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

    /// Whether there is a file of this path, and not a link to one.
    pub fn is_file(&self, path: &Path) -> bool {
        if self.buffers.contains_key(path) {
            return true;
        }
        match self.indexes.iter().find(|index| index.holds(path)) {
            Some(index) => index.has(path),
            None => path.symlink_metadata().is_ok_and(|there| there.is_file()),
        }
    }

    /// The files and folders in a folder, without links; sorted. A folder that cannot be read has none.
    pub fn list(&self, folder: &Path) -> Vec<Entry> {
        let mut entries = match self.indexes.iter().find(|index| index.holds(folder)) {
            Some(index) => index.list(folder),
            None => on_disk(folder),
        };
        for path in self.buffers.keys() {
            let mut below = path.strip_prefix(folder).into_iter().flat_map(Path::components);
            if let Some(Component::Normal(name)) = below.next() {
                entries.push(Entry { name: name.into(), is_folder: below.next().is_some() });
            }
        }
        entries.sort();
        entries.dedup();
        entries
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
        let in_memory = self.buffers.contains_key(path) || self.indexes.iter().any(|index| index.has(path));
        if in_memory || self.in_git(path).is_some() {
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

fn on_disk(folder: &Path) -> Vec<Entry> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let known = entries.flatten().filter_map(|entry| {
        let kind = entry.file_type().ok().filter(|kind| kind.is_file() || kind.is_dir())?;
        Some(Entry { name: entry.file_name(), is_folder: kind.is_dir() })
    });
    known.collect()
}

/// Whether the end of a folder's name is what [`Files::at`] writes, and not a version such as `docs@2.0`.
fn is_short_commit(text: &str) -> bool {
    text.len() == COMMIT_DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A path as every output shows it: below `current`, the current folder, relative to it, else absolute;
/// always with `/`.
pub fn shown_path(path: &Path, current: &Path) -> String {
    let text = path.strip_prefix(current).unwrap_or(path).to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}
