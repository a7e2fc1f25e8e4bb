//! What can go wrong round loclint: files that change, disks that are full, pipes that close, trees without end.
//! docs/faults.md lists all cases and the test of each.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod around;
#[path = "../common/mod.rs"]
mod common;
mod named;
mod output;
mod refused;
mod trees;
mod unread;

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use common::{copy, project};
use tempfile::TempDir;

/// Has one finding, which has a fix.
const STORY: &str = "stories/sv-se/markup-glued-hyphen.md";
/// The time that no run here may come near to.
const LONG: Duration = Duration::from_secs(30);

/// A tree of the story alone.
fn tree() -> TempDir {
    let folder = TempDir::new().unwrap();
    copy(STORY, folder.path().join("sv-se/a.md"));
    folder
}

/// Says that a case could not be tried, past the test harness, which keeps what passing tests print to itself.
fn skipped(why: &str) {
    let _ = writeln!(io::stderr(), "skipped: {why}");
}

/// loclint as a command of its own, with nothing in its environment but `PATH`.
fn command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    command.env("LOCLINT", env!("CARGO_BIN_EXE_loclint")).env("SOURCE_DATE_EPOCH", "1795219200");
    command
}

/// Runs a line of shell in which `$LOCLINT` is the program. Fails if it hangs.
fn shell(folder: &Path, line: &str) -> (ExitStatus, String, String) {
    let (out, err) = (tempfile::tempfile().unwrap(), tempfile::tempfile().unwrap());
    let read = |mut file: &fs::File| {
        use std::io::{Read, Seek};
        let mut text = String::new();
        file.rewind().unwrap();
        file.read_to_string(&mut text).unwrap();
        text
    };
    let mut child = command("sh", folder)
        .args(["-c", line])
        .stdin(Stdio::null())
        .stdout(out.try_clone().unwrap())
        .stderr(err.try_clone().unwrap())
        .spawn()
        .unwrap();
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > LONG {
            child.kill().unwrap();
            panic!("it hangs: {line}");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    (status, read(&out), read(&err))
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Whether whoever started the tests has this signal ignored, as shells have it in the background: programs inherit that.
fn is_ignored(signal: u32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| (mask >> (signal - 1)) & 1 == 1)
}

/// Every row of the page names tests that there are.
#[test]
fn the_page_names_tests_that_exist() {
    let page = fs::read_to_string(project().join("docs/faults.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| ") && line.contains(".rs` "));
    let mut named = String::new();
    for row in rows {
        let cell = row.trim_end_matches('|').rsplit('|').next().unwrap().trim();
        for test in cell.split(", ") {
            let (file, name) = test.trim_matches('`').split_once("` `").unwrap_or_else(|| panic!("{test}"));
            let text = fs::read_to_string(project().join(file)).unwrap();
            assert!(text.contains(&format!("fn {name}(")), "{file} has no {name}");
            named += name;
        }
    }
    for entry in fs::read_dir(project().join("tests/faults")).unwrap() {
        let own = fs::read_to_string(entry.unwrap().path()).unwrap();
        let tests = own
            .split("#[test]\n")
            .skip(1)
            .filter_map(|test| Some(test.split_once("fn ")?.1.split_once('(')?.0));
        for test in tests.filter(|test| *test != "the_page_names_tests_that_exist") {
            assert!(named.contains(test), "docs/faults.md does not name {test}");
        }
    }
}
