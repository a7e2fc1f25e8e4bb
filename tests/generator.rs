//! Trees that `benches/generate` makes: clean where nothing was planted, and what was planted is found.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::loclint;
use loclint_generate::{Options, Seeded, articles, locales};
use serde_json::Value;

/// Writes a tree below `folder`, the English files to `folder/en`, and gives back what was planted.
fn write(folder: &Path, options: Options) -> Vec<Seeded> {
    let file = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let mut seeded = Vec::new();
    for article in articles(options) {
        file(&format!("en/{}", article.english_path), &article.english);
        for document in article.documents {
            file(&format!("tree/{}", document.path), &document.text);
            seeded.extend(document.seeded);
        }
    }
    seeded
}

#[test]
fn a_tree_without_planted_faults_is_clean() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { documents: 20 * locales(), ..Options::default() };
    assert_eq!(write(folder.path(), options), []);
    let run = loclint(folder.path(), &["check", "tree", "--source", "en", "--fail-on", "info"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert!(run.stderr.starts_with("All clean: 20 articles in 13 locales, 260 documents"), "{}", run.stderr);
}

#[test]
fn planted_faults_are_found_and_nothing_else() {
    // Six locales, one alone, and two, of which nobody knows who is right.
    for (count, locales, seed) in [(240, 6, 3), (120, 1, 4), (120, 2, 5)] {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { documents: count, locales, seed, faults: 150, ..Options::default() };
        let seeded = write(folder.path(), options);
        assert!(seeded.len() > count / 2, "{} faults", seeded.len());
        let rules: BTreeSet<&str> = seeded.iter().map(|fault| fault.rule).collect();
        assert!(rules.len() >= 12, "{rules:?}");

        let args = ["check", "--format", "json", "--fail-on", "never"];
        let run = loclint(&folder.path().join("tree"), &args);
        let report: Value = serde_json::from_str(&run.stdout).unwrap();
        let mut findings: Vec<&Value> = report["findings"].as_array().unwrap().iter().collect();
        // The text of the source stays the same where a version is planted, which makes it an info.
        let is_planted =
            |finding: &Value| finding["severity"] != "info" || finding["rule"] == "parity/source-version";
        findings.retain(|finding| is_planted(finding));
        for fault in &seeded {
            let is_it = |finding: &&Value| {
                let unit = finding["unit"].as_str();
                finding["path"] == fault.path
                    && finding["rule"] == fault.rule
                    && (unit.is_none() || unit == fault.unit.as_deref())
            };
            let at = findings.iter().position(is_it);
            findings.remove(at.unwrap_or_else(|| panic!("not found: {fault:?}")));
        }
        assert_eq!(findings, Vec::<&Value>::new(), "were not planted");
    }
}

#[test]
fn the_same_options_give_the_same_tree() {
    let texts = |seed| -> Vec<String> {
        let options = Options { documents: 40, locales: 4, seed, faults: 100, ..Options::default() };
        articles(options).flat_map(|article| article.documents).map(|document| document.text).collect()
    };
    assert_eq!(texts(1), texts(1));
    assert_ne!(texts(1), texts(2));
    assert_eq!(texts(1).len(), 40);
}

#[test]
fn documents_have_the_size_that_is_asked_for() {
    for size in [5_000, 100_000, 2_000_000] {
        let options =
            Options { documents: 1, locales: 1, size: Some(size), unit_sentences: 4, ..Options::default() };
        let made = articles(options).next().unwrap().documents[0].text.len();
        assert!(made.abs_diff(size) < size / 3, "{made} for {size}");
    }
}

#[test]
fn sizes_are_those_of_published_trees() {
    let options = Options { documents: 370, locales: 1, ..Options::default() };
    let mut sizes: Vec<usize> = articles(options).map(|article| article.documents[0].text.len()).collect();
    sizes.sort_unstable();
    let (median, all) = (sizes[sizes.len() / 2], sizes.iter().sum::<usize>());
    assert!((9_000..14_000).contains(&median), "{median}");
    assert!((4_000_000..6_500_000).contains(&all), "{all}");
}
