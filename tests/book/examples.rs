//! The examples of the pages that are written by hand are true.

use std::fs;
use std::path::Path;

use super::common::{copy, loclint};
use super::{docs, read};

/// The blocks of a page that have a title: the title and the text.
fn titled(page: &str) -> Vec<(String, String)> {
    let text = read(&docs().join(page));
    let (mut blocks, mut lines) = (Vec::new(), text.lines());
    while let Some(line) = lines.next() {
        if !line.starts_with("```") {
            continue;
        }
        let marks = &line[..line.len() - line.trim_start_matches('`').len()];
        let block: String =
            lines.by_ref().take_while(|line| *line != marks).map(|line| format!("{line}\n")).collect();
        if let Some((_, title)) = line.split_once("title=\"") {
            blocks.push((title.trim_end_matches('"').to_string(), block));
        }
    }
    blocks
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn configurations_are_understood() {
    let folder = tempfile::tempdir().unwrap();
    copy("packs/house.yml", folder.path().join("house.yml"));
    let blocks = titled("configuration.md");
    assert!(blocks.len() > 5);
    for (file, text) in blocks {
        write(folder.path(), &file, &text);
        if file != "loclint.yml" {
            continue;
        }
        let run = loclint(folder.path(), &["config"]);
        assert_eq!((run.code, &*run.stderr), (0, ""), "{text}");
        // What it says is what counts: no key of it is lost.
        for key in
            text.lines().filter(|line| line.starts_with(char::is_alphabetic) && !line.starts_with("extends"))
        {
            let key = key.split(':').next().unwrap();
            assert!(
                run.stdout.contains(&format!("{key}:")),
                "\"{key}\" of\n{text}\nis lost in\n{}",
                run.stdout
            );
        }
    }
}

#[test]
fn the_document_of_the_primer_is_sound() {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in titled("format.md") {
        write(folder.path(), &file, &text);
    }
    let run = loclint(folder.path(), &["check", "cs-cz", "--source", "docs", "--format", "concise"]);
    assert_eq!((run.code, &*run.stdout), (0, ""), "{}", run.stderr);
    assert!(run.stderr.contains("1 article"), "{}", run.stderr);
    // It is held to its source.
    let english = folder.path().join("docs/push.md");
    let text = fs::read_to_string(&english).unwrap();
    fs::write(english, text.replace("checks", "signs")).unwrap();
    let run = loclint(folder.path(), &["check", "cs-cz", "--source", "docs", "--format", "concise"]);
    assert!(run.stdout.contains("[provenance/stale]"), "{}", run.stdout);
}
