//! Files and folders that are not as they should be.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use loclint::bitext::Date;
use loclint::discover::{Trees, discover};
use loclint::engine::{RuleSet, run};
use loclint::files::{Files, Limits};
use loclint::rules::{self, Settings};
use tempfile::TempDir;

use super::common::{copy, loclint, testdata};
use super::{STORY, shell, skipped, tree};

/// The outcome of a run for which `change` changes the tree when it is known what to read, before it is read.
fn changed_meanwhile(limits: Limits, change: impl FnOnce(&Path)) -> (Vec<String>, Vec<String>) {
    let folder = tree();
    copy("clean/sv-se/get-started.md", folder.path().join("sv-se/b.md"));
    let root = dunce::canonicalize(folder.path()).unwrap();
    let files = Files::new(limits);
    let plan = discover(std::slice::from_ref(&root), &Trees::default(), 1, &files).unwrap();
    change(&root.join("sv-se/b.md"));
    let settings = Settings { today: Date::constant(2026, 11, 21), ..Settings::default() };
    let rules = RuleSet::with_defaults(rules::builtin(&settings).unwrap());
    let outcome = run(&plan, &rules, &files, None).unwrap();
    let found = outcome.findings.iter().map(|one| one.rule.to_string()).collect();
    let unreadable = outcome.unreadable.iter().map(|one| {
        assert!(one.path.ends_with("sv-se/b.md"));
        one.reason.clone()
    });
    (found, unreadable.collect())
}

#[test]
fn files_that_vanish_or_grow_are_named_and_the_others_checked() {
    let found = vec!["markup/glued-hyphen".to_string()];
    let gone = changed_meanwhile(Limits::default(), |path| fs::remove_file(path).unwrap());
    assert_eq!(gone, (found.clone(), vec!["No such file or directory (os error 2)".into()]));
    let limits = Limits { max_bytes: 100_000 };
    let grown = changed_meanwhile(limits, |path| fs::write(path, vec![b'a'; 100_001]).unwrap());
    let reason = "it has 100001 bytes, and \"--max-file-size\" allows 100000";
    assert_eq!(grown, (found.clone(), vec![reason.into()]));
    let replaced = changed_meanwhile(Limits::default(), |path| {
        fs::remove_file(path).unwrap();
        fs::create_dir(path).unwrap();
    });
    assert_eq!(replaced, (found, vec!["it is not a regular file".into()]));
}

/// Files of `/proc` say that they are empty, and have more the longer one reads, as a file has that grows.
#[test]
fn a_file_that_grows_while_it_is_read_is_read_up_to_the_limit() {
    let file = Path::new("/proc/self/status");
    if !file.exists() {
        return skipped("there is no /proc");
    }
    assert!(Files::new(Limits { max_bytes: 1 << 20 }).bytes(file).unwrap().len() > 100);
    let refused = Files::new(Limits { max_bytes: 100 }).bytes(file);
    assert_eq!(refused, Err("it grew while it was read, and \"--max-file-size\" allows 100".into()));
}

#[test]
fn pipes_folders_and_dangling_links_in_a_tree_are_passed_over() {
    let folder = tree();
    let locale = folder.path().join("sv-se");
    fs::create_dir(locale.join("folder.md")).unwrap();
    symlink("nowhere.md", locale.join("dangling.md")).unwrap();
    symlink("itself.md", locale.join("itself.md")).unwrap();
    symlink("/dev/zero", locale.join("endless.md")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(locale.join("socket.md")).unwrap();
    assert!(Command::new("mkfifo").arg(locale.join("pipe.md")).status().unwrap().success());
    let (status, stdout, stderr) = shell(folder.path(), "$LOCLINT check --format concise --fail-on warning");
    assert_eq!((status.code(), stdout.lines().count()), (Some(1), 1), "{stderr}");
    assert!(stderr.contains("1 document"), "{stderr}");
    // Named, they are errors, and the others are checked.
    for (name, why) in [
        ("pipe.md", "cannot read \"sv-se/pipe.md\": it is not a regular file"),
        ("socket.md", "cannot read \"sv-se/socket.md\": it is not a regular file"),
        ("endless.md", "cannot read \"sv-se/endless.md\": it is not a regular file"),
        ("dangling.md", "cannot open \"sv-se/dangling.md\": No such file or directory"),
        ("itself.md", "cannot open \"sv-se/itself.md\": "),
        ("folder.md", "no localized article in \"sv-se/folder.md\""),
    ] {
        let (status, _, stderr) = shell(folder.path(), &format!("$LOCLINT check -q sv-se/{name}"));
        assert_eq!(status.code(), Some(2), "{name}: {stderr}");
        assert!(stderr.starts_with(&format!("loclint: {why}")), "{name}: {stderr}");
    }
}

#[test]
fn deep_folders_are_walked() {
    let folder = TempDir::new().unwrap();
    // Longer than a path may be where it is made.
    let path: PathBuf =
        [Path::new("sv-se")].into_iter().chain(std::iter::repeat_n(Path::new("deep"), 500)).collect();
    copy(STORY, folder.path().join(&path).join("a.md"));
    symlink(folder.path(), folder.path().join(&path).join("loop")).unwrap();
    let run = loclint(folder.path(), &["check", "--format", "concise", "--fail-on", "warning"]);
    assert_eq!((run.code, run.stdout.lines().count()), (1, 1), "{}", run.stderr);
    assert!(run.stdout.starts_with(&format!("{}/a.md:19:50: ", path.display())), "{}", run.stdout);
}

#[test]
fn folders_beyond_what_the_system_opens_are_named() {
    let folder = tree();
    let line = "cd sv-se && i=0 && while [ $i -lt 1100 ]; do mkdir deep && cd -P deep 2>/dev/null || break; i=$((i+1)); done";
    assert!(shell(folder.path(), line).0.success());
    let (status, stdout, stderr) = shell(folder.path(), "$LOCLINT check -q --format concise");
    if status.code() == Some(2) {
        assert!(stderr.contains("loclint: cannot read \"sv-se/deep/deep/"), "{stderr}");
    } else {
        skipped("the shell or the system has no such paths");
    }
    assert_eq!(stdout.lines().count(), 1, "{stdout}");
    let removed = shell(folder.path(), "rm -rf sv-se").0;
    assert!(removed.success());
}

#[test]
fn many_files_in_one_folder_take_time_in_proportion() {
    let of = |count: usize| {
        let folder = TempDir::new().unwrap();
        copy("clean/sv-se/get-started.md", folder.path().join("sv-se/a.md"));
        for number in 0..count {
            fs::write(folder.path().join(format!("sv-se/{number}.md")), "# Rubrik\n").unwrap();
        }
        let started = Instant::now();
        let run = loclint(folder.path(), &["check", "--select", "markup", "-j", "2"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let said = format!("{}documents", count + 1);
        assert!(run.stderr.replace([',', ' '], "").contains(&said), "{}", run.stderr);
        started.elapsed()
    };
    let (few, many) = (of(10_000), of(100_000));
    // Ten times as many; what a process costs at least is not counted against it.
    let few = few.max(Duration::from_millis(50));
    assert!(many < few * 30, "{few:?} for 10,000 and {many:?} for 100,000 files");
}

#[cfg(target_os = "linux")]
#[test]
fn paths_that_are_not_utf8_are_checked_and_fixed() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = TempDir::new().unwrap();
    let (file, below) = (OsStr::from_bytes(b"sv-se/a\xff.md"), OsStr::from_bytes(b"sv-se/b\xfe/c.md"));
    for path in [file, below] {
        copy(STORY, folder.path().join(path));
    }
    let check = |args: &[&str]| {
        loclint(
            folder.path(),
            &[&["check", "--select", "markup", "--fail-on", "warning", "-q"], args].concat(),
        )
    };
    // The output is UTF-8 whatever the paths are; a run that printed anything else would fail here.
    let concise = check(&["--format", "concise"]);
    assert!(
        concise.stdout.starts_with("sv-se/a\u{fffd}.md:19:50: ") && concise.stdout.lines().count() == 2,
        "{concise:?}"
    );
    for format in ["json", "sarif", "junit", "github", "gitlab", "html", "full"] {
        assert_eq!(check(&["--format", format]).code, 1, "{format}");
    }
    let (status, stdout, _) =
        shell(folder.path(), "$LOCLINT check -q --format concise --select markup sv-se/a*.md");
    assert_eq!((status.code(), stdout.lines().count()), (Some(0), 1), "named by its own bytes");
    assert_eq!(check(&["--fix"]).code, 0);
    assert_ne!(fs::read(folder.path().join(below)).unwrap(), fs::read(testdata().join(STORY)).unwrap());
}
