//! Translations against the history of their English source, in small git repositories.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/git.rs"]
mod git;
mod moved;
mod repositories;

use std::fs;
use std::path::PathBuf;

use common::{Run, loclint};
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
fn the_hash_is_that_of_the_bytes_whatever_the_line_endings() {
    let trees = Trees::with(&ENGLISH.replace('\n', "\r\n"));
    assert_eq!(trees.findings(&[]), [""; 0]);
    let lf = czech(&sha1_hex(ENGLISH.as_bytes()), &trees.commit);
    trees.translate(&lf);
    let found = trees.findings(&[]);
    assert!(found[0].ends_with(": it is that of the file with LF line endings"), "{found:?}");
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
