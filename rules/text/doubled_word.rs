use crate::prelude::*;
use crate::support::{inline, locale_data, script};

/// Its page is `doubled_word.md`.
pub(crate) struct DoubledWord;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        ..RuleInfo::new(
            "text/doubled-word",
            include_str!("doubled_word.md"),
            Severity::Info,
            Scope::Unit,
            "duplication",
        )
    }
}

impl UnitRule for DoubledWord {
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let target = unit.target();
        if script::is_spaceless(unit.locale()) {
            return;
        }
        let near = |two: &[&str]| {
            two[0].len() > 1
                && two[0].len() == two[1].len()
                && two[0].as_bytes().last() == two[1].as_bytes().last()
        };
        let words: Vec<&str> = target.split(' ').collect();
        if !words.windows(2).any(near) {
            return;
        }
        let masked = inline::masked(target);
        let legitimate = &locale_data::of(unit.locale()).doubled_words;
        let mut last: Option<(usize, &str)> = None;
        let mut from = 0;
        for word in masked.split(' ') {
            let at = from;
            from += word.len() + 1;
            let is_word = word.chars().count() >= 2 && word.chars().all(char::is_alphabetic);
            if let Some((start, before)) =
                last.filter(|(_, before)| is_word && before.to_lowercase() == word.to_lowercase())
            {
                let lower = word.to_lowercase();
                let in_source = unit.source().to_lowercase().contains(&format!("{lower} {lower}"));
                if !legitimate.contains(&lower) && !in_source {
                    let span = unit.in_target(start, at + word.len() - start);
                    sink.report_unit(unit, span, format!("{} stands twice", quote(before)))
                        .help("remove one of them");
                }
            }
            last = is_word.then_some((at, word));
        }
    }
}
