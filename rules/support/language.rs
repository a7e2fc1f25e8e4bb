//! Which language a text is in, told by its trigrams. Only between given candidates, and never of a few words.

use bitext::Locale;
use whatlang::{Detector, Lang};

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

/// The Cyrillic letters that all languages have that are written in them.
const CYRILLIC: &str = "абвгдежзиклмнопрстуфхцчшюя";

/// How many different letters of its own a language has in `text`, and how many stand there that it does not have. Of
/// languages that are not listed it is not known.
fn letters(text: &str, lang: Lang) -> Option<(usize, usize)> {
    let (_, own) = LETTERS.iter().find(|(listed, _)| *listed == lang)?;
    let (mut found, mut alien) = (Vec::new(), 0);
    for c in text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).flat_map(char::to_lowercase) {
        if own.contains(c) {
            if !found.contains(&c) {
                found.push(c);
            }
        } else if !CYRILLIC.contains(c) {
            alien += 1;
        }
    }
    Some((found.len(), alien))
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
    let listed = LETTERS.iter().find(|(listed, _)| *listed == lang).map_or(0, |(_, own)| own.chars().count());
    letters(text, lang)
        .is_some_and(|(found, alien)| listed > 2 && alien == 0 && found >= listed.min(MAX_COMMON + 1))
}

/// Whether `text` has so many letters that `lang` does not have that it cannot be in it, names apart.
pub(crate) fn cannot_be(text: &str, lang: Lang) -> bool {
    /// Fewer letters are in a name or two, or one in so many.
    const MIN: usize = 4;
    const SHARE: usize = 20;
    let all = || text.chars().filter(|c| c.is_alphabetic()).count();
    letters(text, lang).is_some_and(|(_, alien)| alien >= MIN && alien * SHARE >= all())
}

/// Whether the letters of `text` speak no more against `other` than against `own`, and less if both are Cyrillic, whose
/// languages are near to each other.
pub(crate) fn can_be(text: &str, other: Lang, own: Lang) -> bool {
    /// One in so many letters may be in a name.
    const NAMES: usize = 50;
    let alien = |lang: Lang| letters(text, lang).map_or(0, |(_, alien)| alien);
    let is_cyrillic = |lang: Lang| {
        let own = LETTERS.iter().find(|(listed, _)| *listed == lang).map_or("", |(_, own)| *own);
        own.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c))
    };
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
