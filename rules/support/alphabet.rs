//! What the letters of a text tell about its language. Most texts are settled by these alone.

use std::cell::OnceCell;
use std::sync::OnceLock;

use whatlang::Lang;

use super::{language, letters};

/// The letters of languages beyond those that all of the same script have, in lower case. CLDR, exemplar characters;
/// without those of loan words.
const LETTERS: [(Lang, &str); 27] = [
    (Lang::Bel, "ёійўыьэ"),
    (Lang::Bul, "йщъь"),
    (Lang::Ces, "áäčďéěíĺľňóôŕřšťúůýž"),
    (Lang::Dan, "åæø"),
    (Lang::Deu, "äöüß"),
    (Lang::Est, "äõöüšž"),
    (Lang::Fin, "äö"),
    (Lang::Fra, "àâæçèéêëîïôœùû"),
    (Lang::Hrv, "čćđšž"),
    (Lang::Hun, "áéíóöőúüű"),
    (Lang::Ind, ""),
    (Lang::Ita, "àèéìòù"),
    (Lang::Lav, "āčēģīķļņšūž"),
    (Lang::Lit, "ąčęėįšųūž"),
    (Lang::Mkd, "ѓѕјљњќџ"),
    (Lang::Nld, "áèéêëîïóöü"),
    (Lang::Pol, "ąćęłńóśźż"),
    (Lang::Por, "áàâãçéêíóôõú"),
    (Lang::Ron, "ăâîșțşţ"),
    // The hard sign is rare in Russian, and a common vowel in Bulgarian.
    (Lang::Rus, "ёйщыьэ"),
    (Lang::Spa, "àáçèéíïñòóúü"),
    (Lang::Srp, "ђјљњћџ"),
    (Lang::Swe, "åäö"),
    (Lang::Tgl, "ñ"),
    (Lang::Tur, "çəğıöşü"),
    (Lang::Ukr, "ґєіїйщь"),
    (Lang::Eng, ""),
];

/// Of Vietnamese, the letters are not listed; no text of some length is without one of these.
const VIETNAMESE: &str = "ăđơư";

/// The characters that nearly all listed letters are among: those up to here.
const TOLD: char = '\u{53f}';

/// As many characters as two bytes make, and as many again for what begins longer ones.
const IN_TABLE: usize = 0x1000;

/// Whether a character is one of Latin or Cyrillic letters that tell something.
fn is_inside(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{52f}')
}

/// The letters of a language.
pub(crate) struct Alphabet {
    letters: Vec<char>,
    /// What each character of two bytes is: a letter, by its place in the list, or one of those below.
    table: [u8; IN_TABLE],
    /// Of each other language that a text may be in as well, those of the letters that it has too, as in [`Letters`].
    others: Vec<u32>,
    /// Those that Vietnamese has too.
    vietnamese: u32,
    is_cyrillic: bool,
}

/// How many letters a list has at the most: one less.
const MOST: u8 = 32;
/// All languages of the script have the letter, or it is none.
const COMMON: u8 = MOST;
/// The language does not have the letter.
const ALIEN: u8 = MOST + 1;
/// It is a letter of another script, or several letters in lower case.
const OTHER: u8 = MOST + 2;

/// The letters of a text that tell something, as one language sees them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Letters {
    /// Those that the language has: a bit for each, of which there are fewer than 32.
    pub(crate) found: u32,
    /// How many letters stand there that it does not have.
    pub(crate) alien: usize,
    /// Whether there is one that is not [inside](is_inside).
    pub(crate) outside: bool,
}

impl Letters {
    /// Whether there is one that the language does not have.
    pub(crate) fn is_alien(self) -> bool {
        self.alien > 0 || self.outside
    }
}

/// Shows where each character beyond ASCII begins; eight bytes a step.
#[inline]
fn each_beyond_ascii(bytes: &[u8], mut show: impl FnMut(usize)) {
    let mut show_all = |start: usize, eight: u64| {
        // Both of the highest bits are set.
        let mut first = eight & eight << 1 & 0x8080_8080_8080_8080;
        while first != 0 {
            show(start + first.trailing_zeros() as usize / 8);
            first &= first - 1;
        }
    };
    let (eights, rest) = bytes.as_chunks();
    for (at, eight) in eights.iter().enumerate() {
        show_all(8 * at, u64::from_le_bytes(*eight));
    }
    let last = match bytes.last_chunk() {
        Some(last) if !rest.is_empty() => u64::from_le_bytes(*last) >> (8 * (8 - rest.len())),
        _ => rest.iter().rev().fold(0, |eight, byte| eight << 8 | u64::from(*byte)),
    };
    show_all(bytes.len() - rest.len(), last);
}

/// The letters of a language, if they are listed.
pub(crate) fn of(lang: Lang) -> Option<&'static Alphabet> {
    static ALPHABETS: [OnceLock<Alphabet>; LETTERS.len()] = [const { OnceLock::new() }; LETTERS.len()];
    let at = LETTERS.iter().position(|(listed, _)| *listed == lang)?;
    Some(ALPHABETS[at].get_or_init(|| Alphabet::new(lang, LETTERS[at].1)))
}

/// Whether all languages have a letter, a small one, that are written in Cyrillic.
fn is_common_cyrillic(c: char) -> bool {
    ('а'..='я').contains(&c) && !matches!(c, 'й' | 'щ' | 'ъ' | 'ы' | 'ь' | 'э')
}

fn has_cyrillic(letters: &str) -> bool {
    letters.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c))
}

impl Alphabet {
    fn new(lang: Lang, own: &str) -> Self {
        let is_cyrillic = has_cyrillic(own);
        let mask = |other: &str| {
            let bits = own.chars().enumerate().filter(|(_, c)| other.contains(*c));
            bits.fold(0, |mask, (at, _)| mask | 1 << at)
        };
        let may_be = |other: Lang, letters: &str| {
            let both_cyrillic = is_cyrillic && has_cyrillic(letters);
            other != Lang::Eng && !language::are_close(other, lang) && !both_cyrillic
        };
        let others = LETTERS.iter().filter(|(other, letters)| may_be(*other, letters));
        let mut others: Vec<u32> = others.map(|(_, letters)| mask(letters)).collect();
        others.sort_unstable();
        others.dedup();
        let letters = own.chars().collect();
        let vietnamese = mask(VIETNAMESE);
        let mut alphabet = Self { letters, table: [OTHER; IN_TABLE], others, vietnamese, is_cyrillic };
        alphabet.table[..0x80].fill(COMMON);
        for c in '\u{80}'..=TOLD {
            alphabet.table[c as usize] = alphabet.class(c);
        }
        alphabet
    }

    fn class(&self, c: char) -> u8 {
        if is_common_cyrillic(c) || !letters::is_letter(c) {
            return COMMON;
        }
        if !is_inside(c) {
            return OTHER;
        }
        let mut lower = letters::lower(c);
        match (lower.next(), lower.next()) {
            (Some(c), None) if is_common_cyrillic(c) => COMMON,
            (Some(c), None) => self.place(c).map_or(ALIEN, |at| at as u8),
            _ => OTHER,
        }
    }

    fn place(&self, small: char) -> Option<usize> {
        self.letters.iter().position(|own| *own == small)
    }

    /// Whether its letters are Cyrillic.
    pub(crate) fn is_cyrillic(&self) -> bool {
        self.is_cyrillic
    }

    /// Whether two languages are both written in Cyrillic, and so near to each other.
    fn are_both_cyrillic(&self, other: Lang) -> bool {
        let is_other = |(listed, own): &(Lang, &str)| *listed == other && has_cyrillic(own);
        self.is_cyrillic && LETTERS.iter().any(is_other)
    }

    /// The letters of `text` that tell something.
    pub(crate) fn letters(&self, text: &str) -> Letters {
        let bytes = text.as_bytes();
        let (mut classes, mut alien) = (0_u64, 0);
        each_beyond_ascii(bytes, |at| {
            let Some([lead, next]) = bytes[at..].first_chunk() else { return };
            let class = self.table[usize::from(lead & 0x3F) << 6 | usize::from(next & 0x3F)];
            classes |= 1 << class;
            alien += usize::from(class == ALIEN);
        });
        let mut letters = Letters { found: classes as u32, alien, outside: false };
        // Few texts have such letters, or signs that take as many bytes.
        if classes & 1 << OTHER != 0 {
            let is_other = |c: &char| self.table.get(*c as usize).is_none_or(|class| *class == OTHER);
            text.chars().filter(is_other).for_each(|c| self.add(c, &mut letters));
        }
        letters
    }

    /// Adds any character beyond ASCII.
    fn add(&self, c: char, letters: &mut Letters) {
        if !letters::is_letter(c) {
            return;
        }
        letters.outside |= !is_inside(c);
        for c in letters::lower(c).filter(|c| !is_common_cyrillic(*c)) {
            match self.place(c) {
                Some(at) => letters.found |= 1 << at,
                None => letters.alien += 1,
            }
        }
    }

    /// Whether a text of these letters is surely in the language: it has no others, and as many of them as no other
    /// language has.
    pub(crate) fn is_surely(&self, letters: Letters) -> bool {
        /// Languages that have more letters than that in common are close.
        const MAX_COMMON: usize = 4;
        let listed = self.letters.len();
        let found = letters.found.count_ones() as usize;
        listed > 2 && letters.alien == 0 && found >= listed.min(MAX_COMMON + 1)
    }

    /// Whether another language, not close to this one, has all these letters too, or this one has not: else a text
    /// [cannot be](Telling::can_be) in another one.
    pub(crate) fn may_be_other(&self, letters: Letters) -> bool {
        letters.is_alien()
            || self.others.iter().any(|other| letters.found & !other == 0)
            || letters.found & self.vietnamese != 0
    }

    /// Whether it has letters of Vietnamese, whose other letters are not listed.
    pub(crate) fn has_vietnamese(&self) -> bool {
        self.vietnamese != 0
    }
}

/// Whether `text` is surely in `lang`, by its letters. Where a script is that of one language, it tells by itself.
pub(crate) fn is_surely(text: &str, lang: Lang) -> bool {
    let script = match lang {
        Lang::Jpn => '\u{3041}'..='\u{30ff}',
        Lang::Kor => '\u{ac00}'..='\u{d7a3}',
        Lang::Cmn => '\u{4e00}'..='\u{9fff}',
        _ => return of(lang).is_some_and(|own| own.is_surely(own.letters(text))),
    };
    text.chars().any(|c| script.contains(&c))
}

/// Whether `text` may be in a language that is not close to `own`, by its letters, see [`Alphabet::may_be_other`].
pub(crate) fn may_be_other(text: &str, own: Lang) -> bool {
    of(own).is_none_or(|own| own.may_be_other(own.letters(text)))
}

/// Whether no letter stands in `text` that `lang` does not have, as far as its letters are listed.
pub(crate) fn has_no_alien(text: &str, lang: Lang) -> bool {
    alien(text, lang) == 0
}

/// Whether the first letter beyond ASCII is one that `lang` does not have. Where there are such letters, it mostly is.
pub(crate) fn begins_with_alien(text: &str, lang: Lang) -> bool {
    let first = text.chars().find(|c| !c.is_ascii() && letters::is_letter(*c));
    first.is_some_and(|c| !has_no_alien(c.encode_utf8(&mut [0; 4]), lang))
}

/// Whether `text` has so many letters that `lang` does not have that it cannot be in it, names apart.
pub(crate) fn cannot_be(text: &str, lang: Lang) -> bool {
    /// Fewer letters are in a name or two, or one in so many.
    const MIN: usize = 4;
    const SHARE: usize = 20;
    let all = || text.chars().filter(|c| letters::is_letter(*c)).count();
    let alien = alien(text, lang);
    alien >= MIN && alien * SHARE >= all()
}

/// The letters of a text that tell something, for languages that few texts are compared with: without a table.
pub(crate) struct Telling<'t> {
    text: &'t str,
    /// Each small letter, with how often it stands there. Few, so a list is the fastest map.
    counts: OnceCell<Vec<(char, usize)>>,
}

impl<'t> Telling<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        Self { text, counts: OnceCell::new() }
    }

    fn counts(&self) -> &[(char, usize)] {
        self.counts.get_or_init(|| {
            let mut counts: Vec<(char, usize)> = Vec::new();
            let is_told = |c: &char| !c.is_ascii() && !is_common_cyrillic(*c) && letters::is_letter(*c);
            let small = self.text.chars().filter(is_told).flat_map(letters::lower);
            for c in small.filter(|c| !is_common_cyrillic(*c)) {
                match counts.iter_mut().find(|(other, _)| *other == c) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((c, 1)),
                }
            }
            counts
        })
    }

    /// The same as [`alien`].
    fn alien(&self, lang: Lang) -> usize {
        let Some((_, own)) = LETTERS.iter().find(|(listed, _)| *listed == lang) else { return 0 };
        self.counts().iter().filter(|(c, _)| !own.chars().any(|own| own == *c)).map(|(_, count)| count).sum()
    }

    /// Whether the letters of the text speak no more against `other` than against `own`, and less if both are Cyrillic,
    /// whose languages are near to each other.
    pub(crate) fn can_be(&self, other: Lang, own: Lang) -> bool {
        /// One in so many letters may be in a name.
        const NAMES: usize = 50;
        let alien_to_other = self.alien(other);
        let Some(alphabet) = of(own) else {
            return alien_to_other == 0 || alien_to_other * NAMES <= letters::weigh(self.text, |_| 1);
        };
        let alien_to_own = self.alien(own);
        alien_to_other < alien_to_own
            || (alien_to_other == alien_to_own && !alphabet.are_both_cyrillic(other))
    }
}

/// How many letters stand in `text` that `lang` does not have, as far as its letters are listed.
fn alien(text: &str, lang: Lang) -> usize {
    of(lang).map_or(0, |alphabet| alphabet.letters(text).alien)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::words;

    #[test]
    fn letters_tell_the_same_with_and_without_a_table() {
        words::each_random_text("aéŠßİжЙђūÅơ中, ", |text| {
            let telling = Telling::of(text);
            for (lang, _) in LETTERS {
                assert_eq!(telling.alien(lang), alien(text, lang), "{lang:?}: {text}");
            }
        });
    }
}
