use crate::prelude::*;

/// Its page is `malformed.md`.
pub(crate) struct Malformed;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("id/malformed", include_str!("malformed.md"), Severity::Error, Scope::Unit, "markup")
}

impl UnitRule for Malformed {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (document, pair) = (unit.document(), unit.unit());
        let id = document.slice(pair.target.id);
        if pair.ids_differ || is_well_formed(id) {
            return;
        }
        sink.report_unit(
            unit,
            pair.target.id,
            format!("unit id {} is not five hex digits, a hyphen and a number", quote(id)),
        )
        .identity("malformed")
        .help("restore the id; the other units of the document show its first part");
    }
}

/// Five lower-case hex digits, a hyphen, three or four digits.
fn is_well_formed(id: &str) -> bool {
    let Some((prefix, number)) = id.split_once('-') else { return false };
    let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    prefix.len() == 5
        && prefix.bytes().all(hex)
        && (3..=4).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit())
}
