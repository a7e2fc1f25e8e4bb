use crate::prelude::*;
use crate::support::locale_data;

/// Its page is `code_noun_order.md`.
pub(crate) struct CodeNounOrder;

/// The nouns of the languages' data, as the source has them after the code.
const NOUNS: [&str; 17] = [
    "argument", "attribute", "class", "command", "director", "element", "file", "flag", "folder", "method", "option",
    "package", "parameter", "propert", "setting", "switch", "value",
];

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
            // Without such a noun in the source, the word belongs to what follows: "le `Sorter` classe les fichiers".
            if !noun_follows(unit.source(), code.as_str()) {
                continue;
            }
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

/// Whether one of the nouns stands right after this code.
fn noun_follows(source: &str, code: &str) -> bool {
    source.match_indices(code).any(|(at, _)| {
        let next = source[at + code.len()..].strip_prefix(' ').map(str::to_lowercase);
        next.is_some_and(|next| NOUNS.iter().any(|noun| next.starts_with(noun)))
    })
}
