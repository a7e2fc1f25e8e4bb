//! URIs that are not strict. Many editors go by the rules of browsers, which leave signs as they are that RFC 3986 wants encoded: they are encoded
//! here, and given back as the editor writes them.

use std::collections::BTreeMap;

use lsp_server::Message;
use lsp_types::Uri;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value;

/// What stands in no URI. Everything that is not ASCII is encoded too.
const NEVER: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b']')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The keys of URIs in what editors send.
const KEYS: [&str; 3] = ["uri", "rootUri", "href"];

/// What is none of the protocol's.
const FOREIGN: [&str; 2] = ["initializationOptions", "settings"];

/// The URIs of an editor.
#[derive(Debug, Default)]
pub(super) struct Uris {
    /// As the editor writes them, by what they are here.
    written: BTreeMap<String, String>,
}

impl Uris {
    /// Makes the URIs in a message strict.
    ///
    /// # Errors
    /// A message that names one that cannot be read.
    pub(super) fn take_in(&mut self, value: &mut Value) -> Result<(), String> {
        match value {
            Value::Array(items) => items.iter_mut().try_for_each(|item| self.take_in(item)),
            Value::Object(entries) => entries.iter_mut().try_for_each(|(key, value)| match value {
                Value::String(uri) if KEYS.contains(&key.as_str()) => self.make_strict(uri),
                _ if FOREIGN.contains(&key.as_str()) => Ok(()),
                value => self.take_in(value),
            }),
            _ => Ok(()),
        }
    }

    fn make_strict(&mut self, uri: &mut String) -> Result<(), String> {
        if uri.parse::<Uri>().is_ok() {
            self.written.remove(uri);
            return Ok(());
        }
        let strict = strict(uri);
        if let Err(error) = strict.parse::<Uri>() {
            return Err(format!("the URI {uri:?} cannot be read: {error}"));
        }
        self.written.insert(strict.clone(), std::mem::replace(uri, strict));
        Ok(())
    }

    /// Writes the URIs in a message as the editor does.
    pub(super) fn give_back_in(&self, message: &mut Message) {
        match message {
            Message::Request(request) => self.give_back(&mut request.params),
            Message::Notification(notification) => self.give_back(&mut notification.params),
            Message::Response(response) => {
                if let Some(result) = &mut response.result {
                    self.give_back(result);
                }
            }
        }
    }

    fn give_back(&self, value: &mut Value) {
        if self.written.is_empty() {
            return;
        }
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.give_back(item)),
            Value::Object(entries) => {
                for (strict, written) in &self.written {
                    // Edits have the URI for a key.
                    if let Some(value) = entries.remove(strict) {
                        entries.insert(written.clone(), value);
                    }
                }
                for (key, value) in entries {
                    match value {
                        Value::String(uri) if key == "uri" => {
                            if let Some(written) = self.written.get(uri) {
                                uri.clone_from(written);
                            }
                        }
                        value => self.give_back(value),
                    }
                }
            }
            _ => {}
        }
    }
}

/// A URI with everything encoded that has to be.
fn strict(uri: &str) -> String {
    let mut parts = uri.split('%');
    let mut out = utf8_percent_encode(parts.next().unwrap_or_default(), NEVER).to_string();
    for part in parts {
        let is_escape = part.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
        out.push_str(if is_escape { "%" } else { "%25" });
        out.extend(utf8_percent_encode(part, NEVER));
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failure here is the report")]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn uris_are_strict_here_and_as_they_were_in_answers() {
        let mut uris = Uris::default();
        for (written, strict) in [
            ("file:///docs/a[1].md", "file:///docs/a%5B1%5D.md"),
            ("file:///docs/a^b|c`{d}.md", "file:///docs/a%5Eb%7Cc%60%7Bd%7D.md"),
            ("file:///docs/č 名.md", "file:///docs/%C4%8D%20%E5%90%8D.md"),
            ("file:///docs/100%[x%5D.md", "file:///docs/100%25%5Bx%5D.md"),
            ("file:///docs/a%20b.md", "file:///docs/a%20b.md"),
            ("untitled:Untitled-1", "untitled:Untitled-1"),
        ] {
            let mut message =
                json!({ "textDocument": { "uri": written, "text": "[" }, "list": [{ "rootUri": written }] });
            uris.take_in(&mut message).unwrap();
            assert_eq!(message["textDocument"]["uri"], strict);
            assert_eq!(message["list"][0]["rootUri"], strict);
            let mut answer = json!({ "uri": strict, "edit": { "changes": { strict: [] } } });
            uris.give_back(&mut answer);
            assert_eq!(answer, json!({ "uri": written, "edit": { "changes": { written: [] } } }));
        }
    }

    #[test]
    fn what_is_none_is_named() {
        let why = Uris::default().take_in(&mut json!({ "uri": "1:a.md" })).unwrap_err();
        assert!(why.starts_with("the URI \"1:a.md\" cannot be read: "), "{why}");
        Uris::default().take_in(&mut json!({ "initializationOptions": { "uri": "1:a.md" } })).unwrap();
    }
}
