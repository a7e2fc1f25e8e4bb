//! English files that changed, moved or went since they were translated.

use std::fs;

use loclint::source::sha1_hex;

use super::common::loclint;
use super::{ENGLISH, Trees, czech};

#[test]
fn a_source_that_moved_on_is_shown_unit_by_unit() {
    let trees = Trees::new();
    trees.english.write("docs/other.md", "# Other\n");
    trees.english.commit("2026-02-01");
    let changed = ENGLISH.replace("You need to sign in first.", "You need a token.\nSign in to get one.");
    trees.english.write("docs/push.md", &changed);
    trees.english.commit("2026-03-01");
    trees.english.write(
        "docs/push.md",
        &changed.replace("> A package without a version\n> is refused.\n", "> Wait.\n"),
    );
    trees.english.commit("2026-04-01");
    let stale = "5:21: warning[provenance/stale] cs-CZ is 2 commits behind the source since 2026-03-01 (265 days): \
                 3 of 5 units still valid, 10 words to translate";
    let found = trees.findings(&["--ignore", "provenance/missing"]);
    assert_eq!(found, [stale]);
    let args =
        ["check", "cs-cz", "--source", "english", "--select", "provenance/stale", "--fail-on", "never"];
    let run = loclint(trees.folder.path(), &args);
    let commit = &trees.english.git(&["rev-parse", "HEAD"])[..12];
    insta::assert_snapshot!(
        run.stdout.replace(commit, "COMMIT").replace(&sha1_hex(ENGLISH.as_bytes()), &"0".repeat(40))
    );
    let run = loclint(trees.folder.path(), &[&args[..], &["--statistics"]].concat());
    let table = run.stdout.split("\n\n").last().unwrap().trim_end();
    assert_eq!(
        table,
        "locale            documents behind    units  still valid  words to translate\n\
         cs-CZ                            1        5            3                  10"
    );
}

#[test]
fn only_code_or_metadata_changed() {
    let trees = Trees::new();
    trees
        .english
        .write("docs/push.md", &ENGLISH.replace("author: mkohl", "author: jberg").replace("stable", "beta"));
    trees.english.commit("2026-03-01");
    let expected = "5:21: info[provenance/stale] cs-CZ is 1 commit behind the source since 2026-03-01 (265 days): \
                    all 5 units still valid, only code or metadata changed";
    assert_eq!(trees.findings(&[]), [expected]);
}

#[test]
fn renames_are_followed() {
    let trees = Trees::new();
    trees.english.git(&["mv", "docs/push.md", "docs/send.md"]);
    trees.english.commit("2026-03-01");
    let moved = "5:21: warning[provenance/orphan] the source has \"docs/push.md\" at another place now, \"docs/send.md\"";
    assert_eq!(trees.findings(&["--ignore", "provenance/missing"]), [moved]);
    trees.english.write("docs/send.md", &ENGLISH.replace("sign in first", "sign in"));
    trees.english.commit("2026-03-02");
    let stale = "5:21: warning[provenance/stale] cs-CZ is 2 commits behind the source, which is \"docs/send.md\" now, since \
                 2026-03-01 (265 days): 4 of 5 units still valid, 5 words to translate";
    assert_eq!(trees.findings(&["--ignore", "provenance/missing"]), [stale]);
}

#[test]
fn a_translation_that_was_moved_is_verified_at_the_old_path() {
    let trees = Trees::new();
    trees.english.git(&["mv", "docs/push.md", "docs/send.md"]);
    trees.english.commit("2026-03-01");
    fs::rename(trees.path("cs-cz/docs/push.md"), trees.path("cs-cz/docs/send.md")).unwrap();
    let run = trees.check(&["--source", "english"]);
    assert_eq!(run.stdout, "", "{}", run.stderr);
    assert!(run.stderr.contains("1 of 1 source hash verified"), "{}", run.stderr);
}

#[test]
fn what_the_source_deleted_is_an_orphan() {
    let trees = Trees::new();
    trees.english.write("docs/other.md", "# Other\n");
    trees.english.git(&["rm", "--quiet", "docs/push.md"]);
    let commit = trees.english.commit("2026-03-01");
    let expected = format!(
        "5:21: warning[provenance/orphan] the source has \"docs/push.md\" no longer: commit {} of 2026-03-01 deleted it",
        &commit[..8]
    );
    assert_eq!(trees.findings(&["--ignore", "provenance/missing"]), [expected]);
}

#[test]
fn what_is_newer_than_the_branch_is_neither_stale_nor_an_orphan() {
    let trees = Trees::new();
    trees.english.git(&["branch", "live"]);
    let newer = ENGLISH.replace("sign in first", "sign in");
    trees.english.write("docs/push.md", &newer);
    let text = czech(&sha1_hex(newer.as_bytes()), &trees.english.commit("2026-03-01"));
    trees.translate(&text.replace("You need to sign in first.", "You need to sign in."));
    assert_eq!(trees.findings(&[]), [""; 0]);
    assert_eq!(trees.findings(&["--source-ref", "live"]), [""; 0], "live lags behind");
    let run = trees.check(&["--source", "english", "--source-ref", "live"]);
    assert!(!run.stderr.contains("behind the source"), "{}", run.stderr);
    trees.english.git(&["checkout", "--quiet", "live"]);
    trees.english.git(&["rm", "--quiet", "docs/push.md"]);
    trees.english.write("docs/channels.md", "# Channels\n");
    trees.english.commit("2026-04-01");
    let gone = trees.findings(&[]);
    assert!(gone[0].contains("provenance/orphan"), "now live has a history of its own: {gone:?}");
}

#[test]
fn of_another_branch_it_is_not_said_how_far_it_is_behind() {
    let trees = Trees::new();
    trees.english.git(&["checkout", "--quiet", "-b", "side"]);
    trees.english.write("docs/push.md", &ENGLISH.replace("A package without", "Packages without"));
    let side = trees.english.commit("2026-02-01");
    let text = ENGLISH.replace("A package without", "Packages without");
    trees.translate(
        &czech(&sha1_hex(text.as_bytes()), &side).replace("A package without", "Packages without"),
    );
    trees.english.git(&["checkout", "--quiet", "main"]);
    trees.english.write("docs/push.md", &ENGLISH.replace("sign in first", "sign in"));
    trees.english.commit("2026-03-01");
    let expected = "5:21: warning[provenance/stale] cs-CZ is behind the source, whose file is another by now: \
                    3 of 5 units still valid, 12 words to translate";
    assert_eq!(trees.findings(&[]), [expected]);
}
