//! The file of an index, as git writes it: reading it takes a fraction of the time in which git prints it.

use std::env;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::Site;
use super::work_tree::plain_config;

/// Where the parts of an entry are, counted from its start.
const MODE: usize = 24;
const OBJECT: Range<usize> = 40..60;
const FLAGS: usize = 60;
const PATH: usize = 62;

/// An entry with this bit has two bytes more before its path.
const EXTENDED: u16 = 0x4000;
/// Which side of a conflict it is; none of these bits for a file without one.
const STAGE: u16 = 0x3000;

/// The bytes of an index, and of each regular file without a conflict where its object and its path are.
pub(super) type Read = (Vec<u8>, Vec<(Range<usize>, Range<usize>)>);

/// Reads the index that git would read at `site`, whose work tree is `root`. `None` if it is of a kind that only git
/// knows, or might be.
pub(super) fn read(site: &Site, root: &Path) -> Option<Read> {
    let bytes = fs::read(path(site, root)?).ok()?;
    let files = files(&bytes)?;
    Some((bytes, files))
}

/// Where the index is, if that is sure.
fn path(site: &Site, root: &Path) -> Option<PathBuf> {
    // Other hashes make other entries, and in a linked work tree the index is elsewhere.
    let config = plain_config(root)?;
    if config.contains("objectformat") {
        return None;
    }
    let told = |name: &str| env::var_os(name).filter(|_| matches!(site, Site::Here));
    if ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR"].into_iter().any(|name| told(name).is_some()) {
        return None;
    }
    let Some(index) = told("GIT_INDEX_FILE").map(PathBuf::from) else {
        return Some(root.join(".git").join("index"));
    };
    // Hooks run at the top of the work tree.
    let at_top = || env::current_dir().and_then(dunce::canonicalize).is_ok_and(|current| current == root);
    (index.is_absolute() || at_top()).then(|| root.join(index))
}

/// The files in an index of version 2 or 3; `None` for other versions, and for an index that is split or sparse.
fn files(bytes: &[u8]) -> Option<Vec<(Range<usize>, Range<usize>)>> {
    const TRAILER: usize = 20;
    let end = bytes.len().checked_sub(TRAILER)?;
    if bytes.get(..4)? != b"DIRC" || !matches!(number(bytes, 4)?, 2 | 3) {
        return None;
    }
    let count = number(bytes, 8)? as usize;
    let (mut files, mut at) = (Vec::with_capacity(count.min(bytes.len() / PATH)), 12);
    for _ in 0..count {
        let entry = bytes.get(at..end)?;
        let flags = u16::from_be_bytes(entry.get(FLAGS..PATH)?.try_into().ok()?);
        let path = if flags & EXTENDED == 0 { PATH } else { PATH + 2 };
        let len = memchr::memchr(0, entry.get(path..)?).filter(|len| *len > 0)?;
        // Links and submodules are no documents, and a conflict has no one version.
        if number(entry, MODE)? >> 12 == 0o10 && flags & STAGE == 0 {
            files.push((at + OBJECT.start..at + OBJECT.end, at + path..at + path + len));
        }
        // An entry ends with one to eight zeros.
        at += (path + len + 8) & !7;
    }
    while at < end {
        // Whoever does not know an extension in lower case must not read the index.
        if !bytes.get(at)?.is_ascii_uppercase() {
            return None;
        }
        at = at.checked_add(8)?.checked_add(number(bytes, at + 4)? as usize)?;
    }
    (at == end).then_some(files)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::files;

    /// An index with an entry of each mode, flags and path, and what comes after.
    fn index(version: u8, entries: &[(u32, u16, &str)], after: &[u8]) -> Vec<u8> {
        let mut bytes = [b"DIRC\0\0\0".as_slice(), &[version, 0, 0, 0, entries.len() as u8]].concat();
        for (mode, flags, path) in entries {
            let start = bytes.len();
            bytes.extend([0; 24]);
            bytes.extend(mode.to_be_bytes());
            bytes.extend([0; 12]);
            bytes.extend([7; 20]);
            bytes.extend(flags.to_be_bytes());
            bytes.extend(if flags & super::EXTENDED == 0 { &[][..] } else { &[0, 0] });
            bytes.extend(path.as_bytes());
            bytes.resize(start + ((bytes.len() - start + 8) & !7), 0);
        }
        bytes.extend(after);
        bytes.extend([9; 20]);
        bytes
    }

    fn paths(bytes: &[u8]) -> Option<Vec<&str>> {
        let files = files(bytes)?;
        assert!(files.iter().all(|(object, _)| bytes[object.clone()] == [7; 20]));
        Some(files.into_iter().map(|(_, path)| std::str::from_utf8(&bytes[path]).unwrap()).collect())
    }

    #[test]
    fn regular_files_without_a_conflict_count() {
        let entries = [
            (0o100_644, 1, "a"),
            (0o120_000, 6, "b/link"),
            (0o100_755, 0x8000 | 7, "b/x.md1"),
            (0o100_644, 0x1000 | 4, "c.md"),
            (0o100_644, 0x2000 | 4, "c.md"),
            (0o160_000, 3, "sub"),
            (0o100_644, 0x4000 | 4, "é.md"),
        ];
        let there = Some(vec!["a", "b/x.md1", "é.md"]);
        assert_eq!(paths(&index(3, &entries, b"")), there);
        assert_eq!(paths(&index(2, &entries, b"TREE\0\0\0\x03abc")), there);
    }

    #[test]
    fn what_only_git_knows_is_left_to_git() {
        let entries = [(0o100_644, 4, "a.md")];
        assert_eq!(paths(&index(4, &entries, b"")), None, "paths that lack what they share");
        assert_eq!(paths(&index(2, &entries, b"link\0\0\0\0")), None, "split");
        assert_eq!(paths(&index(2, &entries, b"sdir\0\0\0\0")), None, "sparse");
        assert_eq!(paths(&index(2, &entries, b"TREE\0\0\0\x09abc")), None, "cut off");
        let whole = index(2, &entries, b"");
        for len in 0..whole.len() {
            assert_eq!(paths(&whole[..len]), None, "{len}");
        }
    }
}
