//! `docs/` is a book: every page of it is listed in `docs/SUMMARY.md`, what a program can know is written by this test, and links lead
//! somewhere.
//!
//! `LOCLINT_BLESS=1 cargo test --test book` writes anew: the pages of the rules (`docs/rules`), the part "Rules" of `docs/SUMMARY.md`,
//! `docs/cli.md`, and the tables of `docs/configuration.md`. The other pages are written by hand.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod cli;
#[path = "../common/mod.rs"]
mod common;
mod examples;
mod fences;
mod keys;
mod links;
mod packs;
mod pages;
mod rules;
mod summary;

use std::fs;
use std::path::{Path, PathBuf};

use common::project;

/// The first line of a page that is made by this test.
fn made_of(what: &str) -> String {
    format!("<!-- Made of {what}: change that, then LOCLINT_BLESS=1 cargo test --test book -->\n\n")
}

/// Whether pages are written anew. Then the tests that read them all wait for the next run.
fn blesses() -> bool {
    std::env::var_os("LOCLINT_BLESS").is_some()
}

fn docs() -> PathBuf {
    project().join("docs")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .replace("\r\n", "\n")
}

/// All Markdown files below a folder, sorted, with `/` in their paths, relative to it.
fn markdown_below(folder: &Path) -> Vec<String> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_path_buf()]);
    while let Some(next) = open.pop() {
        for path in fs::read_dir(&next).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ext| ext == "md") {
                let names = path.strip_prefix(folder).unwrap().iter().map(|name| name.to_str().unwrap());
                found.push(names.collect::<Vec<_>>().join("/"));
            }
        }
    }
    found.sort_unstable();
    found
}

/// Wants files to be as they are given, by their paths below `docs`; with `LOCLINT_BLESS`, makes them so.
fn hold(files: &[(String, String)]) {
    let mut stale = Vec::new();
    for (path, text) in files {
        let file = docs().join(path);
        if fs::read_to_string(&file).is_ok_and(|there| there.replace("\r\n", "\n") == *text) {
            continue;
        }
        if blesses() {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, text).unwrap();
        } else {
            stale.push(path.as_str());
        }
    }
    assert!(
        stale.is_empty(),
        "not as they should be: {}; LOCLINT_BLESS=1 cargo test --test book writes them anew",
        stale.join(", ")
    );
}
