//! `--fix` and `--diff`, end to end.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use bitext::{Document, SourceFile};
#[cfg(unix)]
use common::copy;
use common::{corpus, loclint, testdata};
use serde_json::Value;

/// The stories of which a fault has a safe fix, with the document that has it.
const FIXABLE: [(&str, &str); 3] = [
    ("cs-cz", "markup-code-changed.md"),
    ("de-de", "identifier-file-name.md"),
    ("sv-se", "markup-glued-hyphen.md"),
];

/// A tree of one's own, with what is in `from` of the test data.
fn tree(from: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_tree(&testdata().join(from), folder.path());
    folder
}

/// Copies files, so that they can be written to.
fn copy_tree(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let to = to.join(path);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
}

/// All files below a folder, by their path in it.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut found, mut folders) = (BTreeMap::new(), vec![folder.to_path_buf()]);
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_path_buf(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// The files that are not as they were.
fn changed(before: &BTreeMap<PathBuf, Vec<u8>>, after: &BTreeMap<PathBuf, Vec<u8>>) -> BTreeSet<String> {
    let names = before.keys().chain(after.keys());
    let other = names.filter(|path| before.get(*path) != after.get(*path));
    other.map(|path| path.to_string_lossy().replace('\\', "/")).collect()
}

fn document(bytes: &[u8]) -> Document {
    Document::parse(SourceFile::from_bytes(bytes.to_vec()).unwrap())
}

/// What no fix may change: ids, source sides and provenance.
fn sources(document: &Document) -> Vec<&str> {
    let units = document.units.iter();
    let sides = units.flat_map(|unit| [unit.target.id, unit.source.id, unit.source.text]);
    let known = document.provenance;
    let values = [known.source_hash, known.source_commit, known.hand_off, known.file_id];
    sides.chain(values.into_iter().flatten()).map(|span| document.slice(span)).collect()
}

fn json(stdout: &str) -> Value {
    serde_json::from_str(stdout).unwrap()
}

/// The files that a JSON report says were fixed.
fn announced(report: &Value) -> BTreeSet<String> {
    let files = report["summary"]["fixed"]["files"].as_array().unwrap();
    files.iter().map(|file| file["path"].as_str().unwrap().to_string()).collect()
}

#[test]
fn safe_fixes_are_applied_and_the_rest_is_reported() {
    let folder = tree("stories");
    let before = files(folder.path());
    let run = loclint(folder.path(), &["check", "--fix", "--format", "json"]);
    let after = files(folder.path());
    let wanted: BTreeSet<String> = FIXABLE.iter().map(|(locale, name)| format!("{locale}/{name}")).collect();
    assert_eq!(changed(&before, &after), wanted);
    let report = json(&run.stdout);
    assert_eq!(announced(&report), wanted);
    assert_eq!(report["summary"]["fixed"]["findings"], 3);
    assert_eq!(report["findings"].as_array().unwrap().len(), 14);
    let first =
        "Fixed 3 findings in 3 files; 1 more fixable by \"--unsafe-fixes\"\nFound 12 errors, 2 warnings in ";
    assert!(run.stderr.starts_with(first), "{}", run.stderr);
    assert_eq!(run.code, 1, "the gate judges what is left");
    for (path, bytes) in &before {
        assert_eq!(sources(&document(bytes)), sources(&document(&after[path])), "{}", path.display());
    }
    let again = loclint(folder.path(), &["check", "--fix"]);
    assert!(again.stderr.starts_with("Fixed nothing; 1 more fixable"), "{}", again.stderr);
    assert_eq!(files(folder.path()), after);
}

#[test]
fn the_gate_judges_what_is_left() {
    let folder = tree("stories");
    let code = |args: &[&str]| loclint(folder.path(), &[&["check", "--fail-on", "info"], args].concat()).code;
    assert_eq!(code(&["sv-se/markup-glued-hyphen.md"]), 1);
    assert_eq!(code(&["sv-se/markup-glued-hyphen.md", "--fix"]), 0);
    assert_eq!(code(&["sv-se/markup-glued-hyphen.md"]), 0);
}

#[test]
fn unsafe_fixes_are_applied_only_if_asked_for() {
    let folder = tree("stories");
    let args = ["check", "cs-cz/span-unclosed.md", "--fix", "--select", "span"];
    let safe = loclint(folder.path(), &args);
    assert!(safe.code == 1 && safe.stderr.starts_with("Fixed nothing; 1 more"), "{}", safe.stderr);
    let run = loclint(folder.path(), &[&args[..], &["--unsafe-fixes"]].concat());
    assert!(
        run.code == 0 && run.stderr.starts_with("Fixed 1 finding in 1 file\nAll clean"),
        "{}",
        run.stderr
    );
    let alone = loclint(folder.path(), &["check", "--unsafe-fixes"]);
    assert!(alone.code == 2 && alone.stderr.contains("--fix|--diff"), "{}", alone.stderr);
}

#[test]
fn a_diff_is_a_patch_that_does_what_fix_does() {
    let folder = tree("stories");
    // One file with CRLF, and a blank in its name.
    let story = fs::read_to_string(testdata().join("stories/sv-se/markup-glued-hyphen.md")).unwrap();
    let crlf = folder.path().join("sv-se/two words.md");
    fs::write(&crlf, story.trim_end().replace('\n', "\r\n")).unwrap();
    // One whose lines end at CR, the last one too.
    fs::write(folder.path().join("sv-se/three.md"), story.replace('\n', "\r")).unwrap();
    let before = files(folder.path());
    let run = loclint(folder.path(), &["check", "--diff"]);
    assert_eq!(
        (run.code, run.stderr.lines().next()),
        (1, Some("Would fix 5 findings in 5 files; 1 more fixable by \"--unsafe-fixes\""))
    );
    assert_eq!(files(folder.path()), before, "nothing is written");
    assert_eq!(run.stdout, loclint(folder.path(), &["check", "--diff", "--fix", "-j", "1"]).stdout);
    let patched = tempfile::tempdir().unwrap();
    copy_tree(folder.path(), patched.path());
    let mut git = Command::new("git")
        .args(["apply", "-p0", "--whitespace=nowarn"])
        .current_dir(patched.path())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut git.stdin.take().unwrap(), run.stdout.as_bytes()).unwrap();
    assert!(git.wait().unwrap().success());
    loclint(folder.path(), &["check", "--fix", "-q"]);
    assert_eq!(files(folder.path()), files(patched.path()));
    assert!(fs::read_to_string(crlf).unwrap().contains("grunderna - [Kom"));
    let nothing = loclint(folder.path(), &["check", "--diff"]);
    assert_eq!((nothing.code, nothing.stdout.as_str()), (0, ""));
}

#[test]
fn a_diff_in_colour_shows_what_would_confuse_a_terminal() {
    let folder = tree("stories");
    let path = folder.path().join("sv-se/markup-glued-hyphen.md");
    let story = fs::read_to_string(&path).unwrap().replace("grunderna-", "\u{1b}[31mgrunderna-");
    fs::write(&path, story).unwrap();
    let args = ["check", "--diff", "sv-se/markup-glued-hyphen.md"];
    let coloured = loclint(folder.path(), &[&args[..], &["--color", "always"]].concat()).stdout;
    assert!(coloured.contains("\u{1b}[32m+- ") && coloured.contains("<U+001B>"), "{coloured}");
    let patch = loclint(folder.path(), &args).stdout;
    assert!(patch.contains("\u{1b}[31mgrunderna-"), "a patch is exact: {patch}");
}

#[test]
fn line_ends_byte_order_mark_and_permissions_stay() {
    let folder = tree("stories");
    let path = folder.path().join("sv-se/markup-glued-hyphen.md");
    let story = fs::read_to_string(&path).unwrap();
    let old = format!("\u{feff}{}", story.replace('\n', "\r\n"));
    fs::write(&path, &old).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o640)).unwrap();
    let permissions = fs::metadata(&path).unwrap().permissions();
    assert_eq!(loclint(folder.path(), &["check", "--fix", "sv-se/markup-glued-hyphen.md"]).code, 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), old.replace("grunderna-", "grunderna -"));
    assert_eq!(fs::metadata(&path).unwrap().permissions(), permissions);
}

#[cfg(unix)]
#[test]
fn links_and_read_only_files_are_left_alone_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    let story = "stories/sv-se/markup-glued-hyphen.md";
    copy(story, outside.path().join("a.md"));
    copy(story, folder.path().join("sv-se/b.md"));
    let old = fs::read(outside.path().join("a.md")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("a.md"), folder.path().join("sv-se/a.md")).unwrap();
    let link = loclint(folder.path(), &["check", "--fix", "sv-se/a.md", "--fail-on", "warning"]);
    let why = "loclint: not fixed: \"sv-se/a.md\": it is a symbolic link; name the file that it leads to\n";
    assert!(link.code == 1 && link.stderr.starts_with(why), "{}", link.stderr);
    let path = folder.path().join("sv-se/b.md");
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o444)).unwrap();
    let run = loclint(folder.path(), &["check", "--fix", "--format", "json", "--fail-on", "never"]);
    assert!(run.code == 2 && run.stderr.contains("\"sv-se/b.md\": it is read-only"), "{}", run.stderr);
    let report = json(&run.stdout);
    assert_eq!(report["summary"]["fixed"]["skipped"][0]["path"], "sv-se/b.md");
    assert_eq!(report["findings"][0]["rule"], "markup/glued-hyphen", "what is not fixed is reported");
    assert_eq!((fs::read(path).unwrap(), fs::read(outside.path().join("a.md")).unwrap()), (old.clone(), old));
}

#[test]
fn bytes_that_are_not_utf8_are_never_written_over() {
    let folder = tree("stories");
    let path = folder.path().join("sv-se/markup-glued-hyphen.md");
    let mut story = fs::read(&path).unwrap();
    let title = story.windows(6).position(|bytes| bytes == b"title:").unwrap() + 7;
    story[title] = 0xe5;
    fs::write(&path, &story).unwrap();
    let run = loclint(folder.path(), &["check", "--fix", "sv-se/markup-glued-hyphen.md"]);
    assert!(run.code == 2 && run.stderr.contains("not fixed: "), "{}", run.stderr);
    assert_eq!(fs::read(path).unwrap(), story);
}

#[test]
fn only_what_is_reported_on_is_fixed() {
    let folder = tree("stories");
    let before = files(folder.path());
    let fixed = |args: &[&str]| {
        loclint(folder.path(), &[&["check", "--fix"], args].concat());
        changed(&before, &files(folder.path()))
    };
    let of = |paths: &[&str]| paths.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    assert_eq!(fixed(&["ru-ru", "--siblings", "cs-cz", "de-de", "sv-se"]), of(&[]));
    assert_eq!(fixed(&["ru-ru/markup-glued-hyphen.md", "de-de/markup-code-changed.md"]), of(&[]));
    assert_eq!(fixed(&["--locale", "sv-SE"]), of(&["sv-se/markup-glued-hyphen.md"]));
    let ignored = fixed(&["--ignore", "identifier"]);
    assert_eq!(ignored, of(&["cs-cz/markup-code-changed.md", "sv-se/markup-glued-hyphen.md"]));
}

#[test]
fn an_english_tree_that_does_not_fit_is_noticed_before_anything_is_written() {
    let (folder, english) = (tree("stories"), tempfile::tempdir().unwrap());
    fs::write(english.path().join("other.md"), "# Other\n").unwrap();
    let before = files(folder.path());
    let run = loclint(folder.path(), &["check", "--fix", "--source", english.path().to_str().unwrap()]);
    assert_eq!((run.code, files(folder.path()) == before), (2, true), "{}", run.stderr);
    let source = testdata().join("source");
    let run = loclint(folder.path(), &["check", "--fix", "--source", source.to_str().unwrap()]);
    assert!(run.stderr.starts_with("Fixed 3 findings in 3 files"), "{}", run.stderr);
}

/// The shortest of three runs.
fn time(folder: &Path, args: &[&str]) -> Duration {
    let one = || {
        let started = Instant::now();
        loclint(folder, args);
        started.elapsed()
    };
    (0..3).map(|_| one()).min().unwrap()
}

#[test]
fn real_trees_are_fixed_once_and_for_all() {
    let Some(corpus) = corpus() else { return };
    for name in ["nuget", "partner-center"] {
        let folder = tempfile::tempdir().unwrap();
        copy_tree(&corpus.join(name), folder.path());
        let before = files(folder.path());
        let plain = time(folder.path(), &["check", "--format", "concise", "--fail-on", "never"]);
        let started = Instant::now();
        let args = ["check", "--fix", "--unsafe-fixes", "--format", "json", "--fail-on", "never"];
        let run = loclint(folder.path(), &args);
        let ratio = started.elapsed().as_secs_f64() / plain.as_secs_f64();
        eprintln!("{name}: {} ({ratio:.1} times a plain check)", run.stderr.lines().next().unwrap());
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(!run.stderr.contains("loclint:"), "nothing was skipped or refused: {}", run.stderr);
        let (after, report) = (files(folder.path()), json(&run.stdout));
        assert_eq!(changed(&before, &after), announced(&report));
        assert!(announced(&report).len() > 300);
        for (path, bytes) in before.iter().filter(|(path, bytes)| after[*path] != **bytes) {
            let (old, new) = (document(bytes), document(&after[path]));
            assert_eq!(sources(&old), sources(&new), "{}", path.display());
            assert!(new.faults.len() <= old.faults.len(), "{}", path.display());
        }
        let again = loclint(folder.path(), &args);
        let rest = json(&again.stdout);
        assert!(again.stderr.starts_with("Fixed nothing\n"), "{}", again.stderr);
        assert_eq!(rest["summary"]["fixable"], serde_json::json!({"safe": 0, "unsafe": 0}));
        assert_eq!(rest["findings"], report["findings"], "what is left is what was reported");
        assert_eq!(files(folder.path()), after);
    }
}
