//! What can go wrong round loclint: files that change, disks that are full, pipes that close, trees without end.
//! docs/faults.md lists all cases and the test of each.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::symlink;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use common::{Run, copy, loclint, loclint_with, project, testdata};
use loclint::bitext::Date;
use loclint::discover::{Trees, discover};
use loclint::engine::{RuleSet, run};
use loclint::files::{Files, Limits};
use loclint::rules::{self, Settings};
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

/// Runs a line of shell in a small file system of its own, `mounted`, which is gone afterwards. `None` where that is not
/// allowed.
fn in_small_disk(folder: &Path, line: &str) -> Option<(ExitStatus, String, String)> {
    let mount = "mkdir -p mounted && mount -t tmpfs -o size=16k none mounted";
    let ways = ["unshare --mount", "unshare --user --map-root-user --mount"];
    let way = ways.iter().find(|way| shell(folder, &format!("{way} sh -c '{mount}'")).0.success());
    let Some(way) = way else {
        skipped("file systems cannot be mounted here (needs root, or user namespaces)");
        return None;
    };
    Some(shell(folder, &format!("{way} sh -c '{mount} && {line}'")))
}

#[test]
fn a_full_disk_under_a_report_is_an_error() {
    if !Path::new("/dev/full").exists() {
        return skipped("there is no /dev/full");
    }
    let folder = tree();
    let full = "No space left on device (os error 28)";
    let lines = [
        "check --format concise",
        "check",
        "check --format json",
        "check --format sarif",
        "rules",
        "explain id/gap",
    ];
    for line in lines {
        let (status, _, stderr) = shell(
            folder.path(),
            &format!("$LOCLINT {line} -q > /dev/full").replace("rules -q", "rules").replace("gap -q", "gap"),
        );
        assert_eq!(status.code(), Some(2), "{line}");
        assert_eq!(stderr, format!("loclint: cannot write to standard output: {full}\n"));
    }
    let (status, _, stderr) = shell(folder.path(), "$LOCLINT check -q --format concise -o json=/dev/full");
    assert_eq!(status.code(), Some(2));
    assert_eq!(stderr, format!("loclint: cannot write \"/dev/full\": {full}\n"));
    // What is said on stderr is a courtesy, the findings are the job.
    let (status, stdout, _) =
        shell(folder.path(), "$LOCLINT check --format concise --fail-on warning 2> /dev/full");
    assert_eq!((status.code(), stdout.lines().count()), (Some(1), 1));
}

#[test]
fn a_full_disk_under_fixes_leaves_files_as_they_are() {
    let folder = tree();
    let line = "cp -r sv-se mounted; cat /dev/zero > mounted/fill 2>/dev/null; \
                $LOCLINT check mounted --fix --format concise; echo $?; cmp sv-se/a.md mounted/sv-se/a.md && ls -A mounted/sv-se";
    let Some((_, stdout, stderr)) = in_small_disk(folder.path(), line) else { return };
    assert!(stdout.starts_with("mounted/sv-se/a.md:19:50: warning[markup/glued-hyphen]"), "{stdout}");
    assert!(stdout.ends_with("\n2\na.md\n"), "{stdout}");
    let why = "loclint: not fixed: \"mounted/sv-se/a.md\": No space left on device";
    assert!(stderr.contains(why), "{stderr}");
}

#[test]
fn a_read_only_tree_is_checked_and_not_fixed() {
    let folder = tree();
    let line = "cp -r sv-se mounted; mount -o remount,ro mounted; \
                $LOCLINT check mounted --fix --format concise; echo $?; $LOCLINT check mounted -q -o json=mounted/a.json; echo $?; \
                $LOCLINT baseline mounted -q -o mounted/b.json; echo $?";
    let Some((_, stdout, stderr)) = in_small_disk(folder.path(), line) else { return };
    assert_eq!(stdout.lines().filter(|line| *line == "2").count(), 3, "{stdout}");
    for why in [
        "not fixed: \"mounted/sv-se/a.md\"",
        "cannot write \"mounted/a.json\"",
        "cannot write \"mounted/b.json\"",
    ] {
        assert!(stderr.contains(&format!("loclint: {why}: Read-only file system")), "{stderr}");
    }
}

#[test]
fn a_limit_on_file_sizes_leaves_files_as_they_are() {
    let folder = tree();
    let old = fs::read(testdata().join(STORY)).unwrap();
    assert!(old.len() > 1024);
    let there =
        || (fs::read(folder.path().join("sv-se/a.md")).unwrap() == old, names(&folder.path().join("sv-se")));
    // Where the signal is ignored, as programs that start others may have it, it is an error.
    let line = "trap '' XFSZ; ulimit -f 1; $LOCLINT check --fix -q --format concise | cat";
    let (_, stdout, stderr) = shell(folder.path(), line);
    assert!(stderr.starts_with("loclint: not fixed: \"sv-se/a.md\": File too large"), "{stderr}");
    assert_eq!((stdout.lines().count(), there()), (1, (true, vec!["a.md".to_string()])));
    // Else the system ends the run, and what it was writing stays beside the file.
    let (status, ..) = shell(folder.path(), "ulimit -f 1; exec $LOCLINT check --fix -q --format concise");
    assert_eq!(status.signal(), Some(25));
    let (same, names) = there();
    assert!(same && names.len() == 2 && names[0].starts_with(".loclint-"), "{names:?}");
}

#[test]
fn a_closed_pipe_is_the_readers_choice() {
    let quiet = |args: &[&str]| {
        let mut child = command(env!("CARGO_BIN_EXE_loclint"), &testdata())
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for format in ["concise", "full", "json", "sarif", "html"] {
        assert_eq!(
            quiet(&["check", "stories", "-q", "--format", format]),
            (Some(1), String::new()),
            "{format}"
        );
    }
    assert_eq!(quiet(&["check", "clean", "-q", "--format", "json"]), (Some(0), String::new()));
    assert_eq!(quiet(&["rules"]), (Some(0), String::new()));
}

#[test]
fn ctrl_c_leaves_every_file_old_or_new() {
    const COPIES: usize = 150;
    let folder = TempDir::new().unwrap();
    let path = |number: usize| folder.path().join(format!("sv-se/{number}.md"));
    let old = fs::read(testdata().join(STORY)).unwrap();
    let reset = || (0..COPIES).for_each(|number| copy(STORY, path(number)));
    let start = || {
        let mut fixing = command(env!("CARGO_BIN_EXE_loclint"), folder.path());
        fixing.args(["check", "--fix", "-q"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    reset();
    let started = Instant::now();
    start().wait().unwrap();
    let whole = started.elapsed();
    let new = fs::read(path(0)).unwrap();
    assert_ne!(old, new);
    let mut interrupted = 0;
    for at in 1..6 {
        reset();
        let mut run = start();
        std::thread::sleep(whole * at / 6);
        let _ = Command::new("kill").args(["-INT", &run.id().to_string()]).stderr(Stdio::null()).status();
        interrupted += usize::from(run.wait().unwrap().signal() == Some(2));
        for number in 0..COPIES {
            let now = fs::read(path(number)).unwrap();
            assert!(now == old || now == new, "{number}.md is neither");
        }
    }
    assert!(interrupted > 0, "no run was interrupted, which takes {whole:?}");
}

/// The outcome of a run for which `change` changes the tree when it is known what to read, before it is read.
fn changed_meanwhile(limits: Limits, change: impl FnOnce(&Path)) -> (Vec<String>, Vec<String>) {
    let folder = tree();
    copy("clean/sv-se/get-started.md", folder.path().join("sv-se/b.md"));
    let root = folder.path().canonicalize().unwrap();
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
        let mut said = String::new();
        write!(said, "{} documents", count + 1).unwrap();
        assert!(run.stderr.replace([',', ' '], "").contains(&said.replace(' ', "")), "{}", run.stderr);
        started.elapsed()
    };
    let (few, many) = (of(2_000), of(20_000));
    // Ten times as many; what a process costs at least is not counted against it.
    let few = few.max(Duration::from_millis(50));
    assert!(many < few * 30, "{few:?} for 2,000 and {many:?} for 20,000 files");
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

#[test]
fn without_a_home_nothing_is_missed() {
    let folder = tree();
    let check = |variables: &[(&str, &str)]| {
        let Run { code, stdout, .. } =
            loclint_with(folder.path(), &["check", "--format", "concise", "--fail-on", "warning"], variables);
        assert_eq!((code, stdout.lines().count()), (1, 1));
    };
    check(&[]);
    for home in ["", "/nonexistent", "/dev/null"] {
        check(&[("HOME", home), ("XDG_CONFIG_HOME", home), ("XDG_CACHE_HOME", home), ("TMPDIR", home)]);
    }
}

#[test]
fn without_git_only_what_needs_it_fails() {
    let folder = tree();
    let check = |args: &[&str]| {
        loclint_with(
            folder.path(),
            &[&["check", "-q", "--format", "concise"], args].concat(),
            &[("PATH", "/nonexistent")],
        )
    };
    let plain = check(&["--fail-on", "warning"]);
    assert_eq!((plain.code, plain.stdout.lines().count(), plain.stderr.as_str()), (1, 1, ""));
    for args in [&["--changed"][..], &["--staged"], &["--changed", "--since", "main"], &["--source", "."]] {
        let run = check(args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}");
        assert!(run.stderr.contains("cannot run \"git\", which reads repositories: "), "{}", run.stderr);
    }
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
    let own = fs::read_to_string(project().join("tests/faults.rs")).unwrap();
    let tests =
        own.split("#[test]\nfn ").skip(1).filter_map(|test| test.split_once('(').map(|(name, _)| name));
    for test in tests.filter(|test| *test != "the_page_names_tests_that_exist") {
        assert!(named.contains(test), "docs/faults.md does not name {test}");
    }
}
