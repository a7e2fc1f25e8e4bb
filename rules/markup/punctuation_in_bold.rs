use crate::prelude::*;
use crate::support::inline;

/// Its page is `punctuation_in_bold.md`.
pub(crate) struct PunctuationInBold;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        // A matter of style: it does no harm, and is very frequent.
        severity: None,
        fix: FixKind::Safe,
        ..RuleInfo::new(
            "markup/punctuation-in-bold",
            include_str!("punctuation_in_bold.md"),
            Severity::Info,
            Scope::Unit,
            "typographical",
        )
    }
}

impl UnitRule for PunctuationInBold {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        if !unit.target_print().has(b'*') || !target.contains("**") {
            return;
        }
        let inside = |text: &str, sign: char| text.contains(&format!("{sign}**"));
        for bold in inline::bold(target) {
            let text = target[bold.clone()].trim_matches('*');
            let Some(sign) = text.chars().next_back().filter(|c| ".,:;".contains(*c)) else { continue };
            let outside = source.contains(&format!("**{sign}"));
            let odd = text[..text.len() - sign.len_utf8()].ends_with(['\\', ' ', '\u{a0}', '\u{202f}']);
            if !outside || odd || inside(source, sign) {
                continue;
            }
            let at = unit.in_target(bold.end - 2 - sign.len_utf8(), sign.len_utf8() + 2);
            sink.report_unit(unit, at, format!("\"{sign}\" is inside the bold of {}", quote(text)))
                .help("put it after the bold")
                .fix(Applicability::Safe, "put it after the bold", at, &format!("**{sign}"));
        }
    }
}
