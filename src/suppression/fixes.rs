//! What may be fixed: what is suppressed is meant to stay as it is.

use std::borrow::Cow;

use ::rules::{Finding, Fix, Role};
use bitext::{Document, Span};

/// The fix of a finding without the edits in places that `document`, in which it is, suppresses; `None` if it has none,
/// if nothing of it is left, or if it would remove a comment that suppresses something.
///
/// Its edits are in bytes of the text that rules see; `SourceFile::written_span` leads to those of the file.
pub fn allowed_fix<'a>(document: &Document, finding: &'a Finding) -> Option<Cow<'a, Fix>> {
    let fix = finding.fix.as_ref()?;
    let keeps_comments = |span: Span| document.file.written_span(span).len() == span.len();
    if !fix.edits.iter().all(|edit| keeps_comments(edit.span)) {
        return None;
    }
    let more = finding
        .related
        .iter()
        .filter(|related| related.role == Role::Place && related.place.document == finding.place.document);
    let places = more.map(|related| related.place.span).chain([finding.place.span]);
    let (suppressed, left): (Vec<Span>, Vec<Span>) =
        places.partition(|span| document.suppresses(&finding.rule, *span));
    if suppressed.is_empty() {
        return Some(Cow::Borrowed(fix));
    }
    let mut fix = fix.clone();
    let touches =
        |edit: Span| suppressed.iter().any(|place| edit.start <= place.end && place.start <= edit.end);
    fix.edits.retain(|edit| !touches(edit.span));
    (!left.is_empty() && !fix.edits.is_empty()).then_some(Cow::Owned(fix))
}
