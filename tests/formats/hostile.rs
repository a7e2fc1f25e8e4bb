//! A tree that wants to harm whoever looks at its findings: through every format it stays inert and readable.

use std::fs;
use std::path::Path;

use anstream::adapter::strip_str;
use serde_json::Value;

use super::common::loclint;
use super::{FORMATS, runner, valid_gitlab, valid_junit, valid_sarif};

/// Texts that mean something to a browser, a terminal, a CI system, XML or JSON.
const TEXTS: [&str; 18] = [
    "</script><script>alert(1)</script>",
    "\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]0;title\u{7}",
    "::error file=x,line=1::forged",
    "x\n::error file=x::forged",
    "x\r::error file=x::forged",
    "a ##[error]forged",
    "##vso[task.setvariable variable=PATH]x",
    "##teamcity[buildProblem description='x']",
    "100%0A::error::forged",
    "a,line=7::forged",
    "\u{202e}gpj.exe",
    "\u{2066}x\u{200b}",
    "\0",
    "\u{8}\u{7f}\u{9b}31m",
    "]]>&#0;&amp;<failure>",
    "\u{fffe}\u{ffff}",
    "[x](https://example.com) {0}",
];

/// File names that a git repository can hold.
#[cfg(unix)]
const NAMES: [&str; 8] = [
    "new\nline",
    "::error file=x::forged",
    "%0A::error::forged",
    "a,line=7::b:c",
    "\u{202e}gpj",
    "\u{1b}[31mred",
    "##[error]forged",
    "<&\"'>]]>",
];
#[cfg(not(unix))]
const NAMES: [&str; 2] = ["%0A", "a,line=7"];

fn pair(id: &str, target: &str, source: &str) -> String {
    format!(
        "<span data-ttu-id=\"{id}\">{target}</span><span class=\"sxs-lookup\"><span data-stu-id=\"{id}\">{source}</span></span>\n\n"
    )
}

fn front_matter(title: &str, locale: &str, id: &str) -> String {
    format!(
        "---\ntitle: {title}\nms.openlocfilehash: a\nms.sourcegitcommit: b\nms.translationtype: MT\n\
         ms.contentlocale: {locale}\nms.lasthandoff: 05/19/2021\nms.locfileid: \"{id}\"\n---\n\n"
    )
}

/// Faults of many rules, whose messages quote the text.
fn faults(text: &str, first: usize) -> String {
    let places = [
        (format!("Se `{text}` här"), "See `--all` here".to_string()),
        (format!("Läs {text}- [mer](a.md)"), format!("Read {text} - [more](a.md)")),
        (format!("Läs [{text}]({text})"), "Read [more](a.md)".to_string()),
        (format!("{text} och och {text}"), format!("{text} and {text}")),
        (format!("**{text}** ({text}"), format!("**{text}:** x")),
    ];
    let one = |(at, (target, source)): (usize, &(String, String))| {
        pair(&format!("0a0a0-{}", first + at), target, source)
    };
    places.iter().enumerate().map(one).collect()
}

fn write(folder: &Path, locale: &str, name: &str, text: &str) {
    let folder = folder.join(locale);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{name}.md")), text).unwrap();
}

/// Every text in every place, and every file name.
fn tree() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (at, text) in TEXTS.iter().enumerate() {
        let (id, body) = (at.to_string(), faults(text, 103));
        write(folder.path(), "sv-se", &format!("text-{at}"), &(front_matter(text, "sv-SE", &id) + &body));
        let comment = format!("<!-- loclint-disable {text}: {text} -->\n\n");
        let head = front_matter("x", "ru-RU", text) + &comment;
        write(folder.path(), "ru-ru", &format!("text-{at}"), &(head + &body));
        let broken = pair(text, "x", "y") + &format!("{text} <span data-ttu-id=\"{text}\">\n");
        let head = front_matter("x", text, &id);
        write(folder.path(), "sv-se", &format!("broken-{at}"), &(head + &broken));
        let head = format!("---\n{text}: x\n{text}: y\nms.{text}\n---\n\n");
        write(folder.path(), "ru-ru", &format!("key-{at}"), &(head + &body));
    }
    for name in NAMES {
        for (name_of, locale) in [("sv-se", "sv-SE"), ("ru-ru", "ru-RU")] {
            write(folder.path(), name_of, name, &(front_matter("x", locale, "7") + &faults("x", 103)));
        }
        fs::write(folder.path().join("sv-se").join(format!("{name}-latin.md")), b"# caf\xe9\n").unwrap();
    }
    folder
}

/// Nothing in it steers a terminal or a CI system.
fn assert_inert(text: &str, what: &str) {
    for c in text.chars().filter(|c| !matches!(c, '\n' | '\t')) {
        let steers = c.is_control()
            || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        assert!(!steers, "{c:?} in {what}");
    }
    for line in text.lines() {
        let command = line.trim_start().strip_prefix("::");
        assert!(!command.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic())), "{what}: {line}");
        for name in ["##[", "##vso[", "##teamcity["] {
            assert!(!line.contains(name), "{what}: {line}");
        }
    }
}

#[test]
fn what_articles_bring_along_stays_inert() {
    let folder = tree();
    let run = |args: &[&str]| loclint(folder.path(), &[&["check", "--max-findings", "10000"], args].concat());
    let count = |format: &str, count: &dyn Fn(&str) -> usize| count(&run(&["-q", "--format", format]).stdout);
    let json =
        |text: &str| serde_json::from_str::<Value>(text).unwrap()["findings"].as_array().unwrap().len();
    let findings = count("json", &json);
    assert!(findings > 20 * TEXTS.len(), "{findings} findings");
    for args in [
        &["--format", "full"][..],
        &["--format", "concise"],
        &["--statistics"],
        &["--show-files"],
        &["--format", "github", "-o", "/no/such\u{202e}/\u{1b}[31m"],
    ] {
        let run = run(args);
        assert_eq!(run.code, if args == ["--show-files"] { 0 } else { 2 });
        if !args.contains(&"github") {
            assert_inert(&run.stdout, args[args.len() - 1]);
        }
        assert_inert(&run.stderr, args[args.len() - 1]);
    }
    // A file name that starts a line.
    for format in ["full", "concise"] {
        let run = loclint(&folder.path().join("sv-se"), &["check", "--format", format]);
        let starts = cfg!(unix) && format == "concise";
        assert!(!starts || run.stdout.contains("\n<U+003A>:error file=x::forged.md:"));
        assert_inert(&run.stdout, format);
        assert_inert(&run.stderr, format);
    }
    // What colour there is is loclint's own.
    let coloured = run(&["-q", "--color", "always"]).stdout;
    assert_eq!(strip_str(&coloured).to_string(), run(&["-q"]).stdout);
    assert_eq!(count("concise", &|text| text.lines().count()), findings);
    assert_eq!(count("jsonl", &|text| text.lines().count()), findings + 1);
    let sarif = |text: &str| valid_sarif(text)["runs"][0]["results"].as_array().unwrap().len();
    assert_eq!(count("sarif", &sarif), findings);
    assert_eq!(count("gitlab", &|text| valid_gitlab(text).as_array().unwrap().len()), findings);
    assert_eq!(count("junit", &|text| valid_junit(text, "hostile")), findings);
    assert_eq!(count("github", &github), findings);
}

/// Every line is one annotation, about one of the files, by one of the rules.
fn github(log: &str) -> usize {
    assert!(log.chars().all(|c| c == '\n' || !c.is_control()), "a control character");
    assert!(!log.contains(['\u{202e}', '\u{2066}', '\u{200b}']));
    let annotations = runner::annotations(log);
    for annotation in &annotations {
        let property = |key: &str| annotation.properties.get(key).map_or("", String::as_str);
        assert!(
            ["sv-se/", "ru-ru/"].iter().any(|locale| property("file").starts_with(locale)),
            "{annotation:?}"
        );
        assert!(
            property("file").rsplit_once('.').is_some_and(|(_, extension)| extension == "md"),
            "{annotation:?}"
        );
        assert!(property("line").parse::<u32>().is_ok() && property("endLine").parse::<u32>().is_ok());
        let is_rule = |c: char| c.is_ascii_lowercase() || matches!(c, '-' | '/');
        assert!(property("title").chars().all(is_rule), "{annotation:?}");
        assert!(!annotation.message.is_empty());
    }
    annotations.len()
}

/// Articles that are one huge line, with faults in it: what is shown of each finding is a window.
#[test]
fn huge_lines_are_cut_to_a_window() {
    let huge = "slovo ".repeat(180_000);
    let word = "slovo".repeat(220_000);
    let folder = tempfile::tempdir().unwrap();
    let documents = [
        front_matter("x", "sv-SE", "1")
            + &pair("0a0a0-103", &format!("{huge} x- [mer](a.md)"), &format!("{huge} x - [more](a.md)")),
        front_matter("x", "sv-SE", "2") + &faults(&word, 103),
        front_matter(&format!("{word}: {word}"), &word, &word)
            + &pair("0a0a0-103", "x- [mer](a.md)", "x - [more](a.md)"),
        front_matter("x", "sv-SE", "4") + &pair(&word, "x- [mer](a.md)", "x - [more](a.md)"),
        front_matter("x", "sv-SE", "5") + &format!("{word} <span data-ttu-id=\"0a0a0-103\">{word}"),
        format!("---\n{word}: x\n{word}: y\n---\n\n"),
        front_matter("x", "sv-SE", "7")
            + &format!("<!-- loclint-disable {word}: {word} -->\n\n{}", faults("x", 103)),
        front_matter("x", "sv-SE", "8") + &faults(&"e\u{301}\u{301}".repeat(180_000), 103),
    ];
    for (at, text) in documents.iter().enumerate() {
        write(folder.path(), "sv-se", &format!("huge-{at}"), text);
    }
    let outputs = FORMATS.map(|format| format!("{format}={format}"));
    let outputs = outputs.iter().flat_map(|output| ["-o", output]);
    let run = loclint(folder.path(), &["check", "-q"].into_iter().chain(outputs).collect::<Vec<_>>());
    assert_eq!(run.code, 1, "{}", run.stderr);
    let read = |format: &str| fs::read_to_string(folder.path().join(format)).unwrap();
    let findings = read("concise").lines().count();
    assert!(findings >= 20, "{findings}");
    for format in FORMATS {
        let text = read(format);
        let most = findings * 4096 + if format == "sarif" { 100_000 } else { 0 };
        assert!(text.len() <= most, "{format} has {} bytes for {findings} findings", text.len());
        let is_text = ["full", "concise", "github", "junit"].contains(&format);
        let longest = text.lines().map(str::len).max().unwrap_or_default();
        assert!(!is_text || longest <= 1500, "{format} has a line of {longest} bytes");
    }
}
