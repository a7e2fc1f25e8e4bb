//! How files become articles in locales.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::path::Path;

use common::{copy, loclint};
use tempfile::TempDir;

/// A tree of documents of the clean test data, each under a path of its own.
fn tree(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (from, to) in files {
        copy(&format!("clean/{from}"), folder.path().join(to));
    }
    folder
}

/// The lines of `--show-files`, without the folder of the test.
fn shown(folder: &Path, args: &[&str]) -> Vec<String> {
    let run = loclint(folder, &[&["check", "--show-files"], args].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout.lines().map(|line| line.replace('\t', " | ")).collect()
}

#[test]
fn locale_folders() {
    let tree =
        tree(&[("cs-cz/get-started.md", "cs-cz/docs/a.md"), ("pl-pl/get-started.md", "pl-pl/docs/a.md")]);
    assert_eq!(
        shown(tree.path(), &[]),
        ["docs/a.md | cs-CZ | folder | cs-cz/docs/a.md", "docs/a.md | pl-PL | folder | pl-pl/docs/a.md"]
    );
}

#[test]
fn docsets_side_by_side() {
    let tree = tree(&[
        ("cs-cz/get-started.md", "one/cs-cz/a.md"),
        ("pl-pl/get-started.md", "one/pl-pl/a.md"),
        ("sr-latn-rs/get-started.md", "two/content/sr-latn-rs/a.md"),
        ("pl-pl/get-started.md", "two/content/pl-pl/a.md"),
    ]);
    assert_eq!(
        shown(tree.path(), &[]),
        [
            "one/a.md | cs-CZ | folder | one/cs-cz/a.md",
            "one/a.md | pl-PL | folder | one/pl-pl/a.md",
            "two/content/a.md | pl-PL | folder | two/content/pl-pl/a.md",
            "two/content/a.md | sr-Latn-RS | folder | two/content/sr-latn-rs/a.md",
        ]
    );
}

#[test]
fn one_repository_per_locale() {
    let tree =
        tree(&[("cs-cz/get-started.md", "docs.cs-cz/a.md"), ("pl-pl/get-started.md", "docs.pl-pl/a.md")]);
    let both = [
        "docs/a.md | cs-CZ | folder name | docs.cs-cz/a.md",
        "docs/a.md | pl-PL | folder name | docs.pl-pl/a.md",
    ];
    assert_eq!(shown(tree.path(), &[]), both);
    let named = shown(tree.path(), &["docs.cs-cz", "docs.pl-pl"]);
    assert_eq!(named, both, "two roots are one world");
    assert_eq!(shown(&tree.path().join("docs.pl-pl"), &[]), ["docs/a.md | pl-PL | folder name | a.md"]);
}

#[test]
fn a_repository_whose_path_tells_nothing() {
    let tree = tree(&[("pl-pl/get-started.md", "a.md"), ("pl-pl/concepts/package-versions.md", "deep/b.md")]);
    assert_eq!(
        shown(tree.path(), &[]),
        ["a.md | pl-PL | front matter | a.md", "deep/b.md | pl-PL | front matter | deep/b.md"]
    );
}

#[test]
fn locales_in_file_names() {
    let tree =
        tree(&[("cs-cz/get-started.md", "docs/a.cs-CZ.md"), ("ja-jp/get-started.md", "docs/a.ja-JP.md")]);
    assert_eq!(
        shown(tree.path(), &[]),
        [
            "docs/a.md | cs-CZ | file name | docs/a.cs-CZ.md",
            "docs/a.md | ja-JP | file name | docs/a.ja-JP.md"
        ]
    );
}

#[test]
fn a_flat_folder_of_exported_text_files() {
    let tree = tree(&[
        ("cs-cz/get-started.md", "000_a1.txt"),
        ("pl-pl/concepts/package-versions.md", "001_b2.txt"),
        ("ar-sa/get-started.md", "002_c3.txt"),
        ("cs-cz/concepts/package-versions.md", "003_d4.txt"),
    ]);
    std::fs::write(tree.path().join("notes.txt"), "Nothing translated here.\n").unwrap();
    assert_eq!(
        shown(tree.path(), &[]),
        [
            "000_a1.txt | ar-SA | front matter | 002_c3.txt",
            "000_a1.txt | cs-CZ | front matter | 000_a1.txt",
            "001_b2.txt | cs-CZ | front matter | 003_d4.txt",
            "001_b2.txt | pl-PL | front matter | 001_b2.txt",
        ]
    );
    let named = shown(tree.path(), &["002_c3.txt"]);
    let alone = [
        "000_a1.txt | ar-SA | front matter | 002_c3.txt",
        "000_a1.txt | cs-CZ | front matter | 000_a1.txt | read for comparison only",
    ];
    assert!(alone.iter().all(|line| named.contains(&(*line).to_string())), "{named:?}");
}

#[test]
fn a_named_file_is_taken_whatever_its_extension() {
    let tree =
        tree(&[("cs-cz/get-started.md", "cs-cz/a.backup"), ("pl-pl/get-started.md", "pl-pl/a.backup")]);
    assert_eq!(
        shown(tree.path(), &["cs-cz/a.backup"]),
        [
            "a.backup | cs-CZ | folder | cs-cz/a.backup",
            "a.backup | pl-PL | folder | pl-pl/a.backup | read for comparison only"
        ]
    );
    let run = loclint(tree.path(), &["check"]);
    assert_eq!(run.code, 2, "a folder of nothing but backups holds no article");
}

#[test]
fn ignore_files_are_honoured() {
    let tree = tree(&[("cs-cz/get-started.md", "cs-cz/a.md"), ("pl-pl/get-started.md", "pl-pl/a.md")]);
    std::fs::write(tree.path().join(".loclintignore"), "/cs-cz/\n").unwrap();
    assert_eq!(shown(tree.path(), &[]), ["a.md | pl-PL | folder | pl-pl/a.md"]);
}
