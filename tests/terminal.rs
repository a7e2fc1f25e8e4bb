//! Colour, width and characters of the full report.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::process::Command;
use std::time::Duration;

use common::testdata;
use loclint::discover::{Trees, discover};
use loclint::engine::{RuleSet, run};
use loclint::files::Files;
use loclint::report::{Format, FullOptions, Report};
use loclint::rules::{self, Settings};
use unicode_width::UnicodeWidthStr;

const TODAY: bitext::Date = bitext::Date::constant(2026, 11, 21);

/// The report of the stories, with the environment and the arguments given.
fn report(env: &[(&str, &str)], args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_loclint"))
        .args(["check", "stories", "--quiet"])
        .args(args)
        .current_dir(testdata())
        .env_clear()
        .envs(std::env::var("SystemRoot").map(|root| ("SystemRoot", root)))
        .envs(env.iter().copied())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn colour_follows_option_and_environment() {
    let coloured = |env: &[(&str, &str)], args: &[&str]| report(env, args).contains('\u{1b}');
    assert!(!coloured(&[], &[]), "a redirected report has no colour");
    assert!(coloured(&[], &["--color", "always"]));
    assert!(coloured(&[("FORCE_COLOR", "1")], &[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!coloured(&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")], &[]));
    assert!(!coloured(&[("FORCE_COLOR", "1")], &["--color", "never"]));
    assert!(coloured(&[("NO_COLOR", "1")], &["--color", "always"]), "an option outdoes the environment");
    assert!(!coloured(&[], &["--color", "always", "--format", "json"]), "JSON has no colour");
}

#[test]
fn rules_are_links_where_the_terminal_shows_them() {
    let page = concat!(
        env!("CARGO_PKG_REPOSITORY"),
        "/blob/v",
        env!("CARGO_PKG_VERSION"),
        "/rules/markup/glued_hyphen.md"
    );
    let link = format!("\u{1b}]8;;{page}\u{1b}\\markup/glued-hyphen\u{1b}]8;;\u{1b}\\");
    let force = [("FORCE_HYPERLINK", "1")];
    let shown = |env: &[(&str, &str)], args: &[&str]| report(env, args).contains(&link);
    assert!(shown(&force, &["--color", "always"]));
    assert!(!shown(&[], &["--color", "always"]), "a redirected report has no links");
    assert!(!shown(&[("FORCE_HYPERLINK", "0")], &["--color", "always"]));
    assert!(!report(&force, &[]).contains("\u{1b}]8"), "without colours there are no sequences at all");
    assert!(!report(&force, &["--color", "never"]).contains("\u{1b}]8"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.txt");
    report(&force, &["--color", "always", "--output", file.to_str().unwrap()]);
    let written = std::fs::read_to_string(file).unwrap();
    assert!(written.contains("markup/glued-hyphen") && !written.contains('\u{1b}'), "never in files");
}

#[test]
fn the_report_keeps_to_the_width() {
    for columns in ["60", "80", "120"] {
        let text = report(&[("COLUMNS", columns)], &[]);
        let widest =
            text.lines().filter(|line| !line.contains("╭─[")).map(UnicodeWidthStr::width).max().unwrap();
        // Paths are never cut; everything else is.
        assert!(widest <= columns.parse().unwrap(), "{widest} of {columns} columns");
    }
}

#[test]
fn max_findings_caps_what_is_printed_and_counts_the_rest() {
    let text = report(&[], &["--max-findings", "2"]);
    assert_eq!(text.matches("help:").count(), 2);
    assert!(
        text.ends_with("… and 15 more: raise \"--max-findings\", or see all with \"--format concise\"\n"),
        "{text}"
    );
    assert_eq!(report(&[], &["--max-findings", "2", "--format", "concise"]).lines().count(), 17);
}

#[test]
fn the_frame_can_be_drawn_in_ascii() {
    let files = Files::default();
    let plan =
        discover(&[testdata().join("stories/sv-se/markup-glued-hyphen.md")], &Trees::default(), 1, &files)
            .unwrap();
    let all = rules::builtin(&Settings { today: TODAY, ..Settings::default() }).unwrap();
    let rules = RuleSet::with_defaults(all);
    let outcome = run(&plan, &rules, &files, None).unwrap();
    let current = dunce::canonicalize(testdata()).unwrap();
    let report = Report {
        plan: &plan,
        outcome: &outcome,
        files: &files,
        rules: &rules,
        source: None,
        source_has_history: false,
        glossary: false,
        baseline: None,
        current,
        elapsed: Duration::ZERO,
        statistics: false,
    };
    let mut out = Vec::new();
    report
        .write(
            Format::Full,
            &FullOptions { width: 50, unicode: false, links: false, max_findings: 9 },
            &mut out,
        )
        .unwrap();
    let text = String::from_utf8(out).unwrap();
    // What is left beyond ASCII is the article's own text.
    let foreign: String = text.chars().filter(|c| !c.is_ascii()).collect();
    assert_eq!(foreign, "åå", "{text}");
    assert!(text.contains("..."), "{text}");
}

#[test]
fn findings_of_one_document_and_rule_stand_together() {
    let text = report(&[], &["--format", "full"]);
    let headings: Vec<&str> = text.lines().filter(|line| line.contains('/') && !line.contains(' ')).collect();
    let mut seen: Vec<&str> = headings.clone();
    seen.dedup();
    assert_eq!(headings.len(), 17);
    assert_eq!(seen.len(), 17, "one story is one rule");
}
