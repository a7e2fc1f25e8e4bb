//! Reads messages, answers them, and checks documents when none is waiting.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use lsp_server::{Connection, ErrorCode, Message, Notification, ProtocolError, Request, RequestId, Response};
use lsp_types::notification as note;
use lsp_types::notification::Notification as _;
use lsp_types::request::{CodeActionRequest, HoverRequest, RegisterCapability, Request as _, Shutdown};
use lsp_types::{
    CodeActionParams, Diagnostic, DidChangeTextDocumentParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, HoverParams, InitializeParams, LogMessageParams,
    MessageType, PublishDiagnosticsParams, ShowMessageParams, Uri,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::client::Client;
use super::documents::Documents;
use super::uri::{is_of_file, path_of, uri_of};
use super::uris::Uris;
use super::wire::Wire;
use super::{Checked, Checker, Question, Trouble, actions, diagnostics, hover};
use crate::engine::panic_text;

/// So long no message has to come before a document is checked: what is typed at once is checked once.
const QUIET: Duration = Duration::from_millis(15);

/// However much is typed, a check waits no longer than this.
const MOST_WAIT: Duration = Duration::from_millis(250);

/// Files that change what is found.
const WATCHED: &str = "**/*.{md,yml,yaml,csv,tbx,json}";

/// Serves an editor over standard input and output, until it asks to end. Says whether it did, and did not just go
/// away.
pub fn serve(checker: &mut dyn Checker) -> bool {
    let (connection, wire) = Wire::open();
    let done = serve_on(connection, checker);
    wire.close(done.is_some());
    done.unwrap_or(false)
}

/// Whether the editor ended in order; `None` if messages ended.
pub(super) fn serve_on(connection: Connection, checker: &mut dyn Checker) -> Option<bool> {
    let mut uris = Uris::default();
    let params = match initialize(&connection, &mut uris) {
        Ok(params) => params,
        Err(error) => {
            let _ = writeln!(io::stderr(), "loclint: {error}");
            return None;
        }
    };
    let client = Client::new(&params);
    let mut server = Server {
        connection,
        checker,
        client,
        uris,
        documents: Documents::default(),
        troubles: BTreeMap::new(),
        due_since: None,
        is_shut_down: false,
    };
    server.watch();
    server.run()
}

fn initialize(connection: &Connection, uris: &mut Uris) -> Result<InitializeParams, String> {
    let told = |error: ProtocolError| {
        let nobody = "no editor speaks the Language Server Protocol on standard input; \"loclint lsp\" is for editors \
                      to start (docs/editors.md)";
        if error.channel_is_disconnected() { nobody.to_string() } else { error.to_string() }
    };
    let (id, mut params) = connection.initialize_start().map_err(told)?;
    let strict = uris.take_in(&mut params);
    let read = strict.and_then(|()| serde_json::from_value(params).map_err(|error| error.to_string()));
    let params: InitializeParams = match read {
        Ok(params) => params,
        Err(text) => {
            let answer = Response::new_err(id, ErrorCode::InvalidParams as i32, text.clone());
            let _ = connection.sender.send(answer.into());
            return Err(text);
        }
    };
    let answer = json!({
        "capabilities": {
            "positionEncoding": Client::new(&params).encoding.kind(),
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
            "hoverProvider": true,
            "codeActionProvider": { "codeActionKinds": ["quickfix", actions::FIX_ALL] },
            "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
        },
        "serverInfo": { "name": "loclint", "version": env!("CARGO_PKG_VERSION") },
    });
    connection.initialize_finish(id, answer).map_err(|error| error.to_string())?;
    Ok(params)
}

struct Server<'a> {
    connection: Connection,
    checker: &'a mut dyn Checker,
    client: Client,
    uris: Uris,
    documents: Documents,
    /// The documents that cannot be checked, and why; what keeps several is shown once.
    troubles: BTreeMap<String, Trouble>,
    /// Since when there is something to check.
    due_since: Option<Instant>,
    is_shut_down: bool,
}

impl Server<'_> {
    fn run(&mut self) -> Option<bool> {
        loop {
            let waiting = self.due_since.map(|since| QUIET.min(MOST_WAIT.saturating_sub(since.elapsed())));
            let message = match waiting {
                None => Some(self.connection.receiver.recv().ok()?),
                Some(wait) => match self.connection.receiver.recv_timeout(wait) {
                    Ok(message) => Some(message),
                    Err(error) if error.is_timeout() => None,
                    Err(_) => return None,
                },
            };
            match message {
                None => {
                    if let Some(key) = self.documents.next_due() {
                        self.check_guarded(&key);
                    }
                }
                Some(Message::Notification(exit)) if exit.method == note::Exit::METHOD => {
                    return Some(self.is_shut_down);
                }
                Some(Message::Notification(mut notification)) => {
                    let method = notification.method.clone();
                    if let Err(why) = self.uris.take_in(&mut notification.params) {
                        self.tell(&format!("{method}: {why}"));
                        continue;
                    }
                    if let Err(panic) = guarded(|| self.notified(notification)) {
                        self.log(&format!("{method}: {panic}"));
                    }
                }
                Some(Message::Request(request)) => self.asked(request),
                // To what the server asked for: there is nothing to do about it.
                Some(Message::Response(_)) => {}
            }
            self.due_since = self.documents.any_due().then(|| self.due_since.unwrap_or_else(Instant::now));
        }
    }

    fn notified(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            note::DidOpenTextDocument::METHOD => {
                let Some(params) = self.params::<DidOpenTextDocumentParams>(&method, params) else { return };
                let uri = &params.text_document.uri;
                // Texts that were never saved, and those of other programs, have schemes of their own.
                if is_of_file(uri) && path_of(uri).is_none() {
                    self.tell(&format!(
                        "{method}: the URI {:?} cannot be read: no file here has it",
                        uri.as_str()
                    ));
                    return;
                }
                self.documents.open(params.text_document);
            }
            note::DidChangeTextDocument::METHOD => {
                let Some(params) = self.params::<DidChangeTextDocumentParams>(&method, params) else {
                    return;
                };
                let document = params.text_document;
                let encoding = self.client.encoding;
                self.documents.change(&document.uri, document.version, params.content_changes, encoding);
            }
            note::DidCloseTextDocument::METHOD => {
                let Some(params) = self.params::<DidCloseTextDocumentParams>(&method, params) else { return };
                if let Some(closed) = self.documents.close(&params.text_document.uri) {
                    self.checker.refresh();
                    self.all_is_well(closed.uri.as_str());
                    self.publish(closed.uri, Vec::new(), None);
                }
            }
            note::DidSaveTextDocument::METHOD | note::DidChangeWatchedFiles::METHOD => {
                self.checker.refresh();
                self.documents.all_due();
            }
            note::DidChangeConfiguration::METHOD => {
                self.checker.forget();
                self.documents.all_due();
            }
            note::DidChangeWorkspaceFolders::METHOD => {
                let params = self.params::<DidChangeWorkspaceFoldersParams>(&method, params);
                let Some(event) = params.map(|params| params.event) else { return };
                self.client.remove(&event.removed);
                self.client.add(&event.added);
                self.documents.all_due();
            }
            _ => {}
        }
    }

    /// The parameters of a notification; one that cannot be read is logged.
    fn params<P: DeserializeOwned>(&self, method: &str, params: Value) -> Option<P> {
        let read = serde_json::from_value(params);
        read.inspect_err(|error| self.tell(&format!("{method}: {error}"))).ok()
    }

    fn asked(&mut self, request: Request) {
        let Request { id, method, mut params } = request;
        let strict = self.uris.take_in(&mut params);
        let refuse = |code: ErrorCode, why: &str| Response::new_err(id.clone(), code as i32, why.into());
        let response = if self.is_shut_down {
            refuse(ErrorCode::InvalidRequest, "the server was asked to end")
        } else if let Err(why) = strict {
            refuse(ErrorCode::InvalidParams, &why)
        } else {
            match guarded(|| self.answer(&method, params)) {
                Ok(Some(Ok(result))) => Response::new_ok(id, result),
                Ok(Some(Err(error))) => refuse(ErrorCode::InvalidParams, &error.to_string()),
                Ok(None) => refuse(ErrorCode::MethodNotFound, &format!("there is no \"{method}\" here")),
                Err(panic) => {
                    self.log(&format!("{method}: {panic}"));
                    refuse(ErrorCode::InternalError, &panic)
                }
            }
        };
        self.send(response.into());
    }

    /// The answer to a request; `None` if there is no such one.
    fn answer(&mut self, method: &str, params: Value) -> Option<serde_json::Result<Value>> {
        match method {
            Shutdown::METHOD => {
                self.is_shut_down = true;
                Some(Ok(Value::Null))
            }
            HoverRequest::METHOD => {
                let answer = |params: HoverParams| {
                    let at = params.text_document_position_params;
                    let document = self.documents.get(at.text_document.uri.as_str())?;
                    hover::at(document, at.position, self.client.encoding, self.client.markdown)
                };
                Some(serde_json::from_value(params).and_then(|params| serde_json::to_value(answer(params))))
            }
            CodeActionRequest::METHOD => {
                let params = serde_json::from_value(params);
                Some(params.and_then(|params| serde_json::to_value(self.code_actions(&params))))
            }
            _ => None,
        }
    }

    fn code_actions(&mut self, params: &CodeActionParams) -> Vec<lsp_types::CodeActionOrCommand> {
        let key = params.text_document.uri.as_str();
        // What is offered has to fit the text as it is now.
        if self.documents.take_due(key) {
            self.check(key);
        }
        let Some(document) = self.documents.get(key) else { return Vec::new() };
        if document.fixed.is_none() {
            let as_it_is = document.text.clone();
            let fixed = actions::may_fix_all(document).then(|| self.fixed(key)).flatten();
            if let Some(document) = self.documents.get_mut(key) {
                document.fixed = Some(fixed.unwrap_or(as_it_is));
            }
        }
        let Some(document) = self.documents.get(key) else { return Vec::new() };
        let fixed = document.fixed.as_deref().filter(|fixed| *fixed != document.text);
        actions::at(document, params, &self.client, fixed)
    }

    /// The text of a document after its safe fixes.
    fn fixed(&mut self, key: &str) -> Option<String> {
        let document = self.documents.get(key)?;
        let folder = self.client.folder_of(&document.path);
        let open = self.documents.texts();
        let question = Question { path: &document.path, folder: &folder, open: &open };
        self.checker.fixed(&question).ok().flatten()
    }

    fn check_guarded(&mut self, key: &str) {
        if let Err(panic) = guarded(|| self.check(key)) {
            self.log(&panic);
        }
    }

    /// Checks a document, and publishes what was found.
    fn check(&mut self, key: &str) {
        let Some(document) = self.documents.get(key) else { return };
        let folder = self.client.folder_of(&document.path);
        let open = self.documents.texts();
        let question = Question { path: &document.path, folder: &folder, open: &open };
        let found = self.checker.check(&question);
        let Checked { findings, reads } = match found {
            Ok(checked) => {
                self.all_is_well(key);
                checked
            }
            Err(trouble) => {
                self.complain(key, trouble);
                Checked::default()
            }
        };
        let Some(document) = self.documents.get_mut(key) else { return };
        document.fixed = None;
        (document.findings, document.reads) = (findings, reads);
        let (uri, version) = (document.uri.clone(), document.version);
        let Some(document) = self.documents.get(key) else { return };
        let found = diagnostics::of(document, &self.documents, self.client.encoding, self.client.related);
        self.publish(uri, found, Some(version));
    }

    /// Shows why a document cannot be checked: once as a message, and at the place of the mistake.
    fn complain(&mut self, key: &str, trouble: Trouble) {
        if self.troubles.get(key) == Some(&trouble) {
            return;
        }
        self.all_is_well(key);
        if !self.troubles.values().any(|known| *known == trouble) {
            if let Some(refused) = &trouble.place
                && let Some(uri) = self.uri_of(&refused.path)
            {
                self.publish(uri, vec![diagnostics::of_configuration(refused)], None);
            }
            let message = trouble.message.clone();
            self.notify::<note::ShowMessage>(ShowMessageParams { typ: MessageType::ERROR, message });
        }
        self.troubles.insert(key.into(), trouble);
    }

    /// What kept a document from being checked is mended, or the document is closed.
    fn all_is_well(&mut self, key: &str) {
        let Some(place) = self.troubles.remove(key).and_then(|trouble| trouble.place) else { return };
        let is_there =
            |trouble: &Trouble| trouble.place.as_ref().is_some_and(|other| other.path == place.path);
        if !self.troubles.values().any(is_there)
            && let Some(uri) = self.uri_of(&place.path)
        {
            self.publish(uri, Vec::new(), None);
        }
    }

    /// The URI of a file, as the editor calls it if it is open.
    fn uri_of(&self, path: &std::path::Path) -> Option<Uri> {
        self.documents.of_path(path).map(|open| open.uri.clone()).or_else(|| uri_of(path))
    }

    /// Asks the editor to tell when files change.
    fn watch(&self) {
        if !self.client.watches {
            return;
        }
        let watchers = json!({ "watchers": [{ "globPattern": WATCHED }] });
        let method = note::DidChangeWatchedFiles::METHOD;
        let registration = json!({ "id": "files", "method": method, "registerOptions": watchers });
        let params = json!({ "registrations": [registration] });
        let id = RequestId::from("watch".to_string());
        self.send(Request::new(id, RegisterCapability::METHOD.into(), params).into());
    }

    fn publish(&self, uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        self.notify::<note::PublishDiagnostics>(PublishDiagnosticsParams { uri, diagnostics, version });
    }

    /// Says what went wrong inside.
    fn log(&self, what: &str) {
        self.tell(&format!("this is a fault of loclint, please report it: {what}"));
    }

    /// Says something to the editor's log and on stderr.
    fn tell(&self, message: &str) {
        let message = message.to_string();
        let _ = writeln!(io::stderr(), "loclint: {message}");
        self.notify::<note::LogMessage>(LogMessageParams { typ: MessageType::ERROR, message });
    }

    fn notify<N: note::Notification>(&self, params: N::Params) {
        self.send(Notification::new(N::METHOD.into(), params).into());
    }

    /// An editor that went away is noticed when messages end.
    fn send(&self, mut message: Message) {
        self.uris.give_back_in(&mut message);
        let _ = self.connection.sender.send(message);
    }
}

/// Runs something; a panic is an error, in its words.
fn guarded<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|panic| panic_text(panic.as_ref()))
}
