//! Lists of files, and buffers, from standard input.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

#[path = "common/article.rs"]
mod article;
mod common;
#[path = "common/git.rs"]
mod git;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use article::{FAULT, FOUND, edit, places, repository};
use common::{Run, copy, loclint, testdata};
use tempfile::TempDir;

/// Runs with a text on standard input.
fn piped(folder: &Path, args: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_loclint"))
        .args(args)
        .current_dir(folder)
        .env("SOURCE_DATE_EPOCH", "1795219200")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A run that fails at once reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

fn list_in(folder: &Path, args: &[&str]) -> Run {
    loclint(folder, &[&["check", "--format", "concise"], args].concat())
}

#[test]
fn a_list_of_files_limits_what_is_reported() {
    let folder = TempDir::new().unwrap();
    let repo = repository(&folder, "");
    let root = &repo.folder;
    edit(&root.join("sv-se/get-started.md"), FAULT);
    fs::rename(root.join("sv-se/get-started.md"), root.join("sv-se/kom igång.md")).unwrap();
    for locale in ["cs-cz", "de-de"] {
        let folder = root.join(locale);
        fs::rename(folder.join("get-started.md"), folder.join("kom igång.md")).unwrap();
    }
    let found = [FOUND.replace("get-started", "kom igång")];
    let list =
        |input: &str| piped(root, &["check", "--format", "concise", "--files-from", "-"], input.as_bytes());
    for input in
        ["sv-se/kom igång.md\n", "picture.svg\r\n./sv-se/kom igång.md", "sv-se/kom igång.md\0sv-se\0"]
    {
        assert_eq!(places(&list(input)), found, "{input:?}");
    }
    let run = list("sv-se/kom igång.md\npicture.svg\n");
    assert!(run.stderr.contains("1 document of 2 listed files; "), "{}", run.stderr);
    let empty = list("");
    assert_eq!((empty.code, empty.stdout.as_str()), (0, ""));
    assert!(empty.stderr.starts_with("Nothing to check: there is no listed file; "), "{}", empty.stderr);
    let pictures = list("picture.svg\n");
    assert_eq!(pictures.code, 0);
    assert!(
        pictures.stderr.starts_with("Nothing to check: 1 listed file, but no article to report on; "),
        "{}",
        pictures.stderr
    );
    let gone = list("sv-se/gone.md\n");
    assert_eq!((gone.code, gone.stdout.as_str()), (2, ""));
    assert!(
        gone.stderr.starts_with("loclint: \"--files-from -\" lists \"sv-se/gone.md\": "),
        "{}",
        gone.stderr
    );
    let quoted = list("\"sv-se/kom ig\\303\\245ng.md\"\n");
    assert!(quoted.stderr.contains("unless it is asked for NUL (\"-z\")"), "{}", quoted.stderr);
    let unreadable = list_in(root, &["--files-from", "nowhere"]);
    assert!(unreadable.stderr.starts_with("loclint: cannot read \"nowhere\": "), "{}", unreadable.stderr);
    fs::write(root.join("list"), "../sv-se/kom igång.md\n").unwrap();
    let below = list_in(&root.join("de-de"), &["--files-from", "../list"]);
    assert_eq!(places(&below).len(), 1, "{}", below.stderr);
    assert_eq!(list_in(root, &["sv-se", "--files-from", "list"]).code, 2);
}

#[test]
fn a_listed_folder_stands_for_the_files_below_it() {
    let folder = TempDir::new().unwrap();
    let repo = repository(&folder, "");
    let root = &repo.folder;
    edit(&root.join("sv-se/get-started.md"), FAULT);
    let list =
        |input: &str| piped(root, &["check", "--format", "concise", "--files-from", "-"], input.as_bytes());
    for input in ["sv-se\n", "sv-se/\n", ".\n", "sv-se\nsv-se/get-started.md\n"] {
        assert_eq!(places(&list(input)), [FOUND], "{input:?}");
    }
    let run = list("sv-se\nde-de\n");
    assert!(run.stderr.contains("2 documents of 2 listed files; "), "{}", run.stderr);
    // What a walk leaves out is left out.
    repo.write(".loclintignore", "sv-se/\n");
    assert_eq!(places(&list(".\n")), [""; 0]);
    fs::create_dir(root.join("pictures")).unwrap();
    let empty = list("pictures\n");
    let said = "Nothing to check: 1 listed file, but no article to report on; ";
    assert!(empty.code == 0 && empty.stderr.starts_with(said), "{}", empty.stderr);
}

#[test]
fn json_says_how_many_files_were_listed() {
    let run = piped(&testdata(), &["check", "--format", "json", "--files-from", "-"], b"README.md\n");
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, &json["summary"]["listed_files"]), (0, &1.into()));
    assert_eq!(json["summary"]["documents"], 0);
}

#[test]
fn a_buffer_is_checked_as_the_content_of_a_file() {
    let folder = TempDir::new().unwrap();
    let repo = repository(&folder, "");
    let root = &repo.folder;
    let path = root.join("sv-se/get-started.md");
    let text = fs::read_to_string(&path).unwrap();
    let faulty = text.replace(FAULT.0, FAULT.1);
    let args = ["check", "--format", "concise", "-", "--stdin-filename", "sv-se/get-started.md"];
    let run = piped(root, &args, faulty.as_bytes());
    assert_eq!((run.code, places(&run)), (1, vec![FOUND]));
    assert_eq!(piped(root, &args, text.as_bytes()).code, 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    let full = piped(root, &["check", "-", "--stdin-filename", "sv-se/get-started.md"], faulty.as_bytes());
    assert!(full.stdout.contains("](push.md)"), "the report quotes the buffer: {}", full.stdout);
    // A file that is not there yet, in a folder that is not there yet.
    fs::remove_dir_all(root.join("sv-se")).unwrap();
    let run = piped(root, &args, faulty.as_bytes());
    assert_eq!((run.code, places(&run)), (1, vec![FOUND]));
    let absolute = ["check", "--format", "concise", "-", "--stdin-filename", path.to_str().unwrap()];
    assert_eq!(piped(root, &absolute, faulty.as_bytes()).stdout, run.stdout);
    // Nothing tells its locale; and a configuration leaves it out.
    let untold = piped(root, &["check", "-", "--stdin-filename", "notes.md"], b"Nothing translated.\n");
    assert_eq!(untold.code, 2);
    assert!(untold.stderr.contains("no localized article"), "{}", untold.stderr);
    repo.write("loclint.yml", "exclude: [sv-se]\n");
    let run = piped(root, &args, faulty.as_bytes());
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
}

#[test]
fn a_fixed_buffer_goes_to_stdout() {
    let folder = TempDir::new().unwrap();
    for locale in ["ru-ru", "sv-se"] {
        copy(
            &format!("stories/{locale}/markup-glued-hyphen.md"),
            folder.path().join(locale).join("markup-glued-hyphen.md"),
        );
    }
    let path = folder.path().join("sv-se/markup-glued-hyphen.md");
    let text = fs::read_to_string(&path).unwrap();
    let mended = text.replacen("grunderna- [", "grunderna - [", 1);
    assert_ne!(text, mended);
    let args = ["check", "-", "--stdin-filename", "sv-se/markup-glued-hyphen.md", "--fix"];
    let run = piped(folder.path(), &args, text.as_bytes());
    assert_eq!((run.code, &run.stdout), (0, &mended), "{}", run.stderr);
    assert!(run.stderr.starts_with("Fixed 1 finding in 1 file\nAll clean: "), "{}", run.stderr);
    assert_eq!(fs::read_to_string(&path).unwrap(), text, "the file is left alone");
    let again = piped(folder.path(), &args, mended.as_bytes());
    assert_eq!((again.code, &again.stdout), (0, &mended), "what needs no fix comes back as it was");
    fs::remove_file(&path).unwrap();
    assert_eq!(piped(folder.path(), &args, text.as_bytes()).stdout, mended);
    assert!(!path.exists());
    // What is left is told on stderr, where it stands in the fixed text.
    let broken = text.replacen("# ", "\n# ", 1).replacen("ms.sourcegitcommit", "ms.sourcegitcomit", 1);
    let run = piped(folder.path(), &[&args[..], &["--format", "concise"]].concat(), broken.as_bytes());
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("sv-se/markup-glued-hyphen.md:"), "{}", run.stderr);
    assert!(run.stdout.contains("grunderna - ["));
    // What is left out comes back as it was.
    fs::write(folder.path().join(".loclintignore"), "sv-se\n").unwrap();
    let run = piped(folder.path(), &args, text.as_bytes());
    assert_eq!((run.code, &run.stdout), (0, &text), "{}", run.stderr);
    fs::remove_file(folder.path().join(".loclintignore")).unwrap();
    let diff = piped(folder.path(), &[&args[..4], &["--diff"]].concat(), text.as_bytes());
    assert!(diff.code == 1 && diff.stdout.contains("+- <span"), "{}", diff.stdout);
}

#[test]
fn standard_input_needs_a_name_and_a_name_needs_it() {
    for (args, wanted) in [
        (&["check", "-"][..], "\"-\" needs \"--stdin-filename\""),
        (&["check", "--stdin-filename", "a.md"], "\"--stdin-filename\" needs \"-\""),
        (&["check", "-", ".", "--stdin-filename", "a.md"], "\"-\" is checked alone"),
        (&["check", "-", "--stdin-filename", "sv-se"], "cannot open \"sv-se\""),
        (&["check", "-", "--stdin-filename", "sv-se/a.md", "--max-file-size", "2"], "more bytes than"),
    ] {
        let run = piped(&testdata().join("clean"), args, b"text");
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        assert!(run.stderr.contains(wanted), "{}", run.stderr);
    }
}
