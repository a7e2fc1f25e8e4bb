use crate::prelude::*;
use crate::support::locale_data;

/// Its page is `code_noun_order.md`.
pub(crate) struct CodeNounOrder;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        ..RuleInfo::new(
            "markup/code-noun-order",
            include_str!("code_noun_order.md"),
            Severity::Info,
            Scope::Unit,
            "grammar",
        )
    }
}

impl UnitRule for CodeNounOrder {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let target = unit.target();
        let Some(english_order) = &locale_data::of(unit.locale()).noun_after_code else { return };
        if !target.contains('`') {
            return;
        }
        for found in english_order.captures_iter(target) {
            let (Some(code), Some(noun)) = (found.get(1), found.get(2)) else { continue };
            let at = unit.in_target(code.start(), noun.end() - code.start());
            sink.report_unit(
                unit,
                at,
                format!("{} stands after {}, as in English", quote(noun.as_str()), quote(code.as_str())),
            )
            .help("put the noun before the code");
        }
    }
}
