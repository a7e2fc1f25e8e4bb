use crate::prelude::*;

/// Its page is `untranslated.md`.
pub(crate) struct Untranslated;

/// Fewer words than this are names and labels more often than prose.
const MIN_WORDS: usize = 5;

/// So many words of a prose sentence are function words at least.
const MIN_FUNCTION_WORDS: usize = 2;

/// The commonest function words of English; names of products hardly ever have two of them.
const FUNCTION_WORDS: [&str; 48] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "do", "does", "for", "from",
    "has", "have", "if", "in", "into", "is", "it", "its", "may", "must", "no", "not", "of", "on", "or",
    "should", "that", "the", "their", "then", "these", "they", "this", "to", "was", "were", "when", "which",
    "will", "with", "without", "you", "your",
];

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "language/untranslated",
        include_str!("untranslated.md"),
        Severity::Error,
        Scope::Unit,
        "untranslated",
    )
}

impl UnitRule for Untranslated {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        if unit.locale().language() == "en" || !same_words(source, target) || !is_prose(source) {
            return;
        }
        sink.report_unit(unit, unit.unit().target.text, format!("left in English: {}", quote(target)))
            .source_part(unit.unit().source.text)
            .help(format!("translate it into {}", unit.locale()));
    }
}

fn same_words(source: &str, target: &str) -> bool {
    source.len().abs_diff(target.len()) <= 8 && source.split_whitespace().eq(target.split_whitespace())
}

/// Whether a text is a sentence that wants translation, not a name, a code, a slug or a list of such.
fn is_prose(text: &str) -> bool {
    let words: Vec<&str> = text
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '`'))
        .filter(|word| !word.is_empty())
        .collect();
    let is_word = |word: &&&str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'));
    let lower = words.iter().filter(is_word).filter(|word| word.starts_with(char::is_lowercase)).count();
    let function = words.iter().filter(|word| FUNCTION_WORDS.contains(&word.to_lowercase().as_str())).count();
    words.len() >= MIN_WORDS && lower * 2 >= words.len() && function >= MIN_FUNCTION_WORDS
}
