//! The formats for other tools: each by its schema, as a snapshot, and with what a hostile tree brings along.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

#[path = "../common/mod.rs"]
mod common;
mod hostile;
mod runner;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use common::{loclint, project, testdata};
use jsonschema::Validator;
use roxmltree::{Document, Node};
use serde_json::Value;

const FORMATS: [&str; 8] = ["full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit"];

/// A tree outside of any repository, so that paths are relative to it.
fn tree() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for locale in ["ar-sa", "de-de", "ja-jp"] {
        let name = format!("{locale}/badges.md");
        common::copy(&format!("formats/{name}"), folder.path().join(&name));
    }
    folder
}

/// What a format makes of a tree.
fn written(folder: &Path, format: &str) -> String {
    let run = loclint(folder, &["check", "-q", "--fail-on", "never", "--format", format]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    run.stdout
}

/// The page about formats has a row and a section for each.
#[test]
fn every_format_is_explained() {
    let page = fs::read_to_string(project().join("docs/formats.md")).unwrap();
    let help = loclint(&project(), &["check", "--help"]).stdout;
    let formats =
        help.split("--format <FORMAT>").nth(1).and_then(|rest| rest.split("[default").next()).unwrap();
    let formats = formats.lines().filter_map(|line| line.trim().strip_prefix("- ")?.split_once(':'));
    let formats: Vec<&str> = formats.map(|(format, _)| format).collect();
    assert!(formats.len() >= 9 && formats.contains(&"full"), "{formats:?}");
    for format in formats {
        assert!(page.contains(&format!("\n| `{format}` | ")), "no row for {format}");
        assert!(page.contains(&format!("\n## {format}\n")), "no section for {format}");
    }
}

fn schema(name: &str) -> Validator {
    let text = fs::read_to_string(project().join("tests/schemas").join(name)).unwrap();
    jsonschema::options().should_validate_formats(true).build(&serde_json::from_str(&text).unwrap()).unwrap()
}

fn valid(schema: &Validator, report: &str) -> Value {
    let report = serde_json::from_str(report).unwrap();
    let errors: Vec<String> =
        schema.iter_errors(&report).map(|error| format!("{}: {error}", error.instance_path)).collect();
    assert_eq!(errors, [""; 0]);
    report
}

fn valid_sarif(report: &str) -> Value {
    let log = valid(&schema("sarif-2.1.0.json"), report);
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let mut hashes = BTreeSet::new();
    for result in run["results"].as_array().unwrap() {
        // What GitHub tells alerts apart by.
        let prints = &result["partialFingerprints"];
        let (hash, number) = prints["primaryLocationLineHash"].as_str().unwrap().split_once(':').unwrap();
        assert!(prints["loclint/v1"].as_str().unwrap().starts_with(hash) && number.parse::<u32>().is_ok());
        assert!(hashes.insert((hash, number)), "fingerprints are unique");
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
    log
}

fn valid_gitlab(report: &str) -> Value {
    let issues = valid(&schema("gitlab-code-quality.json"), report);
    let issues_of = || issues.as_array().unwrap().iter();
    let fingerprints: BTreeSet<&str> =
        issues_of().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(fingerprints.len(), issues_of().count(), "fingerprints are unique");
    issues
}

/// Holds JUnit to the parts of junit-10.xsd that loclint uses; tests/formats/junit.py holds the same file to all of it. Gives back the
/// findings in it.
fn valid_junit(report: &str, name: &str) -> usize {
    fs::write(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.junit.xml")), report).unwrap();
    let document = Document::parse(report).unwrap();
    let root = document.root_element();
    let number = |node: Node<'_, '_>, key: &str| node.attribute(key).unwrap().parse::<usize>().unwrap();
    let mut findings = 0;
    let mut totals = [0; 3];
    for suite in root.children().filter(Node::is_element) {
        assert_eq!(suite.tag_name().name(), "testsuite");
        assert_eq!(suite.attribute("name"), suite.attribute("file"));
        let cases: Vec<_> = suite.children().filter(|node| node.has_tag_name("testcase")).collect();
        let holding = |name: &str| {
            cases.iter().filter(|case| case.children().any(|child| child.has_tag_name(name))).count()
        };
        let counts = [cases.len(), holding("failure"), holding("error")];
        assert_eq!(["tests", "failures", "errors"].map(|key| number(suite, key)), counts);
        assert!(counts[0] > 0, "a suite without a test counts as broken");
        let names: BTreeSet<_> = cases.iter().map(|case| case.attribute("name").unwrap()).collect();
        assert_eq!(names.len(), cases.len(), "of equal names, some systems show one");
        findings += holding("failure") + holding("system-out");
        totals.iter_mut().zip(counts).for_each(|(total, count)| *total += count);
    }
    assert_eq!(["tests", "failures", "errors"].map(|key| number(root, key)), totals);
    findings
}

/// JSON that people can compare, with the parts that change from place to place taken out.
fn pretty(mut report: Value, folder: &Path) -> String {
    if let Some(rules) = report.pointer_mut("/runs/0/tool/driver/rules") {
        // The pages of rules change; two of them are snapshots of their own.
        for rule in rules.as_array_mut().unwrap() {
            *rule = rule["id"].take();
        }
    }
    let folder = dunce::canonicalize(folder).unwrap();
    serde_json::to_string_pretty(&report).unwrap().replace(folder.to_str().unwrap(), "[tree]")
}

#[test]
#[cfg_attr(windows, ignore = "the paths of the tree are in the snapshots")]
fn every_format_of_one_tree() {
    let folder = tree();
    for format in FORMATS {
        let report = written(folder.path(), format);
        let shown = match format {
            "sarif" => pretty(valid_sarif(&report), folder.path()),
            "gitlab" => pretty(valid_gitlab(&report), folder.path()),
            "json" => pretty(serde_json::from_str(&report).unwrap(), folder.path()),
            "junit" => {
                assert_eq!(valid_junit(&report, "tree"), 6);
                report
            }
            _ => report,
        };
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(format, shown) });
    }
}

#[test]
fn the_stories_are_valid_in_every_format() {
    let stories = testdata().join("stories");
    let json: Value = serde_json::from_str(&written(&stories, "json")).unwrap();
    let findings = json["findings"].as_array().unwrap().len();
    let sarif = valid_sarif(&written(&stories, "sarif"));
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), findings);
    assert_eq!(valid_gitlab(&written(&stories, "gitlab")).as_array().unwrap().len(), findings);
    assert_eq!(valid_junit(&written(&stories, "junit"), "stories"), findings);
    assert_eq!(runner::annotations(&written(&stories, "github")).len(), findings);
}

#[test]
fn a_line_of_jsonl_is_a_finding_of_json() {
    let folder = tree();
    let json: Value = serde_json::from_str(&written(folder.path(), "json")).unwrap();
    let text = written(folder.path(), "jsonl");
    let mut lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let last = lines.pop().unwrap();
    assert_eq!(Value::Array(lines), json["findings"]);
    assert_eq!(last, serde_json::json!({ "version": json["version"], "summary": json["summary"] }));
}

#[test]
fn sarif_counts_columns_in_utf16_and_its_snippets_are_what_is_there() {
    let folder = tree();
    let log = valid_sarif(&written(folder.path(), "sarif"));
    let mut wide = 0;
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let place = &result["locations"][0]["physicalLocation"];
        let path = folder.path().join(place["artifactLocation"]["uri"].as_str().unwrap());
        let Some(snippet) = place["region"]["snippet"]["text"].as_str() else { continue };
        let number = |key: &str| usize::try_from(place["region"][key].as_u64().unwrap()).unwrap();
        let text = fs::read_to_string(path).unwrap();
        let line: Vec<u16> = text.lines().nth(number("startLine") - 1).unwrap().encode_utf16().collect();
        let end = if number("startLine") == number("endLine") { number("endColumn") - 1 } else { line.len() };
        let there = String::from_utf16(&line[number("startColumn") - 1..end]).unwrap();
        assert!(snippet.starts_with(&there), "{snippet} and {there}");
        wide += usize::from(line[..number("startColumn")].iter().any(|unit| (0xd800..0xdc00).contains(unit)));
    }
    assert!(wide > 0, "one finding stands after an emoji");
}

#[test]
fn sarif_tells_the_pages_of_its_rules() {
    let log = valid_sarif(&written(&testdata().join("stories"), "sarif"));
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        let uri = rule["helpUri"].as_str().unwrap();
        let page = uri.split_once(concat!("/blob/v", env!("CARGO_PKG_VERSION"), "/")).unwrap().1;
        assert!(project().join(page).is_file(), "{uri}");
        assert!(!rule["help"]["markdown"].as_str().unwrap().contains("```"), "examples are left out");
        assert!(rule["fullDescription"]["text"].as_str().unwrap().chars().count() <= 1024, "GitHub cuts it");
    }
    let hyphen = rules.iter().find(|rule| rule["id"] == "markup/glued-hyphen").unwrap();
    insta::assert_snapshot!("sarif_rule", serde_json::to_string_pretty(hyphen).unwrap());
}

#[test]
fn rules_of_packs_and_files_that_cannot_be_read_are_in_it_too() {
    let folder = tree();
    fs::write(
        folder.path().join("house.yml"),
        "category: house\nrules:\n- name: pixel\n  description: Pixels.\n  forbid: Pixel\n",
    )
    .unwrap();
    fs::write(folder.path().join("ja-jp/latin.md"), b"# caf\xe9\n").unwrap();
    let report = |format: &str| {
        let run = loclint(folder.path(), &["check", "-q", "--pack", "house.yml", "--format", format]);
        assert_eq!(run.code, 2);
        run.stdout
    };
    let log = valid_sarif(&report("sarif"));
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let house = rules.iter().find(|rule| rule["id"] == "house/pixel").unwrap();
    assert!(house.get("helpUri").is_none() && house["shortDescription"]["text"] == "Pixels.");
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let place = &invocation["toolExecutionNotifications"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "ja-jp/latin.md");
    let junit = report("junit");
    valid_junit(&junit, "unreadable");
    assert!(
        junit.contains("<error type=\"unreadable\" message=\"the byte at offset 5 is not UTF-8"),
        "{junit}"
    );
}

#[test]
fn paths_start_at_the_root_of_the_repository() {
    let folder = tree();
    fs::create_dir(folder.path().join(".git")).unwrap();
    let run = |format: &str| {
        let args = ["check", "../de-de", "-q", "--fail-on", "never", "--format", format];
        loclint(&folder.path().join("ja-jp"), &args).stdout
    };
    let log = valid_sarif(&run("sarif"));
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(place, &serde_json::json!({ "uri": "de-de/badges.md", "uriBaseId": "%SRCROOT%" }));
    let base = log["runs"][0]["originalUriBaseIds"]["%SRCROOT%"]["uri"].as_str().unwrap();
    assert!(base.starts_with("file:///") && base.ends_with('/'), "{base}");
    assert!(run("github").contains(" file=de-de/badges.md,"));
    assert_eq!(valid_gitlab(&run("gitlab"))[0]["location"]["path"], "de-de/badges.md");
    assert!(run("junit").contains("<testsuite name=\"de-de/badges.md\""));
    // What lies outside is named in full.
    fs::remove_dir(folder.path().join(".git")).unwrap();
    let log = valid_sarif(&run("sarif"));
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert!(place["uri"].as_str().unwrap().starts_with("file:///") && place.get("uriBaseId").is_none());
}

/// More than code scanning takes: the most severe are kept, in their order, and it is said.
#[test]
fn sarif_keeps_the_most_severe() {
    let folder = tempfile::tempdir().unwrap();
    let pair = |number: usize, target: &str, source: &str| {
        let id = format!("0a0a0-{number}");
        format!(
            "<span data-ttu-id=\"{id}\">{target}</span><span class=\"sxs-lookup\"><span data-stu-id=\"{id}\">{source}</span></span>\n\n"
        )
    };
    let mut text = "---\nms.contentlocale: sv-SE\n---\n\n".to_string();
    (0..25_007).for_each(|at| text += &pair(103 + at, "Läs- [mer](a.md)", "Read - [more](a.md)"));
    (0..3).for_each(|at| text += &pair(30_000 + at, "Se `--alla`", "See `--all`"));
    fs::create_dir(folder.path().join("sv-se")).unwrap();
    fs::write(folder.path().join("sv-se/a.md"), text).unwrap();
    let args = ["check", "-q", "--select", "markup/glued-hyphen,markup/code-changed", "--format", "concise"];
    let run = loclint(folder.path(), &[&args[..], &["-o", "sarif=a.sarif", "-o", "jsonl=a.jsonl"]].concat());
    assert_eq!((run.code, run.stdout.lines().count()), (1, 25_010));
    let said =
        "SARIF: only the 25000 most severe of 25010 findings are in it, since code scanning takes no more; ";
    assert!(run.stderr.starts_with(&format!("loclint: {said}")), "{}", run.stderr);
    let log = valid_sarif(&fs::read_to_string(folder.path().join("a.sarif")).unwrap());
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 25_000);
    assert!(results[24_997..].iter().all(|result| result["level"] == "error"));
    assert_eq!(run["properties"]["omitted"], 10);
    let notification = &run["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(notification["level"], "warning");
    assert!(notification["message"]["text"].as_str().unwrap().starts_with(said));
}

#[test]
fn several_formats_at_once() {
    let folder = tree();
    let args = ["check", "-q", "--fail-on", "never", "--format", "github"];
    let outputs = ["-o", "sarif=a.sarif", "--output", "junit=a.xml", "-o", "concise=a.txt", "-o", "same.txt"];
    let run = loclint(folder.path(), &[&args[..], &outputs].concat());
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(run.stdout, written(folder.path(), "github"));
    for (name, format) in
        [("a.sarif", "sarif"), ("a.xml", "junit"), ("a.txt", "concise"), ("same.txt", "github")]
    {
        assert_eq!(read(name), written(folder.path(), format));
    }
}
