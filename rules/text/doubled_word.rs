use std::ops::Range;

use crate::prelude::*;
use crate::support::{letters, locale_data, script};

/// Its page is `doubled_word.md`.
pub(crate) struct DoubledWord;

/// Shorter words are particles and prepositions, which many languages have twice; which ones is known of some.
const SHORT: usize = 3;

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
    fn check(&self, unit: UnitView<'_>, sink: &mut Sink<'_>) {
        let (source, target) = (unit.source(), unit.target());
        if script::is_spaceless(unit.locale()) || !may_be_doubled(target) {
            return;
        }
        let legitimate = &locale_data::of(unit.locale()).doubled_words;
        for Run { range, word, count, alike } in runs(unit.masked_target()) {
            let lower = word.to_lowercase();
            let short = legitimate.is_empty() && word.chars().count() <= SHORT;
            let in_source = source.to_lowercase().contains(&format!("{lower} {lower}"));
            // "Harbor Harbor 3" begins with two names that the source has apart from each other.
            let names = alike && count == 2 && starts_upper(word) && source.matches(word).count() > 1;
            if short || in_source || names || legitimate.contains(&lower) {
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

/// A scan that spares most targets the rest: for two words of one length that end alike.
fn may_be_doubled(target: &str) -> bool {
    let bytes = target.as_bytes();
    let (mut last, mut from) = (0..0, 0);
    for end in 0..=bytes.len() {
        if bytes.get(end).is_some_and(|byte| *byte != b' ') {
            continue;
        }
        let word = from..end;
        from = end + 1;
        if may_be_alike(&bytes[last.clone()], &bytes[word.clone()]) {
            let (one, next) = (opened(&target[last]), closed(&target[word.clone()]));
            let alike = one.len() == next.len() && one.as_bytes().last() == next.as_bytes().last();
            if alike && one.len() > 1 {
                return true;
            }
        }
        last = word;
    }
    false
}

/// Whether two words may be of one length, that is, or have signs before the first or after the second.
fn may_be_alike(one: &[u8], next: &[u8]) -> bool {
    let (Some(first), Some(last)) = (one.first(), next.last()) else { return false };
    // Of the signs in question, „ and “ begin with 0xE2, « with 0xC2, and ” and » end with 0x9D and 0xBB.
    let is_open = first.is_ascii_alphanumeric() || matches!(first, 0xC3..=0xE1 | 0xE3..=0xFF);
    let is_closed = last.is_ascii_alphanumeric() || (*last >= 0x80 && !matches!(last, 0x9C | 0x9D | 0xBB));
    !is_open || !is_closed || one.len() == next.len()
}

/// A word without what opens something before it.
fn opened(word: &str) -> &str {
    if word.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric()) {
        return word;
    }
    word.trim_start_matches(['(', '„', '“', '«', '"'])
}

/// A word without what ends a part of a sentence after it.
fn closed(word: &str) -> &str {
    if word.bytes().next_back().is_some_and(|byte| byte.is_ascii_alphanumeric()) {
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
