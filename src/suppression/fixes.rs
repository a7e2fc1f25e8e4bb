//! What may be fixed: what is suppressed is meant to stay as it is.

use std::borrow::Cow;

use ::rules::{Finding, Fix, Place, Role};
use bitext::{Article, DocumentId, Span};

/// The fix of a finding of `article` without the edits in places that are suppressed, by their document or by the
/// configuration, of which `configured` tells by document and unit; `None` if it has none, if nothing of it is left, if the
/// finding is suppressed as a whole, or if it would remove a comment that suppresses something.
///
/// Its edits are in bytes of the text that rules see; `SourceFile::written_span` leads to those of the file.
pub fn allowed_fix<'a>(
    article: &Article,
    finding: &'a Finding,
    configured: &dyn Fn(DocumentId, Option<&str>) -> bool,
) -> Option<Cow<'a, Fix>> {
    let fix = finding.fix.as_ref()?;
    let document_of = |id| article.documents.iter().find(|one| one.id == id).map(|one| &one.document);
    let home = finding.place.document;
    let file = &document_of(home)?.file;
    if !fix.edits.iter().all(|edit| file.written_span(edit.span).len() == edit.span.len()) {
        return None;
    }
    let is_suppressed = |place: Place, unit: Option<Span>| {
        document_of(place.document).is_some_and(|document| {
            document.suppresses(&finding.rule, place.span)
                || configured(place.document, unit.map(|id| document.slice(id)))
        })
    };
    let more = finding.related.iter().filter(|related| related.role == Role::Place);
    let places: Vec<(Place, bool)> = more
        .map(|related| (related.place, related.unit))
        .chain([(finding.place, finding.unit)])
        .map(|(place, unit)| (place, is_suppressed(place, unit)))
        .collect();
    if !places.iter().any(|(_, suppressed)| *suppressed) {
        return Some(Cow::Borrowed(fix));
    }
    // A finding that sets two documents against each other goes with either.
    let repeats = finding.whole_article || places.iter().all(|(place, _)| place.document == home);
    let here = || places.iter().filter(|(place, _)| place.document == home);
    if !repeats || here().all(|(_, suppressed)| *suppressed) {
        return None;
    }
    let mut fix = fix.clone();
    let touches = |edit: Span, place: Span| edit.start <= place.end && place.start <= edit.end;
    let stays = |edit: Span| here().any(|(place, suppressed)| *suppressed && touches(edit, place.span));
    fix.edits.retain(|edit| !stays(edit.span));
    (!fix.edits.is_empty()).then_some(Cow::Owned(fix))
}
