//! Where files lie for tools that look from the root of a repository.

use std::path::{Path, PathBuf};

use crate::files::shown_path;

/// The folder that paths are relative to: the root of the repository that the current folder is in, or that folder
/// itself.
pub(super) struct Root(PathBuf);

impl Root {
    pub(super) fn of(current: &Path) -> Self {
        let repository =
            current.ancestors().find(|folder| folder.is_absolute() && folder.join(".git").exists());
        Self(repository.unwrap_or(current).to_path_buf())
    }

    /// A path below the root relative to it, any other absolute.
    pub(super) fn path(&self, path: &Path) -> String {
        shown_path(path, &self.0)
    }

    /// The root as a URI; `None` if there is no current folder.
    pub(super) fn uri(&self) -> Option<String> {
        self.0.is_absolute().then(|| format!("{}/", absolute(&self.0).trim_end_matches('/')))
    }

    /// A path as a URI, and whether it is relative to the root.
    pub(super) fn uri_of(&self, path: &Path) -> (String, bool) {
        match path.strip_prefix(&self.0) {
            Ok(relative) => (encoded(relative), true),
            Err(_) => (absolute(path), false),
        }
    }
}

fn absolute(path: &Path) -> String {
    let encoded = encoded(path);
    if encoded.starts_with("//") {
        // A share of Windows: its host is the host of the URI.
        return format!("file:{encoded}");
    }
    let drive = encoded.get(1..4) == Some("%3A") && cfg!(windows);
    if drive { format!("file:///{}", encoded.replacen("%3A", ":", 1)) } else { format!("file://{encoded}") }
}

/// The bytes of a path, percent-encoded but for letters, digits, `-._~` and the separators.
fn encoded(path: &Path) -> String {
    let mut uri = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(*byte))
            }
            b'\\' if cfg!(windows) => uri.push('/'),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn uris_are_relative_to_the_repository() {
        let folder = tempfile::tempdir().unwrap();
        let current = folder.path().join("docs/sv-se");
        std::fs::create_dir_all(&current).unwrap();
        let uri = |root: &Root, path: &str| root.uri_of(&folder.path().join(path));
        let alone = Root::of(&current);
        assert_eq!(uri(&alone, "docs/sv-se/a b.md"), ("a%20b.md".into(), true));
        assert!(!uri(&alone, "docs/a.md").1);
        std::fs::create_dir(folder.path().join(".git")).unwrap();
        let root = Root::of(&current);
        assert_eq!(uri(&root, "docs/å%0A:,\n.md"), ("docs/%C3%A5%250A%3A%2C%0A.md".into(), true));
        assert_eq!(root.uri_of(Path::new("/other/a.md")), ("file:///other/a.md".into(), false));
        assert_eq!(root.uri(), Some(format!("file://{}/", folder.path().display())));
        assert_eq!(root.path(&folder.path().join("docs/a.md")), "docs/a.md");
    }

    #[test]
    fn without_a_current_folder_all_is_absolute() {
        let root = Root::of(Path::new("\0"));
        assert_eq!((root.uri(), root.uri_of(Path::new("/a.md"))), (None, ("file:///a.md".into(), false)));
    }
}
