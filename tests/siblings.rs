//! One repository a locale: the others are named with `--siblings`.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;
#[path = "common/git.rs"]
mod git;

use std::fs;
use std::path::Path;

use common::{Run, copy, loclint, testdata};
use git::Repo;
use tempfile::TempDir;

/// A repository for each locale, and one fault: the Swedish link leads elsewhere.
fn repositories() -> TempDir {
    let folder = TempDir::new().unwrap();
    for tag in ["cs-cz", "de-de", "sv-se"] {
        let repo = Repo::new(folder.path().join(format!("docs.{tag}")));
        copy(&format!("clean/{tag}/get-started.md"), repo.folder.join("articles/get-started.md"));
        repo.commit("2026-01-10");
    }
    let swedish = folder.path().join("docs.sv-se/articles/get-started.md");
    let text = fs::read_to_string(&swedish).unwrap();
    fs::write(&swedish, text.replace("](push-package.md)", "](push.md)")).unwrap();
    folder
}

fn check(folder: &Path, args: &[&str]) -> Run {
    loclint(folder, &[&["check"], args, &["--format", "concise", "--fail-on", "never"]].concat())
}

const FOUND: &str = "docs.sv-se/articles/get-started.md:41:170: error[parity/skeleton] \"](push.md)\" stands outside the pairs, but ";

#[test]
fn without_siblings_the_summary_says_that_parity_had_nothing_to_compare() {
    let run = check(repositories().path(), &["docs.sv-se"]);
    assert_eq!(run.stdout, "");
    let wanted = "parity, since all articles are in one locale only (\"--siblings\" names trees with others)";
    assert!(run.stderr.contains(wanted), "{}", run.stderr);
}

#[test]
fn folders_are_compared_and_not_reported() {
    let folder = repositories();
    let run = check(folder.path(), &["docs.sv-se", "--siblings", "docs.cs-cz", "docs.de-de"]);
    let others = "cs-CZ and de-DE, from the same source, have \"](push-package.md)\"\n";
    assert_eq!(run.stdout, format!("{FOUND}{others}"), "{}", run.stderr);
    assert!(run.stderr.contains("in 1 of 1 article in 1 locale, 1 document;"), "{}", run.stderr);
    let one = check(folder.path(), &["docs.sv-se", "--siblings", "docs.cs-cz"]);
    let tie = "cs-CZ, from the same source, has \"](push-package.md)\"; no majority tells who is right\n";
    assert_eq!(one.stdout, format!("{FOUND}{tie}"));
    // The folder that holds them all, this one included.
    assert_eq!(check(folder.path(), &["docs.sv-se", "--siblings", "."]).stdout, run.stdout);
    // A file alone, as a hook names it.
    let named = ["docs.sv-se/articles/get-started.md", "--siblings", "docs.cs-cz", "docs.de-de"];
    assert_eq!(check(folder.path(), &named).stdout, run.stdout);
}

#[test]
fn repositories_are_read_at_a_ref() {
    let folder = repositories();
    for tag in ["cs-cz", "de-de"] {
        let repo = Repo { folder: folder.path().join(format!("docs.{tag}")) };
        repo.git(&["branch", "live"]);
        fs::remove_file(repo.folder.join("articles/get-started.md")).unwrap();
        repo.commit("2026-01-11");
        repo.git(&["clone", "--quiet", "--bare", ".", &format!("../docs.{tag}.git")]);
    }
    let expected = format!("{FOUND}cs-CZ and de-DE, from the same source, have \"](push-package.md)\"\n");
    let live = check(folder.path(), &["docs.sv-se", "--siblings", "docs.cs-cz@live", "docs.de-de.git@live"]);
    assert_eq!(live.stdout, expected, "{}", live.stderr);
    let args =
        ["check", "docs.sv-se", "--siblings", "docs.cs-cz@live", "docs.de-de.git@live", "--fail-on", "never"];
    let full = loclint(folder.path(), &args).stdout;
    assert!(full.contains("[docs.cs-cz@") && full.contains("/articles/get-started.md:41:"), "{full}");
    let head = check(folder.path(), &["docs.sv-se", "--siblings", "docs.cs-cz"]);
    assert_eq!(
        (head.code, head.stdout.as_str()),
        (2, ""),
        "the folder has no article any more: {}",
        head.stderr
    );
}

#[test]
fn a_tree_whose_folder_does_not_tell_its_locale() {
    let folder = TempDir::new().unwrap();
    copy("clean/sv-se/get-started.md", folder.path().join("checkout/articles/get-started.md"));
    copy("clean/de-de/get-started.md", folder.path().join("other/articles/get-started.md"));
    let text = fs::read_to_string(testdata().join("clean/de-de/get-started.md")).unwrap();
    fs::write(
        folder.path().join("other/articles/get-started.md"),
        text.replace("lena-fischbach", "l-fischbach"),
    )
    .unwrap();
    let run = check(folder.path(), &["checkout", "--siblings", "other"]);
    assert!(run.stdout.contains("error[parity/front-matter]"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn what_is_checked_is_no_sibling() {
    let folder = repositories();
    let run = check(folder.path(), &["--siblings", "docs.cs-cz", "docs.sv-se"]);
    let told = "loclint: \"--siblings docs.cs-cz\": it is part of what is checked, \".\"; name what to check before the siblings\n";
    assert_eq!((run.code, run.stderr.as_str()), (2, told));
    assert_eq!(check(folder.path(), &["docs.sv-se", "--siblings", "docs.sv-se"]).code, 2);
}

#[test]
fn siblings_that_cannot_be_used_are_an_error_with_a_way_out() {
    let folder = repositories();
    copy("clean/de-de/get-started.md", folder.path().join("else/de-de/other.md"));
    for (sibling, wanted) in [
        ("nowhere", "\"--siblings nowhere\": "),
        ("else", "\"--siblings else\": it has no article in common with what is checked"),
        ("docs.cs-cz@life", "has no ref \"life\""),
    ] {
        let run = check(folder.path(), &["docs.sv-se", "--siblings", sibling]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        assert!(run.stderr.contains(wanted), "{}", run.stderr);
    }
}
