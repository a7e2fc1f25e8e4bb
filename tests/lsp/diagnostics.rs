//! What is found, while texts, configurations and baselines change.

use std::fs;
use std::time::Instant;

use loclint::report::rule_page;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::common::{copy, loclint};
use super::{Editor, FAULT, RULE, rules, slice, tree};

#[test]
fn diagnostics_follow_the_text() {
    let (folder, path, text) = tree();
    let mut editor = Editor::start(folder.path());
    let found = editor.open(&path, &text);
    assert_eq!(rules(&found), [RULE]);
    assert_eq!(slice(&text, &found[0]["range"]), "-");
    assert_eq!((&found[0]["severity"], &found[0]["source"]), (&2.into(), &"loclint".into()));
    assert_eq!(
        found[0]["message"],
        "separating hyphen glued to \"grunderna\"\nput a blank before the hyphen"
    );
    assert_eq!(found[0]["data"]["fix"]["edits"][0]["newText"], " ");
    assert_eq!(found[0]["codeDescription"]["href"], rule_page(RULE));
    let run = loclint(folder.path(), &["check", &path, "--format", "json"]);
    let checked: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(checked["findings"].as_array().unwrap().len(), 1);
    assert_eq!(found[0]["data"]["fingerprint"], checked["findings"][0]["fingerprint"]);
    let mended = text.replace(FAULT.0, FAULT.1);
    assert_eq!(editor.change(&path, &mended), [] as [Value; 0]);
    assert_eq!(rules(&editor.change(&path, &text)), [RULE], "undone");
    // One character more, and then the same again at another place.
    let at = text.find("- [").unwrap();
    let line = text[..at].matches('\n').count();
    let column = text[text[..at].rfind('\n').unwrap() + 1..at].chars().count();
    let position = json!({ "line": line, "character": column });
    let range = json!({ "start": position, "end": position });
    assert_eq!(editor.changes(&path, json!([{ "range": range, "text": " " }])), [] as [Value; 0]);
    let start = json!({ "line": 0, "character": 0 });
    let taken = json!({ "start": position, "end": { "line": line, "character": column + 1 } });
    let two =
        json!([{ "range": taken, "text": "" }, { "range": { "start": start, "end": start }, "text": "" }]);
    assert_eq!(rules(&editor.changes(&path, two)), [RULE]);
    assert_eq!(rules(&editor.change(&path, "")), ["span/none"], "all of it is gone");
    // What is closed has no diagnostics.
    let uri = editor.uri(&path);
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(editor.diagnostics(&path), [] as [Value; 0]);
    assert_eq!(editor.end(), 0);
}

#[test]
fn only_rules_that_come_with_loclint_lead_to_a_page() {
    let (folder, path, text) = tree();
    let pack = "category: house\nrules:\n  - {name: basics, description: A word., forbid: grunderna, message: a word}\n";
    fs::write(folder.path().join("house.yml"), pack).unwrap();
    fs::write(folder.path().join("loclint.yml"), "packs: house.yml\n").unwrap();
    let mut editor = Editor::start(folder.path());
    for one in editor.open(&path, &text) {
        let page = one["codeDescription"]["href"].as_str();
        let wanted = (one["code"] == RULE).then(|| rule_page(RULE));
        assert_eq!(page, wanted.as_deref(), "{}", one["code"]);
    }
    assert_eq!(editor.end(), 0);
}

#[test]
fn columns_are_counted_as_agreed() {
    let (folder, path, text) = tree();
    let text = text.replace("Lär dig grunderna-", "Lär dig 😀 漢字 grunderna-");
    for (offered, agreed, width) in [
        (json!(["utf-16"]), "utf-16", 5),
        (json!(["utf-16", "utf-8"]), "utf-8", 11),
        (Value::Null, "utf-16", 5),
    ] {
        let capabilities = json!({ "general": { "positionEncodings": offered } });
        let (mut editor, answer) = Editor::with(folder.path(), capabilities);
        assert_eq!(answer["capabilities"]["positionEncoding"], agreed);
        let found = editor.open(&path, &text);
        let hyphen = found.iter().find(|one| one["code"] == RULE).unwrap();
        let line = text.lines().find(|line| line.contains("grunderna-")).unwrap();
        let before = &line[..line.find("😀").unwrap()];
        let umlauts = if agreed == "utf-8" { before.len() } else { before.chars().count() };
        let wanted = umlauts + width + " grunderna".len();
        assert_eq!(hyphen["range"]["start"]["character"], wanted, "{agreed}");
        assert_eq!(editor.end(), 0);
    }
}

#[test]
fn open_documents_win_over_the_disk() {
    let folder = TempDir::new().unwrap();
    for locale in ["cs-cz", "de-de", "sv-se"] {
        copy(&format!("clean/{locale}/get-started.md"), folder.path().join(locale).join("get-started.md"));
    }
    let read = |locale: &str| fs::read_to_string(folder.path().join(locale).join("get-started.md")).unwrap();
    let capabilities = json!({ "textDocument": { "publishDiagnostics": { "relatedInformation": true } } });
    let (mut editor, _) = Editor::with(folder.path(), capabilities);
    let (swedish, german) = (read("sv-se"), read("de-de"));
    assert_eq!(editor.open("de-de/get-started.md", &german), [] as [Value; 0]);
    assert_eq!(editor.open("sv-se/get-started.md", &swedish), [] as [Value; 0]);
    let faulty = swedish.replace("](push-package.md)", "](push.md)");
    let found = editor.change("sv-se/get-started.md", &faulty);
    assert_eq!(rules(&found), ["parity/skeleton"]);
    let related = found[0]["relatedInformation"].as_array().unwrap();
    assert!(related.iter().any(|one| !one["location"]["uri"].as_str().unwrap().contains("/sv-se/")));
    // The sibling that is open is checked with it, without having changed.
    assert_eq!(editor.diagnostics("de-de/get-started.md"), [] as [Value; 0]);
    // Two against one the other way round.
    let also = german.replace("](push-package.md)", "](push.md)");
    editor.change("de-de/get-started.md", &also);
    assert_eq!(editor.diagnostics("sv-se/get-started.md"), [] as [Value; 0]);
    assert_eq!(read("sv-se"), swedish);
    assert_eq!(editor.end(), 0);
}

#[test]
fn configurations_are_heeded_and_read_anew() {
    let (folder, path, text) = tree();
    let write = |text: &str| fs::write(folder.path().join("loclint.yml"), text).unwrap();
    let mut editor = Editor::start(folder.path());
    assert_eq!(rules(&editor.open(&path, &text)), [RULE]);
    let watched = |editor: &mut Editor| {
        let uri = editor.uri("loclint.yml");
        editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 2 }] }));
    };
    write("rules:\n  markup/glued-hyphen: off\n");
    watched(&mut editor);
    assert_eq!(editor.diagnostics(&path), [] as [Value; 0]);
    write("rules:\n  markup/glued-hyphen: info\n");
    assert_eq!(editor.change(&path, &text)[0]["severity"], 3, "noticed without being told");
    write("rules:\n  markup/glued-hyphenn: info\n");
    watched(&mut editor);
    let shown = editor.wait_for(|message| message["method"] == "window/showMessage");
    assert!(shown["params"]["message"].as_str().unwrap().contains("markup/glued-hyphenn"), "{shown}");
    let mistake = editor.diagnostics("loclint.yml");
    assert_eq!(mistake[0]["range"]["start"]["line"], 1);
    assert_eq!(editor.diagnostics(&path), [] as [Value; 0]);
    write("suppress:\n  - rule: markup\n");
    editor.tell("workspace/didChangeConfiguration", json!({ "settings": {} }));
    assert_eq!(editor.diagnostics("loclint.yml"), [] as [Value; 0]);
    assert_eq!(editor.diagnostics(&path), [] as [Value; 0]);
    write("exclude: [sv-se]\n");
    assert_eq!(editor.change(&path, &text), [] as [Value; 0]);
    fs::remove_file(folder.path().join("loclint.yml")).unwrap();
    assert_eq!(rules(&editor.change(&path, &text)), [RULE]);
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_baseline_is_respected() {
    let (folder, path, text) = tree();
    fs::write(folder.path().join("loclint.yml"), "baseline: known.json\n").unwrap();
    let run = loclint(folder.path(), &["baseline", "--output", "known.json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut editor = Editor::start(folder.path());
    assert_eq!(editor.open(&path, &text), [] as [Value; 0]);
    let two = text.replace("diskutrymme - [", "diskutrymme- [");
    assert_eq!(rules(&editor.change(&path, &two)), [RULE]);
    assert_eq!(editor.end(), 0);
}

#[test]
fn what_is_no_article_has_no_diagnostics() {
    let (folder, path, text) = tree();
    fs::write(folder.path().join("README.md"), "x").unwrap();
    let mut editor = Editor::start(folder.path());
    assert_eq!(editor.open("README.md", "- a- b\n"), [] as [Value; 0]);
    assert_eq!(editor.open("sv-se/TOC.yml", "- name: a\n"), [] as [Value; 0]);
    let item = json!({ "uri": "untitled:Untitled-1", "languageId": "markdown", "version": 1, "text": text });
    editor.tell("textDocument/didOpen", json!({ "textDocument": item }));
    // A file that is not there yet.
    fs::remove_file(folder.path().join(&path)).unwrap();
    assert_eq!(rules(&editor.open(&path, &text)), [RULE]);
    assert_eq!(editor.told, [] as [Value; 0]);
    assert_eq!(editor.end(), 0);
}

#[test]
fn a_change_is_answered_at_once() {
    let (folder, path, text) = tree();
    for n in 0..2000 {
        let there = folder.path().join("ru-ru").join(format!("other-{n}.md"));
        fs::write(there, "---\ntitle: A\n---\n").unwrap();
    }
    let mut editor = Editor::start(folder.path());
    editor.open(&path, &text);
    let mut times = Vec::new();
    for n in 0..10 {
        let started = Instant::now();
        editor.change(&path, &format!("{text}\n<!-- {n} -->\n"));
        times.push(started.elapsed());
    }
    times.sort();
    eprintln!("from change to diagnostics: {:?}", times[5]);
    // 30 ms are usual; a machine with much else to do is slower.
    assert!(times[0].as_millis() < 500, "{times:?}");
    assert_eq!(editor.end(), 0);
}
