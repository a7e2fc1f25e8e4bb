//! The server, with a checker that fails.

use std::thread;
use std::time::Duration;

use lsp_server::{Connection, Notification, Request};
use serde_json::{Value, json};

use super::server::serve_on;
use super::{Checked, Checker, Question, Trouble};

/// Panics on texts that say so.
struct Fragile;

impl Checker for Fragile {
    fn check(&mut self, question: &Question<'_>) -> Result<Checked, Trouble> {
        let text = String::from_utf8_lossy(&question.open[question.path]).into_owned();
        assert!(!text.contains("boom"), "boom");
        match text.strip_prefix("wrong: ") {
            Some(message) => Err(Trouble { message: message.into(), place: None }),
            None => Ok(Checked::default()),
        }
    }

    fn fixed(&mut self, _: &Question<'_>) -> Result<Option<String>, Trouble> {
        Ok(None)
    }

    fn refresh(&mut self) {}

    fn forget(&mut self) {}
}

fn next(editor: &Connection) -> Value {
    let message = editor.receiver.recv_timeout(Duration::from_secs(20)).unwrap();
    serde_json::to_value(message).unwrap()
}

fn tell(editor: &Connection, method: &str, params: Value) {
    editor.sender.send(Notification::new(method.into(), params).into()).unwrap();
}

fn open(editor: &Connection, text: &str) {
    let uri = "file:///nowhere/cs-cz/a.md";
    let item = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
    tell(editor, "textDocument/didOpen", json!({ "textDocument": item }));
}

#[test]
fn panics_and_troubles_do_not_end_it() {
    let (here, editor) = Connection::memory();
    let server = thread::spawn(move || serve_on(here, &mut Fragile));
    let ask = |id: i32, method: &str, params: Value| {
        editor.sender.send(Request::new(id.into(), method.into(), params).into()).unwrap();
        next(&editor)
    };
    ask(1, "initialize", json!({ "capabilities": {} }));
    tell(&editor, "initialized", json!({}));
    open(&editor, "boom");
    assert_eq!(next(&editor)["method"], "window/logMessage");
    open(&editor, "wrong: no such rule");
    let shown = next(&editor);
    assert_eq!(
        (&shown["method"], &shown["params"]["message"]),
        (&"window/showMessage".into(), &"no such rule".into())
    );
    assert_eq!(next(&editor)["method"], "textDocument/publishDiagnostics");
    open(&editor, "wrong: no such rule");
    assert_eq!(next(&editor)["method"], "textDocument/publishDiagnostics", "it is shown once");
    tell(&editor, "textDocument/didChange", json!({ "nonsense": 1 }));
    assert_eq!(next(&editor)["method"], "window/logMessage");
    assert_eq!(ask(2, "textDocument/hover", json!([]))["error"]["code"], -32602);
    assert_eq!(ask(3, "workspace/symbol", json!({}))["error"]["code"], -32601);
    assert_eq!(ask(4, "shutdown", Value::Null)["id"], 4);
    assert_eq!(ask(5, "textDocument/hover", json!({}))["error"]["code"], -32600);
    tell(&editor, "exit", Value::Null);
    assert_eq!(server.join().unwrap(), Some(true));
}
