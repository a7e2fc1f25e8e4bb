//! Translations against the history of their English source, in small git repositories.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;
#[path = "common/git.rs"]
mod git;

use std::fs;
use std::path::{Path, PathBuf};

use common::{Run, loclint, loclint_with};
use git::Repo;
use loclint::source::sha1_hex;
use tempfile::TempDir;

const ENGLISH: &str = "\
---
title: Push a package
description: Send a package to a channel.
author: mkohl
---

# Push a package

Run `harbor push` in the folder of the package.
You need to sign in first.

> [!NOTE]
> A package without a version
> is refused.

```console
harbor push --channel stable
```

[The channels](channels.md)
";

/// The translation of [`ENGLISH`] as the publishing system writes it.
fn czech(hash: &str, commit: &str) -> String {
    let pair = |number: u32, target: &str, source: &str| {
        format!(
            "<span data-ttu-id=\"3f9a2-{number}\">{target}</span><span class=\"sxs-lookup\"><span data-stu-id=\"3f9a2-{number}\">{source}</span></span>"
        )
    };
    format!(
        "---\ntitle: Odeslání balíčku\ndescription: Odešlete balíček do kanálu.\nauthor: mkohl\n\
         ms.openlocfilehash: {hash}\nms.sourcegitcommit: {commit}\nms.translationtype: MT\nms.contentlocale: cs-CZ\n\
         ms.lasthandoff: 01/20/2026\nms.locfileid: \"116963581\"\n---\n\
         # <a name=\"push-a-package\"></a>{}\n\n{} {}\n\n> [!NOTE]\n> {}\n\n\
         ```console\nharbor push --channel stable\n```\n\n[{}](channels.md)\n",
        pair(103, "Odeslání balíčku", "Push a package"),
        pair(
            104,
            "Ve složce balíčku spusťte `harbor push`.",
            "Run `harbor push` in the folder of the package."
        ),
        pair(105, "Nejdřív se musíte přihlásit.", "You need to sign in first."),
        pair(106, "Balíček bez verze bude odmítnut.", "A package without a version is refused."),
        pair(107, "Kanály", "The channels"),
    )
}

/// An English repository beside a tree of translations.
struct Trees {
    folder: TempDir,
    english: Repo,
    /// The commit that the translation was made from.
    commit: String,
}

impl Trees {
    /// `docs/push.md` in English, and its Czech translation.
    fn new() -> Self {
        Self::with(ENGLISH)
    }

    fn with(english_text: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let english = Repo::new(folder.path().join("english"));
        english.write("docs/push.md", english_text);
        let commit = english.commit("2026-01-10");
        let trees = Self { folder, english, commit };
        trees.translate(&czech(&sha1_hex(english_text.as_bytes()), &trees.commit));
        trees
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn translate(&self, text: &str) {
        let path = self.path("cs-cz/docs/push.md");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn czech(&self) -> String {
        fs::read_to_string(self.path("cs-cz/docs/push.md")).unwrap()
    }

    fn check(&self, args: &[&str]) -> Run {
        let base = ["check", "cs-cz", "--format", "concise", "--fail-on", "never"];
        loclint(self.folder.path(), &[&base, args].concat())
    }

    /// The findings, without the path before them.
    fn findings(&self, args: &[&str]) -> Vec<String> {
        let run = self.check(&[&["--source", "english"], args].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        let lines = run.stdout.lines().map(|line| line.strip_prefix("cs-cz/docs/push.md:").unwrap_or(line));
        lines.map(String::from).collect()
    }
}

#[test]
fn a_translation_of_the_newest_source_is_verified() {
    let run = Trees::new().check(&["--source", "english"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert!(
        run.stderr.contains("Source: 1 of 1 source hash verified against HEAD of \"english\"\n"),
        "{}",
        run.stderr
    );
}

/// What one changed character costs: old and new text, and the finding.
#[test]
fn every_changed_character_is_found_and_named() {
    let trees = Trees::new();
    let (hash, commit) = (sha1_hex(ENGLISH.as_bytes()), trees.commit.clone());
    let other = |digits: &str| {
        let last = if digits.ends_with('0') { "1" } else { "0" };
        format!("{}{last}", &digits[..39])
    };
    let short = |digits: &str| digits[..8].to_string();
    let cases = [
        (
            hash.clone(),
            other(&hash),
            format!(
                "5:21: error[provenance/hash] source hash differs from that of the English file at commit {} in digit 40: \"{}\" against \"{}\"",
                short(&commit),
                &other(&hash)[39..],
                &hash[39..],
            ),
        ),
        (
            commit.clone(),
            other(&commit),
            format!("6:21: error[provenance/commit] the source has no commit {}", other(&commit)),
        ),
        (
            ">You need to sign in first.".into(),
            ">You need to sign on first.".into(),
            "14:332: error[provenance/source-text] \"on\" stands in the source side \"You need to sign on first.\" where the English file has \"in\"".into(),
        ),
        (
            "--channel stable".into(),
            "--channel stables".into(),
            "20:23: error[provenance/source-text] \"stables\" stands outside the pairs where the English file has \"stable\"".into(),
        ),
        (
            "](channels.md)".into(),
            "](channel.md)".into(),
            "23:126: error[provenance/source-text] \"](channel.md)\" stands outside the pairs where the English file has \"](channels.md)\"".into(),
        ),
        (
            "author: mkohl".into(),
            "author: mkohi".into(),
            "4:9: error[provenance/source-text] \"author\" is \"mkohi\" where the English file has \"mkohl\"".into(),
        ),
        (
            "[!NOTE]".into(),
            "[!TIP]".into(),
            "16:3: error[provenance/source-text] \"[!TIP]\" stands outside the pairs where the English file has \"[!NOTE]\"".into(),
        ),
    ];
    let clean = trees.czech();
    for (old, new, finding) in cases {
        assert!(clean.contains(&old), "{old}");
        trees.translate(&clean.replacen(&old, &new, 1));
        assert_eq!(trees.findings(&[]), [finding], "{old} -> {new}");
    }
}

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
fn the_hash_is_that_of_the_bytes_whatever_the_line_endings() {
    let trees = Trees::with(&ENGLISH.replace('\n', "\r\n"));
    assert_eq!(trees.findings(&[]), [""; 0]);
    let lf = czech(&sha1_hex(ENGLISH.as_bytes()), &trees.commit);
    trees.translate(&lf);
    let found = trees.findings(&[]);
    assert!(found[0].ends_with(": it is that of the file with LF line endings"), "{found:?}");
}

#[test]
fn a_commit_without_the_article() {
    let trees = Trees::new();
    trees.english.git(&["checkout", "--quiet", "--orphan", "empty"]);
    trees.english.git(&["rm", "--quiet", "-r", "--cached", "."]);
    fs::remove_dir_all(trees.english.folder.join("docs")).unwrap();
    trees.english.write("README.md", "# Harbor\n");
    let empty = trees.english.commit("2026-02-01");
    trees.english.git(&["checkout", "--quiet", "main"]);
    trees.translate(&czech(&sha1_hex(ENGLISH.as_bytes()), &empty));
    let expected =
        format!("6:21: error[provenance/commit] commit {} does not hold \"docs/push.md\"", &empty[..8]);
    assert_eq!(trees.findings(&[]), [expected]);
}

#[test]
fn branches_folders_and_bare_repositories() {
    let trees = Trees::new();
    trees.english.git(&["checkout", "--quiet", "-b", "live"]);
    trees.english.write("docs/push.md", &ENGLISH.replace("sign in first", "sign in"));
    trees.english.commit("2026-03-01");
    trees.english.git(&["checkout", "--quiet", "main"]);
    assert_eq!(trees.findings(&[]), [""; 0], "HEAD is main");
    assert_eq!(trees.findings(&["--source-ref", "live"]).len(), 1);
    trees.english.git(&["clone", "--quiet", "--bare", ".", "../bare.git"]);
    let bare = |args: &[&str]| trees.check(&[&["--source", "bare.git"], args].concat());
    assert_eq!(bare(&[]).stdout, "");
    assert_eq!(bare(&["--source-ref", "live"]).stdout.lines().count(), 1);
    // The source in a folder of the repository, named either way.
    let deep = Repo::new(trees.path("deep"));
    deep.write("content/en-us/docs/push.md", ENGLISH);
    trees.translate(&czech(&sha1_hex(ENGLISH.as_bytes()), &deep.commit("2026-01-10")));
    for source in
        [&["--source", "deep", "--source-path", "content/en-us"][..], &["--source", "deep/content/en-us"]]
    {
        let run = trees.check(source);
        assert_eq!(run.stdout, "", "{}", run.stderr);
        assert!(run.stderr.contains("1 of 1 source hash verified"), "{}", run.stderr);
    }
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

#[test]
fn a_folder_without_history_tells_what_it_can() {
    let trees = Trees::new();
    fs::remove_dir_all(trees.english.folder.join(".git")).unwrap();
    assert_eq!(trees.findings(&[]), [""; 0]);
    trees.english.write("docs/push.md", &ENGLISH.replace("sign in first", "sign in"));
    let expected = "5:21: warning[provenance/stale] cs-CZ is behind the source, whose file is another by now: \
                    4 of 5 units still valid, 5 words to translate";
    assert_eq!(trees.findings(&[]), [expected]);
}

#[test]
fn articles_without_translation_are_listed() {
    let trees = Trees::new();
    trees.english.write("docs/channels.md", "# Channels\n");
    trees.english.write("LICENSE.md", "# Licence\n");
    trees.english.commit("2026-03-01");
    let expected =
        "1:1: info[provenance/missing] \"docs/channels.md\" of the source is not translated to cs-CZ";
    assert_eq!(
        trees.findings(&[]),
        [expected],
        "nothing at the top is translated, so LICENSE.md is not meant to be"
    );
}

#[test]
fn the_first_number_follows_from_the_english_front_matter() {
    let trees = Trees::new();
    let text = trees.czech();
    let pair = text.find("<span data-ttu-id=\"3f9a2-103\"").unwrap();
    let end = pair + text[pair..].find("</span></span>").unwrap() + "</span></span>".len();
    trees.translate(&format!("{}{}", &text[..pair], &text[end..]));
    let found = trees.findings(&["--select", "id"]);
    assert_eq!(
        found,
        [
            "14:20: error[id/start] the first unit has number 104, but the English front matter leaves 103 for it"
        ]
    );
}

/// Runs that cannot do their job: what is said on stderr.
fn complaint(folder: &Path, args: &[&str]) -> String {
    let run = loclint(folder, &[&["check", "cs-cz", "--source"], args].concat());
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    run.stderr
}

#[test]
fn a_source_that_cannot_be_used_is_an_error_with_a_way_out() {
    let trees = Trees::new();
    let folder = trees.folder.path();
    fs::create_dir_all(folder.join("plain/docs")).unwrap();
    fs::write(folder.join("plain/docs/other.md"), "# Other\n").unwrap();
    fs::write(folder.join("docs.bundle"), "").unwrap();
    trees.english.git(&["branch", "live"]);
    let cases = [
        (&["nowhere"][..], "cannot open the source \"nowhere\": "),
        (&["docs.bundle"], "the source \"docs.bundle\" is a file; name a folder or a git repository"),
        (&["https://example.com/docs.git"], "is an address, and loclint fetches nothing: clone it"),
        (&["git@example.com:docs.git"], "is an address, and loclint fetches nothing: clone it"),
        (&["english@live"], "name it with \"--source english --source-ref live\""),
        (&["plain", "--source-ref", "live"], "is not in a git repository"),
        (
            &["plain"],
            "the source \"plain\" has none of the articles, such as \"docs/push.md\"; name the folder of it that holds them with \"--source-path\"",
        ),
        (&["english", "--source-ref", "life"], "has no ref \"life\"; did you mean \"live\"?"),
        (
            &["english", "--source-path", "content"],
            "the source HEAD of \"english\" has no folder \"content\"",
        ),
    ];
    for (args, wanted) in cases {
        let said = complaint(folder, args);
        assert!(said.contains(wanted), "{args:?}: {said}");
    }
}

#[test]
fn a_shallow_clone_that_lacks_the_commit_says_how_to_get_it() {
    let trees = Trees::new();
    trees.english.write("docs/push.md", &ENGLISH.replace("sign in first", "sign in"));
    trees.english.commit("2026-03-01");
    let url = trees.english.url();
    trees.english.git(&["clone", "--quiet", "--depth", "1", &url, "../shallow"]);
    assert_eq!(
        complaint(trees.folder.path(), &["shallow"]),
        format!(
            "loclint: the source \"shallow\" is a shallow clone and lacks commit {}, which documents were translated from \
             (1 documents record commits that it lacks); get the whole history with \"git -C 'shallow' fetch --unshallow\"\n",
            trees.commit
        )
    );
    Repo { folder: trees.path("shallow") }.git(&["fetch", "--quiet", "--unshallow"]);
    assert_eq!(trees.check(&["--source", "shallow"]).stdout.lines().count(), 1, "then it works");
}

/// One message instead of one for every document, and no advice that only a newer clone could give.
#[test]
fn a_clone_that_lacks_most_commits_is_told_once() {
    let trees = Trees::new();
    let old = trees.english.url();
    trees.english.git(&["clone", "--quiet", "--bare", &old, "../old.git"]);
    for (number, name) in ["a", "b", "c", "d"].into_iter().enumerate() {
        trees.english.write(&format!("docs/{name}.md"), ENGLISH);
        let commit = trees.english.commit(&format!("2026-03-0{}", number + 1));
        let text =
            czech(&sha1_hex(ENGLISH.as_bytes()), &commit).replace("116963581", &format!("11696360{number}"));
        fs::write(trees.path(&format!("cs-cz/docs/{name}.md")), text).unwrap();
    }
    let select = ["--select", "provenance", "--source"];
    let told = "cs-cz/docs/a.md:6:21: error[provenance/commit] the source lacks the commits that 4 of 5 documents record; is it up to date?\n";
    assert_eq!(trees.check(&[&select[..], &["old.git"]].concat()).stdout, told);
    assert_eq!(trees.check(&[&select[..], &["english"]].concat()).stdout, "");
    // One article may have a commit that was mistyped, but to remove it is no help.
    for name in ["b", "c", "d"] {
        fs::remove_file(trees.path(&format!("cs-cz/docs/{name}.md"))).unwrap();
    }
    let run = trees.check(&[&select[..], &["old.git"]].concat());
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(
        lines.len() == 1 && lines[0].contains("[provenance/commit] the source has no commit "),
        "{lines:?}"
    );
}

#[test]
fn a_partial_clone_is_not_completed_on_the_way() {
    let trees = Trees::new();
    trees.english.write("docs/push.md", &ENGLISH.replace("sign in first", "sign in"));
    trees.english.commit("2026-03-01");
    trees.english.git(&["config", "uploadpack.allowFilter", "true"]);
    let url = trees.english.url();
    trees.english.git(&["clone", "--quiet", "--no-checkout", "--filter=blob:none", &url, "../partial"]);
    let said = complaint(trees.folder.path(), &["partial"]);
    let path = trees.path("partial").display().to_string();
    let wanted = format!(
        "\"{path}\" is a partial clone and lacks files that are needed, and loclint fetches nothing; get them with \"git -C \
         '{path}' fetch --refetch --no-filter\"\n"
    );
    assert!(said.ends_with(&wanted), "{said}");
    // What it never had is missing here as elsewhere.
    let partial = Repo { folder: trees.path("partial") };
    partial.git(&["fetch", "--quiet", "--refetch", "--no-filter"]);
    assert_eq!(trees.check(&["--source", "partial"]).stdout, trees.check(&["--source", "english"]).stdout);
}

#[test]
fn the_variables_of_a_git_hook_do_not_mislead() {
    let trees = Trees::new();
    let other = Repo::new(trees.path("other"));
    other.write("a.md", "# A\n");
    other.commit("2026-01-01");
    let git_dir = other.folder.join(".git");
    let variables = [("GIT_DIR", git_dir.to_str().unwrap()), ("GIT_INDEX_FILE", "index")];
    let run = loclint_with(trees.folder.path(), &["check", "cs-cz", "--source", "english"], &variables);
    assert_eq!(run.stdout, "", "{}", run.stderr);
    assert!(run.stderr.contains("1 of 1 source hash verified"), "{}", run.stderr);
}

#[test]
fn a_file_alone_is_found_in_the_source_too() {
    let trees = Trees::new();
    trees.english.write("docs/push.md", &ENGLISH.replace("sign in first", "sign in"));
    trees.english.commit("2026-03-01");
    let args =
        ["check", "cs-cz/docs/push.md", "--source", "english", "--format", "concise", "--fail-on", "never"];
    let run = loclint(trees.folder.path(), &args);
    assert!(run.stdout.contains("warning[provenance/stale]"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn on_a_real_history() {
    let Some(corpus) = common::corpus() else { return };
    let folder = TempDir::new().unwrap();
    let empty = Repo::new(folder.path().join("empty"));
    let bundle = corpus.join("nuget-source.bundle");
    empty.git(&["clone", "--quiet", bundle.to_str().unwrap(), "../source"]);
    let tree = corpus.join("nuget");
    let args =
        ["check", tree.to_str().unwrap(), "--source", "source", "--select", "provenance", "--format", "json"];
    let run = loclint(folder.path(), &args);
    assert_eq!(run.code, 0, "no error: {}", run.stderr);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let count = |rule: &str| {
        report["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == rule).count()
    };
    let source = &report["summary"]["source"];
    assert_eq!((&source["hashes"], &source["verified_hashes"]), (&2198.into(), &2198.into()));
    assert_eq!((count("provenance/stale"), count("provenance/orphan")), (334, 1));
    for silent in ["provenance/hash", "provenance/commit", "provenance/source-text"] {
        assert_eq!(count(silent), 0, "{silent}");
    }
}
