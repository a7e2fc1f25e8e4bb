use crate::prelude::*;
use crate::support::inline;

/// Its page is `code_displaced.md`.
pub(crate) struct CodeDisplaced;

/// Characters before the code that make a sentence which could have held it.
const SENTENCE: usize = 8;

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
        let language = unit.locale().language();
        if !matches!(language, "tr" | "ko" | "ja" | "hu") || !target.contains('`') {
            return;
        }
        let of_source = inline::code(source);
        let mut from = 0;
        for code in inline::code(target) {
            let (before, after) = (&target[from..code.range.start], &target[code.range.end..]);
            let last = without_end(after).is_empty();
            if !last && !ends_sentence(after) {
                continue;
            }
            // Behind the full stop, it has lost its sentence for good.
            let words = before.trim_end_matches([' ', '\u{a0}', '。', '.']);
            let words = words.rsplit(['。', '\n']).next().unwrap_or(words).trim_start();
            let words = words.rsplit_once(". ").map_or(words, |(_, words)| words);
            from = code.range.end;
            let displaced = words.chars().count() > SENTENCE
                && !is_named(words)
                && if last { without_end(source).ends_with(|c| c != '`') } else { has_verb(words, language) };
            let mut same = of_source.iter().filter(|other| other.content == code.content).peekable();
            let Some(first) = same.peek().map(|other| other.range.clone()) else { continue };
            if displaced && (last || !same.any(|other| ends_sentence(&source[other.range.end..]))) {
                let at = unit.in_target(code.range.start, code.range.len());
                sink.report_unit(
                    unit,
                    at,
                    format!("code {} was pushed to the end of the sentence", quote(&code.content)),
                )
                .source_part(unit.in_source(first.start, first.len()))
                .help("put the code where the sentence speaks of it");
            }
        }
    }
}

/// `text` without the marks that end a sentence.
fn without_end(text: &str) -> &str {
    text.trim_end_matches(['.', ' ', '。', ':', '：', '!', '?'])
}

/// Whether a sentence ends here and another one follows, or nothing.
fn ends_sentence(after: &str) -> bool {
    let after = after.trim_start();
    after.is_empty() || after.starts_with(['。', '！', '？']) || after.starts_with(". ") || after == "."
}

/// Whether words name what follows them, after a colon or an article.
fn is_named(words: &str) -> bool {
    words.ends_with([':', '：', ',', '、'])
        || [" a", " az", " és", " vagy"].iter().any(|word| words.ends_with(word))
}

/// Whether words end with a verb in the form that ends a sentence, and no other.
fn has_verb(words: &str, language: &str) -> bool {
    let endings: &[&str] = match language {
        "ja" => &["ます", "です", "ません", "ました", "でした", "ください"],
        "ko" => &["다", "요", "오"],
        _ => &[],
    };
    endings.iter().any(|ending| words.ends_with(ending))
}
