//! Unit ids.

use bitext::{Document, Unit};

/// Whether the two ids of a unit differ. That is the finding of `id/mismatch`; rules that compare
/// numbers must not report it again.
pub(crate) fn differ(document: &Document, unit: &Unit) -> bool {
    document.slice(unit.target.id) != document.slice(unit.source.id)
}
