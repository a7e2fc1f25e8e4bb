//! The tests of what is generated.

use std::collections::BTreeSet;
use std::fs;

use super::{blesses, cli, docs, hold, keys, markdown_below, packs, rules, summary};

#[test]
fn the_pages_of_the_rules_are_made_of_the_rules() {
    let files: Vec<(String, String)> = rules::pages().into_iter().chain(packs::pages()).collect();
    hold(&files);
    let wanted: BTreeSet<String> = files.into_iter().map(|(path, _)| path).collect();
    for page in markdown_below(&docs().join("rules")) {
        let path = format!("rules/{page}");
        if wanted.contains(&path) {
            continue;
        }
        assert!(blesses(), "docs/{path} is about no rule; remove it");
        fs::remove_file(docs().join(path)).unwrap();
    }
}

#[test]
fn the_command_line_is_that_of_the_help() {
    hold(&[("cli.md".into(), cli::page())]);
}

#[test]
fn the_keys_are_those_of_the_schema() {
    hold(&[("configuration.md".into(), keys::page())]);
}

#[test]
fn the_summary_lists_the_rules() {
    hold(&[("SUMMARY.md".into(), summary::page())]);
}
