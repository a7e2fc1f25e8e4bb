//! Running the real binary on trees.
#![allow(dead_code, reason = "every test binary uses a part")]
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

pub(crate) mod documents;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a run printed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs loclint in `folder`, with an environment that is the same everywhere.
pub(crate) fn loclint(folder: &Path, args: &[&str]) -> Run {
    loclint_with(folder, args, &[])
}

/// The same with more variables. It is always 2026-11-21.
pub(crate) fn loclint_with(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Run {
    let kept = ["SystemRoot", "PATH"].map(|name| std::env::var_os(name).map(|value| (name, value)));
    let output = Command::new(env!("CARGO_BIN_EXE_loclint"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("SOURCE_DATE_EPOCH", "1795219200")
        .envs(kept.into_iter().flatten())
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

pub(crate) fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn testdata() -> PathBuf {
    project().join("testdata")
}

/// Copies a file of the test data into a tree of the test's own.
pub(crate) fn copy(from: &str, to: PathBuf) {
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::copy(testdata().join(from), to).unwrap();
}

/// The folder of real documents, where there is one; says so where there is none.
pub(crate) fn corpus() -> Option<PathBuf> {
    let folder = std::env::var_os("LOCLINT_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        // Written past the test harness, which keeps what passing tests print to itself.
        let _ = writeln!(io::stderr(), "skipped: LOCLINT_CORPUS names no folder of real documents");
    }
    folder
}
