//! `loclint completions`, `loclint man`, `--verbose` and `--allow-empty`.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::fs;

use common::{loclint, testdata};

const COMMANDS: [&str; 8] = ["baseline", "check", "completions", "config", "explain", "init", "man", "rules"];

#[test]
fn every_shell_has_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = loclint(&testdata(), &["completions", shell]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{shell}");
        for word in COMMANDS.iter().chain(&["max-findings"]) {
            assert!(run.stdout.contains(word), "{shell} does not complete {word}");
        }
    }
    let run = loclint(&testdata(), &["completions", "tcl"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("[possible values: bash, elvish, fish, powershell, zsh]"), "{}", run.stderr);
}

#[test]
fn every_command_has_a_man_page() {
    let folder = tempfile::tempdir().unwrap();
    let run = loclint(folder.path(), &["man", "--out", "share/man1"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    let page = |name: &str| fs::read_to_string(folder.path().join("share/man1").join(name)).unwrap();
    for command in COMMANDS {
        let page = page(&format!("loclint-{command}.1"));
        let title = format!(".TH loclint-{command} 1 \" \" \"loclint {}\"", env!("CARGO_PKG_VERSION"));
        assert!(page.contains(&title), "{page}");
    }
    assert!(page("loclint-rules-test.1").contains("\\fBloclint rules test\\fR"));
    assert_eq!(page("loclint.1"), loclint(folder.path(), &["man"]).stdout);

    fs::write(folder.path().join("file"), "").unwrap();
    let run = loclint(folder.path(), &["man", "--out", "file"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.starts_with("loclint: cannot write \"file\": "), "{}", run.stderr);
}

#[test]
fn verbose_says_what_a_run_goes_by() {
    let folder = tempfile::tempdir().unwrap();
    for locale in ["cs-cz", "pl-pl"] {
        let article = format!("{locale}/get-started.md");
        common::copy(&format!("clean/{article}"), folder.path().join(&article));
    }
    let config = "layout: \"{locale}/{article}\"\nrules:\n  number: off\n  text/length: info\n";
    fs::write(folder.path().join("loclint.yml"), config).unwrap();
    let args = ["check", "--verbose", "--ignore", "markup,id/gap", "--locale", "pl-pl"];
    let run = loclint(folder.path(), &args);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout, "", "what is said beside the findings goes to stderr");
    for line in [
        "Configuration: loclint.yml\n",
        "Layout: {locale}/{article} (loclint.yml:1)\n",
        "Tree: .: articles: 1; documents by what tells the locale: 2 by folder; locales: cs-CZ, pl-PL\n",
        "Rules left out, by \"--ignore\": id/gap, markup\n",
        "Rules left out, off in loclint.yml:3: number\n",
        "Rules left out, off unless configured or selected: text/lowercase-start\n",
        "Rules left out, since not all findings are asked for: suppression/unused\n",
        "\nTime: finding files 0.",
    ] {
        assert!(run.stderr.contains(line), "{line}{}", run.stderr);
    }
    let run = loclint(folder.path(), &["check", "--verbose", "--quiet"]);
    assert_eq!(run.code, 2, "one or the other");
}

#[test]
fn hooks_may_name_what_is_no_article() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("README.md"), "# Harbor\n").unwrap();
    let run = loclint(folder.path(), &["check", "README.md"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    let run = loclint(folder.path(), &["check", "README.md", "--allow-empty"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""));
    let args = ["check", "README.md", "--allow-empty", "--format", "json", "-o", "loclint.sarif"];
    let run = loclint(folder.path(), &args);
    assert!(run.stdout.starts_with("{\"version\":1,\"findings\":[],"), "{}", run.stdout);
    assert!(fs::read_to_string(folder.path().join("loclint.sarif")).unwrap().contains("\"results\":[]"));
    let run = loclint(folder.path(), &["check", "REALLY.md", "--allow-empty"]);
    assert_eq!(run.code, 2, "a path that is not there is a mistake");
}
