//! Small git repositories for tests.
#![allow(dead_code, reason = "every test binary uses a part")]
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use loclint::files::slashes;

/// A repository in a folder.
pub(crate) struct Repo {
    pub(crate) folder: PathBuf,
}

impl Repo {
    /// A new one, on branch `main`.
    pub(crate) fn new(folder: PathBuf) -> Self {
        fs::create_dir_all(&folder).unwrap();
        let repo = Self { folder };
        repo.git(&["init", "--quiet", "--initial-branch=main"]);
        repo
    }

    /// Runs git in it, with nothing of the user's settings; gives what it prints.
    pub(crate) fn git(&self, args: &[&str]) -> String {
        git(&self.folder, args, "2026-01-01")
    }

    /// The address of the folder: what is cloned from a path alone is never shallow or partial.
    pub(crate) fn url(&self) -> String {
        let folder = slashes(&self.folder);
        // The drive of Windows stands behind a slash.
        format!("file:///{}", folder.trim_start_matches('/'))
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Commits everything there is, on a day; gives the commit.
    pub(crate) fn commit(&self, day: &str) -> String {
        git(&self.folder, &["add", "--all"], day);
        git(&self.folder, &["commit", "--quiet", "--message", "change"], day);
        self.git(&["rev-parse", "HEAD"]).trim().to_string()
    }
}

fn git(folder: &Path, args: &[&str], day: &str) -> String {
    let date = format!("{day}T12:00:00Z");
    let output = Command::new("git")
        .args(["-c", "core.autocrlf=false", "-c", "user.name=Harbor", "-c", "user.email=harbor@example.com"])
        .args(["-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"])
        .args(args)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_AUTHOR_DATE", &date)
        .env("GIT_COMMITTER_DATE", &date)
        .output()
        .unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
