//! The index of a repository: what is about to be committed.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};

use sha1::{Digest, Sha1};

use super::cat_file::Pool;
use super::{GitError, Site, hex, index_file};
use crate::files::{Entry, path_of};

/// What names an object in the file of an index; in digits it is longer.
const BYTES_OF_SHA1: usize = 20;

/// The files of an index, with their contents.
#[derive(Debug)]
pub struct Index {
    root: PathBuf,
    /// The file of the index, or what `git ls-files --stage -z` prints: objects are in bytes there, in digits here.
    listing: Vec<u8>,
    /// Of each regular file without a conflict, its object and its path; sorted by path.
    files: Vec<(Range<usize>, Range<usize>)>,
    pool: Pool,
}

impl Index {
    /// Reads the index of a work tree without git, if that can be done.
    pub(super) fn read_file(site: &Site, root: &Path) -> Option<Self> {
        let (listing, files) = index_file::read(site, root)?;
        Some(Self { root: root.into(), listing, files, pool: Pool::new(site.clone()) }.sorted())
    }

    /// Reads what `git ls-files --stage -z` prints: `MODE OID STAGE\tPATH\0`.
    pub(super) fn parse(root: PathBuf, listing: Vec<u8>, pool: Pool) -> Self {
        let (mut files, mut start) = (Vec::new(), 0);
        while let Some(len) = memchr::memchr(0, &listing[start..]) {
            let line = &listing[start..start + len];
            // Links and submodules are no documents, and a conflict has no one version.
            if let Some(tab) = memchr::memchr(b'\t', line)
                && let Some(space) = memchr::memchr(b' ', line)
                && line.starts_with(b"100")
                && line[..tab].ends_with(b" 0")
            {
                files.push((start + space + 1..start + tab - 2, start + tab + 1..start + len));
            }
            start += len + 1;
        }
        Self { root, listing, files, pool }.sorted()
    }

    fn sorted(mut self) -> Self {
        if !self.files.is_sorted_by_key(|(_, path)| &self.listing[path.clone()]) {
            let listing = &self.listing;
            self.files.sort_by(|left, right| listing[left.1.clone()].cmp(&listing[right.1.clone()]));
        }
        self
    }

    /// Whether a file of this absolute path would lie in the repository, or a folder.
    pub fn holds(&self, path: &Path) -> bool {
        path.starts_with(&self.root)
    }

    /// Whether the index has a file of this absolute path.
    pub fn has(&self, path: &Path) -> bool {
        self.find(path).is_some()
    }

    /// The bytes of a file; `None` if the index has none of this absolute path. Of what lies in the work tree, up to
    /// `most` bytes are read.
    ///
    /// # Errors
    /// [`GitError`] if `git` fails.
    pub fn read(&self, path: &Path, most: u64) -> Result<Option<Vec<u8>>, GitError> {
        let Some(object) = self.find(path).and_then(|file| self.object(file)) else { return Ok(None) };
        match in_work_tree(path, &object, most) {
            None => self.pool.get(&object, "blob"),
            same => Ok(same),
        }
    }

    /// The files and folders in a folder, an absolute path.
    pub fn list(&self, folder: &Path) -> Vec<Entry> {
        let Some(mut prefix) = self.inside(folder) else { return Vec::new() };
        if !prefix.is_empty() {
            prefix.push(b'/');
        }
        let mut at = self.first_from(&prefix);
        let mut entries = Vec::new();
        while let Some(rest) = self.files.get(at).and_then(|file| self.path(file).strip_prefix(&*prefix)) {
            let slash = memchr::memchr(b'/', rest);
            let name = &rest[..slash.unwrap_or(rest.len())];
            entries.push(Entry { name: path_of(name).into_os_string(), is_folder: slash.is_some() });
            at = match slash {
                // Past everything in the folder: "0" comes after "/".
                Some(_) => self.first_from(&[&*prefix, name, b"0"].concat()).max(at + 1),
                None => at + 1,
            };
        }
        entries
    }

    fn find(&self, path: &Path) -> Option<&(Range<usize>, Range<usize>)> {
        let inside = self.inside(path)?;
        let found = self.files.binary_search_by(|file| self.path(file).cmp(&*inside)).ok()?;
        self.files.get(found)
    }

    /// The object of a file, in digits.
    fn object(&self, file: &(Range<usize>, Range<usize>)) -> Option<String> {
        let object = &self.listing[file.0.clone()];
        if object.len() == BYTES_OF_SHA1 { Some(hex(object)) } else { String::from_utf8(object.into()).ok() }
    }

    fn path(&self, file: &(Range<usize>, Range<usize>)) -> &[u8] {
        &self.listing[file.1.clone()]
    }

    /// The first file whose path is not less.
    fn first_from(&self, path: &[u8]) -> usize {
        self.files.partition_point(|file| self.path(file) < path)
    }

    /// A path below the root, as git writes it.
    fn inside(&self, path: &Path) -> Option<Vec<u8>> {
        let below = path.strip_prefix(&self.root).ok()?;
        let names: Vec<&[u8]> = below.iter().map(OsStr::as_encoded_bytes).collect();
        Some(names.join(&b'/'))
    }
}

/// The bytes of a file in the work tree if they are those of an object: mostly they are, and then git need not be asked.
fn in_work_tree(path: &Path, object: &str, most: u64) -> Option<Vec<u8>> {
    let there = path.symlink_metadata().ok()?;
    if !there.is_file() || there.len() > most {
        return None;
    }
    let mut bytes = Vec::with_capacity(there.len() as usize);
    File::open(path).ok()?.take(most).read_to_end(&mut bytes).ok()?;
    let hash = Sha1::new().chain_update(format!("blob {}\0", bytes.len())).chain_update(&bytes).finalize();
    (hex(&hash) == object).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(paths: &[&str]) -> Index {
        let oid = "89b4f6ac2fe9d263c75c701a3d0d1d0e16a252af";
        let line = |path: &&str| match path.split_once('|') {
            Some((mode, path)) => format!("{mode} {oid} 0\t{path}\0"),
            None => format!("100644 {oid} 0\t{path}\0"),
        };
        let listing: String = paths.iter().map(line).collect();
        Index::parse("/w".into(), listing.into_bytes(), Pool::new(Site::Here))
    }

    fn names(index: &Index, folder: &str) -> Vec<String> {
        let show = |entry: Entry| {
            format!("{}{}", entry.name.to_string_lossy(), if entry.is_folder { "/" } else { "" })
        };
        index.list(Path::new(folder)).into_iter().map(show).collect()
    }

    #[test]
    fn folders_are_listed() {
        let index = index(&["a b.md", "a/b.md", "a/c/d.md", "a/c/e.md", "a/f é.md", "a0.md", "z.md"]);
        assert_eq!(names(&index, "/w"), ["a b.md", "a/", "a0.md", "z.md"]);
        assert_eq!(names(&index, "/w/a"), ["b.md", "c/", "f é.md"]);
        assert_eq!(names(&index, "/w/a/c"), ["d.md", "e.md"]);
        assert_eq!(names(&index, "/w/b"), [""; 0]);
        assert_eq!(names(&index, "/else"), [""; 0]);
        assert!(index.has(Path::new("/w/a/f é.md")) && !index.has(Path::new("/w/a")));
    }

    #[test]
    fn links_submodules_and_conflicts_are_no_files() {
        let conflict = "100644 89b4f6ac2fe9d263c75c701a3d0d1d0e16a252af 2\tc.md";
        let mut index = index(&["120000|a.md", "160000|b", "d.md"]);
        assert_eq!(names(&index, "/w"), ["d.md"]);
        index = Index::parse("/w".into(), format!("{conflict}\0").into_bytes(), Pool::new(Site::Here));
        assert_eq!(names(&index, "/w"), [""; 0]);
    }
}
