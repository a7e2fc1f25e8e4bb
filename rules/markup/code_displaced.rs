use crate::prelude::*;
use crate::support::inline;

/// Its page is `code_displaced.md`.
pub(crate) struct CodeDisplaced;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        ..RuleInfo::new(
            "markup/code-displaced",
            include_str!("code_displaced.md"),
            Severity::Info,
            Scope::Unit,
            "markup",
        )
    }
}

impl UnitRule for CodeDisplaced {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        // These languages put the verb last, so that code at the end has nothing to belong to.
        let verb_last = matches!(unit.locale().language(), "tr" | "ko" | "ja" | "hu");
        if !verb_last || !target.contains('`') || !ends_with_code(target) || ends_with_code(source) {
            return;
        }
        let code = inline::code(target);
        let Some(last) = code.last() else { return };
        let words = target[..last.range.start].trim_end();
        // What is named after a colon or an article is in its place.
        let named = words.ends_with([':', '：', ',', '、'])
            || [" a", " az", " és", " vagy"].iter().any(|word| words.ends_with(word));
        if named {
            return;
        }
        let moved = inline::code(source).into_iter().find(|other| other.content == last.content);
        let Some(other) = moved.filter(|_| words.chars().count() > 8) else { return };
        let at = unit.in_target(last.range.start, last.range.len());
        sink.report_unit(
            unit,
            at,
            format!("code {} was pushed to the end of the sentence", quote(&last.content)),
        )
        .source_part(unit.in_source(other.range.start, other.range.len()))
        .help("put the code where the sentence speaks of it");
    }
}

fn ends_with_code(text: &str) -> bool {
    text.trim_end_matches(['.', ' ', '。', ':', '：', '!', '?']).ends_with('`')
}
