//! Findings that a document or the configuration suppresses.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod comments;
#[path = "../common/mod.rs"]
mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use bitext::{Article, Document, DocumentId, Locale, Localized, SourceFile};
use common::documents::{document, pair, tree, write};
use common::{Run, loclint, testdata};
use ignore::gitignore::GitignoreBuilder;
use loclint::config::Patterns;
use loclint::discover::{Trees, discover};
use loclint::engine::{self, Outcome, RuleSet, check_article};
use loclint::files::Files;
use loclint::rules::{Finding, Place, Related, Role, Settings, builtin};
use loclint::suppression::{ConfigSuppression, allowed_fix, suppress_by_config};
use regex::Regex;
use serde_json::Value;
use tempfile::TempDir;

const TODAY: bitext::Date = bitext::Date::constant(2026, 11, 21);

fn check(folder: &Path, args: &[&str]) -> Run {
    loclint(folder, &[&["check", "--fail-on", "never"], args].concat())
}

/// Findings as `locale line rule`, and how many are suppressed.
fn found(folder: &Path, args: &[&str]) -> (Vec<String>, u64) {
    let report = json(folder, args);
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let one = |one: &Value| format!("{} {} {}", text(&one["locale"]), one["line"], text(&one["rule"]));
    let findings = report["findings"].as_array().unwrap().iter().map(one).collect();
    (findings, report["summary"]["suppressed"].as_u64().unwrap())
}

fn json(folder: &Path, args: &[&str]) -> Value {
    let run = check(folder, &[&["--format", "json"], args].concat());
    serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr))
}

fn findings(texts: &BTreeMap<String, String>, rules: &RuleSet) -> (Article, Vec<Finding>) {
    let localized = |(number, (tag, text)): (usize, (&String, &String))| Localized {
        id: DocumentId(number as u32),
        locale: Locale::parse(tag).unwrap(),
        document: parse(text),
        reported: true,
    };
    let documents = texts.iter().enumerate().map(localized).collect();
    let article = Article { key: "article.md".into(), documents, source: None };
    let found = check_article(&article, rules);
    (article, found)
}

fn parse(text: &str) -> Document {
    Document::parse(SourceFile::from_bytes(text.as_bytes().to_vec()).unwrap())
}

/// The fault that the tests plant: a doubled blank.
const RULE: &str = "text/double-space";

#[test]
fn every_form_suppresses_and_is_counted() {
    let (one, two) = (pair(102, "Uložte  soubor.", "Save the file."), pair(103, "Zavřete  ho.", "Close it."));
    let clean = pair(104, "Hotovo.", "Done.");
    let plain = format!("- {one}\n- {two}\n\n{clean}\n");
    assert_eq!(
        found(tree(&[("cs-cz", "", &plain)]).path(), &[]),
        (vec![format!("cs-CZ 10 {RULE}"), format!("cs-CZ 11 {RULE}")], 0)
    );
    for (body, lines) in [
        (format!("<!-- loclint-disable-next-unit {RULE} -->\n\n{plain}"), vec![13]),
        (format!("- <!-- loclint-disable-next-unit text: tabulka --> {one}\n- {two}\n\n{clean}\n"), vec![11]),
        (format!("- {one}\n  <!-- loclint-disable-next-unit -->\n- {two}\n\n{clean}\n"), vec![10]),
        (format!("<!-- loclint-disable-next-line {RULE} -->\n{one} {two}\n\n{clean}\n"), vec![]),
        (
            format!(
                "> {clean}\n> <!-- loclint-disable {RULE} -->\n> {one}\n> <!-- loclint-enable -->\n> {two}\n"
            ),
            vec![14],
        ),
        (
            format!(
                "| {clean} | <!-- loclint-disable-next-unit {RULE} --> {one} |\n|---|---|\n| {two} | x |\n"
            ),
            vec![12],
        ),
        (format!("{plain}\n<!-- loclint-disable-file {RULE}: starý text -->\n"), vec![]),
        (format!("{}\n{two}\n", one.replace("  ", "  <!-- loclint-disable-next-unit text -->")), vec![11]),
    ] {
        let wanted: Vec<String> = lines.iter().map(|line| format!("cs-CZ {line} {RULE}")).collect();
        let count = 2 - wanted.len() as u64;
        assert_eq!(
            found(tree(&[("cs-cz", "", &body)]).path(), &["--select", "text,span"]),
            (wanted, count),
            "{body}"
        );
    }
    let key = format!("loclint-disable: [{RULE}]\n");
    assert_eq!(found(tree(&[("cs-cz", &key, &plain)]).path(), &[]), (vec![], 2));
}

#[test]
fn the_summary_and_the_statistics_say_what_was_suppressed() {
    let hungarian = format!(
        "<!-- loclint-disable-next-unit {RULE}: így van a felületen -->\n{}\n",
        pair(102, "Mentse  a fájlt.", "Save the file.")
    );
    let japanese = format!("{}\n", pair(102, "ファイルを保存します。", "Save the file."));
    let folder = tree(&[("hu-hu", "", &hungarian), ("ja-jp", "", &japanese)]);
    let run = check(folder.path(), &[]);
    assert_eq!(run.stdout, "");
    let summary = "All clean: 1 article in 2 locales, 2 documents; 1 suppressed; ";
    assert!(run.stderr.starts_with(summary), "{}", run.stderr);
    let statistics = check(folder.path(), &["--statistics"]).stdout;
    let table = format!("\nrule               suppressed  reason\n{RULE}           1  így van a felületen\n");
    assert!(statistics.ends_with(&table), "{statistics}");
    let report = json(folder.path(), &["--statistics"]);
    let row = serde_json::json!([{"rule": RULE, "reason": "így van a felületen", "findings": 1}]);
    assert_eq!(report["statistics"]["suppressed"], row);
    assert_eq!(report["statistics"]["rules"], serde_json::json!([]));
    // Without a suppression the summary keeps quiet about them.
    let quiet = check(tree(&[("ja-jp", "", &japanese)]).path(), &[]);
    assert!(!quiet.stderr.contains("suppressed"), "{}", quiet.stderr);
}

#[test]
fn findings_beside_a_comment_keep_their_lines_and_columns() {
    let comment = "<!-- loclint-disable-next-unit markup/html: 제품 이름 -->";
    let body = format!(
        "{comment}\n{} {comment} {}\n",
        pair(102, "끝.", "End."),
        pair(103, "파일을  저장합니다.", "Save the file.")
    );
    let folder = tree(&[("ko-kr", "", &body)]);
    let report = json(folder.path(), &["--select", RULE]);
    let [finding] = report["findings"].as_array().unwrap().as_slice() else { panic!("{report}") };
    let line = body.lines().nth(1).unwrap();
    let column = line[..line.find("  ").unwrap()].chars().count() + 1;
    let at = |value: &Value| (value["line"].as_u64().unwrap(), value["column"].as_u64().unwrap());
    assert_eq!(at(finding), (11, column as u64));
    assert_eq!(at(&finding["fix"]["edits"][0]), (11, column as u64));
    let full = check(folder.path(), &["--select", RULE]).stdout;
    assert!(full.contains("│ 파일을  저장합니다.") && !full.contains("loclint-"), "{full}");
}

#[test]
fn the_places_of_a_finding_are_suppressed_one_by_one() {
    let unit = |number, name: &str| {
        pair(number, &format!("Nastavte {name} v souboru."), "Set mirrorUrl in the file.")
    };
    let body = |before: &str, between: &str| {
        format!("{before}{}\n\n{between}{}\n", unit(102, "mirrorurl"), unit(103, "mirrorurl"))
    };
    let comment = "<!-- loclint-disable-next-unit identifier/case: příklad -->\n";
    let messages = |before: &str, between: &str| {
        let report =
            json(tree(&[("cs-cz", "", &body(before, between))]).path(), &["--select", "identifier/case"]);
        let one = |one: &Value| {
            let edits = one["fix"]["edits"].as_array().unwrap().len();
            (one["line"].as_u64().unwrap(), one["message"].as_str().unwrap().to_string(), edits)
        };
        report["findings"].as_array().unwrap().iter().map(one).collect::<Vec<_>>()
    };
    let both = "\"mirrorUrl\" is written \"mirrorurl\" in 2 places";
    let less = format!("{both} (1 of these places is suppressed)");
    assert_eq!(messages("", ""), [(10, both.into(), 2)]);
    assert_eq!(messages("", comment), [(10, less.clone(), 1)]);
    assert_eq!(messages(comment, ""), [(13, less, 1)]);
    assert_eq!(messages(comment, comment), []);
}

#[test]
fn what_is_suppressed_is_not_fixed() {
    let unit = pair(102, "Uložte  oba  soubory.", "Save both files.");
    let comment = "<!-- loclint-disable-next-unit text/double-space -->";
    let fixed = |text: &str| {
        let texts = BTreeMap::from([("cs-cz".to_string(), document("cs-cz", "", text))]);
        let (article, found) = findings(&texts, &rules());
        let finding = found.iter().find(|finding| finding.rule == RULE).unwrap();
        allowed_fix(&article, finding, &|_, _| false).map(|fix| fix.edits.len())
    };
    assert_eq!(fixed(&unit), Some(2));
    assert_eq!(fixed(&format!("{comment}\n{unit}")), None);
    assert_eq!(fixed(&format!("{}\n{unit}", comment.replace("double-space", "length"))), Some(2));
    // The first of the two edits would remove the comment.
    let between = unit.replacen("  ", " <!-- loclint-disable-file number -->  ", 1);
    assert_eq!(fixed(&between), None);
}

#[test]
fn a_fix_goes_with_either_side_of_a_finding() {
    let guide =
        |tag: &str, text: &str| (tag.to_string(), document(tag, "", &pair(102, text, "Save the file.")));
    let texts =
        BTreeMap::from([guide("cs-cz", "Uložte  soubor."), guide("de-de", "Speichern Sie die Datei.")]);
    let (article, found) = findings(&texts, &rules());
    let mut finding = found.into_iter().find(|finding| finding.rule == RULE).unwrap();
    let unit = article.documents[1].document.units[0].target.id;
    let place = Place { document: DocumentId(1), span: unit };
    let there = Related { role: Role::Place, label: "there".into(), place, unit: Some(unit), marks: vec![] };
    finding.related.push(there);
    let is_fixed = |finding: &Finding, of: u32, number: &str| {
        let configured = |id: DocumentId, unit: Option<&str>| {
            id == DocumentId(of) && unit == Some(format!("3f9a2-{number}").as_str())
        };
        allowed_fix(&article, finding, &configured).is_some()
    };
    assert!(is_fixed(&finding, 1, "103"));
    assert!(!is_fixed(&finding, 1, "102") && !is_fixed(&finding, 0, "102"));
    // Where it says the same of both, each place is for itself.
    finding.whole_article = true;
    assert!(is_fixed(&finding, 1, "102") && !is_fixed(&finding, 0, "102"));
}

#[test]
fn a_finding_between_two_locales_goes_with_either() {
    let link = |target: &str| format!("[{}]({target})\n", pair(102, "x", "The channels"));
    let comment = "<!-- loclint-disable-next-unit parity/skeleton -->\n";
    let run = |de: &str, tr: &str| {
        let folder = tree(&[("de-de", "", de), ("tr-tr", "", tr)]);
        found(folder.path(), &["--select", "parity/skeleton"])
    };
    let (here, there) = (link("a.md"), link("b.md"));
    let at = vec!["de-DE 10 parity/skeleton".to_string()];
    assert_eq!(run(&here, &there), (at, 0));
    assert_eq!(run(&format!("{comment}{here}"), &there), (vec![], 1));
    assert_eq!(run(&here, &format!("{comment}{there}")), (vec![], 1));
}

#[test]
fn a_finding_about_the_article_stays_for_the_locales_that_say_nothing() {
    let folder = TempDir::new().unwrap();
    let key = |text: String, with: bool| {
        let key = if with {
            "\nloclint-disable:\n  provenance/stale: čeká na překlad\nauthor"
        } else {
            "\nauthor"
        };
        text.replacen("\nauthor", key, 1)
    };
    let stale = |suppressed: &[&str]| {
        for tag in ["cs-cz", "de-de", "ja-jp"] {
            let text = fs::read_to_string(testdata().join("clean").join(tag).join("get-started.md")).unwrap();
            write(
                folder.path(),
                &format!("docs/{tag}/get-started.md"),
                &key(text, suppressed.contains(&tag)),
            );
        }
        let english = fs::read_to_string(testdata().join("source/get-started.md")).unwrap();
        write(folder.path(), "english/get-started.md", &english.replace("Run the installer", "Start it"));
        let report = json(folder.path(), &["docs", "--source", "english", "--select", "provenance/stale"]);
        let findings = report["findings"].as_array().unwrap().clone();
        let places = |one: &Value| {
            let related = one["related"].as_array().unwrap().iter();
            1 + related.filter(|related| related["role"] == "place").count()
        };
        let shown = findings.iter().map(|one| {
            (one["locale"].as_str().unwrap().to_string(), places(one), one["fingerprint"].clone())
        });
        (shown.collect::<Vec<_>>(), report["summary"]["suppressed"].as_u64().unwrap())
    };
    let (all, none) = stale(&[]);
    let [(locale, 3, fingerprint)] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((locale.as_str(), none), ("cs-CZ", 0));
    let is = |locale: &str, places| (vec![(locale.to_string(), places, fingerprint.clone())], 0);
    assert_eq!(stale(&["cs-cz"]), is("de-DE", 2));
    assert_eq!(stale(&["cs-cz", "ja-jp"]), is("de-DE", 1));
    assert_eq!(stale(&["cs-cz", "de-de", "ja-jp"]), (vec![], 1));
}

#[test]
fn comments_are_nothing_to_compare() {
    let folder = TempDir::new().unwrap();
    for tag in ["cs-cz", "de-de", "ja-jp"] {
        let mut text = fs::read_to_string(testdata().join("clean").join(tag).join("get-started.md")).unwrap();
        if tag == "de-de" {
            text = text.replacen("\n---\n", "\nloclint-disable:\n- number/version\n---\n", 1);
            text = text
                .replace("\n\n", "\n\n<!-- loclint-disable-next-unit number/version: nur ein Test -->\n\n");
            text = text.replace("\n- <span", "\n- <!-- loclint-disable-next-unit number/version --> <span");
        }
        write(folder.path(), &format!("docs/{tag}/get-started.md"), &text);
    }
    let english = testdata().join("source/get-started.md");
    write(folder.path(), "english/get-started.md", &fs::read_to_string(english).unwrap());
    let args = ["docs", "--ignore", "suppression", "--statistics"];
    for source in [&[][..], &["--source", "english"]] {
        let report = json(folder.path(), &[&args, source].concat());
        assert_eq!(report["findings"], serde_json::json!([]));
        let units = &report["statistics"]["locales"];
        assert_eq!(units[0]["all"]["units"], units[1]["all"]["units"]);
        assert_eq!(report["summary"]["suppressed"], 0);
    }
}

#[test]
fn what_is_not_needed_is_found_where_the_run_sees_all() {
    let comment = format!("<!-- loclint-disable-next-unit {RULE}, provenance/stale -->\n");
    let body = format!("{comment}{}\n", pair(102, "Сохраните файл.", "Save the file."));
    let other = format!("{}\n", pair(102, "保存文件。", "Save the file."));
    let folder = tree(&[("ru-ru", "", &body), ("zh-cn", "", &other)]);
    let unused = vec!["ru-RU 10 suppression/unused".to_string()];
    for args in [&[][..], &["--select", "suppression,text"], &["--ignore", "markup"], &["."]] {
        assert_eq!(found(folder.path(), args), (unused.clone(), 0), "{args:?}");
    }
    for args in [
        &["--select", "suppression,markup"][..],
        &["--ignore", "text"],
        &["--ignore", RULE],
        &["--ignore", "suppression/unused"],
        &["--locale", "ru-RU"],
        &["--min-confidence", "medium"],
        &["ru-ru/guide.md"],
    ] {
        assert_eq!(found(folder.path(), args), (vec![], 0), "{args:?}");
    }
    // All rules ran, but for those that need an English tree.
    let all = tree(&[
        ("ru-ru", "", &body.replace(&format!("{RULE}, provenance/stale"), "")),
        ("zh-cn", "", &other),
    ]);
    assert_eq!(found(all.path(), &[]), (unused, 0));
    assert_eq!(found(all.path(), &["--ignore", RULE]), (vec![], 0));
    let full = check(all.path(), &[]).stdout;
    assert!(full.contains("10 │ <!-- loclint-disable-next-unit  -->"), "{full}");
}

#[test]
fn suppressions_suppress_no_findings_about_suppressions() {
    let body = format!(
        "<!-- loclint-disable-file -->\n<!-- loclint-disable-file suppression/malformed: ticho -->\n\
         <!-- loclint-ignore -->\n{}\n",
        pair(102, "Hotovo.", "Done.")
    );
    let folder = tree(&[("cs-cz", "", &body)]);
    let malformed = |line| format!("cs-CZ {line} suppression/malformed");
    assert_eq!(found(folder.path(), &[]), (vec![malformed(11), malformed(12)], 0));
}

fn outcome(folder: &Path) -> Outcome {
    let files = Files::default();
    let plan = discover(&[folder.to_path_buf()], &Trees::default(), 1, &files).unwrap();
    engine::run(&plan, &rules(), &files, None).unwrap()
}

fn rules() -> RuleSet {
    RuleSet::with_defaults(builtin(&Settings { today: TODAY, ..Settings::default() }).unwrap())
}

fn patterns(folder: &Path, pattern: &str) -> Patterns {
    let mut builder = GitignoreBuilder::new(folder);
    builder.add_line(None, pattern).unwrap();
    Patterns { written: vec![pattern.into()], matcher: builder.build().unwrap() }
}

#[test]
fn the_configuration_suppresses_by_path_unit_and_message() {
    let body = format!(
        "{}\n\n{}\n",
        pair(102, "Uložte  soubor.", "Save the file."),
        pair(103, "Zavřete  soubor.", "Close the file.")
    );
    let folder = tree(&[("cs-cz", "", &body), ("ja-jp", "", &body)]);
    let root = dunce::canonicalize(folder.path()).unwrap();
    let any = ConfigSuppression::default();
    let left = |suppressions: &[&ConfigSuppression]| {
        let mut outcome = outcome(&root);
        let used = suppress_by_config(&mut outcome, suppressions);
        let left: Vec<String> = outcome
            .findings
            .iter()
            .filter(|finding| finding.rule == RULE)
            .map(|finding| format!("{} {}", finding.locale, finding.range.start.line))
            .collect();
        (left, used, outcome.suppressed.rows().iter().map(|(_, _, count)| count).sum::<usize>())
    };
    let all = ["cs-CZ 10", "cs-CZ 12", "ja-JP 10", "ja-JP 12"].map(String::from);
    assert_eq!(left(&[]), (all.to_vec(), vec![], 0));
    let rule = ConfigSuppression { rule: Some("text".into()), ..any.clone() };
    assert_eq!(left(&[&rule]), (vec![], vec![4], 4));
    let path = ConfigSuppression { paths: Some(patterns(&root, "cs-*/**")), ..rule.clone() };
    assert_eq!(left(&[&path]), (all[2..].to_vec(), vec![2], 2));
    let unit = ConfigSuppression { units: vec!["103".into(), "ffff0-102".into()], ..rule.clone() };
    assert_eq!(left(&[&unit]).0, [&all[0], &all[2]].map(String::clone));
    let message = Some(Regex::new("after \"Uložte\"").unwrap());
    let message =
        ConfigSuppression { message, paths: Some(patterns(&root, "ja-jp/guide.md")), ..rule.clone() };
    let other = ConfigSuppression { rule: Some("markup".into()), ..any };
    assert_eq!(left(&[&message, &other, &rule]).1, [1, 0, 4]);
}
