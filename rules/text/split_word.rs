use std::cell::LazyCell;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::markup::{code_displaced, code_fused, emptied_list};
use crate::prelude::*;
use crate::support::{bits, letters, locale_data};

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

/// First bytes of Korean letters, which all particles are made of whose languages write blanks.
const HANGUL: ByteSet = ByteSet::of(&[]).with_range(0xea, 0xed);

impl UnitRule for SplitWord {
    #[inline]
    fn concerns(&self, document: &Localized, bytes: &Bytes) -> bool {
        document.locale.language() == "ja" || bytes.target.has_any(HANGUL)
    }

    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if matches!(unit.locale().language().as_bytes(), b"ja") {
            if let Some(range) = orphan(unit) {
                let particle = quote(&unit.target()[range.clone()]);
                let at = unit.in_target(range.start, range.len());
                sink.report_unit(unit, at, format!("the particle {particle} has no word before it"))
                    .help("put back the word that the particle belongs to");
            }
            return;
        }
        if !unit.target_print().has_any(HANGUL) {
            return;
        }
        let particles = &locale_data::of(unit.locale()).particles;
        if particles.is_empty() {
            return;
        }
        let masked = unit.masked_target();
        let source = LazyCell::new(|| unit.source().to_lowercase());
        let words = LazyCell::new(|| {
            WORDS.map(|(word, english)| english.iter().any(|one| source.contains(one)).then_some(word))
        });
        for Range { start: at, end } in bits::between_blanks(masked.as_bytes()) {
            let bare = masked[at..end].trim_end_matches(['.', ',']);
            if at == 0 || !particles.iter().any(|particle| particle == bare) {
                continue;
            }
            let before = masked[..at].trim_end().chars().next_back();
            // After code and links the blank is the usual way of writing.
            if before.is_some_and(letters::is_letter_or_digit) && !words.contains(&Some(bare)) {
                let start = masked[..at - 1].rfind(' ').map_or(0, |blank| blank + 1);
                let span = unit.in_target(start, at + bare.len() - start);
                sink.report_unit(unit, span, format!("the particle {} stands apart", quote(bare)))
                    .help("join it to the word before it, or put back the word that it belongs to");
            }
        }
    }
}

/// Words for "or" and "and".
static JOINTS: LazyLock<[Finder<'_>; 4]> =
    LazyLock::new(|| ["または", "および", "もしくは", "ならびに"].map(Finder::new));

/// Where a Japanese particle stands at which a part of a sentence begins, or after a word for "or" and "and". Words that
/// begin like a particle are left out, such as "のみ" and "のち". As the pattern in the test has it.
fn orphaned(text: &str) -> Option<usize> {
    if begins_part(text) {
        return Some(0);
    }
    // Both signs begin with the same two bytes, the second of which few other characters have.
    let is_sign = |end: &usize| text.is_char_boundary(*end) && text[..*end].ends_with(['、', '。']);
    let signs = memchr::memchr_iter(0x80, text.as_bytes()).map(|at| at + 2).filter(is_sign);
    let after_sign =
        signs.into_iter().find(|end| begins_part(&text[*end..])).map(|end| (end - "、".len(), end));
    let joints = JOINTS
        .iter()
        .flat_map(|joint| joint.find_iter(text.as_bytes()).map(|at| (at, at + joint.needle().len())));
    let after_joint = joints.filter(|(_, end)| follows_joint(&text[*end..]));
    after_joint.chain(after_sign).min().map(|(_, at)| at)
}

/// Whether a text starts with a particle that has no word before it, where a part of a sentence begins.
fn begins_part(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('を') => true,
        Some('は' | 'が') => ["、", "\u{1}", " \u{1}"].iter().any(|next| chars.as_str().starts_with(next)),
        Some('の') => is_other(chars.next(), "ちみ"),
        _ => false,
    }
}

/// The same after a word for "or" and "and".
fn follows_joint(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('を' | 'が') => true,
        Some('は') => is_other(chars.next(), "いじる"),
        Some('に') => is_other(chars.next(), "よつ対関はほ"),
        Some('の') => is_other(chars.next(), "ちみ"),
        _ => false,
    }
}

/// Whether there is a character and it is none of these.
fn is_other(c: Option<char>, these: &str) -> bool {
    c.is_some_and(|c| !these.contains(c))
}

/// The first Japanese particle without a word before it, unless it lost that word in a way that another rule reports.
fn orphan(unit: UnitView<'_>) -> Option<Range<usize>> {
    let (source, target) = (unit.source(), unit.target());
    let particle = orphaned(unit.masked_target())?;
    // A source that goes on with a sentence may have a link before it, outside of the unit.
    if particle == 0 && source.starts_with(char::is_lowercase) {
        return None;
    }
    let reported = emptied_list::emptied(unit).is_some()
        || !code_fused::side_by_side(source, target).is_empty()
        || !code_displaced::displaced(source, target, "ja").is_empty();
    // All particles are of one length.
    (!reported).then(|| particle..particle + "を".len())
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn the_scanner_finds_what_the_pattern_says() {
        let pattern = Regex::new(
            r"(?:^|[、。])(を|[はが](?:、| ?\x01)|の[^ちみ])|(?:または|および|もしくは|ならびに)(を|が|は[^いじる]|に[^よつ対関はほ]|の[^ちみ])",
        )
        .unwrap();
        words::each_random_text("をはがのに、。 ちい|&対\u{1}", |text| {
            let text = text.replace('|', "または").replace('&', "ならびに");
            let found = pattern.captures(&text).and_then(|found| found.get(1).or_else(|| found.get(2)));
            assert_eq!(orphaned(&text), found.map(|particle| particle.start()), "{text:?}");
        });
    }
}
