use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::prelude::*;
use crate::support::places::Places;
use crate::support::{beside, letters, locale_data, script};

/// Its page is `doubled_word.md`.
pub(crate) struct DoubledWord;

/// Words of so many characters are mostly particles and prepositions, which many languages have twice: passed over where
/// the data of the language name none.
const SHORT: usize = 3;

/// Languages in which any word may stand twice: Turkish makes adverbs so (satır satır), others say "each" or "very" (từ từ,
/// धीरे धीरे, خطوة خطوة, שורה שורה).
const FREE: [&str; 17] =
    ["ar", "az", "bn", "fa", "gu", "he", "hi", "kn", "ml", "mr", "ne", "pa", "ta", "te", "tr", "ur", "vi"];

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        ..RuleInfo::new(
            "text/doubled-word",
            include_str!("doubled_word.md"),
            Severity::Warning,
            Scope::Unit,
            "duplication",
        )
    }
}

impl UnitRule for DoubledWord {
    #[inline]
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        if !beside::of(unit).blanks.doubled || script::is_spaceless(unit.locale()) {
            return;
        }
        let source = unit.source();
        let lower = LazyCell::new(|| Places::of(source.to_lowercase()));
        let (places, mut often) = (Places::of(source), BTreeMap::new());
        let language = unit.locale().language();
        let is_free = FREE.contains(&language);
        let legitimate = &locale_data::of(unit.locale()).doubled_words;
        let is_short = |word: &str| word.chars().count() <= SHORT;
        let knows_short = legitimate.iter().any(|word| is_short(word));
        for Run { range, word, count, alike } in runs(unit.masked_target()) {
            let small = word.to_lowercase();
            let short = !knows_short && is_short(word);
            let in_source = lower.has(&format!("{small} {small}"));
            // "Harbor Harbor 3" begins with two names that the source has apart from each other.
            let names = alike
                && count == 2
                && starts_upper(word)
                && *often.entry(word).or_insert_with(|| places.all(word).nth(1).is_some());
            // Three in a row are too many anywhere, and a foreign name is no word to be doubled.
            let is_meant = is_free && count == 2 && (is_latin(language) || !word.is_ascii());
            if short || in_source || names || is_meant || legitimate.contains(&small) {
                continue;
            }
            let message = match count {
                2 => format!("{} stands twice", quote(word)),
                _ => format!("{} stands {count} times", quote(word)),
            };
            sink.report_unit(unit, unit.in_target(range.start, range.len()), message)
                .help("leave one of them, or put in the word that belongs there");
        }
    }
}

/// Whether one of the [`FREE`] languages is written in Latin letters.
fn is_latin(language: &str) -> bool {
    matches!(language, "az" | "tr" | "vi")
}

/// Whether two words are the same but for their case.
fn same_letters(one: &str, other: &str) -> bool {
    let differ = one
        .bytes()
        .zip(other.bytes())
        .next()
        .is_some_and(|(a, b)| a.is_ascii() && b.is_ascii() && !a.eq_ignore_ascii_case(&b));
    !differ && one.to_lowercase() == other.to_lowercase()
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// Whether two words with a blank between may be the same but for their case: of one length and with no sign inside.
/// Their last bytes are the same, or a sign [may close](may_close) the second one; of several lengths, a sign
/// [may open](may_open) the first one.
pub(crate) fn are_alike(last: &str, word: &str) -> bool {
    let (one, next) = (opened(last), closed(word));
    let alike = one.len() == next.len() && one.as_bytes().last() == next.as_bytes().last();
    alike && one.len() > 1 && folded(one).eq(folded(next))
}

/// Whether the first byte of a word may be that of a sign that opens something.
#[inline]
pub(crate) fn may_open(byte: u8) -> bool {
    EDGES[usize::from(byte)] & OPENS != 0
}

/// Whether the last byte of a word may be that of a sign that ends something.
#[inline]
pub(crate) fn may_close(byte: u8) -> bool {
    EDGES[usize::from(byte)] & CLOSES != 0
}

const OPENS: u8 = 1;
const CLOSES: u8 = 2;

/// Whether a byte may be the first of a sign that opens something, or the last of one that ends something.
static EDGES: [u8; 256] = {
    let mut edges = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        edges[byte] = match byte as u8 {
            b'"' => OPENS | CLOSES,
            // „ “ «
            b'(' | 0xe2 | 0xc2 => OPENS,
            // ” “ »
            b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | 0x9d | 0x9c | 0xbb => CLOSES,
            _ => 0,
        };
        byte += 1;
    }
    edges
};

/// Letters that are the same if words are the same in small letters: those have two sigmas.
fn folded(word: &str) -> impl Iterator<Item = char> {
    word.chars().flat_map(letters::lower).map(|c| if c == 'ς' { 'σ' } else { c })
}

/// A word without what opens something before it.
fn opened(word: &str) -> &str {
    if !word.bytes().next().is_some_and(may_open) {
        return word;
    }
    word.trim_start_matches(['(', '„', '“', '«', '"'])
}

/// A word without what ends a part of a sentence after it.
fn closed(word: &str) -> &str {
    if !word.bytes().next_back().is_some_and(may_close) {
        return word;
    }
    word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '”', '“', '»', '"'])
}

/// A word that stands several times in a row.
struct Run<'t> {
    range: Range<usize>,
    /// As it stands first.
    word: &'t str,
    count: usize,
    /// Whether all are written alike.
    alike: bool,
}

fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut open: Option<Run<'_>> = None;
    let mut from = 0;
    for piece in text.split(' ') {
        let start = from + piece.len() - opened(piece).len();
        from += piece.len() + 1;
        let (whole, word) = (opened(piece), closed(opened(piece)));
        let is_word = word.chars().nth(1).is_some() && word.chars().all(letters::is_letter);
        let goes_on =
            open.as_mut().filter(|run| is_word && whole.len() == piece.len() && same_letters(run.word, word));
        match goes_on {
            Some(run) => {
                run.count += 1;
                run.alike &= run.word == word;
                run.range.end = start + word.len();
            }
            None => {
                runs.extend(open.take());
                let range = start..start + word.len();
                open = is_word.then_some(Run { range, word, count: 1, alike: true });
            }
        }
        if word.len() < whole.len() {
            runs.extend(open.take());
        }
    }
    runs.extend(open);
    runs.retain(|run| run.count > 1);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_doubled_word_is_missed() {
        let mut found = 0;
        words::each_random_text("aAé  („.”", |text| {
            let is_found = runs(text).iter().any(|run| run.alike);
            found += usize::from(is_found);
            assert!(!is_found || beside::blanks(text).doubled, "{text:?}");
        });
        assert!(found > 50, "{found}");
    }
}
