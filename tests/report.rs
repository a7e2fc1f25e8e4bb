//! The page for the browser: what is in it, and that nothing in it can run. What it does is tested in a real browser,
//! see `tests/browser`.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use common::{loclint, project};
use serde_json::Value;
use sha2::{Digest, Sha256};

const HOSTILE: &str =
    "</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>\u{2028}\u{202e}&lt;";

fn document(locale: &str, target: &str, source: &str) -> String {
    let pair = |id: &str| {
        format!(
            "<span data-ttu-id=\"0a0a0-{id}\">{target}</span><span class=\"sxs-lookup\">\
             <span data-stu-id=\"0a0a0-{id}\">{source}</span></span>"
        )
    };
    format!(
        "---\ntitle: Harbor\nms.openlocfilehash: a\nms.sourcegitcommit: b\nms.translationtype: MT\n\
         ms.lasthandoff: 05/19/2021\nms.contentlocale: {locale}\nms.locfileid: \"\"\n---\n\n{}\n",
        pair("103")
    )
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The part of the page between two texts.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    page.split_once(from).unwrap().1.split_once(to).unwrap().0
}

fn data(page: &str) -> Value {
    serde_json::from_str(between(page, "id=\"data\">", "</script>")).unwrap()
}

#[test]
fn hostile_texts_stay_texts() {
    let folder = tempfile::tempdir().unwrap();
    for locale in ["cs-CZ", "ar-SA"] {
        let target = format!("Harbor - {HOSTILE} soubor harbor. json");
        let text = document(locale, &target, &format!("Harbor - {HOSTILE} file harbor.json"));
        write(folder.path(), &format!("{}/a'&b.md", locale.to_lowercase()), &text);
    }
    let run = loclint(
        folder.path(),
        &["report", "--select", "identifier/file-name", "--title", "</title><script>alert(3)</script>"],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    let page = fs::read_to_string(folder.path().join("loclint-report.html")).unwrap();
    assert_eq!(page.matches("<script").count(), 2, "the data and the script");
    assert_eq!(page.matches("</script").count(), 2);
    assert!(!page.contains("<img") && !page.contains("<!--") && !page.contains('\u{2028}'));
    assert!(page.contains("<title>&lt;/title&gt;&lt;script&gt;alert(3)&lt;/script&gt;</title>"));
    let data = data(&page);
    let finding = &data["findings"][0];
    let target: String =
        finding["target"].as_array().unwrap().iter().map(|part| part.as_str().unwrap()).collect();
    let readable = HOSTILE.replace('\u{2028}', "<U+2028>").replace('\u{202e}', "<U+202E>");
    assert_eq!(target, format!("Harbor - {readable} soubor harbor. json"));
    assert_eq!(data["files"][0]["link"], "ar-sa/a%27%26b.md#L{line}");
    assert_eq!(data["locales"][0], serde_json::json!({ "tag": "ar-SA", "rtl": true }));
}

#[test]
fn the_policy_allows_the_script_and_the_style_of_the_page_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("report.html");
    loclint(&project(), &["report", "testdata/stories", "-o", out.to_str().unwrap()]);
    let page = fs::read_to_string(out).unwrap();
    let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\">");
    let hash = |text: &str| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
    let script = page.rsplit_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
    for part in [
        "default-src 'none'".to_string(),
        format!("style-src {}", hash(between(&page, "<style>", "</style>"))),
        format!("script-src {}", hash(script)),
        "base-uri 'none'".into(),
        "form-action 'none'".into(),
    ] {
        assert!(policy.split("; ").any(|found| found == part), "{part} is not in {policy}");
    }
}

#[test]
fn the_data_are_these() {
    let folder = tempfile::tempdir().unwrap();
    for tree in ["ar-sa", "cs-cz", "de-de", "ja-jp", "pl-pl", "sv-se", "ru-ru"] {
        for file in fs::read_dir(project().join("testdata/stories").join(tree)).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            write(
                folder.path(),
                &format!("docs/{tree}/{}", path.file_name().unwrap().to_str().unwrap()),
                &text,
            );
        }
    }
    let select = "markup/glued-hyphen,span/unclosed,parity/unit-ids,identifier/file-name,parity/file-id";
    let run = loclint(folder.path(), &["report", "docs", "--select", select, "-q", "-o", "one.html"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let page = fs::read_to_string(folder.path().join("one.html")).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&data(&page)).unwrap());

    // The same with one thread, and from the check.
    loclint(folder.path(), &["report", "docs", "--select", select, "-j", "1", "-o", "two.html"]);
    assert!(page == fs::read_to_string(folder.path().join("two.html")).unwrap());
    loclint(folder.path(), &["check", "docs", "--select", select, "-o", "html=three.html"]);
    assert!(page == fs::read_to_string(folder.path().join("three.html")).unwrap());
    let run = loclint(folder.path(), &["check", "docs", "--select", select, "--format", "html"]);
    assert!(page == run.stdout);
}

#[test]
fn a_very_long_line_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let long = "Harbor liest die Datei, bevor es beginnt. ".repeat(25_000);
    let target = format!("{long}Die Datei harbor. json fehlt. {long}");
    for locale in ["de-DE", "sv-SE"] {
        let text = document(locale, &target, &format!("{long}The file harbor.json is missing. {long}"));
        write(folder.path(), &format!("{}/a.md", locale.to_lowercase()), &text);
    }
    loclint(folder.path(), &["report", "--select", "identifier/file-name", "-o", "report.html"]);
    let page = fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(page.len() < 100_000, "{} bytes", page.len());
    let target = &data(&page)["findings"][0]["target"];
    assert_eq!(target[1], "harbor. json");
    assert!(target[0].as_str().unwrap().starts_with('…') && target[2].as_str().unwrap().ends_with('…'));
}

#[test]
fn links_go_where_they_are_told_and_never_run_anything() {
    let folder = tempfile::tempdir().unwrap();
    for locale in ["de-DE", "sv-SE"] {
        let text = document(locale, "Die Datei harbor. json", "The file harbor.json");
        write(folder.path(), &format!("{}/a b.md", locale.to_lowercase()), &text);
    }
    fs::create_dir(folder.path().join("out")).unwrap();
    let link = |args: &[&str]| {
        let args = [&["report", "--select", "identifier/file-name", "-o", "out/r.html"], args].concat();
        let run = loclint(folder.path(), &args);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let page = fs::read_to_string(folder.path().join("out/r.html")).unwrap();
        data(&page)["files"][0]["link"].as_str().unwrap().to_string()
    };
    assert_eq!(link(&[]), "../de-de/a%20b.md#L{line}");
    let web = "https://example.com/blob/main/{path}#L{line}";
    assert_eq!(link(&["--link-template", web]), "https://example.com/blob/main/de-de/a%20b.md#L{line}");
    let run = loclint(folder.path(), &["report", "--link-template", "javascript:alert({path})"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("links to \"javascript:\" are not made"), "{}", run.stderr);
}
