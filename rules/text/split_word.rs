use crate::prelude::*;
use crate::support::{inline, locale_data};

/// Its page is `split_word.md`.
pub(crate) struct SplitWord;

/// Particles that are words too, with the English of those words: what the source speaks of can stand alone.
const WORDS: [(&str, &[&str]); 2] =
    [("은", &["silver"]), ("과", &["course", "department", "lesson", "section"])];

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        ..RuleInfo::new(
            "text/split-word",
            include_str!("split_word.md"),
            Severity::Warning,
            Scope::Unit,
            "whitespace",
        )
    }
}

impl UnitRule for SplitWord {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let target = unit.target();
        let particles = &locale_data::of(unit.locale()).particles;
        if particles.is_empty() {
            return;
        }
        let masked = inline::masked(target);
        let mut from = 0;
        for word in masked.split(' ') {
            let at = from;
            from += word.len() + 1;
            let bare = word.trim_end_matches(['.', ',']);
            let before = masked[..at].trim_end().chars().next_back();
            // After code and links the blank is the usual way of writing.
            let after_word = before.is_some_and(char::is_alphanumeric);
            let is_particle = particles.iter().any(|particle| particle == bare);
            if at > 0 && after_word && is_particle && !is_word(bare, unit.source()) {
                let start = masked[..at - 1].rfind(' ').map_or(0, |blank| blank + 1);
                let span = unit.in_target(start, at + bare.len() - start);
                sink.report_unit(unit, span, format!("the particle {} stands apart", quote(bare)))
                    .help("join it to the word before it, or put back the word that it belongs to");
            }
        }
    }
}

/// Whether a particle may be the word that is written like it: levels are gold (금), silver (은) and copper (동).
fn is_word(particle: &str, source: &str) -> bool {
    let lower = source.to_lowercase();
    WORDS.iter().any(|(word, english)| *word == particle && english.iter().any(|word| lower.contains(word)))
}
