//! The little words that hold sentences together: the short ones, in small letters.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use whatlang::Lang;

use super::fnv::Fnv;
use super::{alphabet, letters};

/// Of languages with few letters of their own, little words that no other language has which documentation is translated
/// into, but for close ones: neither as a little word nor as a common noun.
const ONLY: [(Lang, &[&str]); 9] = [
    (
        Lang::Dan,
        &["dette", "disse", "eller", "etter", "hvis", "ikke", "når", "og", "også", "på", "skal", "være"],
    ),
    (
        Lang::Deu,
        &[
            "auch", "auf", "aus", "diese", "durch", "eine", "einem", "einen", "einer", "für", "haben",
            "ihre", "ihren", "ist", "kann", "keine", "muss", "nach", "nicht", "nur", "oder", "sich", "sie",
            "sind", "und", "unter", "von", "wenn", "wird", "zu", "zum", "zur", "über",
        ],
    ),
    (
        Lang::Eng,
        &[
            "been", "each", "from", "into", "that", "the", "their", "there", "these", "they", "this", "what",
            "when", "where", "which", "with", "you", "your",
        ],
    ),
    (
        Lang::Fra,
        &[
            "aux", "avec", "cette", "dans", "dont", "elle", "leur", "lors", "nous", "où", "peut", "pour",
            "sans", "sont", "tous", "une", "vos", "votre", "vous",
        ],
    ),
    (
        Lang::Ita,
        &[
            "anche", "che", "dal", "dalla", "degli", "della", "delle", "dopo", "gli", "nel", "nella", "ogni",
            "più", "può", "quale", "sono", "sul", "sulla", "viene",
        ],
    ),
    (
        Lang::Nld,
        &[
            "aan", "bij", "deze", "door", "een", "elke", "geen", "hebt", "heeft", "het", "kunt", "maar",
            "moet", "naar", "niet", "ook", "uit", "uw", "voor", "welke", "wordt", "zijn", "zoals",
        ],
    ),
    (
        Lang::Por,
        &[
            "ao", "aos", "até", "cada", "como", "deve", "esta", "está", "isso", "não", "para", "pela",
            "pelo", "pode", "por", "seu", "sobre", "são", "todos", "uma", "você",
        ],
    ),
    (
        Lang::Spa,
        &[
            "así", "cada", "como", "debe", "desde", "donde", "esta", "está", "hay", "las", "los", "muy",
            "más", "para", "pero", "por", "puede", "sobre", "tiene", "todos",
        ],
    ),
    (
        Lang::Swe,
        &[
            "att", "denna", "dessa", "detta", "efter", "eller", "från", "för", "har", "här", "inte", "måste",
            "och", "på", "sedan", "ska", "som", "utan", "är",
        ],
    ),
];

/// Whether `text` is plainly in `lang`: it has no letter of another language, and a third of its short words are
/// little words that no other language has.
pub(crate) fn is_plainly(text: &str, lang: Lang) -> bool {
    /// So many words, of so many different ones, are no accident.
    const MIN: usize = 4;
    const DIFFERENT: u32 = 3;
    let Some((_, own)) = ONLY.iter().find(|(other, _)| *other == lang) else { return false };
    if alphabet::begins_with_alien(text, lang) {
        return false;
    }
    let (mut all, mut known, mut different) = (0, 0, 0_u64);
    for word in short_words(text) {
        all += 1;
        if let Ok(at) = own.binary_search(&word) {
            known += 1;
            different |= 1 << at;
        }
    }
    known >= MIN
        && known * 3 >= all
        && different.count_ones() >= DIFFERENT
        && alphabet::has_no_alien(text, lang)
}

/// The short words of texts that are surely in a language: the little words come first.
#[derive(Default)]
pub(crate) struct Known<'t>(HashSet<&'t str, BuildHasherDefault<Fnv>>);

impl<'t> Known<'t> {
    pub(crate) fn learn(&mut self, text: &'t str) {
        self.0.extend(short_words(text));
    }

    /// Whether `text` is in the same language, `lang`: it has no letter of another one, and half of its short words are
    /// known.
    pub(crate) fn covers(&self, text: &str, lang: Lang) -> bool {
        const MIN: usize = 4;
        if self.0.is_empty() {
            return false;
        }
        let (mut all, mut known) = (0, 0);
        for word in short_words(text) {
            all += 1;
            known += usize::from(self.0.contains(word));
        }
        known >= MIN && known * 2 >= all && alphabet::has_no_alien(text, lang)
    }
}

/// The words of two to five small letters.
fn short_words(text: &str) -> impl Iterator<Item = &str> {
    const LENGTHS: std::ops::RangeInclusive<usize> = 2..=5;
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let (start, mut count, mut small) = (at, 0, true);
            while let Some((len, is_small)) = letter_at(text, at) {
                at += len;
                count += 1;
                small &= is_small;
            }
            let end = at;
            // What ended it is passed over.
            at += match text.as_bytes().get(at) {
                None | Some(0..=0x7F) => 1,
                Some(0x80..=0xDF) => 2,
                Some(0xE0..=0xEF) => 3,
                Some(0xF0..) => 4,
            };
            if small && LENGTHS.contains(&count) {
                return Some(&text[start..end]);
            }
        }
        None
    })
}

/// The length of the letter at `at`, and whether it is a small one.
#[inline]
fn letter_at(text: &str, at: usize) -> Option<(usize, bool)> {
    match *text.as_bytes().get(at)? {
        b'a'..=b'z' => Some((1, true)),
        b'A'..=b'Z' => Some((1, false)),
        0..=0x7F => None,
        _ => {
            let c = text[at..].chars().next().filter(|c| letters::is_letter(*c))?;
            Some((c.len_utf8(), letters::is_small(c)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::language;

    #[test]
    fn words_of_one_language_are_of_no_other() {
        for (lang, words) in ONLY {
            assert!(words.is_sorted() && words.len() <= 64, "{lang:?}");
            for word in words {
                assert_eq!(short_words(word).count(), 1, "{word}");
                let others = ONLY.iter().filter(|(other, _)| !language::are_close(lang, *other));
                assert!(others.into_iter().all(|(_, others)| !others.contains(word)), "{word}");
            }
        }
    }

    #[test]
    fn plain_sentences() {
        let german = "Wählen Sie die Option aus, und klicken Sie nicht auf den Pfeil, wenn sie grau ist.";
        assert!(is_plainly(german, Lang::Deu) && !is_plainly(german, Lang::Nld));
        assert!(!is_plainly("Harbor Server Setup", Lang::Deu));
        let dutch = "Het is niet nodig om een map te kiezen: deze wordt door het programma voor u gemaakt.";
        assert!(is_plainly(dutch, Lang::Nld) && !is_plainly(dutch, Lang::Deu));
    }

    #[test]
    fn short_words_are_small() {
        let words: Vec<_> = short_words("Der Föhn ist, wo er weht: für 3 Tage «и» оно 港").collect();
        assert_eq!(words, ["ist", "wo", "er", "weht", "für", "оно"]);
    }
}
