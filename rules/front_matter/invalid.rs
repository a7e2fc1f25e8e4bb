use bitext::{FrontMatterError, Localized};

use crate::markup::merge_conflict;
use crate::prelude::*;

/// Its page is `invalid.md`.
pub(crate) struct Invalid;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "front-matter/invalid",
        include_str!("invalid.md"),
        Severity::Error,
        Scope::Document,
        "other",
    )
}

impl DocumentRule for Invalid {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        let Some(error) = document.front_matter.as_ref().and_then(|front| front.error.as_ref()) else {
            return;
        };
        if merge_conflict::any(document) {
            return;
        }
        let text = document.file.text();
        let line = |number: u32| document.file.lines().line_span(text, number).slice(text);
        let at = document.file.position(error.span.start).line;
        // A quote that never closes is noticed only at the line after it.
        let (message, help) = cause(line(at))
            .or_else(|| cause(line(at.saturating_sub(1))))
            .unwrap_or_else(|| unexplained(error));
        sink.report(localized, error.span, message).help(help);
    }
}

fn unexplained(error: &FrontMatterError) -> (String, String) {
    if error.message.starts_with("no line") {
        return (error.message.clone(), "close it with a line \"---\" before the text".into());
    }
    let message = format!("the front matter is not valid YAML: {}", error.message);
    (message, "compare the block with the same article in another locale".into())
}

/// What usually breaks a line of front matter in translation.
fn cause(line: &str) -> Option<(String, String)> {
    if line.contains('\t') && line.trim_start() != line {
        return Some((
            "a tab indents this line, which YAML does not allow".into(),
            "indent with blanks".into(),
        ));
    }
    let (key, value) = line.split_once(": ")?;
    let value = value.trim();
    let in_quotes = "put the whole value in double quotes";
    for mark in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(mark) {
            let closed = rest.find(mark).map(|at| rest[at + 1..].trim());
            return match closed {
                None => Some((
                    format!("the quote that opens the value of \"{key}\" never closes"),
                    "add the closing quote".into(),
                )),
                Some("") => None,
                Some(after) => {
                    let message = format!("text follows the closing quote of \"{key}\": {}", quote(after));
                    Some((
                        message,
                        "escape the quotes inside the value, or use the other kind around it".into(),
                    ))
                }
            };
        }
    }
    if value.contains(": ") || value.ends_with(':') {
        let message = format!("the value of \"{key}\" holds a colon, so YAML takes it for another key");
        return Some((message, in_quotes.into()));
    }
    let first = value.chars().next()?;
    let starts_badly = "@`%&*!|>[]{},".contains(first);
    starts_badly.then(|| {
        (
            format!("the value of \"{key}\" starts with \"{first}\", which means something else in YAML"),
            in_quotes.into(),
        )
    })
}
