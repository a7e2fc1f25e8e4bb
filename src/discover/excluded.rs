//! Whether a file that was named is excluded: what an ignore file leaves out stays out, as hooks name every
//! changed file.

use std::path::Path;

use ignore::Match;
use ignore::gitignore::GitignoreBuilder;

/// The ignore files that a walk honours; the last one only inside a git repository.
const NAMES: [&str; 3] = [".loclintignore", ".ignore", ".gitignore"];

/// Whether an ignore file in a folder above `path`, up to the repository's root, leaves the file out. The
/// nearest one that speaks of it decides.
pub(super) fn is_excluded(path: &Path) -> bool {
    let repository = path.ancestors().skip(1).find(|folder| folder.join(".git").exists());
    for folder in path.ancestors().skip(1) {
        let names = NAMES.iter().filter(|name| repository.is_some() || **name != ".gitignore");
        for name in names.map(|name| folder.join(name)).filter(|name| name.is_file()) {
            let mut builder = GitignoreBuilder::new(folder);
            // A line that is no pattern is passed over, as a walk does.
            let _ = builder.add(name);
            let Ok(patterns) = builder.build() else { continue };
            match patterns.matched_path_or_any_parents(path, false) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
        if Some(folder) == repository {
            break;
        }
    }
    false
}
