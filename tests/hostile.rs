//! What comes with a tree besides articles (repositories, configurations, packs) and means harm: SECURITY.md says what it cannot do.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

#[path = "common/article.rs"]
mod article;
mod common;
#[path = "common/git.rs"]
mod git;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use article::{FAULT, FOUND, edit, places, repository};
use common::{Run, copy, loclint};
use git::Repo;
use tempfile::TempDir;

fn check(folder: &Path, args: &[&str]) -> Run {
    loclint(folder, &[&["check", "--format", "concise"], args].concat())
}

/// A program that writes down that it was run, and as what.
struct Spy {
    program: PathBuf,
    log: PathBuf,
}

impl Spy {
    fn new(folder: &Path) -> Self {
        let (program, log) = (folder.join("spy"), folder.join("ran"));
        fs::write(&program, format!("#!/bin/sh\necho \"$0 $*\" >> '{}'\nexit 1\n", log.display())).unwrap();
        fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
        Self { program, log }
    }

    /// As which it was run.
    fn ran(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Settings that name it wherever git can be told to run a program.
    fn settings(&self) -> String {
        let spy = self.program.display();
        let mut settings = format!(
            "[core]\n\tfsmonitor = {spy} fsmonitor\n\tpager = {spy}\n\teditor = {spy}\n\tsshCommand = {spy}\n\taskPass = {spy}\n\
             \tgitProxy = {spy}\n\talternateRefsCommand = {spy}\n\thooksPath = hooks\n\
             [diff]\n\texternal = {spy}\n[diff \"spy\"]\n\tcommand = {spy}\n\ttextconv = {spy}\n\
             [gpg]\n\tprogram = {spy}\n[log]\n\tshowSignature = true\n[credential]\n\thelper = {spy}\n\
             [sequence]\n\teditor = {spy}\n[uploadpack]\n\tpackObjectsHook = {spy}\n[protocol]\n\tallow = always\n\
             [remote \"origin\"]\n\turl = ext::{spy}\n\tuploadpack = {spy}\n\tpromisor = true\n"
        );
        for section in ["alias", "pager"] {
            settings.push_str(&format!("[{section}]\n"));
            for name in [
                "cat-file",
                "config",
                "diff",
                "log",
                "ls-files",
                "ls-tree",
                "merge-base",
                "rev-parse",
                "status",
            ] {
                let sign = if section == "alias" { "!" } else { "" };
                settings.push_str(&format!("\t{name} = \"{sign}{spy}\"\n"));
            }
        }
        settings
    }
}

fn append(path: &Path, text: &str) {
    let there = fs::read_to_string(path).unwrap_or_default();
    fs::write(path, there + text).unwrap();
}

#[test]
fn settings_of_a_repository_run_nothing() {
    let folder = TempDir::new().unwrap();
    let spy = Spy::new(folder.path());
    let repo = repository(&folder, "");
    repo.write(".gitattributes", "*.md diff=spy\n");
    repo.commit("2026-01-11");
    edit(&repo.folder.join("sv-se/get-started.md"), FAULT);
    for hook in ["post-index-change", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc"] {
        fs::create_dir_all(repo.folder.join(".git/hooks")).unwrap();
        fs::copy(&spy.program, repo.folder.join(".git/hooks").join(hook)).unwrap();
    }
    append(&repo.folder.join(".git/config"), &spy.settings());
    // The trap works.
    let _ = Command::new("git").arg("status").current_dir(&repo.folder).output();
    assert!(spy.ran().contains(" fsmonitor "), "{}", spy.ran());
    fs::remove_file(&spy.log).unwrap();
    let no_config = ["--no-config"];
    for (args, found) in [
        (&["--changed"][..], true),
        (&["--changed", "--since", "HEAD~1"], true),
        (&["--staged"], false),
        (&["--source", "."], false),
        (&["--siblings", ".@HEAD"], true),
    ] {
        let run = check(&repo.folder, &[args, &no_config].concat());
        assert!(run.code < 2 || !found, "{args:?}: {}", run.stderr);
        assert!(!args.contains(&"--changed") || places(&run) == [FOUND], "{args:?}: {}", run.stdout);
        assert_eq!(spy.ran(), "", "{args:?}");
    }
    repo_staged(&repo);
    assert_eq!(places(&check(&repo.folder, &["--staged", "--no-config"])), [FOUND]);
    assert_eq!(spy.ran(), "");
}

/// Stages the fault by hand: git itself would run what the settings name.
fn repo_staged(repo: &Repo) {
    let config = fs::read_to_string(repo.folder.join(".git/config")).unwrap();
    let own = config.split("[core]\n\tfsmonitor").next().unwrap();
    fs::write(repo.folder.join(".git/config"), own).unwrap();
    repo.git(&["-c", "core.hooksPath=/dev/null", "add", "--all"]);
    fs::write(repo.folder.join(".git/config"), &config).unwrap();
}

/// Files of a tree can look like a bare repository, with settings of their own: a pull request may bring them along.
#[test]
fn articles_that_look_like_a_repository_are_none() {
    let folder = TempDir::new().unwrap();
    let spy = Spy::new(folder.path());
    let repo = repository(&folder, "docs");
    let docs = repo.folder.join("docs");
    for inside in ["objects", "refs", "info"] {
        fs::create_dir_all(docs.join(inside)).unwrap();
    }
    fs::write(docs.join("HEAD"), "ref: refs/heads/main\n").unwrap();
    fs::write(docs.join("info/attributes"), "* filter=spy diff=spy\n").unwrap();
    let settings = format!(
        "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = {}\n[filter \"spy\"]\n\tclean = {1}\n\tprocess = {1}\n",
        docs.display(),
        spy.program.display()
    );
    fs::write(docs.join("config"), settings + &spy.settings()).unwrap();
    let _ = Command::new("git").args(["add", "--all"]).current_dir(&docs).output();
    assert!(!spy.ran().is_empty(), "the trap works");
    fs::remove_file(&spy.log).unwrap();
    edit(&docs.join("sv-se/get-started.md"), FAULT);
    for at in [folder.path(), &*repo.folder, &*docs] {
        for path in ["docs", "docs/sv-se"] {
            let inside = path.strip_prefix("docs").unwrap();
            let path = if at == &*docs { format!(".{inside}") } else { docs.display().to_string() + inside };
            for args in [&["--changed"][..], &["--staged"], &["--changed", "--since", "HEAD"]] {
                let run = check(at, &[&[&*path, "--no-config"], args].concat());
                assert_eq!(spy.ran(), "", "{path} {args:?}: {}", run.stderr);
                assert!(run.code < 2 || run.stderr.contains("its repository is bare"), "{}", run.stderr);
            }
        }
    }
    let run = check(&repo.folder, &["docs", "--source", "docs", "--no-config"]);
    assert_eq!(spy.ran(), "", "{}", run.stderr);
}

/// Everything below a folder, with its contents and the time of its last change.
fn state(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, i64, i64)> {
    let (mut state, mut open) = (BTreeMap::new(), vec![folder.to_path_buf()]);
    while let Some(next) = open.pop() {
        for path in fs::read_dir(&next).unwrap().map(|entry| entry.unwrap().path()) {
            let there = path.symlink_metadata().unwrap();
            if there.is_dir() {
                open.push(path.clone());
            }
            let bytes = if there.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
            state.insert(path, (bytes, there.mtime(), there.mtime_nsec()));
        }
    }
    state
}

const PACK: &str = "\
category: house
rules:
  - name: hyphens
    description: Hyphens.
    forbid: '-'
    message: a hyphen
";

#[test]
fn a_configuration_writes_nothing() {
    let folder = TempDir::new().unwrap();
    let spy = Spy::new(folder.path());
    let repo = repository(&folder, "");
    edit(&repo.folder.join("sv-se/get-started.md"), FAULT);
    fs::write(repo.folder.join("house.yml"), PACK).unwrap();
    fs::write(repo.folder.join("terms.csv"), "term,sv-SE\npackage,paket\n").unwrap();
    fs::write(repo.folder.join("base.yml"), "exclude: old\n").unwrap();
    let config = "extends: base.yml\npacks: house.yml\nglossary: terms.csv\nsiblings: .@HEAD\nsource: {path: ., ref: HEAD}\n\
                  gate: {fail-on: never}\nlayout: '{locale}/{article}'\n";
    fs::write(repo.folder.join("loclint.yml"), config).unwrap();
    append(&repo.folder.join(".git/config"), &spy.settings());
    let before = state(folder.path());
    for args in [
        &["check"][..],
        &["check", "--diff"],
        &["check", "--changed"],
        &["check", "--staged"],
        &["config"],
        &["rules"],
        &["terms"],
    ] {
        loclint(&repo.folder, args);
        assert!(state(folder.path()) == before, "{args:?}");
    }
}

#[test]
fn endless_files_in_a_configuration_are_refused() {
    let folder = TempDir::new().unwrap();
    copy("clean/sv-se/get-started.md", folder.path().join("sv-se/get-started.md"));
    symlink("/dev/zero", folder.path().join("zero.yml")).unwrap();
    assert!(Command::new("mkfifo").arg(folder.path().join("pipe.yml")).status().unwrap().success());
    for key in ["extends", "glossary", "packs", "baseline"] {
        for file in ["zero.yml", "pipe.yml"] {
            if (key, file) == ("baseline", "pipe.yml") {
                continue;
            }
            fs::write(folder.path().join("loclint.yml"), format!("{key}: {file}\n")).unwrap();
            let run = check(folder.path(), &[]);
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{key}: {file}: {}", run.stderr);
        }
    }
}

/// What is wrong in a file is shown with its line, so a configuration must not name, say, what has the secrets of a job.
#[test]
fn a_configuration_shows_nothing_of_files_that_are_not_its_kind() {
    let folder = TempDir::new().unwrap();
    copy("clean/sv-se/get-started.md", folder.path().join("sv-se/get-started.md"));
    let secret = folder.path().join("secret");
    fs::write(&secret, "TOKEN=hunter2\0\nterm;hunter2\nhunter2: hunter2\n").unwrap();
    for name in ["linked.yml", "linked.csv", "linked.tbx", "linked.json"] {
        symlink(&secret, folder.path().join(name)).unwrap();
    }
    let config = folder.path().join("loclint.yml");
    let refused = || {
        let run = check(folder.path(), &[]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
    };
    for key in ["extends", "packs", "glossary", "baseline"] {
        for file in ["secret", "linked.yml", "linked.csv", "linked.tbx", "linked.json"] {
            fs::write(&config, format!("{key}: {file}\n")).unwrap();
            refused();
        }
    }
    fs::write(folder.path().join("house.yml"), PACK.to_string() + "glossary: linked.csv\n").unwrap();
    fs::write(&config, "packs: house.yml\n").unwrap();
    refused();
    fs::remove_file(&config).unwrap();
    symlink(&secret, &config).unwrap();
    refused();
}

#[test]
fn nesting_and_aliases_in_a_configuration_end() {
    let folder = TempDir::new().unwrap();
    copy("clean/sv-se/get-started.md", folder.path().join("sv-se/get-started.md"));
    let laughs = (1..40).fold("a0: &a0 [x, x]\n".to_string(), |text, at| {
        let before = at - 1;
        text + &format!("a{at}: &a{at} [*a{before}, *a{before}, *a{before}]\n")
    });
    for text in [
        "[".repeat(200_000),
        "{a: ".repeat(200_000),
        "- ".repeat(200_000),
        (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
        laughs,
        format!("exclude: {}\n", "*".repeat(100_000)),
        format!("exclude: '{}'\n", "{a,".repeat(50_000)),
        format!("suppress:\n  - message: '{}'\n", "(".repeat(100_000)),
        "suppress:\n  - message: '(((a{1000}){1000}){1000}){1000}'\n".into(),
    ] {
        for name in ["loclint.yml", "house.yml"] {
            fs::write(folder.path().join(name), &text).unwrap();
        }
        let started = Instant::now();
        let run = check(folder.path(), &[]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{:.40}: {:.400}", text, run.stderr);
        let pack = check(folder.path(), &["--no-config", "--pack", "house.yml"]);
        assert_eq!((pack.code, pack.stdout.as_str()), (2, ""), "{:.40}: {:.400}", text, pack.stderr);
        assert!(started.elapsed() < Duration::from_secs(10), "{:.40} takes {:?}", text, started.elapsed());
    }
}

#[test]
fn patterns_of_a_pack_take_time_in_proportion() {
    let folder = TempDir::new().unwrap();
    copy("clean/sv-se/get-started.md", folder.path().join("sv-se/a.md"));
    let path = folder.path().join("sv-se/a.md");
    let text = fs::read_to_string(&path).unwrap();
    let at = text.find("</span>").unwrap();
    fs::write(&path, format!("{}{}{}", &text[..at], "a".repeat(100_000), &text[at..])).unwrap();
    for pattern in ["(a+)+$", "(a|a)*b", "(.*)*x", "(a*)*(a*)*(a*)*y"] {
        fs::write(folder.path().join("house.yml"), PACK.replace("'-'", &format!("'{pattern}'"))).unwrap();
        let started = Instant::now();
        let run = check(folder.path(), &["--no-config", "--pack", "house.yml", "--select", "house"]);
        assert!(run.code < 2, "{pattern}: {}", run.stderr);
        assert!(started.elapsed() < Duration::from_secs(5), "{pattern} takes {:?}", started.elapsed());
    }
}

#[test]
fn what_a_configuration_brings_along_stays_inert() {
    let folder = TempDir::new().unwrap();
    copy("clean/sv-se/get-started.md", folder.path().join("sv-se/a.md"));
    let long = "x".repeat(300_000);
    for text in [
        "exlude: \"\u{1b}[31m\u{202e}\"\n",
        "'##vso[task.setvariable variable=a]b': x\n",
        "'::error file=a::b': x\n",
        "\"\\n::error file=a::b\": x\n",
        "exclude:\n::error file=a::b\n",
        &format!("exlude: {long}\n"),
        &format!("{{{}, exlude: a, {0}}}\n", "exclude: a".repeat(30_000)),
        &format!("exlude: {}\n", "ž漢😀".repeat(30_000)),
    ] {
        fs::write(folder.path().join("loclint.yml"), text).unwrap();
        let run = check(folder.path(), &[]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{text:.60}");
        assert!(
            !run.stderr.contains(['\u{1b}', '\u{202e}']) && !run.stderr.contains("##vso["),
            "{}",
            run.stderr
        );
        assert!(run.stderr.lines().all(|line| !line.trim_start().starts_with("::")), "{}", run.stderr);
        assert!(run.stderr.len() < 4_000, "{text:.60} is told in {} bytes", run.stderr.len());
    }
}

/// SECURITY.md claims nothing without a test.
#[test]
fn the_threat_model_names_tests_that_exist() {
    let page = fs::read_to_string(common::project().join("SECURITY.md")).unwrap();
    let rows = page.lines().filter(|line| line.matches(" | ").count() == 2 && !line.starts_with("| what is"));
    for row in rows {
        assert!(row.contains("` `") || row.contains("that is git's"), "no test: {row}");
    }
    let words: Vec<&str> = page.split('`').collect();
    let tests = words.windows(3).filter(|three| three[1] == " " && three[0].contains('/'));
    let mut named = String::new();
    for three in tests {
        let (file, name) = (three[0], three[2]);
        let text = fs::read_to_string(common::project().join(file)).unwrap();
        assert!(text.contains(&format!(" {name}(")), "{file} has no {name}");
        named += name;
    }
    let own = fs::read_to_string(common::project().join("tests/hostile.rs")).unwrap();
    let tests = own.split("#[test]\nfn ").skip(1).filter_map(|test| Some(test.split_once('(')?.0));
    for test in tests.filter(|test| *test != "the_threat_model_names_tests_that_exist") {
        assert!(named.contains(test), "SECURITY.md does not name {test}");
    }
}
