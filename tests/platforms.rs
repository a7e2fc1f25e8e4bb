//! What may not depend on the system: line ends of a checkout, separators and case of paths.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::fs;
use std::path::{MAIN_SEPARATOR_STR, Path};

use common::{Run, loclint, testdata};

/// Copies a tree, each text changed.
fn copy_tree(from: &Path, to: &Path, change: &dyn Fn(String) -> String) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_tree(&entry.path(), &target, change);
        } else {
            fs::write(target, change(fs::read_to_string(entry.path()).unwrap())).unwrap();
        }
    }
}

fn concise(folder: &Path, args: &[&str]) -> Run {
    loclint(folder, &[&["check", "--format", "concise", "--fail-on", "never", "--quiet"], args].concat())
}

#[test]
fn a_checkout_with_crlf_has_the_same_findings() {
    let crlf = |text: String| text.replace("\r\n", "\n").replace('\n', "\r\n");
    let folder = tempfile::tempdir().unwrap();
    for tree in ["stories", "clean", "terms"] {
        copy_tree(&testdata().join(tree), &folder.path().join(tree), &crlf);
        let args = [tree];
        assert_eq!(concise(folder.path(), &args), concise(&testdata(), &args), "{tree}");
    }
    let fingerprints = |folder: &Path| {
        let run = loclint(folder, &["check", "stories", "--format", "json", "--fail-on", "never", "--quiet"]);
        let lines = run.stdout.lines().filter(|line| line.contains("\"fingerprint\""));
        lines.map(String::from).collect::<Vec<_>>()
    };
    let ours = fingerprints(&testdata());
    assert!(!ours.is_empty());
    assert_eq!(fingerprints(folder.path()), ours, "a baseline holds for either checkout");
}

#[test]
fn a_configuration_with_crlf_counts_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let keep = |text: String| text;
    copy_tree(&testdata().join("stories"), &folder.path().join("stories"), &keep);
    let config =
        "rules:\n  markup: off\noverrides:\n  - paths: [stories/sv-se/**]\n    rules:\n      span: warning\n";
    let written = |text: &str| {
        fs::write(folder.path().join("loclint.yml"), text).unwrap();
        concise(folder.path(), &["stories"])
    };
    let plain = written(config);
    assert_eq!(plain.code, 0, "{}", plain.stderr);
    assert_eq!(written(&config.replace('\n', "\r\n")), plain);
}

#[test]
fn paths_are_shown_with_slashes_however_they_are_given() {
    let given = ["stories", "sv-se", "markup-glued-hyphen.md"].join(MAIN_SEPARATOR_STR);
    let run = concise(&testdata(), &[&given]);
    assert!(run.stdout.starts_with("stories/sv-se/markup-glued-hyphen.md:"), "{}", run.stdout);
    let json = loclint(&testdata(), &["check", &given, "--format", "json", "--fail-on", "never", "--quiet"]);
    assert!(!json.stdout.contains(r"\\"), "{}", json.stdout);
}

#[test]
#[cfg(windows)]
fn a_file_has_the_name_that_it_has_on_disk() {
    let run = concise(&testdata(), &[r"STORIES\SV-SE\MARKUP-GLUED-HYPHEN.MD"]);
    assert!(run.stdout.starts_with("stories/sv-se/markup-glued-hyphen.md:"), "{}", run.stdout);
}
