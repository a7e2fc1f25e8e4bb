use crate::prelude::*;
use crate::support::{inline, locale_data};

/// Its page is `split_word.md`.
pub(crate) struct SplitWord;

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
            if at > 0 && after_word && particles.iter().any(|particle| particle == bare) {
                let start = masked[..at - 1].rfind(' ').map_or(0, |blank| blank + 1);
                let span = unit.in_target(start, at + bare.len() - start);
                sink.report_unit(unit, span, format!("the particle {} stands apart", quote(bare)))
                    .help("join it to the word before it");
            }
        }
    }
}
