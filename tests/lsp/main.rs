//! The language server, driven over standard input and output as an editor does.
#![allow(clippy::unwrap_used, reason = "a failure here is the report")]
#![allow(clippy::needless_pass_by_value, reason = "what is made in place is passed on")]

mod answers;
#[path = "../common/mod.rs"]
mod common;
mod diagnostics;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use common::copy;
use loclint::files::slashes;
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
        let folder = dunce::canonicalize(folder).unwrap();
        let mut editor = Self { child, to, from, folder, next: 0, version: 0, told: Vec::new() };
        let folders = json!([{ "uri": editor.uri(""), "name": "docs" }]);
        let params = json!({ "processId": null, "capabilities": capabilities, "workspaceFolders": folders });
        let answer = editor.ask("initialize", params)["result"].clone();
        editor.tell("initialized", json!({}));
        (editor, answer)
    }

    fn uri(&self, path: &str) -> String {
        let folder = slashes(&self.folder);
        // As Visual Studio Code writes the drives of Windows.
        let folder = match folder.split_once(':') {
            Some((drive, rest)) => format!("/{}%3A{rest}", drive.to_lowercase()),
            None => folder,
        };
        format!("file://{folder}/{path}").trim_end_matches('/').to_string()
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
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"].as_str().unwrap().eq_ignore_ascii_case(&uri)
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
