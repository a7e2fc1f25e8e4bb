//! The language server, driven over standard input and output as an editor does.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]
#![allow(clippy::needless_pass_by_value, reason = "what is made in place is passed on")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use common::copy;
use serde_json::{Value, json};
use tempfile::TempDir;

const ARTICLE: &str = "markup-glued-hyphen.md";
const FAULT: (&str, &str) = ("grunderna- [", "grunderna - [");
const RULE: &str = "markup/glued-hyphen";

/// An editor that can do little.
struct Editor {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    folder: PathBuf,
    next: i64,
    version: i64,
    /// What came besides answers, the oldest first.
    told: Vec<Value>,
}

impl Editor {
    fn start(folder: &Path) -> Self {
        Self::with(folder, json!({ "general": { "positionEncodings": ["utf-16"] } })).0
    }

    /// An editor with these capabilities, and what the server says of itself.
    fn with(folder: &Path, capabilities: Value) -> (Self, Value) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_loclint"))
            .args(["lsp", "--stdio"])
            .env("SOURCE_DATE_EPOCH", "1795219200")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let to = child.stdin.take().unwrap();
        let from = BufReader::new(child.stdout.take().unwrap());
        let folder = folder.canonicalize().unwrap();
        let mut editor = Self { child, to, from, folder, next: 0, version: 0, told: Vec::new() };
        let folders = json!([{ "uri": editor.uri(""), "name": "docs" }]);
        let params = json!({ "processId": null, "capabilities": capabilities, "workspaceFolders": folders });
        let answer = editor.ask("initialize", params)["result"].clone();
        editor.tell("initialized", json!({}));
        (editor, answer)
    }

    fn uri(&self, path: &str) -> String {
        format!("file://{}/{path}", self.folder.display()).trim_end_matches('/').to_string()
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.to.flush().unwrap();
    }

    fn read(&mut self) -> Value {
        let mut len = 0;
        loop {
            let mut line = String::new();
            assert_ne!(self.from.read_line(&mut line).unwrap(), 0, "the server went away");
            if let Some(told) = line.strip_prefix("Content-Length: ") {
                len = told.trim().parse().unwrap();
            }
            if line == "\r\n" {
                break;
            }
        }
        let mut bytes = vec![0; len];
        self.from.read_exact(&mut bytes).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next, "method": method, "params": params }));
        loop {
            let message = self.read();
            if message["id"] == self.next && message.get("method").is_none() {
                return message;
            }
            self.told.push(message);
        }
    }

    fn open(&mut self, path: &str, text: &str) -> Vec<Value> {
        self.version = 1;
        let item = json!({ "uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": item }));
        self.diagnostics(path)
    }

    /// Sends a whole text.
    fn change(&mut self, path: &str, text: &str) -> Vec<Value> {
        self.changes(path, json!([{ "text": text }]))
    }

    fn changes(&mut self, path: &str, changes: Value) -> Vec<Value> {
        self.version += 1;
        let document = json!({ "uri": self.uri(path), "version": self.version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
        self.diagnostics(path)
    }

    /// The next diagnostics of a file.
    fn diagnostics(&mut self, path: &str) -> Vec<Value> {
        let uri = self.uri(path);
        let published = self.wait_for(|message| {
            message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri.as_str()
        });
        published["params"]["diagnostics"].as_array().unwrap().clone()
    }

    fn wait_for(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        loop {
            if let Some(at) = self.told.iter().position(&is_it) {
                return self.told.remove(at);
            }
            let message = self.read();
            self.told.push(message);
        }
    }

    fn actions(&mut self, path: &str, range: &Value, only: Option<&str>) -> Vec<Value> {
        let mut context = json!({ "diagnostics": [] });
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let document = json!({ "uri": self.uri(path) });
        let params = json!({ "textDocument": document, "range": range, "context": context });
        self.ask("textDocument/codeAction", params)["result"].as_array().unwrap().clone()
    }

    fn hover(&mut self, path: &str, line: usize, character: usize) -> Value {
        let document = json!({ "uri": self.uri(path) });
        let position = json!({ "line": line, "character": character });
        self.ask("textDocument/hover", json!({ "textDocument": document, "position": position }))["result"]
            .clone()
    }

    /// Ends in order; gives the exit code.
    fn end(mut self) -> i32 {
        assert_eq!(self.ask("shutdown", Value::Null)["result"], Value::Null);
        self.tell("exit", Value::Null);
        self.child.wait().unwrap().code().unwrap()
    }
}

/// Byte offset of a position in UTF-16.
fn offset(text: &str, position: &Value) -> usize {
    let line = usize::try_from(position["line"].as_u64().unwrap()).unwrap();
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut left = usize::try_from(position["character"].as_u64().unwrap()).unwrap();
    let inside = text[start..].char_indices().find(|(_, c)| {
        let here = left == 0;
        left = left.saturating_sub(c.len_utf16());
        here
    });
    inside.map_or(text.len(), |(at, _)| start + at)
}

fn slice<'t>(text: &'t str, range: &Value) -> &'t str {
    &text[offset(text, &range["start"])..offset(text, &range["end"])]
}

/// The text after the edits of an action.
fn edited(text: &str, action: &Value) -> String {
    let edit = &action["edit"];
    let edits = match edit["changes"].as_object() {
        Some(changes) => changes.values().next().unwrap(),
        None => &edit["documentChanges"][0]["edits"],
    };
    let mut edits: Vec<&Value> = edits.as_array().unwrap().iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(offset(text, &edit["range"]["start"])));
    let mut text = text.to_string();
    for edit in edits {
        let range = offset(&text, &edit["range"]["start"])..offset(&text, &edit["range"]["end"]);
        text.replace_range(range, edit["newText"].as_str().unwrap());
    }
    text
}

fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let found = actions.iter().find(|action| action["title"].as_str().unwrap().starts_with(title));
    found.unwrap_or_else(|| panic!("no action \"{title}\" in {actions:#?}"))
}

/// A tree with one fault, and the text that has it.
fn tree() -> (TempDir, String, String) {
    let folder = TempDir::new().unwrap();
    for locale in ["ru-ru", "sv-se"] {
        copy(&format!("stories/{locale}/{ARTICLE}"), folder.path().join(locale).join(ARTICLE));
    }
    let path = format!("sv-se/{ARTICLE}");
    let text = fs::read_to_string(folder.path().join(&path)).unwrap();
    assert!(text.contains(FAULT.0));
    (folder, path, text)
}

fn rules(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|one| one["code"].as_str().unwrap()).collect()
}

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
    let run = common::loclint(folder.path(), &["check", &path, "--format", "json"]);
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
    // What is closed has no diagnostics.
    let uri = editor.uri(&path);
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(editor.diagnostics(&path), [] as [Value; 0]);
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
    let root = common::testdata().join("stories");
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
    let run = common::loclint(folder.path(), &["baseline", "--output", "known.json"]);
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
