//! A run of `--fix` that is killed leaves every file old or new, never half.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Instant, SystemTime};

use common::testdata;

/// Copies of each story in the tree; there are three stories in three locales, and each has one document to fix.
const COPIES: usize = 60;
const KILLS: u32 = 30;

type Files = BTreeMap<PathBuf, Vec<u8>>;

/// The tree as it is before a run.
fn old() -> Files {
    let mut files = Files::new();
    for (name, locales) in [
        ("markup-code-changed.md", ["cs-cz", "de-de", "ja-jp"]),
        ("identifier-file-name.md", ["cs-cz", "de-de", "hu-hu"]),
        ("markup-glued-hyphen.md", ["sv-se", "ru-ru", "sr-latn-rs"]),
    ] {
        for locale in locales {
            if let Ok(bytes) = fs::read(testdata().join("stories").join(locale).join(name)) {
                for number in 0..COPIES {
                    files.insert(Path::new(locale).join(format!("{number}-{name}")), bytes.clone());
                }
            }
        }
    }
    files
}

fn write(folder: &Path, files: &Files) {
    for (path, bytes) in files {
        fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
        fs::write(folder.join(path), bytes).unwrap();
    }
}

/// The files below the folder, temporary ones apart.
fn read(folder: &Path) -> (Files, Vec<PathBuf>) {
    let (mut files, mut temporary) = (Files::new(), Vec::new());
    for locale in fs::read_dir(folder).unwrap() {
        for entry in fs::read_dir(locale.unwrap().path()).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if name.strip_suffix(".tmp").is_some_and(|name| name.starts_with(".loclint-")) {
                temporary.push(path);
            } else {
                files.insert(path.strip_prefix(folder).unwrap().to_path_buf(), fs::read(&path).unwrap());
            }
        }
    }
    (files, temporary)
}

fn start(folder: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_loclint"))
        .args(["check", "--fix", "-q", "--format", "concise"])
        .current_dir(folder)
        .env_clear()
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn a_killed_run_leaves_every_file_old_or_new() {
    let old = old();
    assert!(old.len() > 300);
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &old);
    let started = Instant::now();
    start(folder.path()).wait().unwrap();
    let whole = started.elapsed();
    let (new, temporary) = read(folder.path());
    assert!(temporary.is_empty(), "a run that is not killed leaves nothing behind");
    let fixed: Vec<&PathBuf> = old.keys().filter(|path| old[*path] != new[*path]).collect();
    assert_eq!(fixed.len(), 3 * COPIES);
    let (mut halfway, mut left) = (0, 0);
    for kill in 0..KILLS {
        write(folder.path(), &old);
        let mut run = start(folder.path());
        // Spread over the run, and nowhere twice.
        let jitter = SystemTime::UNIX_EPOCH.elapsed().unwrap().subsec_nanos() % 1000;
        std::thread::sleep(whole.mul_f64((f64::from(kill) + f64::from(jitter) / 1000.0) / f64::from(KILLS)));
        let _ = run.kill();
        run.wait().unwrap();
        let (now, temporary) = read(folder.path());
        assert!(now.keys().eq(old.keys()));
        for (path, bytes) in &now {
            assert!(*bytes == old[path] || *bytes == new[path], "{} is neither", path.display());
        }
        let done = fixed.iter().filter(|path| now[**path] == new[**path]).count();
        halfway += usize::from(done > 0 && done < fixed.len());
        left += temporary.len();
        for path in temporary {
            fs::remove_file(path).unwrap();
        }
    }
    eprintln!("{KILLS} kills in {whole:?}: {halfway} halfway, {left} temporary files left");
    assert!(halfway > 0, "no run was killed while it wrote, which takes {whole:?}");
    // What is halfway is finished by the next run.
    start(folder.path()).wait().unwrap();
    assert!(read(folder.path()).0 == new);
}
