//! The configuration: what it changes, and what it says where something is wrong.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

#[path = "../common/mod.rs"]
mod common;
mod levels;
mod schema;
#[path = "../common/yaml.rs"]
mod yaml;

use std::fs;
use std::path::Path;

use common::{Run, copy, loclint};
use tempfile::TempDir;

/// Three stories with one fault each: `markup/glued-hyphen` (sv-SE), `span/unclosed` (cs-CZ) and
/// `markup/code-changed` (cs-CZ).
fn tree() -> TempDir {
    let folder = TempDir::new().unwrap();
    for story in ["markup-glued-hyphen", "span-unclosed", "markup-code-changed"] {
        for tag in ["ar-sa", "cs-cz", "pl-pl", "ru-ru", "sr-latn-rs", "sv-se"] {
            let from = format!("stories/{tag}/{story}.md");
            if common::testdata().join(&from).exists() {
                copy(&from, folder.path().join(format!("{tag}/{story}.md")));
            }
        }
    }
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Each finding as its severity, rule and path.
fn found(run: &Run) -> Vec<String> {
    let one = |line: &str| {
        let (path, rest) = line.split_once(':').unwrap();
        let severity = rest.split(": ").nth(1).unwrap().split(' ').next().unwrap();
        format!("{severity} {path}")
    };
    run.stdout.lines().filter(|line| !line.contains("[parity/coverage]")).map(one).collect()
}

fn check(folder: &Path, config: &str, args: &[&str]) -> Run {
    write(folder, "loclint.yml", config);
    loclint(folder, &[&["check", "--format", "concise"], args].concat())
}

const CODE: &str = "error[markup/code-changed] cs-cz/markup-code-changed.md";
const SPAN: &str = "error[span/unclosed] cs-cz/span-unclosed.md";
const HYPHEN: &str = "warning[markup/glued-hyphen] sv-se/markup-glued-hyphen.md";

#[test]
fn without_a_configuration_the_defaults_count() {
    let folder = tree();
    let run = loclint(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(found(&run), [CODE, SPAN, HYPHEN]);
    assert_eq!(run.code, 1);
}

#[test]
fn paths_are_included_and_left_out() {
    let folder = tree();
    let run = check(folder.path(), "exclude: [\"*code-changed.md\", \"/sv-se/\"]\n", &[]);
    assert_eq!(found(&run), [SPAN]);
    let run = check(folder.path(), "include: \"*-hyphen.md\"\n", &[]);
    assert_eq!(found(&run), [HYPHEN]);
    let named = check(folder.path(), "exclude: [cs-cz]\n", &["cs-cz/span-unclosed.md"]);
    assert_eq!(found(&named), [""; 0], "what is left out stays out, named or not");
}

#[test]
fn the_layout_can_be_told() {
    let folder = tree();
    fs::create_dir_all(folder.path().join("notes")).unwrap();
    fs::rename(folder.path().join("sv-se"), folder.path().join("notes/sv-se")).unwrap();
    let run = check(folder.path(), "layout: \"{locale}/{article}\"\n", &["--show-files"]);
    // The front matter still tells.
    assert!(run.stdout.contains("\tfolder\tcs-cz/span-unclosed.md"), "{}", run.stdout);
    assert!(run.stdout.contains("\tfront matter\tnotes/sv-se/span-unclosed.md"), "{}", run.stdout);
}

#[test]
fn shared_settings_come_first() {
    let folder = tree();
    write(folder.path(), "shared/base.yml", "exclude: [\"../nothing\"]\nrules: {markup: off, span: info}\n");
    let config = "extends: shared/base.yml\nrules: {markup/code-changed: warning}\n";
    let run = check(folder.path(), config, &[]);
    let expected = [
        "warning[markup/code-changed] cs-cz/markup-code-changed.md",
        "info[span/unclosed] cs-cz/span-unclosed.md",
    ];
    assert_eq!(found(&run), expected);
    let shown = loclint(folder.path(), &["config"]).stdout;
    assert!(shown.starts_with("# loclint.yml, extends shared/base.yml\n"), "{shown}");
    for line in [
        "  markup/code-changed: warning               # loclint.yml:2\n",
        "  markup/glued-hyphen: off                   # shared/base.yml:2\n",
        "  text/invisible: error\n",
    ] {
        assert!(shown.contains(line), "{shown}");
    }
}

#[test]
fn what_config_shows_is_a_configuration_with_the_same_effect() {
    let folder = tree();
    let config = "\
min-confidence: medium
gate: {fail-on: warning, max-warnings: 7, min-score: 90.5}
layout: [\"{locale}/{article}\"]
rules:
  markup/glued-hyphen: error
  provenance/stale: {severity: info, stale-after: 30}
overrides:
  - paths: [\"*.md\"]
    locales: [cs-CZ]
    rules: {span: warning}
suppress:
  - rule: markup
    paths: ['/cs-cz/**', \"!guide.md\"]
    units: [103, 6cc67-105]
    message: '\\d\\.\\S|dry'
    reason: 'known: \"so\"'
  - message: grunderna
";
    let first = check(folder.path(), config, &[]);
    let shown = loclint(folder.path(), &["config"]).stdout;
    let again = check(folder.path(), &shown, &[]);
    assert_eq!((again.stdout, again.code), (first.stdout, first.code));
    let without_origins = |text: &str| -> Vec<String> {
        text.lines().skip(1).map(|line| line.split(" # ").next().unwrap().trim_end().to_string()).collect()
    };
    assert_eq!(without_origins(&loclint(folder.path(), &["config"]).stdout), without_origins(&shown));
}

#[test]
fn what_is_named_and_cannot_be_used_is_told_with_its_place() {
    let folder = tree();
    write(folder.path(), "terms.yml", "terms: [no: term]\n");
    for (config, said) in [
        ("siblings:\n  - ../nowhere\n", "loclint.yml:2: cannot compare with the siblings \"/"),
        ("siblings: cs-cz@live\n", "loclint.yml:1: cannot compare with the siblings \"/"),
        ("\nsource: ../nowhere\n", "loclint.yml:2: cannot open the source \"/"),
        ("source: {path: cs-cz, folder: docs}\n", "loclint.yml:1: the source \"/"),
        ("glossary:\n  - nowhere.yml\n", "loclint.yml:2: cannot read the glossary \"nowhere.yml\": "),
        ("glossary: terms.yml\n", "terms.yml:1:"),
        ("baseline: nowhere.json\n", "loclint.yml:1: cannot read the baseline \"/"),
    ] {
        let run = check(folder.path(), config, &[]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{config}");
        let said = if cfg!(windows) { said.trim_end_matches('/') } else { said };
        assert!(run.stderr.starts_with(&format!("loclint: {said}")), "{}", run.stderr);
    }
    // Of two that may be wrong, the option is.
    let run = check(folder.path(), "source: cs-cz\n", &["--source-path", "nowhere"]);
    assert!(run.stderr.starts_with("loclint: the source "), "{}", run.stderr);
}

#[test]
fn where_the_configuration_leaves_everything_out_it_is_named() {
    let folder = tree();
    let run = check(folder.path(), "rules: {}\nexclude: \"*\"\n", &[]);
    let said = "looked at 0 Markdown and text files that neither an ignore file nor \"exclude\" (loclint.yml:2) leaves out";
    assert!(run.code == 2 && run.stderr.contains(said), "{}", run.stderr);
}

#[test]
fn a_configuration_has_one_of_four_names() {
    let folder = tree();
    for name in ["loclint.yml", "loclint.yaml", ".loclint.yml", ".loclint.yaml"] {
        write(folder.path(), name, "rules: {markup: off, span: off}\n");
        let run = loclint(folder.path(), &["check", "--format", "concise", "--verbose"]);
        assert_eq!(found(&run), [""; 0], "{name}");
        assert!(run.stderr.starts_with(&format!("Configuration: {name}\n")), "{}", run.stderr);
        assert!(!run.stderr.contains("yaml file"), "it is no file of the tree: {}", run.stderr);
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    write(folder.path(), "loclint.yml", "");
    write(folder.path(), "loclint.yaml", "");
    for args in [&["check"][..], &["config"], &["rules"]] {
        let run = loclint(folder.path(), args);
        assert!(run.stderr.starts_with("loclint: there are two configurations, "), "{}", run.stderr);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    }
    assert_eq!(loclint(folder.path(), &["config", "--config", "loclint.yaml"]).code, 0);
}

#[test]
fn config_of_a_path_that_is_not_there_is_an_error() {
    let run = loclint(tree().path(), &["config", "nowhere"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.starts_with("loclint: cannot open \"nowhere\": "), "{}", run.stderr);
}

#[test]
fn the_gate_can_be_configured() {
    let folder = tree();
    let without_errors = "rules: {span: off, markup/code-changed: off}\n";
    assert_eq!(check(folder.path(), without_errors, &[]).code, 0);
    for (gate, said) in [
        ("fail-on: warning", ""),
        ("max-warnings: 0", "warnings: 1, more than the gate lets pass (0)\n"),
        ("min-score: 99.9", "quality score of sv-SE: 99.35, less than the gate lets pass (99.9)\n"),
    ] {
        let config = format!("gate: {{{gate}}}\n{without_errors}");
        let run = check(folder.path(), &config, &[]);
        assert_eq!(run.code, 1, "{gate}");
        assert!(run.stderr.ends_with(said), "{}", run.stderr);
        assert_eq!(check(folder.path(), &config, &["--fail-on", "never"]).code, 0, "{gate}");
    }
    let run = check(folder.path(), "gate: {fail-on: never}\n", &["--max-warnings", "0"]);
    assert_eq!(run.code, 1);
    // Scores alone: errors do not count.
    let run = check(folder.path(), "", &["--fail-on", "never", "--min-score", "99.9"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
}

#[test]
fn the_source_can_be_configured() {
    let folder = tree();
    fs::create_dir_all(folder.path().join("english")).unwrap();
    for story in ["markup-glued-hyphen", "span-unclosed", "markup-code-changed"] {
        copy(&format!("source/{story}.md"), folder.path().join(format!("english/{story}.md")));
    }
    let run = check(folder.path(), "source: english\nexclude: english\n", &[]);
    assert!(run.stderr.contains("9 of 9 source hashes found in"), "{}", run.stderr);
    let idle = loclint(folder.path(), &["check", "--no-config", "--source-ref", "live"]);
    assert_eq!(idle.code, 2);
    assert!(idle.stderr.contains("name it with \"--source\", or in the configuration"), "{}", idle.stderr);
}

#[test]
fn a_configuration_can_be_named_or_refused() {
    let folder = tree();
    write(folder.path(), "loclint.yml", "rules: {markup: off, span: off}\n");
    write(folder.path(), "other.yml", "rules: {markup: off}\n");
    let run =
        |args: &[&str]| found(&loclint(folder.path(), &[&["check", "--format", "concise"], args].concat()));
    assert_eq!(run(&[]), [""; 0]);
    assert_eq!(run(&["--no-config"]), [CODE, SPAN, HYPHEN]);
    assert_eq!(run(&["--config", "other.yml"]), [SPAN]);
    // From a folder below, the configuration above counts; a repository of its own has its own.
    let below = loclint(&folder.path().join("cs-cz"), &["check", ".", "--format", "concise"]);
    assert_eq!(below.stdout, "");
    fs::create_dir(folder.path().join("cs-cz/.git")).unwrap();
    let own = loclint(&folder.path().join("cs-cz"), &["check", ".", "--format", "concise"]);
    assert!(own.stdout.contains("span/unclosed"), "{}", own.stdout);
}

#[test]
fn the_baseline_can_be_configured() {
    let folder = tree();
    write(folder.path(), "loclint.yml", "baseline: known/findings.json\n");
    fs::create_dir(folder.path().join("known")).unwrap();
    assert_eq!(loclint(folder.path(), &["check"]).code, 2, "there is none yet");
    assert_eq!(loclint(folder.path(), &["baseline"]).code, 0);
    assert!(folder.path().join("known/findings.json").is_file());
    let run = loclint(folder.path(), &["check", "--format", "concise", "--fail-on", "info"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
}

#[test]
fn mistakes_are_shown_where_they_stand() {
    let folder = tree();
    write(folder.path(), "circle.yml", "extends: loclint.yml\n");
    let mistakes = [
        "exlude: archive\n",
        "rules:\n  markup/glued-hyfen: error\n",
        "rules:\n  markup/glued-hyphen: eror\n",
        "rules:\n  bilingual-markdown: off\n",
        "gate:\n  min-score: \"95\"\n",
        "rules:\n  text: off\n  text: info\n",
        "rules:\n  provenance/stale:\n    stale-aftr: 3\n",
        "rules:\n  provenance/stale:\n    stale-after: soon\n",
        "gate:\n  min-score: 101\n",
        "overrides:\n  - rules: {text: off}\n",
        "overrides:\n  - locales: [Klingon language]\n    rules: {text: off}\n",
        "layout: \"{lang}/{article}\"\n",
        "extends: nowhere.yml\n",
        "extends: circle.yml\n",
        "source: {folder: articles}\n",
        "rules: [text]\n",
        "suppress:\n  - rule: text/doubled-wrod\n",
        "suppress:\n  - rule: text\n    path: cs-cz\n",
        "suppress:\n  - reason: nobody knows\n",
        "suppress:\n  - paths: []\n",
        "suppress:\n  - paths: \"cs-cz/[z-a]\"\n",
        "suppress:\n  - paths: \"cs-cz/[\"\n",
        "overrides:\n  - paths: \"[ab\"\n    rules: {text: off}\n",
        "exclude:\n  - archive\n  - \"cs-cz/**[\"\n",
        "suppress:\n  - message: '^the (number|sign'\n",
        "suppress:\n  - units: [103, third]\n",
        "suppress:\n  rule: text\n",
        "gate:\n\tfail-on: error\n",
    ];
    let told = mistakes.map(|mistake| {
        let run = check(folder.path(), mistake, &[]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{mistake}");
        run.stderr
    });
    insta::assert_snapshot!(told.join("\n"));
}
