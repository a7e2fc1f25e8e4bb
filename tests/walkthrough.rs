//! `docs/walkthrough.md`, from its first line to its last: each file that it has the reader make is made, each change that it shows is
//! made, each command is run, and prints what the page says. `LOCLINT_BLESS=1` writes into the page what the commands print.
//!
//! What a block is, its info string says:
//!
//! - `console`: commands after `$ `, each with its output; a line `...` stands for any lines;
//! - `yaml title="FILE"`: the file, whole;
//! - `diff title="FILE"`: lines of the file, `-` and `+` for those that change;
//! - `yaml excerpt="FILE"`: lines that are in the file by now.
//!
//! Other blocks are only read for `run: loclint ...`, which has to be a command that a `console` block has run.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use common::{loclint, project, testdata};
use regex::Regex;

#[test]
fn the_walk_through_is_true() {
    let page = project().join("docs/walkthrough.md");
    let text = fs::read_to_string(&page).unwrap().replace("\r\n", "\n");
    let folder = tempfile::tempdir().unwrap();
    copy_tree(&testdata().join("walkthrough"), folder.path());
    let mut walk = Walk { folder: folder.path(), code: 0, run: BTreeSet::new() };
    let (mut said, mut prose) = (String::new(), String::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        said += &format!("{line}\n");
        let Some(info) = line.strip_prefix("```") else {
            prose += line;
            continue;
        };
        let block: String =
            lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        if let Some(file) = attribute(info, "title").or(attribute(info, "excerpt")) {
            assert!(prose.contains(&format!("`{file}`")), "nothing says which file this is:\n{block}");
        }
        said += &walk.block(info, &block);
        said += "```\n";
        prose.clear();
    }
    if std::env::var_os("LOCLINT_BLESS").is_some() {
        return fs::write(&page, &said).unwrap();
    }
    for (number, (is, was)) in said.lines().zip(text.lines()).enumerate() {
        assert_eq!(was, is, "docs/walkthrough.md, line {}; LOCLINT_BLESS=1 rewrites it\n{said}", number + 1);
    }
    assert!(text == said, "the page ends too early, or too late");
}

struct Walk<'a> {
    folder: &'a Path,
    /// The last exit code.
    code: i32,
    /// The commands that were run.
    run: BTreeSet<String>,
}

impl Walk<'_> {
    /// Does what a block says, and gives what should stand in it.
    fn block(&mut self, info: &str, block: &str) -> String {
        let read = |file: &str| fs::read_to_string(self.folder.join(file)).unwrap().replace("\r\n", "\n");
        match (info.split(' ').next(), attribute(info, "title"), attribute(info, "excerpt")) {
            (Some("console"), ..) => return self.console(block),
            (Some("diff"), Some(file), _) => {
                fs::write(self.folder.join(file), changed(&read(file), block)).unwrap()
            }
            (_, Some(file), _) => fs::write(self.folder.join(file), block).unwrap(),
            (_, _, Some(file)) => {
                assert!(read(file).contains(block), "{file} has no\n{block}\nbut\n{}", read(file))
            }
            _ => {
                for command in block.lines().filter_map(|line| line.split_once("run: ")).map(|(_, run)| run) {
                    assert!(
                        !command.starts_with("loclint ") || self.run.contains(command),
                        "nothing runs \"{command}\""
                    );
                }
            }
        }
        block.to_string()
    }

    /// Runs commands, and gives them with what they print; with what stands in the page, if that agrees.
    fn console(&mut self, block: &str) -> String {
        let mut said = String::new();
        for command in format!("\n{block}").split("\n$ ").skip(1) {
            let (command, wanted) = command.split_once('\n').unwrap_or((command, ""));
            let printed = self.printed(command);
            let agrees = pattern(wanted).is_match(&printed);
            let output = if agrees { wanted } else { &printed }.trim_end();
            said += &format!("$ {command}\n");
            if !output.is_empty() {
                said += &format!("{output}\n");
            }
        }
        said
    }

    /// What a command prints on a terminal.
    fn printed(&mut self, command: &str) -> String {
        if command == "echo $?" {
            return format!("{}\n", self.code);
        }
        let args = command.strip_prefix("loclint ").unwrap_or_else(|| panic!("cannot run \"{command}\""));
        let run = loclint(self.folder, &args.split(' ').collect::<Vec<_>>());
        self.code = run.code;
        self.run.insert(command.to_string());
        let seconds = Regex::new(r"\d+\.\d\d s\b").unwrap();
        let printed = run.stdout + &run.stderr;
        let printed = if printed.is_empty() { printed } else { format!("{}\n", printed.trim_end()) };
        seconds.replace_all(&printed, "0.01 s").into_owned()
    }
}

/// The value of `name="..."` in an info string.
fn attribute<'a>(info: &'a str, name: &str) -> Option<&'a str> {
    info.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

/// What the page says of an output, with `...` for any lines.
fn pattern(wanted: &str) -> Regex {
    let line = |line: &str| match line {
        "..." => "(?:.*\n)*?".to_string(),
        _ => format!("{}\n", regex::escape(line)),
    };
    let lines: String = wanted.trim_end().lines().map(line).collect();
    Regex::new(&format!("^{lines}$")).unwrap()
}

/// A text with the change that a block shows made to it.
fn changed(text: &str, block: &str) -> String {
    let side = |other: char| -> String {
        let lines = block.lines().filter(|line| !line.starts_with(other));
        lines.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect()
    };
    let (old, new) = (side('+'), side('-'));
    assert_eq!(text.matches(&old).count(), 1, "this should stand there once:\n{old}\nin\n{text}");
    text.replacen(&old, &new, 1)
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_tree(&path, &to);
        } else {
            fs::copy(path, to).unwrap();
        }
    }
}
