//! A repository with one article, and a fault to put into it.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::common::{Run, copy};
use crate::git::Repo;

/// A fault of its own in a Swedish document.
pub(crate) const FAULT: (&str, &str) = ("](push-package.md)", "](push.md)");

/// A repository with one article in three locales, below `folder`, committed.
pub(crate) fn repository(folder: &TempDir, below: &str) -> Repo {
    let repo = Repo::new(dunce::canonicalize(folder.path()).unwrap().join("repo"));
    for locale in ["cs-cz", "de-de", "sv-se"] {
        copy(
            &format!("clean/{locale}/get-started.md"),
            repo.folder.join(below).join(locale).join("get-started.md"),
        );
    }
    repo.write("picture.svg", "<svg/>");
    repo.commit("2026-01-10");
    repo
}

/// Puts one text in the place of another.
pub(crate) fn edit(path: &Path, (from, to): (&str, &str)) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from:?} is not in {}", path.display());
    fs::write(path, text.replace(from, to)).unwrap();
}

/// The findings without their messages.
pub(crate) fn places(run: &Run) -> Vec<&str> {
    assert!(run.code < 2, "{}", run.stderr);
    run.stdout.lines().filter_map(|line| line.split_once(']').map(|(place, _)| place)).collect()
}

/// Where the fault is found.
pub(crate) const FOUND: &str = "sv-se/get-started.md:41:170: error[parity/skeleton";
