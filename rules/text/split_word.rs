use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::markup::{code_displaced, code_fused, emptied_list};
use crate::prelude::*;
use crate::support::locale_data;

/// Its page is `split_word.md`.
pub(crate) struct SplitWord;

/// Particles that are words too, with the English of those words: what the source speaks of can stand alone.
const WORDS: [(&str, &[&str]); 2] =
    [("은", &["silver"]), ("과", &["course", "department", "lesson", "section"])];

/// A Japanese particle where a part of a sentence begins, or after a word for "or" and "and": group 1. Words that begin
/// like a particle are left out, such as "のみ" and "のち".
static ORPHAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[、。])(を|[はが](?:、| ?\x01)|の[^ちみ])|(?:または|および|もしくは|ならびに)(を|が|は[^いじる]|に[^よつ対関はほ]|の[^ちみ])")
        .expect("it is a pattern")
});

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
        if unit.locale().language() == "ja" {
            if let Some(range) = orphan(unit) {
                let particle = quote(&target[range.clone()]);
                let at = unit.in_target(range.start, range.len());
                sink.report_unit(unit, at, format!("the particle {particle} has no word before it"))
                    .help("put back the word that the particle belongs to");
            }
            return;
        }
        let particles = &locale_data::of(unit.locale()).particles;
        if particles.is_empty() {
            return;
        }
        let masked = unit.masked_target();
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

/// A scan that spares most texts the pattern: for a particle where it can stand, or a word before it.
fn may_be_orphan(text: &str) -> bool {
    let is_particle = |rest: &str| rest.starts_with(['を', 'は', 'が', 'の']);
    // Both signs begin with the same two bytes, the second of which few other characters have.
    let is_sign = |at: usize| text[..at].ends_with(['、', '。']);
    let after_sign = |at: usize| text.is_char_boundary(at) && is_particle(&text[at..]) && is_sign(at);
    let signs = memchr::memchr_iter(0x80, text.as_bytes()).map(|at| at + 2);
    is_particle(text)
        || signs.into_iter().any(after_sign)
        || ["または", "および", "もしくは", "ならびに"].iter().any(|word| text.contains(word))
}

/// The first Japanese particle without a word before it, unless it lost that word in a way that another rule reports.
fn orphan(unit: UnitView<'_>) -> Option<Range<usize>> {
    let (source, target) = (unit.source(), unit.target());
    if !may_be_orphan(unit.masked_target()) {
        return None;
    }
    let found = ORPHAN.captures(unit.masked_target())?;
    let particle = found.get(1).or_else(|| found.get(2))?;
    // A source that goes on with a sentence may have a link before it, outside of the unit.
    if particle.start() == 0 && source.starts_with(char::is_lowercase) {
        return None;
    }
    let reported = emptied_list::emptied(unit).is_some()
        || !code_fused::side_by_side(source, target).is_empty()
        || !code_displaced::displaced(source, target, "ja").is_empty();
    let len = particle.as_str().chars().next().map_or(0, char::len_utf8);
    (!reported).then(|| particle.start()..particle.start() + len)
}
