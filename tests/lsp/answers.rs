//! What is answered: actions, hovers, and the end.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;

use serde_json::{Value, json};

use super::common::testdata;
use super::{Editor, FAULT, RULE, edited, rules, slice, titled, tree};

#[test]
fn actions_mend_and_suppress() {
    let (folder, path, text) = tree();
    let capabilities = json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } });
    let (mut editor, _) = Editor::with(folder.path(), capabilities);
    let range = editor.open(&path, &text)[0]["range"].clone();
    let actions = editor.actions(&path, &range, None);
    let fix = titled(&actions, "put a blank");
    assert_eq!((&fix["isPreferred"], &fix["kind"]), (&true.into(), &"quickfix".into()));
    assert_eq!(fix["edit"]["documentChanges"][0]["textDocument"]["version"], 1);
    let mended = text.replace(FAULT.0, FAULT.1);
    assert_eq!(edited(&text, fix), mended);
    let all = titled(&actions, "Fix all");
    assert_eq!((edited(&text, all), &all["kind"]), (mended.clone(), &"source.fixAll.loclint".into()));
    for (title, comment) in [
        (
            "Suppress markup/glued-hyphen for this unit",
            "\n<!-- loclint-disable-next-unit markup/glued-hyphen: accepted -->\n- ",
        ),
        (
            "Suppress markup/glued-hyphen in this file",
            "---\n<!-- loclint-disable-file markup/glued-hyphen: accepted -->\n# ",
        ),
    ] {
        let suppressed = edited(&text, titled(&actions, title));
        assert!(suppressed.contains(comment), "{suppressed}");
        assert_eq!(editor.change(&path, &suppressed), [] as [Value; 0], "{title}");
        assert_eq!(rules(&editor.change(&path, &text)), [RULE]);
    }
    assert_eq!(editor.change(&path, &mended), [] as [Value; 0]);
    assert_eq!(editor.actions(&path, &range, None), [] as [Value; 0]);
    editor.change(&path, &text);
    let only = |actions: Vec<Value>| actions.iter().map(|one| one["kind"].clone()).collect::<Vec<_>>();
    assert_eq!(only(editor.actions(&path, &range, Some("source.fixAll"))), ["source.fixAll.loclint"]);
    assert_eq!(only(editor.actions(&path, &range, Some("quickfix"))), ["quickfix"; 3]);
    assert_eq!(only(editor.actions(&path, &range, Some("refactor"))), [] as [Value; 0]);
    assert_eq!(editor.end(), 0);
}

#[test]
fn every_finding_of_the_stories_can_be_suppressed_alone() {
    let root = testdata().join("stories");
    let mut editor = Editor::start(&root);
    let (mut suppressed, mut refused) = (0, BTreeMap::<String, usize>::new());
    for locale in fs::read_dir(&root).unwrap() {
        let locale = locale.unwrap().file_name().into_string().unwrap();
        let mut names: Vec<_> =
            fs::read_dir(root.join(&locale)).unwrap().map(|one| one.unwrap().file_name()).collect();
        names.sort();
        for name in names {
            let path = format!("{locale}/{}", name.to_string_lossy());
            let Ok(text) = fs::read_to_string(root.join(&path)) else { continue };
            let text = text.trim_start_matches('\u{feff}').to_string();
            let found = editor.open(&path, &text);
            for one in &found {
                let rule = one["code"].as_str().unwrap();
                let actions = editor.actions(&path, &one["range"], Some("quickfix"));
                let action = actions.iter().find(|action| {
                    let title = action["title"].as_str().unwrap();
                    title == format!("Suppress {rule} for this unit")
                        || title == format!("Suppress {rule} in this file")
                });
                let Some(action) = action else {
                    *refused.entry(rule.to_string()).or_default() += 1;
                    continue;
                };
                let left = editor.change(&path, &edited(&text, action));
                let whole_file = action["title"].as_str().unwrap().ends_with("in this file");
                let of_rule = |other: &&Value| other["code"] == rule;
                let stays = |other: &Value| whole_file || other["data"]["unit"] == one["data"]["unit"];
                assert!(!left.iter().filter(of_rule).any(stays), "{path}: {rule}");
                let others = |all: &[Value]| all.len() - all.iter().filter(of_rule).count();
                assert_eq!(others(&left), others(&found), "{path}: {rule}");
                suppressed += 1;
                editor.change(&path, &text);
            }
            let uri = editor.uri(&path);
            editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
            editor.diagnostics(&path);
        }
    }
    assert!(suppressed > 10, "{suppressed}");
    let other: Vec<_> = refused.keys().filter(|rule| !rule.starts_with("suppression/")).collect();
    assert_eq!(other, [""; 0], "no place was found for a comment");
    assert_eq!(editor.end(), 0);
}

#[test]
fn hover_shows_the_english() {
    let (folder, path, text) = tree();
    let mut editor = Editor::start(folder.path());
    editor.open(&path, &text);
    let line = text.lines().position(|line| line.contains("Spara diskutrymme")).unwrap();
    let whole = text.lines().nth(line).unwrap();
    for place in ["Spara", "[Manage the"] {
        let hover = editor.hover(&path, line, whole[..whole.find(place).unwrap()].chars().count());
        let value = hover["contents"]["value"].as_str().unwrap();
        assert_eq!(value, "English, dd8f4-108\n\nSave disk space - [Manage the package cache](cache.md)");
        assert!(slice(&text, &hover["range"]).starts_with("<span data-ttu-id=\"dd8f4-108\">"));
    }
    assert_eq!(editor.hover(&path, 1, 3), Value::Null);
    assert_eq!(editor.end(), 0);
    let capabilities = json!({ "textDocument": { "hover": { "contentFormat": ["markdown"] } } });
    let (mut editor, _) = Editor::with(folder.path(), capabilities);
    editor.open(&path, &text);
    let hover = editor.hover(&path, line, 10);
    assert!(
        hover["contents"]["value"]
            .as_str()
            .unwrap()
            .starts_with("**English** `dd8f4-108`\n\n```markdown\nSave")
    );
    assert_eq!(editor.end(), 0);
}

#[test]
fn it_ends_as_the_protocol_says() {
    let (folder, path, text) = tree();
    let mut editor = Editor::start(folder.path());
    editor.open(&path, &text);
    assert_eq!(editor.ask("workspace/symbol", json!({ "query": "" }))["error"]["code"], -32601);
    assert_eq!(editor.ask("textDocument/hover", json!({}))["error"]["code"], -32602);
    assert_eq!(editor.end(), 0);
    let mut hasty = Editor::start(folder.path());
    hasty.tell("exit", Value::Null);
    assert_eq!(hasty.child.wait().unwrap().code(), Some(1));
    let Editor { mut child, to, .. } = Editor::start(folder.path());
    drop(to);
    assert_eq!(child.wait().unwrap().code(), Some(1), "the editor went away");
}

#[test]
fn files_are_found_however_editors_encode_their_names() {
    let folder = tempfile::tempdir().unwrap();
    // Signs and letters that a strict URI would have encoded. Windows has no "|" in names.
    let signs = if cfg!(windows) { "sv-se/a[1]^b.md" } else { "sv-se/a[1]^b|c.md" };
    for place in [signs, "dokumentace č/sv-se/名前 {1}.md"] {
        super::common::copy("stories/sv-se/markup-glued-hyphen.md", folder.path().join(place));
        let text = fs::read_to_string(folder.path().join(place)).unwrap();
        let root = folder.path().join(place.split_once("/sv-se").map_or("", |(root, _)| root));
        fs::create_dir_all(&root).unwrap();
        let mut editor = Editor::start(&root);
        let path = if root == *folder.path() { place } else { place.split_once('/').unwrap().1 };
        let found = editor.open(path, &text);
        assert_eq!(rules(&found), [RULE]);
        let actions = editor.actions(path, &found[0]["range"], None);
        let changes = &titled(&actions, "put a blank")["edit"]["changes"];
        assert!(changes.get(editor.uri(path)).is_some(), "{changes}");
        assert_eq!(editor.end(), 0);
    }
    let mut editor = Editor::start(folder.path());
    let item = json!({ "uri": "sv-se/a.md", "languageId": "markdown", "version": 1, "text": "" });
    editor.tell("textDocument/didOpen", json!({ "textDocument": item }));
    let told = editor.wait_for(|message| message["method"] == "window/logMessage");
    let said = told["params"]["message"].as_str().unwrap();
    assert!(said.contains("the URI \"sv-se/a.md\" cannot be read") && !said.contains("fault"), "{said}");
    assert_eq!(editor.end(), 0);
}

#[test]
fn messages_that_are_no_json_are_refused_and_the_next_is_read() {
    let (folder, path, text) = tree();
    let mut editor = Editor::start(folder.path());
    let error = |editor: &mut Editor| {
        editor.wait_for(|message| message["error"].is_object())["error"]["code"].clone()
    };
    write!(editor.to, "Content-Length: 5\r\n\r\n{{abc}}").unwrap();
    assert_eq!(error(&mut editor), -32700);
    assert_eq!(rules(&editor.open(&path, &text)), [RULE]);
    write!(editor.to, "Content-Length: 99999999999\r\n\r\n").unwrap();
    editor.to.flush().unwrap();
    assert_eq!(error(&mut editor), -32700);
    assert_eq!(editor.child.wait().unwrap().code(), Some(1), "nobody knows where the next message starts");
}
