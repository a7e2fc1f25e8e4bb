//! Writing a file so that it is old or new at every moment, never half.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// How temporary files are called: hidden, and recognisable where a run was killed.
pub const TEMPORARY: (&str, &str) = (".loclint-", ".tmp");

/// Why a file was left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// A few words.
    pub reason: String,
    /// Whether that is a failure: it could not be done, rather than it must not be done.
    pub failure: bool,
}

impl Obstacle {
    fn rule(reason: &str) -> Self {
        Self { reason: reason.into(), failure: false }
    }

    fn failure(reason: &str) -> Self {
        Self { reason: reason.into(), failure: true }
    }
}

impl From<io::Error> for Obstacle {
    fn from(error: io::Error) -> Self {
        Self::failure(&error.to_string())
    }
}

/// Why a file must not be written.
pub fn obstacle(path: &Path) -> Option<Obstacle> {
    let there = match path.symlink_metadata() {
        Ok(there) => there,
        Err(error) => return Some(error.into()),
    };
    if there.is_symlink() {
        return Some(Obstacle::rule("it is a symbolic link; name the file that it leads to"));
    }
    if !there.is_file() {
        return Some(Obstacle::rule("it is not a regular file"));
    }
    let folder = folder(path);
    if dunce::canonicalize(folder).ok().as_deref() != Some(folder) {
        return Some(Obstacle::rule("its folder is reached through a symbolic link"));
    }
    there.permissions().readonly().then(|| Obstacle::failure("it is read-only"))
}

/// Replaces a file that holds `before` with `after`, in one step. It keeps its permissions and its owner. Ask for an
/// [`obstacle`] first: here that is asked last, when the new file stands beside the old one already.
///
/// # Errors
/// An [`Obstacle`] if it must not or cannot be written, or holds something else by now; then it is as it was.
pub fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<(), Obstacle> {
    let mut file =
        tempfile::Builder::new().prefix(TEMPORARY.0).suffix(TEMPORARY.1).tempfile_in(folder(path))?;
    file.write_all(after)?;
    let there = path.symlink_metadata()?;
    own(file.as_file(), &there)?;
    file.as_file().set_permissions(there.permissions())?;
    file.as_file().sync_all()?;
    // As late as can be: what happens between this and the next line cannot be seen.
    if let Some(obstacle) = obstacle(path) {
        return Err(obstacle);
    }
    if fs::read(path)? != before {
        return Err(Obstacle::failure("it was changed while it was checked; run again"));
    }
    file.persist(path).map(drop).map_err(|error| error.error.into())
}

fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

/// Gives the new file the owner of the old one, which may be another where the run is privileged.
#[cfg(unix)]
fn own(file: &File, there: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let new = file.metadata()?;
    let owner = (new.uid() != there.uid()).then(|| there.uid());
    let group = (new.gid() != there.gid()).then(|| there.gid());
    if owner.is_none() && group.is_none() { Ok(()) } else { fchown(file, owner, group) }
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as it is on unix")]
fn own(_: &File, _: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with a file "a.md" that holds `old`.
    fn there() -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = dunce::canonicalize(folder.path()).unwrap().join("a.md");
        fs::write(&path, "old").unwrap();
        (folder, path)
    }

    fn names(path: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder(path)).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let (_folder, path) = there();
        assert_eq!(replace(&path, b"old", b"new"), Ok(()));
        assert_eq!((fs::read(&path).unwrap(), names(&path)), (b"new".to_vec(), vec!["a.md".into()]));
    }

    #[test]
    fn a_file_that_changed_since_is_left_alone() {
        let (_folder, path) = there();
        fs::write(&path, "newer").unwrap();
        let obstacle = replace(&path, b"old", b"new").unwrap_err();
        assert!(obstacle.failure && obstacle.reason.starts_with("it was changed"), "{obstacle:?}");
        assert_eq!((fs::read(&path).unwrap(), names(&path)), (b"newer".to_vec(), vec!["a.md".into()]));
        fs::remove_file(&path).unwrap();
        assert!(replace(&path, b"old", b"new").unwrap_err().failure);
        assert_eq!(names(&path), [""; 0]);
    }

    #[test]
    fn a_file_that_is_read_only_is_left_alone() {
        let (_folder, path) = there();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert_eq!(replace(&path, b"old", b"new"), Err(Obstacle::failure("it is read-only")));
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, path) = there();
        for mode in [0o644, 0o600, 0o755, 0o664] {
            fs::write(&path, "old").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            replace(&path, b"old", b"new").unwrap();
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, mode);
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let (folder, path) = there();
        let root = path.parent().unwrap();
        let link = root.join("b.md");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert!(!replace(&link, b"old", b"new").unwrap_err().failure);
        std::os::unix::fs::symlink(root, root.join("c")).unwrap();
        let why = replace(&root.join("c/a.md"), b"old", b"new").unwrap_err().reason;
        assert_eq!(why, "its folder is reached through a symbolic link");
        assert!(link.is_symlink());
        assert_eq!(fs::read(folder.path().join("a.md")).unwrap(), b"old");
    }
}
