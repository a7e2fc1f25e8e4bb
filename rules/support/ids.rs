//! Unit ids.

use bitext::{Document, Fault, Unit};

/// Whether the two ids of a unit differ. That is the finding of `id/mismatch`; rules that compare
/// numbers must not report it again.
pub(crate) fn differ(document: &Document, unit: &Unit) -> bool {
    document.slice(unit.target.id) != document.slice(unit.source.id)
}

/// ` of unit 8c032-104`, or nothing if the fault names no unit.
pub(crate) fn of_unit(document: &Document, fault: &Fault) -> String {
    fault.id.map_or(String::new(), |id| format!(" of unit {}", document.slice(id)))
}
