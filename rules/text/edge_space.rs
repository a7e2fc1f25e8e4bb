use crate::prelude::*;

/// Its page is `edge_space.md`.
pub(crate) struct EdgeSpace;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "text/edge-space",
            include_str!("edge_space.md"),
            Severity::Warning,
            Scope::Unit,
            "whitespace",
        )
    }
}

impl UnitRule for EdgeSpace {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let target = unit.target();
        let (Some(first), Some(last)) = (target.as_bytes().first(), target.as_bytes().last()) else { return };
        // Blanks, or characters that share a byte with one.
        if !matches!(first, b' ' | 0xc2) && !matches!(last, b' ' | 0xa0) {
            return;
        }
        let (source, text) = (unit.source(), unit.document().file.text());
        let span = unit.unit().span;
        let lead = target.len() - target.trim_start_matches([' ', '\u{a0}']).len();
        let tail = target.len() - target.trim_end_matches([' ', '\u{a0}']).len();
        if lead == target.len() {
            return;
        }
        // Where pairs touch, the blank inside is the only one between their texts.
        let lead_in = &text[..span.start as usize];
        let starts = lead_in.is_empty()
            || lead_in.ends_with(|c: char| c.is_whitespace() || matches!(c, '[' | '|'))
            || lead_in.ends_with("</a>");
        let after =
            text[span.end as usize..].starts_with(|c: char| c.is_whitespace() || c == ']' || c == '|');
        let ends = text.len() == span.end as usize || after;
        let blank_in_source = (source.starts_with([' ', '\u{a0}']), source.ends_with([' ', '\u{a0}']));
        if lead > 0 && starts && !blank_in_source.0 {
            report(unit, 0, lead, "at the start", sink);
        }
        if tail > 0 && ends && !blank_in_source.1 {
            report(unit, target.len() - tail, tail, "at the end", sink);
        }
    }
}

fn report(unit: UnitView<'_>, from: usize, len: usize, place: &str, sink: &mut Sink<'_>) {
    let at = unit.in_target(from, len);
    sink.report_unit(unit, at, format!("blank {place} of {}", quote(unit.target().trim())))
        .identity(place)
        .help("remove the blank")
        .fix(Applicability::Safe, "remove the blank", at, "");
}
