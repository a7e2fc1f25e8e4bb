//! Whether a file that was named is excluded: what an ignore file leaves out stays out, as hooks name every
//! changed file.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// The ignore files that a walk honours, those that win first.
const NAMES: [&str; 4] = [".loclintignore", ".ignore", ".gitignore", ".git/info/exclude"];

/// From here on they are those of git, which count in a repository only.
const OF_GIT: usize = 2;

/// The ignore files of folders, each read once.
#[derive(Default)]
pub(super) struct Ignores {
    folders: RefCell<HashMap<PathBuf, Rc<Folder>>>,
}

/// What is in a folder.
struct Folder {
    patterns: [Option<Gitignore>; NAMES.len()],
    is_repository: bool,
}

impl Ignores {
    /// Whether ignore files leave a file out, or a folder that it lies in, up to its repository's root: as a walk
    /// decides that would have come to it.
    pub(super) fn exclude(&self, path: &Path) -> bool {
        let folders: Vec<(&Path, Rc<Folder>)> =
            path.ancestors().skip(1).map(|folder| (folder, self.folder(folder))).collect();
        let root = folders.iter().position(|(_, folder)| folder.is_repository);
        // What lies above the repository was chosen by whoever put it there.
        let inside = root.map_or(folders.len(), |root| root + 1);
        (0..inside).rev().any(|at| {
            let name = if at == 0 { path } else { folders[at - 1].0 };
            Self::leave_out(name, at > 0, &folders[at..], root.and_then(|root| root.checked_sub(at)))
        })
    }

    /// Whether the ignore files of the folders above a file or folder, the nearest first, leave it out. `root` is the
    /// index of the repository's folder.
    fn leave_out(path: &Path, is_folder: bool, above: &[(&Path, Rc<Folder>)], root: Option<usize>) -> bool {
        for kind in 0..NAMES.len() {
            let reach = match root {
                _ if kind < OF_GIT => above.len(),
                Some(root) => root + 1,
                None => 0,
            };
            for (_, folder) in &above[..reach] {
                let Some(patterns) = &folder.patterns[kind] else { continue };
                match patterns.matched(path, is_folder) {
                    Match::Ignore(_) => return true,
                    Match::Whitelist(_) => return false,
                    Match::None => {}
                }
            }
        }
        false
    }

    fn folder(&self, path: &Path) -> Rc<Folder> {
        if let Some(known) = self.folders.borrow().get(path) {
            return known.clone();
        }
        let is_repository = path.join(".git").exists();
        let read = |name: &str| {
            let file = path.join(name);
            if (name.starts_with(".git/") && !is_repository) || !file.is_file() {
                return None;
            }
            let mut builder = GitignoreBuilder::new(path);
            // A line that is no pattern is passed over, as a walk does.
            let _ = builder.add(file);
            builder.build().ok()
        };
        let folder = Folder { patterns: NAMES.map(read), is_repository };
        let folder = Rc::new(folder);
        self.folders.borrow_mut().insert(path.to_path_buf(), folder.clone());
        folder
    }
}
