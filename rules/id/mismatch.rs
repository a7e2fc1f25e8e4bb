use bitext::{Document, Span, Unit, unit_number};

use crate::prelude::*;

/// Its page is `mismatch.md`.
pub(crate) struct Mismatch;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("id/mismatch", include_str!("mismatch.md"), Severity::Error, Scope::Unit, "markup")
}

impl UnitRule for Mismatch {
    #[inline]
    fn concerns(&self, document: &Localized, _: &Bytes) -> bool {
        document.document.units.iter().any(|unit| unit.ids_differ)
    }

    fn check(&self, view: UnitView<'_>, sink: &mut Sink<'_>) {
        let (document, unit) = (view.document(), view.unit());
        if !unit.ids_differ {
            return;
        }
        let (target, source) = (document.slice(unit.target.id), document.slice(unit.source.id));
        let message = format!(
            "target id {} and source id {} differ{}",
            quote(target),
            quote(source),
            place(target, source)
        );
        let (wrong, right) = blame(document, unit, view.index);
        sink.report_unit(view, wrong, message).identity("ids differ").help(format!(
            "make both {}, unless the text belongs to another unit",
            quote(document.slice(right))
        ));
    }
}

/// Which digit differs, where just one does.
fn place(target: &str, source: &str) -> String {
    if target.chars().count() != source.chars().count() {
        return format!(
            " in length, {} against {} characters",
            target.chars().count(),
            source.chars().count()
        );
    }
    let differing: Vec<_> =
        target.chars().zip(source.chars()).enumerate().filter(|(_, (left, right))| left != right).collect();
    match differing.as_slice() {
        [(at, (left, right))] => format!(" in place {}: \"{left}\" against \"{right}\"", at + 1),
        several => format!(" in {} places", several.len()),
    }
}

/// The id that fits its neighbours less, and the other one. In doubt the target's is to blame, since it
/// is the target that people edit.
fn blame(document: &Document, unit: &Unit, index: usize) -> (Span, Span) {
    let (target, source) = (unit.target.id, unit.source.id);
    if fit(document, index, target) > fit(document, index, source) {
        (source, target)
    } else {
        (target, source)
    }
}

/// How well an id fits: one point for the prefix of the neighbour, one for the number that is next.
fn fit(document: &Document, index: usize, id: Span) -> usize {
    let prefix = |id: Span| document.slice(id).split_once('-').map(|(prefix, _)| prefix);
    let neighbour = document.units.get(index.checked_sub(1).unwrap_or(index + 1));
    let same_prefix = neighbour.is_some_and(|unit| prefix(unit.target.id) == prefix(id));
    let previous = index.checked_sub(1).and_then(|at| document.units[at].number);
    let is_next = previous.is_some_and(|number| unit_number(document.slice(id)) == number.checked_add(1));
    usize::from(same_prefix) + usize::from(is_next)
}
