//! `loclint check` on trees, end to end.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::{copy, corpus, loclint, testdata};
use serde_json::Value;

fn json(folder: &Path, args: &[&str]) -> Value {
    let run = loclint(folder, &[&["check", "--format", "json", "--fail-on", "never"], args].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

fn rules_of(report: &Value) -> BTreeSet<String> {
    report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap().into())
        .collect()
}

#[test]
fn every_story_is_one_finding_at_its_place() {
    let run = loclint(&testdata().join("stories"), &["check", "--format", "concise", "--quiet"]);
    insta::assert_snapshot!(run.stdout);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    // Each story is named after the rule that it breaks, and breaks no other.
    for line in run.stdout.lines() {
        let (path, rest) = line.split_once(':').unwrap();
        let story = Path::new(path).file_stem().unwrap().to_str().unwrap();
        let rule = rest.split(['[', ']']).nth(1).unwrap();
        assert_eq!(story, rule.replace('/', "-"));
    }
}

#[test]
fn a_clean_tree_is_clean() {
    let run = loclint(&testdata(), &["check", "clean", "--fail-on", "info"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    assert!(run.stderr.starts_with("All clean: 2 articles in 9 locales, 16 documents; "), "{}", run.stderr);
}

#[test]
fn the_gate_decides_the_exit_code() {
    let code = |gate| {
        loclint(&testdata(), &["check", "stories/sv-se/markup-glued-hyphen.md", "--fail-on", gate]).code
    };
    assert_eq!(["error", "warning", "info", "never"].map(code), [0, 1, 1, 0]);
}

#[test]
fn json_is_the_contract() {
    let report =
        json(&testdata().join("stories"), &["--select", "parity/source-version,markup/glued-hyphen"]);
    insta::assert_snapshot!(serde_json::to_string_pretty(&report).unwrap());
}

#[test]
fn full_shows_the_place_the_source_and_what_to_do() {
    let args = ["check", "--quiet", "--select", "markup,parity/source-version,span/unpaired"];
    insta::assert_snapshot!(loclint(&testdata().join("stories"), &args).stdout);
}

#[test]
fn output_does_not_depend_on_threads() {
    let mut trees = vec![testdata()];
    trees.extend(corpus());
    for tree in trees {
        for format in ["json", "concise", "full"] {
            let run = |threads| {
                let args = ["check", "--format", format, "--fail-on", "never", "--quiet", "-j", threads];
                loclint(&tree, &args)
            };
            let one = run("1");
            assert!(one.code == 0 && !one.stdout.is_empty(), "{}", one.stderr);
            assert!(
                one == run("2") && one == run("8"),
                "{format} in {} depends on the threads",
                tree.display()
            );
        }
    }
}

#[test]
fn a_named_file_is_reported_alone_and_compared_with_its_siblings() {
    let report = json(&testdata(), &["stories/hu-hu/parity-source-version.md"]);
    assert_eq!(rules_of(&report), BTreeSet::from(["parity/source-version".to_string()]));
    assert_eq!(report["summary"]["documents"], 1);
    let sibling = json(&testdata(), &["stories/sv-se/parity-source-version.md"]);
    assert_eq!(rules_of(&sibling), BTreeSet::new());
    // A corpus rule needs the whole tree.
    assert_eq!(rules_of(&json(&testdata(), &["stories/ar-sa/parity-file-id.md"])), BTreeSet::new());
}

#[test]
fn locale_limits_what_is_reported_not_what_is_compared() {
    let report = json(&testdata(), &["stories", "--locale", "pl-pl,hu-HU"]);
    let rules = ["front-matter/invalid", "id/duplicate", "parity/source-version", "parity/unit-ids"];
    assert_eq!(rules_of(&report), rules.map(String::from).into());
    assert_eq!(report["summary"]["locales"], serde_json::json!(["hu-HU", "pl-PL"]));
}

#[test]
fn reports_go_to_files_too() {
    let folder = tempfile::tempdir().unwrap();
    let stories = testdata().join("stories");
    let path = |name| folder.path().join(name).to_str().unwrap().to_string();
    let (json, same) = (format!("json={}", path("a.json")), path("b.txt"));
    let run = loclint(
        &stories,
        &["check", "--format", "concise", "-q", "-o", &json, "-o", &same, "--color", "always"],
    );
    assert_eq!(fs::read_to_string(path("b.txt")).unwrap(), run.stdout);
    let report: Value = serde_json::from_str(&fs::read_to_string(path("a.json")).unwrap()).unwrap();
    assert_eq!(report["findings"].as_array().unwrap().len(), run.stdout.lines().count());
    let nowhere = loclint(&stories, &["check", "-o", "no/such/folder/a.json"]);
    assert_eq!(nowhere.code, 2);
    assert!(
        nowhere.stderr.starts_with("loclint: cannot write \"no/such/folder/a.json\": "),
        "{}",
        nowhere.stderr
    );
}

#[test]
fn a_file_that_cannot_be_read_does_not_hide_the_others() {
    let folder = tempfile::tempdir().unwrap();
    copy("stories/sv-se/markup-glued-hyphen.md", folder.path().join("sv-se/a.md"));
    copy("stories/ru-ru/markup-glued-hyphen.md", folder.path().join("ru-ru/a.md"));
    fs::write(folder.path().join("ru-ru/b.md"), b"# caf\xe9\n").unwrap();
    let run = loclint(folder.path(), &["check", "--format", "concise", "--quiet"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
    let reason = "the file is not UTF-8: the byte at offset 5 does not belong; save it as UTF-8";
    assert_eq!(run.stderr, format!("loclint: cannot read \"ru-ru/b.md\": {reason}\n"));
}

#[test]
fn fingerprints_survive_lines_moving_and_other_folders() {
    let folder = tempfile::tempdir().unwrap();
    let story = fs::read_to_string(testdata().join("stories/sv-se/markup-glued-hyphen.md")).unwrap();
    let print = |tree: &str, text: String| {
        let path = folder.path().join(tree).join("sv-se/markup-glued-hyphen.md");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        json(&folder.path().join(tree), &["sv-se"])["findings"][0]["fingerprint"].clone()
    };
    let moved = story.replacen("\n# ", "\n\n\n# ", 1);
    assert_ne!(story, moved);
    assert_eq!(print("one", story), print("two", moved));
}

#[test]
fn on_real_trees() {
    let Some(corpus) = corpus() else { return };
    let nuget = json(&corpus, &["nuget"]);
    assert_eq!(nuget["summary"]["locales"].as_array().unwrap().len(), 6);
    // Structure is sound in a published tree; what is damaged is inside the sentences.
    let structure = ["span/", "id/", "front-matter/", "parity/"];
    let found = rules_of(&nuget);
    assert!(
        !found.iter().any(|rule| structure.iter().any(|category| rule.starts_with(category))),
        "{found:?}"
    );
    let stale = json(&corpus, &["partner-center", "--select", "parity/source-version"]);
    let articles: BTreeSet<&str> = stale["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["article"].as_str().unwrap())
        .collect();
    assert_eq!(articles.len(), 271);
}
