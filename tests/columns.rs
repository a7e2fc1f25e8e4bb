//! Columns are counted in characters, whatever the script: in every report the column is where the
//! fault is.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

mod common;

use std::fs;

use common::loclint;
use serde_json::Value;

/// Text before the fault in many scripts: its locale, the words that the hyphen sticks to.
const SCRIPTS: [(&str, &str); 12] = [
    ("cs-CZ", "Přečtěte si přehled"),
    ("vi-VN", "Đọc phần tổng quan"),
    ("de-DE", "U\u{308}bersicht fu\u{308}r Anfa\u{308}nger"),
    ("ru-RU", "Прочитайте обзор"),
    ("el-GR", "Διαβάστε την επισκόπηση"),
    ("ja-JP", "概要をお読みください"),
    ("zh-TW", "請先閱讀概觀"),
    ("ko-KR", "개요를 읽어 보세요"),
    ("ar-SA", "اقرأ النظرة العامة"),
    ("he-IL", "קראו את הסקירה"),
    ("hi-IN", "अवलोकन पढ़ें"),
    ("th-TH", "อ่านภาพรวม 👩‍👩‍👧 😀x"),
];

fn document(locale: &str, words: &str) -> String {
    let provenance = [
        "ms.openlocfilehash: a",
        "ms.sourcegitcommit: b",
        "ms.translationtype: MT",
        "ms.lasthandoff: 05/19/2021",
    ];
    format!(
        "---\n{}\nms.contentlocale: {locale}\nms.locfileid: \"\"\n---\n\n- <span data-ttu-id=\"0a0a0-103\">{words}- [x](x.md)</span>\
         <span class=\"sxs-lookup\"><span data-stu-id=\"0a0a0-103\">Read the overview - [x](x.md)</span></span>\n",
        provenance.join("\n")
    )
}

#[test]
fn the_column_is_where_the_fault_is() {
    let folder = tempfile::tempdir().unwrap();
    for (locale, words) in SCRIPTS {
        let path = folder.path().join(locale.to_lowercase()).join("a.md");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, document(locale, words)).unwrap();
    }
    let run = loclint(folder.path(), &["check", "--format", "json", "--select", "markup/glued-hyphen"]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), SCRIPTS.len());
    for finding in findings {
        let text = fs::read_to_string(folder.path().join(finding["path"].as_str().unwrap())).unwrap();
        let number = |key: &str| usize::try_from(finding[key].as_u64().unwrap()).unwrap();
        let line = text.lines().nth(number("line") - 1).unwrap();
        let marked: String =
            line.chars().skip(number("column") - 1).take(number("end_column") - number("column")).collect();
        assert_eq!(marked, "-", "in {}", finding["locale"]);
        let before: String = line.chars().take(number("column") - 1).collect();
        let (_, words) = SCRIPTS.into_iter().find(|(locale, _)| *locale == finding["locale"]).unwrap();
        assert!(before.ends_with(words), "{before}");
    }
}

#[test]
fn the_full_report_shows_every_script_whole() {
    for (locale, words) in SCRIPTS {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(locale.to_lowercase()).join("a.md");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, document(locale, words)).unwrap();
        let run = loclint(folder.path(), &["check", "--select", "markup/glued-hyphen"]);
        let column = "- <span data-ttu-id=\"0a0a0-103\">".len() + words.chars().count() + 1;
        assert!(run.stdout.contains(&format!("a.md:10:{column}]")), "{locale}: {}", run.stdout);
        // Joiners inside a cluster stay: they are letters of the script, not tricks.
        assert!(run.stdout.contains(&format!("{words}- [x](x.md)")), "{locale}: {}", run.stdout);
    }
}
