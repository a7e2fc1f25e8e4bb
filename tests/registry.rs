//! The list of rules, their files, their pages and their examples agree.

#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use loclint::rules::{self, FixKind, RuleInfo, Settings};

const TODAY: bitext::Date = bitext::Date::constant(2026, 11, 21);

/// Folders beside the categories.
const NO_CATEGORIES: [&str; 6] = ["declarative", "glossary", "locales", "packs", "support", "terms"];

fn infos() -> Vec<RuleInfo> {
    rules::builtin(&Settings { today: TODAY, ..Settings::default() })
        .unwrap()
        .into_iter()
        .map(|rule| rule.info)
        .collect()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
}

/// Ids of what lies in the category folders, with this extension.
fn ids_of_files(extension: &str) -> BTreeSet<String> {
    let folders = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let categories =
        folders.filter(|path| path.is_dir() && !NO_CATEGORIES.iter().any(|other| path.ends_with(other)));
    let files =
        categories.flat_map(|category| fs::read_dir(category).unwrap().map(|entry| entry.unwrap().path()));
    files
        .filter(|path| path.extension().is_some_and(|ext| ext == extension) && !path.ends_with("mod.rs"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let category = path.parent().unwrap().file_name().unwrap().to_str().unwrap();
            format!("{category}/{name}").replace('_', "-")
        })
        .collect()
}

fn page(info: &RuleInfo) -> String {
    fs::read_to_string(folder().join(format!("{}.md", info.id.replace('-', "_")))).unwrap()
}

#[test]
fn the_list_is_sorted_and_complete() {
    let listed: Vec<String> = infos().iter().map(|info| info.id.to_string()).collect();
    assert!(listed.is_sorted());
    let listed: BTreeSet<String> = listed.into_iter().collect();
    assert_eq!(listed, ids_of_files("rs"));
    assert_eq!(listed, ids_of_files("md"));
}

#[test]
fn the_changelog_names_and_counts_them() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("CHANGELOG.md")).unwrap();
    for info in infos() {
        assert!(text.contains(&format!("`{}`", info.id)), "CHANGELOG.md does not name {}", info.id);
    }
    for list in text.split("\n- ").filter(|item| item.contains(" rules: `")) {
        let (count, names) = list.split_once(" rules: ").unwrap();
        assert_eq!(count, (names.split('`').count() / 2).to_string(), "{list}");
    }
}

#[test]
fn every_page_is_whole_and_is_the_one_that_is_shown() {
    for info in infos() {
        let page = page(&info);
        assert_eq!(info.page, page, "{}", info.id);
        assert!(page.starts_with(&format!("# {}\n\n", info.id)), "{} has another title", info.id);
        assert!(info.summary().ends_with('.'), "{}: the summary is a sentence", info.id);
        let (before, _) = page.split_once("\n## Examples\n").unwrap_or((&page, ""));
        let headings = before.lines().filter(|line| line.starts_with("## ")).chain(["## Examples"]);
        let headings: Vec<&str> = headings.collect();
        let wanted =
            ["Why it matters", "What to do", "When it stays silent", "Options", "Measured", "Examples"];
        assert_eq!(headings, wanted.map(|name| format!("## {name}")), "{}", info.id);
        for option in info.options {
            assert!(
                page.contains(&format!("- `{}`: ", option.name)),
                "{} does not explain {}",
                info.id,
                option.name
            );
        }
    }
}

#[test]
fn every_rule_is_tried_on_a_fault_and_on_two_texts_that_look_like_one() {
    for info in infos() {
        let page = page(&info);
        let blocks: Vec<&str> = page.split("```findings\n").skip(1).collect();
        let clean = blocks.iter().filter(|block| block.starts_with("none\n")).count();
        assert!(clean >= 2, "{} has {clean} clean examples", info.id);
        assert!(blocks.len() > clean, "{} has no example of a finding", info.id);
        let fixed = page.contains("```fixed ");
        assert_eq!(fixed, info.fix != FixKind::None, "{}: fixed texts and declared fix disagree", info.id);
    }
}

#[test]
fn messages_are_in_house_style() {
    for info in infos() {
        let page = page(&info);
        let findings = page.split("```findings\n").skip(1).filter_map(|block| block.split("\n```").next());
        for line in findings.flat_map(str::lines).filter(|line| *line != "none") {
            let (_, message) = line.split_once("  ").unwrap_or_else(|| panic!("{}: {line:?}", info.id));
            let first = message.chars().next().unwrap();
            let names_something = message.split(' ').next().is_some_and(|word| word.contains('-'));
            assert!(!first.is_uppercase() || names_something, "{}: {message:?} starts upper case", info.id);
            assert!(!message.ends_with('.'), "{}: {message:?} ends with a stop", info.id);
            // Every other piece stands outside the quotes, unless a tag with quotes of its own is quoted.
            let own_words: String = message.split('"').step_by(2).collect();
            assert!(
                message.contains(['<', '&']) || !(own_words.contains('`') || own_words.contains(" '")),
                "{}: {message:?} quotes otherwise",
                info.id
            );
        }
    }
}
