//! Which language a text is in, told by its trigrams. Only between given candidates, and never of a few words.

use std::collections::HashSet;
use std::sync::LazyLock;

use bitext::Locale;
use whatlang::{Detector, Lang};

use super::letters;

/// The languages that documentation is translated into, by language subtag. Those that trigrams hardly tell apart share
/// one entry.
const LANGUAGES: [(&str, Lang); 54] = [
    ("af", Lang::Nld),
    ("ar", Lang::Ara),
    ("az", Lang::Tur),
    ("be", Lang::Bel),
    ("bg", Lang::Bul),
    ("bn", Lang::Ben),
    ("bs", Lang::Hrv),
    ("ca", Lang::Spa),
    ("cs", Lang::Ces),
    ("da", Lang::Dan),
    ("de", Lang::Deu),
    ("el", Lang::Ell),
    ("en", Lang::Eng),
    ("es", Lang::Spa),
    ("et", Lang::Est),
    ("fa", Lang::Pes),
    ("fi", Lang::Fin),
    ("fil", Lang::Tgl),
    ("fr", Lang::Fra),
    ("gl", Lang::Por),
    ("he", Lang::Heb),
    ("hi", Lang::Hin),
    ("hr", Lang::Hrv),
    ("hu", Lang::Hun),
    ("hy", Lang::Hye),
    ("id", Lang::Ind),
    ("it", Lang::Ita),
    ("ja", Lang::Jpn),
    ("ka", Lang::Kat),
    ("ko", Lang::Kor),
    ("lt", Lang::Lit),
    ("lv", Lang::Lav),
    ("mk", Lang::Mkd),
    ("mr", Lang::Hin),
    ("nb", Lang::Dan),
    ("ne", Lang::Hin),
    ("nl", Lang::Nld),
    ("nn", Lang::Dan),
    ("no", Lang::Dan),
    ("pl", Lang::Pol),
    ("pt", Lang::Por),
    ("ro", Lang::Ron),
    ("ru", Lang::Rus),
    ("sk", Lang::Ces),
    ("sl", Lang::Hrv),
    ("sr", Lang::Srp),
    ("sv", Lang::Swe),
    ("ta", Lang::Tam),
    ("te", Lang::Tel),
    ("th", Lang::Tha),
    ("tr", Lang::Tur),
    ("uk", Lang::Ukr),
    ("vi", Lang::Vie),
    ("zh", Lang::Cmn),
];

/// Languages that one entry stands for, in words.
const SHARED: [(Lang, &str); 7] = [
    (Lang::Ces, "Czech or Slovak"),
    (Lang::Dan, "Danish or Norwegian"),
    (Lang::Hin, "Hindi, Marathi or Nepali"),
    (Lang::Hrv, "Croatian, Serbian or Slovene"),
    (Lang::Nld, "Dutch or Afrikaans"),
    (Lang::Spa, "Spanish or Catalan"),
    (Lang::Tur, "Turkish or Azerbaijani"),
];

/// Languages that are not told apart with certainty either.
const CLOSE: [&[Lang]; 4] =
    [&[Lang::Dan, Lang::Swe], &[Lang::Spa, Lang::Por], &[Lang::Bul, Lang::Mkd], &[Lang::Rus, Lang::Bel]];

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

/// Whether all languages have a letter, a small one, that are written in Cyrillic.
fn is_common_cyrillic(c: char) -> bool {
    ('а'..='я').contains(&c) && !matches!(c, 'й' | 'щ' | 'ъ' | 'ы' | 'ь' | 'э')
}

/// How many different letters of its own a language has in `text`, and how many stand there that it does not have. Of
/// languages that are not listed it is not known.
fn letters(text: &str, lang: Lang) -> Option<(usize, usize)> {
    let own = own_letters(lang)?;
    // A bit for each letter of the language, which has fewer than 32.
    let (mut found, mut alien) = (0_u32, 0);
    let letters = text.chars().filter(|c| !c.is_ascii() && !is_common_cyrillic(*c));
    for c in letters.filter(|c| letters::is_letter(*c)).flat_map(letters::lower) {
        if is_common_cyrillic(c) {
            continue;
        }
        match own.iter().position(|own| *own == c) {
            Some(at) => found |= 1 << at,
            None => alien += 1,
        }
    }
    Some((found.count_ones() as usize, alien))
}

/// [`LETTERS`], letter by letter.
static LISTED: LazyLock<Vec<(Lang, Vec<char>)>> =
    LazyLock::new(|| LETTERS.iter().map(|(lang, own)| (*lang, own.chars().collect())).collect());

/// The letters of a language that is listed.
fn own_letters(lang: Lang) -> Option<&'static [char]> {
    LISTED.iter().find(|(listed, _)| *listed == lang).map(|(_, own)| &**own)
}

/// Whether another language, not close to `own`, has all the letters of `text` too, or `own` has not: else it
/// [cannot be](can_be) in another one.
pub(crate) fn may_be_other(text: &str, own: Lang) -> bool {
    /// Of Vietnamese, the letters are not listed; no text of some length is without one of these.
    const VIETNAMESE: [char; 4] = ['ă', 'đ', 'ơ', 'ư'];
    let Some(own_letters) = own_letters(own) else { return true };
    let mut seen: Vec<char> = Vec::new();
    for c in text.chars().filter(|c| !c.is_ascii() && !is_common_cyrillic(*c) && letters::is_letter(*c)) {
        // The languages of all other scripts have one of their own.
        if !matches!(c, '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{52f}') {
            return true;
        }
        let lower = letters::lower(c).filter(|c| !is_common_cyrillic(*c));
        for c in lower {
            if !seen.contains(&c) {
                seen.push(c);
            }
        }
    }
    let has_all = |letters: &[char]| seen.iter().all(|c| letters.contains(c));
    let is_both_cyrillic = |other: &[char]| is_cyrillic(own_letters) && is_cyrillic(other);
    !has_all(own_letters)
        || seen.iter().any(|c| VIETNAMESE.contains(c))
        || LISTED.iter().any(|(other, letters)| {
            *other != Lang::Eng && !are_close(*other, own) && has_all(letters) && !is_both_cyrillic(letters)
        })
}

fn is_cyrillic(letters: &[char]) -> bool {
    letters.iter().any(|c| ('\u{400}'..='\u{4ff}').contains(c))
}

/// Whether `text` is surely in `lang`, by its letters: it has no others, and as many of them as no other language has.
/// Where a script is that of one language, it tells by itself.
pub(crate) fn is_surely(text: &str, lang: Lang) -> bool {
    /// Languages that have more letters than that in common are close.
    const MAX_COMMON: usize = 4;
    let script = match lang {
        Lang::Jpn => Some('\u{3041}'..='\u{30ff}'),
        Lang::Kor => Some('\u{ac00}'..='\u{d7a3}'),
        Lang::Cmn => Some('\u{4e00}'..='\u{9fff}'),
        _ => None,
    };
    if let Some(script) = script {
        return text.chars().any(|c| script.contains(&c));
    }
    let listed = own_letters(lang).map_or(0, <[char]>::len);
    listed > 2
        && letters(text, lang).is_some_and(|(found, alien)| alien == 0 && found >= listed.min(MAX_COMMON + 1))
}

/// The short words of texts that are surely in a language: the little words that hold sentences together come first.
#[derive(Default)]
pub(crate) struct Known<'t>(HashSet<&'t str>);

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
        known >= MIN && known * 2 >= all && letters(text, lang).is_none_or(|(_, alien)| alien == 0)
    }
}

/// The words of two to five small letters.
fn short_words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !letters::is_letter(c));
    // No letter has more than four bytes.
    let words =
        words.filter(|word| (2..=20).contains(&word.len()) && (2..=5).contains(&word.chars().count()));
    words.filter(|word| word.chars().all(letters::is_small))
}

/// Whether `text` has so many letters that `lang` does not have that it cannot be in it, names apart.
pub(crate) fn cannot_be(text: &str, lang: Lang) -> bool {
    /// Fewer letters are in a name or two, or one in so many.
    const MIN: usize = 4;
    const SHARE: usize = 20;
    let all = || text.chars().filter(|c| letters::is_letter(*c)).count();
    letters(text, lang).is_some_and(|(_, alien)| alien >= MIN && alien * SHARE >= all())
}

/// Whether the letters of `text` speak no more against `other` than against `own`, and less if both are Cyrillic, whose
/// languages are near to each other.
pub(crate) fn can_be(text: &str, other: Lang, own: Lang) -> bool {
    /// One in so many letters may be in a name.
    const NAMES: usize = 50;
    let alien = |lang: Lang| letters(text, lang).map_or(0, |(_, alien)| alien);
    let is_cyrillic = |lang: Lang| own_letters(lang).is_some_and(is_cyrillic);
    if letters(text, own).is_none() {
        return alien(other) * NAMES <= text.chars().filter(|c| c.is_alphabetic()).count();
    }
    alien(other) < alien(own) || (alien(other) == alien(own) && !(is_cyrillic(other) && is_cyrillic(own)))
}

/// The language of a locale, if it is one that can be told.
pub(crate) fn of(locale: &Locale) -> Option<Lang> {
    match LANGUAGES.iter().find(|(subtag, _)| *subtag == locale.language())?.1 {
        Lang::Srp if locale.script().as_deref() == Some("Latn") => Some(Lang::Hrv),
        lang => Some(lang),
    }
}

/// What `lang` is called in English.
pub(crate) fn name(lang: Lang) -> &'static str {
    SHARED.iter().find(|(shared, _)| *shared == lang).map_or(lang.eng_name(), |(_, name)| name)
}

/// Whether two languages are one or close to each other.
pub(crate) fn are_close(one: Lang, other: Lang) -> bool {
    one == other || CLOSE.iter().any(|group| group.contains(&one) && group.contains(&other))
}

/// Tells languages from each other.
pub(crate) struct Teller {
    all: Detector,
}

impl Teller {
    pub(crate) fn new() -> Self {
        let mut languages: Vec<Lang> = LANGUAGES.iter().map(|(_, lang)| *lang).collect();
        languages.sort_unstable_by_key(Lang::code);
        languages.dedup();
        Self { all: Detector::with_allowlist(languages) }
    }

    /// The language that `text` is most like.
    pub(crate) fn guess(&self, text: &str) -> Option<Lang> {
        self.all.detect_lang(text)
    }

    /// The language of `text`, if it is one without doubt.
    pub(crate) fn language(&self, text: &str) -> Option<Lang> {
        self.all.detect(text).filter(whatlang::Info::is_reliable).map(|info| info.lang())
    }
}

/// Which of the candidates `text` is most like.
pub(crate) fn likeliest(text: &str, candidates: &[Lang]) -> Option<Lang> {
    Detector::with_allowlist(candidates.to_vec()).detect_lang(text)
}
