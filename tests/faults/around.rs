//! What is missing round a run.

use std::fs;

use super::common::{Run, copy, loclint_with};
use super::tree;

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
    let fails = |args: &[&str]| {
        let run = check(args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}");
        assert!(run.stderr.contains("cannot run \"git\", which reads repositories: "), "{}", run.stderr);
    };
    for args in [&["--changed"][..], &["--staged"], &["--changed", "--since", "main"]] {
        fails(args);
    }
    // A folder without history can be the source, a repository cannot.
    copy("source/markup-glued-hyphen.md", folder.path().join("english/a.md"));
    let run = check(&["sv-se", "--fail-on", "warning", "--source", "english"]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    fails(&["--source", "english", "--source-ref", "main"]);
    fs::create_dir(folder.path().join(".git")).unwrap();
    fails(&["--source", "english"]);
}
