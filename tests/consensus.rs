//! What the other locales did with a unit makes a finding surer or less sure.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::fs;

use common::loclint;
use tempfile::TempDir;

/// The findings of one unit in several locales, as confidence, locale and help.
fn findings(source: &str, targets: &[(&str, &str)], args: &[&str]) -> Vec<(String, String, String)> {
    let folder = TempDir::new().unwrap();
    for (tag, target) in targets {
        let path = folder.path().join(tag).join("article.md");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let unit = format!(
            "<span data-ttu-id=\"0a0a1-101\">{target}</span><span class=\"sxs-lookup\"><span data-stu-id=\"0a0a1-101\">{source}</span></span>\n"
        );
        fs::write(path, unit).unwrap();
    }
    let run = loclint(folder.path(), &[&["check", "--format", "json", "--fail-on", "never"], args].concat());
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_string();
    let findings = report["findings"].as_array().unwrap().iter();
    findings.map(|one| (text(&one["confidence"]), text(&one["locale"]), text(&one["help"]))).collect()
}

const SOURCE: &str = "The mirrorUrl setting names the second server.";

#[test]
fn a_name_that_the_others_keep_was_surely_lost() {
    let targets = [
        ("cs-cz", "Nastavení mirrorUrl určuje druhý server."),
        ("de-de", "Die Einstellung mirrorUrl nennt den zweiten Server."),
        ("ja-jp", "mirrorUrl 設定は 2 番目のサーバーを指定します。"),
        ("pl-pl", "Ustawienie mirrorurl wskazuje drugi serwer."),
    ];
    let found = findings(SOURCE, &targets, &["--select", "identifier/case", "--min-confidence", "high"]);
    let [(confidence, locale, help)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((confidence.as_str(), locale.as_str()), ("high", "pl-PL"));
    assert!(help.ends_with("; all 3 other locales keep \"mirrorUrl\""), "{help}");
    let alone = findings(SOURCE, &targets[3..], &["--select", "identifier/case"]);
    let [(confidence, _, help)] = alone.as_slice() else { panic!("{alone:?}") };
    assert_eq!(confidence, "medium");
    assert!(!help.contains("locale"), "{help}");
}

#[test]
fn a_name_that_none_of_the_others_keeps_was_meant_to_be_changed() {
    let source = "Open the StyleGuide of the team.";
    let targets = [
        ("cs-cz", "Otevřete příručku stylu týmu."),
        ("de-de", "Öffnen Sie den Styleguide des Teams."),
        ("ja-jp", "チームのスタイル ガイドを開きます。"),
        ("ru-ru", "Откройте руководство по стилю команды."),
    ];
    let found = findings(source, &targets, &["--select", "identifier/case"]);
    let [(confidence, locale, help)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((confidence.as_str(), locale.as_str()), ("low", "de-DE"));
    assert!(help.ends_with("; none of the 3 other locales keeps \"StyleGuide\""), "{help}");
    let sure = findings(source, &targets, &["--select", "identifier/case", "--min-confidence", "medium"]);
    assert_eq!(sure, []);
}

#[test]
fn machines_that_err_alike_bear_no_witness() {
    let targets = [
        ("cs-cz", "Nastavení mirrorurl určuje druhý server."),
        ("de-de", "Die Einstellung Mirrorurl nennt den zweiten Server."),
        ("pl-pl", "Ustawienie MirrorURL wskazuje drugi serwer."),
        ("sv-se", "Inställningen mirrorurl anger den andra servern."),
    ];
    let found = findings(SOURCE, &targets, &["--select", "identifier/case"]);
    assert_eq!(found.len(), 4);
    assert!(found.iter().all(|(confidence, _, help)| confidence == "medium" && !help.contains("locale")));
}
