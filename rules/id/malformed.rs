use crate::prelude::*;

/// Its page is `malformed.md`.
pub(crate) struct Malformed;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("id/malformed", include_str!("malformed.md"), Severity::Error, Scope::Unit, "markup")
}

impl UnitRule for Malformed {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (document, pair) = (unit.document(), unit.unit());
        let id = pair.target.id.slice(document.file.text());
        if pair.ids_differ || is_well_formed(id.as_bytes()) {
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
fn is_well_formed(id: &[u8]) -> bool {
    let hex = |b: &u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
    let (Some((prefix, [b'-', number @ ..])), 9 | 10) = (id.split_first_chunk::<5>(), id.len()) else {
        return false;
    };
    prefix.iter().all(hex) && number.iter().all(u8::is_ascii_digit)
}
