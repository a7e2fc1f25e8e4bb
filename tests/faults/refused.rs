//! What loclint has no right to, as a user who is not root.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::ExitStatus;

use super::common::copy;
use super::{STORY, shell, skipped, tree};

/// Runs a line of shell with no rights beyond those of everybody. `None` where rights cannot be dropped.
fn as_nobody(folder: &Path, line: &str) -> Option<(ExitStatus, String, String)> {
    fs::set_permissions(folder, PermissionsExt::from_mode(0o777)).unwrap();
    if shell(folder, "[ \"$(id -u)\" != 0 ]").0.success() {
        return Some(shell(folder, line));
    }
    let ways =
        ["setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all", "su -s /bin/sh nobody --"];
    for way in ways {
        if shell(folder, &format!("{way} sh -c '$LOCLINT --version && [ $(id -u) != 0 ]'")).0.success() {
            return Some(shell(folder, &format!("{way} sh -c '{line}'")));
        }
    }
    skipped("root may do everything, and its rights cannot be dropped here");
    None
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

#[test]
fn files_and_folders_without_permission_are_named_and_the_others_checked() {
    let folder = tree();
    let locale = folder.path().join("sv-se");
    for locked in ["b.md", "locked/c.md"] {
        copy(STORY, locale.join(locked));
    }
    allow(&locale.join("b.md"), 0o000);
    allow(&locale.join("locked"), 0o000);
    let told = as_nobody(folder.path(), "$LOCLINT check -q --format concise");
    let named = as_nobody(folder.path(), "$LOCLINT check -q --format concise sv-se/b.md");
    allow(&locale.join("locked"), 0o755);
    let Some((status, stdout, stderr)) = told else { return };
    assert_eq!((status.code(), stdout.lines().count()), (Some(2), 1), "{stderr}");
    for path in ["sv-se/b.md", "sv-se/locked"] {
        let wanted = format!("loclint: cannot read \"{path}\": Permission denied (os error 13)\n");
        assert!(stderr.contains(&wanted), "{stderr}");
    }
    let (status, _, stderr) = named.unwrap();
    assert_eq!(status.code(), Some(2));
    assert!(stderr.starts_with("loclint: cannot read \"sv-se/b.md\": Permission denied"), "{stderr}");
}

#[test]
fn a_folder_that_takes_no_files_is_checked_and_not_fixed() {
    let folder = tree();
    allow(&folder.path().join("sv-se"), 0o555);
    allow(&folder.path().join("sv-se/a.md"), 0o666);
    let line = "$LOCLINT check --fix -q --format concise; echo $?; $LOCLINT check -q -o json=sv-se/a.json; echo $?; \
                $LOCLINT baseline -q -o sv-se/known.json; echo $?";
    let Some((_, stdout, stderr)) = as_nobody(folder.path(), line) else { return };
    assert_eq!(stdout.lines().filter(|line| *line == "2").count(), 3, "{stdout}");
    for what in
        ["not fixed: \"sv-se/a.md\"", "cannot write \"sv-se/a.json\"", "cannot write \"sv-se/known.json\""]
    {
        assert!(stderr.contains(&format!("loclint: {what}: Permission denied")), "{stderr}");
    }
}

#[test]
fn settings_without_permission_are_errors() {
    let folder = tree();
    for name in ["loclint.yml", "known.json"] {
        fs::write(folder.path().join(name), "").unwrap();
        allow(&folder.path().join(name), 0o000);
    }
    for (args, what) in [
        ("", "loclint.yml\": Permission denied (os error 13)"),
        ("--no-config --baseline known.json", "known.json\": Permission denied (os error 13)"),
    ] {
        let Some((status, stdout, stderr)) = as_nobody(folder.path(), &format!("$LOCLINT check -q {args}"))
        else {
            return;
        };
        assert_eq!((status.code(), stdout.as_str()), (Some(2), ""));
        assert!(stderr.starts_with("loclint: cannot read the ") && stderr.contains(what), "{stderr}");
    }
}
