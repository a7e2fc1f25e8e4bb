//! Known findings stay known, and new ones are new.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/git.rs"]
mod git;
mod parts;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::{Run, copy, corpus, loclint, project, testdata};
use git::Repo;
use loclint::testing::Page;
use serde_json::Value;
use tempfile::TempDir;

/// A copy of a tree of documents.
fn copied(tree: &Path) -> TempDir {
    let folder = TempDir::new().unwrap();
    for path in documents(tree) {
        let to = folder.path().join(path.strip_prefix(tree).unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(path, to).unwrap();
    }
    folder
}

fn stories() -> TempDir {
    copied(&testdata().join("stories"))
}

fn documents(tree: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(tree).unwrap().map(|entry| entry.unwrap().path());
    let all = entries.flat_map(|path| if path.is_dir() { documents(&path) } else { vec![path] });
    all.filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

/// Rewrites every document of a tree.
fn rewrite(tree: &Path, with: impl Fn(&Path, &str) -> String) {
    for path in documents(tree) {
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, with(path.strip_prefix(tree).unwrap(), &text)).unwrap();
    }
}

fn baseline(tree: &Path, args: &[&str]) -> Run {
    let run = loclint(tree, &[&["baseline"], args].concat());
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    run
}

const FILE: &str = "loclint-baseline.json";

/// The report of a check, which goes on with the baseline.
fn check(tree: &Path, args: &[&str]) -> Value {
    let always = ["check", "--format", "json", "--fail-on", "never", "--baseline", FILE];
    let run = loclint(tree, &[&always, args].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

/// Findings that are new, known ones, and entries that match nothing.
fn counts(report: &Value) -> (usize, u64, Option<u64>) {
    let summary = &report["summary"];
    let new = report["findings"].as_array().unwrap().len();
    (new, summary["baselined"].as_u64().unwrap(), summary["stale_baseline"].as_u64())
}

/// The lines of the findings of each document.
fn lines(tree: &Path) -> BTreeMap<String, Vec<usize>> {
    let run = loclint(tree, &["check", "--format", "json", "--fail-on", "never"]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let mut lines: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for finding in report["findings"].as_array().unwrap() {
        let path = finding["path"].as_str().unwrap().to_string();
        lines.entry(path).or_default().push(finding["line"].as_u64().unwrap() as usize);
    }
    lines
}

/// The text with a blank line above each of these lines, but for front matter.
fn with_lines_above(text: &str, lines: &[usize]) -> String {
    let mut fences = 0;
    let mut out = String::new();
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        if fences >= 2 && lines.contains(&number) {
            out.push('\n');
        }
        out.push_str(line);
        fences += usize::from(line.trim_end() == "---");
        if fences == 2 && line.trim_end() == "---" {
            out.push_str("\n\n");
        }
    }
    out
}

/// The text as another hand-off would give it: each unit id with another prefix, and a number that is higher by so
/// much.
fn handed_off_again(text: &str, more: u32) -> String {
    let next = |digit: char| digit.to_digit(16).and_then(|value| char::from_digit((value + 1) % 16, 16));
    let mut pieces = text.split("tu-id=\"");
    let mut out = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let (id, rest) = piece.split_once('"').unwrap_or((piece, ""));
        out += "tu-id=\"";
        out += &match id.split_once('-') {
            Some((prefix, number)) => {
                let prefix: String = prefix.chars().map(|digit| next(digit).unwrap_or(digit)).collect();
                let (own, wide) = (number.parse::<u32>(), number.len());
                let number = own.map_or(number.to_string(), |own| format!("{:0wide$}", own + more));
                format!("{prefix}-{number}")
            }
            None => id.to_string(),
        };
        out += &piece[id.len()..id.len() + usize::from(id.len() < piece.len())];
        out += rest;
    }
    out
}

#[test]
fn known_findings_are_counted_and_not_listed() {
    let tree = stories();
    let run = baseline(tree.path(), &[]);
    assert_eq!(run.stderr, format!("Wrote 17 findings in 17 articles to \"{FILE}\"\n"));
    assert_eq!(counts(&check(tree.path(), &[])), (0, 17, Some(0)));
    let run = loclint(tree.path(), &["check", "--baseline", FILE, "--fail-on", "info"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert!(run.stderr.starts_with("Nothing new: 17 articles in 9 locales"), "{}", run.stderr);
    assert!(run.stderr.contains("\nBaseline: 17 known findings left out\n"), "{}", run.stderr);
    let again = fs::read_to_string(tree.path().join(FILE)).unwrap();
    baseline(tree.path(), &["-j", "1", "-q"]);
    assert_eq!(fs::read_to_string(tree.path().join(FILE)).unwrap(), again, "the file is the same each time");
}

#[test]
fn new_findings_alone_fail_the_gate() {
    let tree = stories();
    baseline(tree.path(), &["--ignore", "id"]);
    let run = loclint(tree.path(), &["check", "--baseline", FILE, "--format", "concise", "-q"]);
    let rules: Vec<&str> = run.stdout.lines().map(|line| line.split(['[', ']']).nth(1).unwrap()).collect();
    assert_eq!((run.code, rules), (1, vec!["id/mismatch", "id/duplicate"]));
}

#[test]
fn lines_and_ids_do_not_count() {
    let mut trees = vec![testdata().join("stories")];
    trees.extend(corpus().map(|corpus| corpus.join("nuget")));
    for original in trees {
        let tree = copied(&original);
        baseline(tree.path(), &[]);
        let known = counts(&check(tree.path(), &[])).1;
        let lines = lines(tree.path());
        rewrite(tree.path(), |path, text| {
            let path = path.to_str().unwrap().replace('\\', "/");
            with_lines_above(text, lines.get(&path).map_or(&[], Vec::as_slice))
        });
        let report = check(tree.path(), &[]);
        assert_eq!(report["findings"], serde_json::json!([]), "{}", original.display());
        // Blank lines mend some faults, such as words before a list.
        assert!(counts(&report).1 * 100 >= known * 99, "{known} were known, now {:?}", counts(&report));
        rewrite(tree.path(), |_, text| handed_off_again(text, 10));
        assert_eq!(check(tree.path(), &[])["findings"], serde_json::json!([]), "{}", original.display());
    }
}

/// A tree of all examples of all rule pages, each an article or more.
fn examples() -> TempDir {
    let tree = TempDir::new().unwrap();
    let rules = project().join("rules");
    for path in documents(&rules) {
        let page = Page::parse(&fs::read_to_string(&path).unwrap());
        let name = path.strip_prefix(&rules).unwrap().with_extension("");
        for (number, example) in page.examples.iter().enumerate() {
            for target in &example.targets {
                let folder = tree.path().join(target.locale.to_lowercase()).join(&name);
                let to = folder.join(number.to_string()).join(&target.article);
                fs::create_dir_all(to.parent().unwrap()).unwrap();
                fs::write(to, target.document()).unwrap();
            }
        }
    }
    tree
}

/// Where the text at the place of a finding is an id, a tag or a line that happens to be there, its rule has to say
/// what it is about.
#[test]
fn no_rule_takes_an_old_finding_for_a_new_one() {
    let tree = examples();
    baseline(tree.path(), &[]);
    let known = counts(&check(tree.path(), &[])).1;
    rewrite(tree.path(), |_, text| {
        // What a document says to loclint in its first line is about its start too.
        let lines = if text.starts_with("<!-- loclint-") { "" } else { "\n\n" };
        let text =
            if text.starts_with("---") { with_lines_above(text, &[]) } else { format!("{lines}{text}") };
        handed_off_again(&text, 0)
    });
    let report = check(tree.path(), &[]);
    assert_eq!(report["findings"], serde_json::json!([]));
    assert!(
        known > 500 && counts(&report).1 * 100 >= known * 99,
        "{known} were known, now {:?}",
        counts(&report)
    );
}

#[test]
fn equal_findings_are_counted() {
    let tree = TempDir::new().unwrap();
    let path = tree.path().join("sv-se/a.md");
    copy("stories/sv-se/markup-glued-hyphen.md", path.clone());
    baseline(tree.path(), &[]);
    let text = fs::read_to_string(&path).unwrap();
    let faulty = text.lines().find(|line| line.contains("dd8f4-107")).unwrap();
    fs::write(&path, format!("{text}{}\n", faulty.replace("dd8f4-107", "dd8f4-109"))).unwrap();
    let report = check(tree.path(), &[]);
    assert_eq!(counts(&report), (1, 1, Some(0)));
    assert_eq!(report["findings"][0]["unit"], "dd8f4-109");
    baseline(tree.path(), &[]);
    assert_eq!(counts(&check(tree.path(), &[])), (0, 2, Some(0)));
    let file = fs::read_to_string(tree.path().join(FILE)).unwrap();
    assert!(file.lines().nth(1).unwrap().ends_with("\"count\":2},"), "{file}");
    fs::write(&path, &text).unwrap();
    assert_eq!(counts(&check(tree.path(), &[])), (0, 1, Some(1)), "one of two is gone");
}

#[test]
fn what_is_mended_is_stale_until_it_is_pruned() {
    let tree = stories();
    baseline(tree.path(), &[]);
    let mended = tree.path().join("sv-se/markup-glued-hyphen.md");
    let text = fs::read_to_string(&mended).unwrap();
    fs::write(
        &mended,
        text.replace("grunderna-", "grunderna -").replacen("`harbor clean`", "`harbor städa`", 1),
    )
    .unwrap();
    for locale in ["ar-sa", "de-de", "ja-jp"] {
        fs::remove_file(tree.path().join(locale).join("parity-file-id.md")).unwrap();
    }
    let report = check(tree.path(), &[]);
    assert_eq!(counts(&report), (1, 15, Some(2)));
    assert_eq!(report["findings"][0]["rule"], "markup/code-changed");
    let run = loclint(tree.path(), &["check", "--baseline", FILE]);
    let told =
        "Baseline: 15 known findings left out; 2 entries match nothing any more (\"loclint baseline --prune";
    assert!(run.stderr.contains(told), "{}", run.stderr);
    // A part of the tree tells nothing about the rest.
    for part in [&["--locale", "sv-se"][..], &["--select", "markup"], &["sv-se/markup-glued-hyphen.md"]] {
        assert_eq!(counts(&check(tree.path(), part)).2, None, "{part:?}");
    }
    assert_eq!(counts(&check(tree.path(), &["sv-se"])).2, Some(1), "the folder has one of the two");
    assert_eq!(counts(&check(tree.path(), &["--ignore", "markup"])).2, Some(1));
    let run = baseline(tree.path(), &["--prune"]);
    assert_eq!(run.stderr, format!("Removed 2 findings from \"{FILE}\"; 15 left\n"));
    assert_eq!(counts(&check(tree.path(), &[])), (1, 15, Some(0)), "what is new stays new");
}

/// Two locales that disagree, so that nobody knows who is right: the finding is told from either side.
#[test]
fn a_tie_is_known_from_both_sides() {
    let tree = TempDir::new().unwrap();
    for (locale, link, author) in
        [("cs-cz", "push.md", "ivo"), ("sv-se", "push-package.md", "lena-fischbach")]
    {
        let path = tree.path().join(locale).join("get-started.md");
        copy(&format!("clean/{locale}/get-started.md"), path.clone());
        let text = fs::read_to_string(&path).unwrap();
        let text =
            text.replace("](push-package.md)", &format!("]({link})")).replace("lena-fischbach", author);
        fs::write(&path, text).unwrap();
    }
    baseline(tree.path(), &[]);
    let (new, known, _) = counts(&check(tree.path(), &[]));
    assert!(new == 0 && known >= 2, "{known}");
    for part in [
        &["--locale", "cs-cz"][..],
        &["--locale", "sv-se"],
        &["sv-se/get-started.md"],
        &["cs-cz/get-started.md"],
    ] {
        assert_eq!(counts(&check(tree.path(), part)), (0, known, None), "{part:?}");
    }
}

#[test]
fn findings_about_an_article_are_known_in_any_of_its_locales() {
    let tree = TempDir::new().unwrap();
    let english = Repo::new(tree.path().join("english"));
    english.write("other.md", "# Other\n");
    english.write("push.md", "# Push\n");
    let commit = english.commit("2026-01-10");
    for locale in ["cs-cz", "de-de", "sv-se"] {
        for name in ["other", "push", "restore"] {
            copy(
                &format!("clean/{locale}/get-started.md"),
                tree.path().join(format!("docs/{locale}/{name}.md")),
            );
        }
    }
    rewrite(&tree.path().join("docs"), |_, text| {
        text.replace("a496d543f764f602d24f5419aa3788094bd56c80", &commit)
    });
    fs::remove_file(tree.path().join("docs/sv-se/other.md")).unwrap();
    let source = ["docs", "--source", "english", "--select", "provenance/orphan,provenance/missing"];
    baseline(tree.path(), &source);
    let known = (0, 2, None);
    assert_eq!(counts(&check(tree.path(), &source)), known, "an orphan, and one that a locale lacks");
    for (locale, known) in [("cs-cz", known), ("de-de", known), ("sv-se", (0, 1, None))] {
        assert_eq!(counts(&check(tree.path(), &[&source[..], &["--locale", locale]].concat())), known);
    }
}
