//! Full disks, closed pipes, and runs that end early.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Instant;

use tempfile::TempDir;

use super::common::{copy, testdata};
use super::{STORY, command, is_ignored, names, shell, skipped, tree};

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
    if is_ignored(25) {
        return skipped("the signal for files that are too large is ignored here");
    }
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
    if is_ignored(2) {
        return skipped("the signal of Ctrl-C is ignored here");
    }
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
