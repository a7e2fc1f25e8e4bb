//! Whether a target may have English prose, or even prose of its source: a scan that spares most targets the cutting
//! into words.

use std::ops::Range;

use super::bits::{self, Part};
use super::english_words as english;

/// So many words of a run, in lower case, are no function words: "and for the" is in many names.
pub(crate) const MIN_CONTENT: usize = 2;

/// A run of fewer words is a name or a label.
pub(crate) const MIN_WORDS: usize = 4;

/// The runs of letters of a source text, in any case, each as a bit; few others have the same.
#[derive(Debug, Default)]
pub(crate) struct Letters {
    bits: [u64; 8],
    /// Whether there are bytes of others.
    others: bool,
}

impl Letters {
    pub(crate) fn of(masked: Part<'_>) -> Self {
        let mut letters = Self { others: !masked.bytes().is_ascii(), ..Self::default() };
        bits::letters(masked).for_each(|run| {
            let (at, bit) = place(folded(masked, &run), &run);
            letters.bits[at] |= bit;
        });
        letters
    }
}

/// What a target may have.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shared {
    /// How many function words of English there are, in any case; none is missed.
    pub(crate) functions: usize,
    /// Whether there may be a run of English words of the source.
    pub(crate) run: bool,
}

impl Shared {
    /// By the runs of letters of a masked target: each word has some that its source has too if it has the word. Few
    /// targets have a function word, and fewer one of their source.
    pub(crate) fn of<'s>(masked: Part<'_>, source: impl FnOnce() -> &'s Letters) -> Self {
        let text = masked.bytes();
        let (mut functions, mut bits) = (0, [0; 8]);
        let may_be = bits::letters(masked).filter(|run| english::may_be_function(&text[run.clone()]));
        may_be.for_each(|run| {
            let word = folded(masked, &run);
            if english::is_function(word) {
                functions += 1;
                let (at, bit) = place(word, &run);
                bits[at] |= bit;
            }
        });
        let may_share = |source: &Letters| (0..bits.len()).any(|at| source.bits[at] & bits[at] != 0);
        let run = functions > 0 && {
            let source = source();
            may_share(source) && may_have_run(masked, source)
        };
        Self { functions, run }
    }
}

/// Whether a text may have a run of English words of a source with these runs of letters.
fn may_have_run(masked: Part<'_>, source: &Letters) -> bool {
    let text = masked.bytes();
    // Words without such runs are made of other letters.
    let min = if source.others { 0 } else { MIN_WORDS };
    // In a row without runs that the source does not have.
    let (mut all, mut content, mut function) = (0, 0, 0);
    let mut may_have = false;
    bits::letters(masked).for_each(|run| {
        let word = folded(masked, &run);
        let (at, bit) = place(word, &run);
        if source.bits[at] & bit == 0 {
            (all, content, function) = (0, 0, 0);
            return;
        }
        all += 1;
        let is_function = english::may_be_function(&text[run.clone()]) && english::is_function(word);
        function += usize::from(is_function);
        // "in" may be no word of its own in "built-in".
        let is_content = !is_function || is_joined(text, &run);
        content += usize::from(is_content && text[run.start].is_ascii_lowercase());
        may_have |= all >= min && content >= MIN_CONTENT && function >= 1;
    });
    may_have
}

/// Whether a sign beside a run of letters may make it a part of a word.
fn is_joined(text: &[u8], run: &Range<usize>) -> bool {
    let is_joint = |byte: Option<&u8>| byte.is_some_and(|byte| matches!(byte, b'-' | b'\'' | 0x80..));
    is_joint(text.get(run.end)) || is_joint(run.start.checked_sub(1).and_then(|before| text.get(before)))
}

/// The first letters of a run in lower case, as function words have them.
#[inline]
fn folded(text: Part<'_>, run: &Range<usize>) -> u64 {
    let bytes = text.bytes_from(run.start);
    let mut rest = [0; english::LONGEST];
    let first = bytes.first_chunk().unwrap_or_else(|| {
        rest[..bytes.len()].copy_from_slice(bytes);
        &rest
    });
    let other = 8 * english::LONGEST.saturating_sub(run.end - run.start);
    (u64::from_be_bytes(*first) | 0x2020_2020_2020_2020) >> other << other
}

/// The place of the bit of a run of letters, by its length and the first of them.
#[inline]
fn place(folded: u64, run: &Range<usize>) -> (usize, u64) {
    let bit = (folded ^ (run.end - run.start) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 55;
    ((bit / 64) as usize, 1 << (bit % 64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::words::each_random_text;

    static NONE: Letters = Letters { bits: [0; 8], others: false };

    #[test]
    fn no_function_word_is_missed() {
        for word in english::FUNCTION_WORDS {
            let text = format!("Ž {word} {}", word.to_uppercase());
            assert_eq!(Shared::of((&text).into(), || &NONE).functions, 2, "{word}");
        }
        assert_eq!(Shared::of("thecanal ofa the_".into(), || &NONE).functions, 1);
    }

    #[test]
    fn no_run_is_missed() {
        // Words of both texts, with signs between.
        let pieces =
            ["the", "of", "key", "lid", "Key", "sign-in", "don’t", "4", "klíč", "a.b", "/", ",", "ж", "port"];
        let mut texts: Vec<String> = Vec::new();
        each_random_text("0123456789abcd", |text| {
            let piece = |c: char| pieces[c.to_digit(16).unwrap_or(0) as usize];
            texts.push(text.chars().map(piece).collect::<Vec<_>>().join(" "));
        });
        let mut found = 0;
        for pair in texts.windows(2) {
            let (source, target) = (&pair[0], &pair[1]);
            let run = super::super::source_run::longest_in(source, target);
            found += usize::from(run.is_some());
            let letters = Letters::of(source.into());
            let shared = Shared::of(target.into(), || &letters);
            assert!(run.is_none() || shared.run, "{source} / {target}");
        }
        assert!(found > 100, "{found}");
    }
}
