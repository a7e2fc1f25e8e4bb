//! Messages on standard input and output. What cannot be read is refused and passed over, as long as it is known where the next message starts.

use std::io::{self, BufRead, Read, Write};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use lsp_server::{Connection, ErrorCode, Message, Notification};
use lsp_types::notification::{Exit, Notification as _};
use serde_json::{Value, json};

/// Longer messages are refused, in bytes: no document is as long.
const MOST_BYTES: u64 = 1 << 28;

/// Longer lines of a header are refused, in bytes.
const MOST_HEADER: u64 = 1 << 13;

/// The threads that read and write.
pub(super) struct Wire {
    reader: JoinHandle<()>,
    writer: JoinHandle<()>,
}

impl Wire {
    /// A connection over standard input and output.
    pub(super) fn open() -> (Connection, Self) {
        let (connection, Connection { sender, receiver }) = Connection::memory();
        let reader = thread::spawn(move || {
            let mut give = |message: Message| sender.send(message).is_ok();
            read_all(&mut io::stdin().lock(), &mut give, &mut refuse);
        });
        let writer = thread::spawn(move || {
            let _ = receiver.into_iter().try_for_each(|message| message.write(&mut io::stdout().lock()));
        });
        (connection, Self { reader, writer })
    }

    /// Waits until everything is written. Standard input may never end, if the end was not asked for.
    pub(super) fn close(self, was_asked_for: bool) {
        if was_asked_for {
            let _ = (self.reader.join(), self.writer.join());
            return;
        }
        for _ in 0..50 {
            if self.writer.is_finished() {
                break;
            }
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Tells the editor, and stderr, that a message was not understood.
fn refuse(code: ErrorCode, why: &str) {
    let _ = writeln!(io::stderr(), "loclint: {why}");
    let error = json!({ "code": code as i32, "message": why });
    let text = json!({ "jsonrpc": "2.0", "id": null, "error": error }).to_string();
    let mut out = io::stdout().lock();
    let _ = write!(out, "Content-Length: {}\r\n\r\n{text}", text.len()).and_then(|()| out.flush());
}

/// Gives messages on until there are no more.
fn read_all(
    from: &mut impl BufRead,
    give: &mut dyn FnMut(Message) -> bool,
    refuse: &mut dyn FnMut(ErrorCode, &str),
) {
    loop {
        let bytes = match read_bytes(from) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return,
            Err(why) => return refuse(ErrorCode::ParseError, &format!("{why}; messages end here")),
        };
        match read_message(&bytes) {
            Ok(message) => {
                let is_exit = matches!(&message, Message::Notification(Notification { method, .. }) if method == Exit::METHOD);
                if !give(message) || is_exit {
                    return;
                }
            }
            Err((code, why)) => refuse(code, &why),
        }
    }
}

/// The bytes of the next message; `None` at the end.
fn read_bytes(from: &mut impl BufRead) -> Result<Option<Vec<u8>>, String> {
    let mut len = None;
    loop {
        let mut line = Vec::new();
        if from.take(MOST_HEADER).read_until(b'\n', &mut line).map_err(|error| error.to_string())? == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line);
        let whole = text.strip_suffix('\n').map(|text| text.strip_suffix('\r').unwrap_or(text));
        let header = |text: &str| format!("{:?} is no header of a message", text.get(..60).unwrap_or(text));
        let Some(text) = whole else { return Err(header(&text)) };
        if text.is_empty() {
            break;
        }
        let Some((name, value)) = text.split_once(':') else { return Err(header(text)) };
        if name.eq_ignore_ascii_case("Content-Length") {
            len = Some(value.trim().parse::<u64>().map_err(|_| header(text))?);
        }
    }
    let len = len.ok_or("the header of a message has no Content-Length")?;
    if len > MOST_BYTES {
        return Err(format!("a message of {len} bytes is too long: {MOST_BYTES} are the most"));
    }
    let mut bytes = Vec::new();
    from.take(len).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    // The end comes in the midst of a message: nobody waits for an answer.
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 == len))
}

fn read_message(bytes: &[u8]) -> Result<Message, (ErrorCode, String)> {
    let not_json = |why: &dyn std::fmt::Display| {
        (ErrorCode::ParseError, format!("a message was passed over, since it is not valid JSON: {why}"))
    };
    let text = std::str::from_utf8(bytes).map_err(|error| not_json(&error))?;
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => serde_json::from_str(&without_lone_surrogates(text)).map_err(|_| not_json(&error))?,
    };
    serde_json::from_value(value).map_err(|_| {
        let why = "a message was passed over, since it is no request, response or notification".into();
        (ErrorCode::InvalidRequest, why)
    })
}

/// JSON with U+FFFD in the place of escapes of half a character, which some editors send of texts that have one.
fn without_lone_surrogates(text: &str) -> String {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    while let Some(found) = text[at..].find('\\').map(|found| at + found) {
        out.push_str(&text[at..found]);
        let is_low = |unit: Option<u16>| unit.is_some_and(|unit| (0xdc00..0xe000).contains(&unit));
        let (len, is_lone) = match unit(found) {
            Some(0xd800..0xdc00) if is_low(unit(found + 6)) => (12, false),
            Some(0xd800..0xe000) => (6, true),
            // The sign after the backslash can be another backslash.
            _ => (1 + text[found + 1..].chars().next().map_or(0, char::len_utf8), false),
        };
        out.push_str(if is_lone { "\\ufffd" } else { &text[found..found + len] });
        at = found + len;
    }
    out + &text[at..]
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failure here is the report")]
mod tests {
    use super::*;

    fn framed(text: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    }

    /// The methods of what comes through, and the codes of what is refused.
    fn read(text: &str) -> (Vec<String>, Vec<i32>) {
        let (mut methods, mut codes) = (Vec::new(), Vec::new());
        let mut give = |message: Message| {
            methods.push(serde_json::to_value(message).unwrap()["method"].as_str().unwrap().to_string());
            true
        };
        let mut refuse = |code: ErrorCode, _: &str| codes.push(code as i32);
        read_all(&mut text.as_bytes(), &mut give, &mut refuse);
        (methods, codes)
    }

    #[test]
    fn what_cannot_be_read_is_refused_and_the_next_message_is_read() {
        let good = framed(r#"{"jsonrpc":"2.0","method":"a"}"#);
        for (bad, code) in [("{abc}", -32700), ("", -32700), ("[]", -32600), ("{\"x\":1}", -32600)] {
            let text = format!("{good}{}{good}", framed(bad));
            assert_eq!(read(&text), (vec!["a".into(), "a".into()], vec![code]), "{bad}");
        }
        let batch = format!("[{}]", r#"{"jsonrpc":"2.0","method":"a"}"#);
        assert_eq!(read(&framed(&batch)), (vec![], vec![-32600]));
    }

    #[test]
    fn a_header_that_makes_no_sense_is_the_end() {
        let good = framed(r#"{"jsonrpc":"2.0","method":"a"}"#);
        for bad in [
            "hello\r\n\r\n",
            "Content-Length: 99999999999\r\n\r\n",
            "Content-Length: 99999999999999999999999\r\n\r\n",
            "Content-Length: -1\r\n\r\n",
            "Content-Type: x\r\n\r\n",
            &"x".repeat(20_000),
            "č".repeat(70).as_str(),
        ] {
            assert_eq!(read(&format!("{good}{bad}{good}")), (vec!["a".into()], vec![-32700]), "{bad}");
        }
        // An end in the midst of a message is one like any other, and so is one that was asked for.
        assert_eq!(read(&format!("{good}Content-Length: 999\r\n\r\n{{")), (vec!["a".into()], vec![]));
        let exit = framed(r#"{"jsonrpc":"2.0","method":"exit"}"#);
        assert_eq!(read(&format!("{exit}{good}")).0, ["exit"]);
        assert_eq!(read(&good.replace("Content-Length: ", "content-length:")).0, ["a"]);
    }

    #[test]
    fn half_characters_are_replaced() {
        for (text, wanted) in [
            (r#""\ud83d\ude00 a\ud83d b\ude00""#, r#""\ud83d\ude00 a\ufffd b\ufffd""#),
            (r#""\\ud83d \" \u00e9 č\n""#, r#""\\ud83d \" \u00e9 č\n""#),
            (r#""\ud83d\ud83d\ude00\"#, r#""\ufffd\ud83d\ude00\"#),
        ] {
            assert_eq!(without_lone_surrogates(text), wanted);
        }
        let text = r#"{"jsonrpc":"2.0","method":"a","params":{"text":"\ud83d"}}"#;
        assert_eq!(read(&framed(text)), (vec!["a".into()], vec![]));
    }
}
