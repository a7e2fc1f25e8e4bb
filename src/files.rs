//! Reading files, from disk, out of git and from an editor, and showing paths.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};
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
        if let Some(read) =
            self.indexes.iter().find_map(|index| index.read(path, self.limits.max_bytes).transpose())
        {
            let bytes = read.map_err(|error| error.to_string())?;
            return self.refuse(bytes.len() as u64).map_or(Ok(bytes), Err);
        }
        if let Some((repository, commit, inside)) = self.in_git(path) {
            let bytes = repository.read(&commit, &inside).map_err(|error| error.to_string())?;
            let bytes = bytes.ok_or_else(|| format!("commit {commit} has no such file"))?;
            return self.refuse(bytes.len() as u64).map_or(Ok(bytes), Err);
        }
        self.read_from_disk(path)
    }

    fn read_from_disk(&self, path: &Path) -> Result<Vec<u8>, String> {
        let metadata = path.metadata().map_err(|error| error.to_string())?;
        // A pipe would wait for a writer, and a device may have no end.
        if !metadata.is_file() {
            return Err("it is not a regular file".into());
        }
        if let Some(reason) = self.refuse(metadata.len()) {
            return Err(reason);
        }
        let limit = self.limits.max_bytes;
        let mut file = File::open(path).map_err(|error| error.to_string())?;
        let bytes = read_whole(&mut file, metadata.len(), limit).map_err(|error| error.to_string())?;
        if bytes.len() as u64 > limit {
            return Err(format!("it grew while it was read, and \"--max-file-size\" allows {limit}"));
        }
        Ok(bytes)
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
        self.document_like(path, None)
    }

    /// The same, faster if `like` is another locale of the article.
    ///
    /// # Errors
    /// As [`document`](Self::document).
    pub fn document_like(&self, path: &Path, like: Option<&Document>) -> Result<Document, String> {
        Ok(Document::parse_like(self.source_file(path)?, like))
    }

    /// The text of a file.
    ///
    /// # Errors
    /// A few words that say why it cannot be read.
    pub fn source_file(&self, path: &Path) -> Result<SourceFile, String> {
        SourceFile::from_bytes(self.bytes(path)?).map_err(|error| error.to_string())
    }

    /// The text of a file if it starts like front matter; most files that are no documents do not.
    pub fn front_matter_text(&self, path: &Path) -> Option<String> {
        let in_memory = self.buffers.contains_key(path) || self.indexes.iter().any(|index| index.has(path));
        if in_memory || self.in_git(path).is_some() {
            return String::from_utf8(self.bytes(path).ok()?).ok();
        }
        // Reading a pipe would wait for a writer.
        let metadata = path.metadata().ok()?;
        if !metadata.is_file() || self.refuse(metadata.len()).is_some() {
            return None;
        }
        let mut file = File::open(path).ok()?;
        let mut start = [0; 6];
        let len = file.read(&mut start).ok()?;
        let start = &start[..len];
        let fence = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start).starts_with(b"---");
        fence.then(|| String::from_utf8(self.read_from_disk(path).ok()?).ok()).flatten()
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

/// Whether a file is called as YAML is.
pub(crate) fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("yml") || ext.eq_ignore_ascii_case("yaml"))
}

/// All bytes of a file that has `length` of them, at once; of one that grows while it is read, up to one more than `limit`.
fn read_whole(file: &mut File, length: u64, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length as usize];
    let mut filled = 0;
    while filled < bytes.len() {
        match file.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(filled);
    file.take(limit.saturating_add(1).saturating_sub(filled as u64)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A file that somebody named, which may be a pipe, up to so many bytes.
pub(crate) fn read_named(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::Error::other(format!("it has more than {limit} bytes")));
    }
    Ok(bytes)
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
    // A report shows many, and taking paths apart takes long.
    let below = path.to_str().zip(current.to_str()).and_then(|(path, current)| {
        let below = path.strip_prefix(current)?.strip_prefix(MAIN_SEPARATOR)?;
        (!current.is_empty()).then_some(below)
    });
    match below {
        Some(below) => with_slashes(below, MAIN_SEPARATOR),
        None => slashes(path.strip_prefix(current).unwrap_or(path)),
    }
}

/// The order of two absolute paths without `.` and `..`: that of `Path`, which takes them apart to find it.
pub(crate) fn path_order(left: &Path, right: &Path) -> Ordering {
    if cfg!(windows) {
        return left.cmp(right);
    }
    let (left, right) = (left.as_os_str().as_encoded_bytes(), right.as_os_str().as_encoded_bytes());
    // Paths of a tree begin alike: eight bytes at a time.
    let eights = left.as_chunks::<8>().0.iter().zip(right.as_chunks::<8>().0);
    let alike = 8 * eights.take_while(|(left, right)| left == right).count();
    let (left, right) = (&left[alike..], &right[alike..]);
    // What lies in a folder comes before what has the name of the folder and more.
    let rank = |byte: u8| if byte == b'/' { 0 } else { u16::from(byte) + 1 };
    match left.iter().zip(right).find(|(left, right)| left != right) {
        Some((left, right)) => rank(*left).cmp(&rank(*right)),
        None => left.len().cmp(&right.len()),
    }
}

/// A path with `/`, whatever the system.
pub fn slashes(path: &Path) -> String {
    // Nearly all are text, which takes less to find out than to go through it for what is none.
    let text = path.to_str().map_or_else(|| path.to_string_lossy(), Cow::Borrowed);
    with_slashes(&text, MAIN_SEPARATOR)
}

/// The text of a path with `/` for the separator of its system. Where that is `/`, `\\` is a character as others.
fn with_slashes(text: &str, separator: char) -> String {
    if separator == '/' {
        return text.to_string();
    }
    // What Windows puts before a path that is too long for it says nothing to people.
    let text = match text.strip_prefix(r"\\?\") {
        Some(long) => long.strip_prefix(r"UNC\").map_or(long.to_string(), |share| format!(r"\\{share}")),
        None => text.to_string(),
    };
    text.replace(separator, "/")
}

/// A path as git and lists of files write it.
#[cfg(unix)]
pub(crate) fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    std::ffi::OsStr::from_bytes(bytes).into()
}

/// A path as git and lists of files write it.
#[cfg(not(unix))]
pub(crate) fn path_of(bytes: &[u8]) -> PathBuf {
    String::from_utf8_lossy(bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_windows_are_shown_with_slashes() {
        for (path, shown) in [
            (r"pl-pl\guide.md", "pl-pl/guide.md"),
            (r"C:\docs\pl-pl\guide.md", "C:/docs/pl-pl/guide.md"),
            (r"..\docs.pl-pl\two words.md", "../docs.pl-pl/two words.md"),
            (r"C:\docs\pl-pl/guide.md", "C:/docs/pl-pl/guide.md"),
            (r"\\server\share\guide.md", "//server/share/guide.md"),
            (r"\\?\C:\docs\guide.md", "C:/docs/guide.md"),
            (r"\\?\UNC\server\share\guide.md", "//server/share/guide.md"),
            (r"C:\docs.git@89b4f6ac2fe9\guide.md", "C:/docs.git@89b4f6ac2fe9/guide.md"),
            ("", ""),
        ] {
            assert_eq!(with_slashes(path, '\\'), shown);
        }
    }

    #[test]
    fn paths_are_ordered_by_their_parts() {
        let paths = [
            "/w/a",
            "/w/a/b",
            "/w/a/b.md",
            "/w/a/b/c",
            "/w/a b",
            "/w/a/long/path",
            "/w/a/long/path/b",
            "/w/a/long/path.md",
            "/w/a/long/pat",
            "/w/a-b/c",
            "/w/a.b",
            "/w/é",
            "/v/z/y",
            "/",
        ];
        for (left, right) in paths.iter().flat_map(|left| paths.iter().map(move |right| (left, right))) {
            let (left, right) = (Path::new(left), Path::new(right));
            assert_eq!(path_order(left, right), left.cmp(right), "{} {}", left.display(), right.display());
        }
    }

    #[test]
    fn elsewhere_a_backslash_is_a_character() {
        assert_eq!(with_slashes(r"pl-pl/a\b.md", '/'), r"pl-pl/a\b.md");
    }

    #[test]
    fn paths_below_the_current_folder_are_relative() {
        let current: PathBuf = ["docs", "articles"].iter().collect();
        let below: PathBuf = ["docs", "articles", "pl-pl", "guide.md"].iter().collect();
        let beside: PathBuf = ["docs", "articles.old", "guide.md"].iter().collect();
        assert_eq!(shown_path(&below, &current), "pl-pl/guide.md");
        assert_eq!(shown_path(&beside, &current), "docs/articles.old/guide.md");
    }
}
