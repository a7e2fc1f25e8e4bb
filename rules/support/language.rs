//! Which language a text is in, told by its trigrams. Only between given candidates, and never of a few words.

use bitext::Locale;
use whatlang::{Detector, Lang, Script};

use super::script::{count_bytes, count_own};

/// The languages that documentation is translated into, by language subtag, in its order. Those that trigrams hardly tell apart share
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

/// The language of a locale, if it is one that can be told.
pub(crate) fn of(locale: &Locale) -> Option<Lang> {
    let at = LANGUAGES.binary_search_by_key(&locale.language(), |(subtag, _)| subtag).ok()?;
    match LANGUAGES[at].1 {
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

/// The script, by ISO 15924, of a language that no other one shares it with of those that can be told: a text that is
/// [mostly](is_mostly_in) in it can be in no other language.
pub(crate) fn only_script(lang: Lang) -> Option<&'static str> {
    match lang {
        Lang::Ell => Some("Grek"),
        Lang::Heb => Some("Hebr"),
        Lang::Hin => Some("Deva"),
        Lang::Tha => Some("Thai"),
        _ => None,
    }
}

/// Whether most of the letters of `text` are surely of a script: of all characters that may be letters, as far as the
/// first bytes tell.
pub(crate) fn is_mostly_in(script: &str, text: &str) -> bool {
    let own = count_own(script, text);
    // Each is of two bytes at least, so there are not so many others.
    let others = text.len() - own * 2;
    own > others || own * 2 > most_letters(text)
}

/// How many characters of `text` there are but for those of ASCII that are no letters.
fn most_letters(text: &str) -> usize {
    count_bytes(text, |byte, _| byte.is_ascii_alphabetic() || byte >= 0xC2)
}

/// Tells languages from each other.
pub(crate) struct Teller {
    languages: Vec<Lang>,
    latin: Vec<Lang>,
    all: Detector,
}

impl Teller {
    pub(crate) fn new() -> Self {
        let mut languages: Vec<Lang> = LANGUAGES.iter().map(|(_, lang)| *lang).collect();
        languages.sort_unstable_by_key(Lang::code);
        languages.dedup();
        let latin = Script::Latin.langs().iter().filter(|lang| languages.contains(lang)).copied().collect();
        Self { all: Detector::with_allowlist(languages.clone()), latin, languages }
    }

    /// The languages that `text` can be told to be in, by the script that most of its letters are of.
    pub(crate) fn candidates(&self, text: &str) -> Vec<Lang> {
        match script(text) {
            None => Vec::new(),
            Some(Script::Latin) => self.latin.clone(),
            Some(Script::Mandarin) => vec![Lang::Cmn, Lang::Jpn],
            Some(script) => match script.langs() {
                [only] => vec![*only],
                several => several.iter().filter(|lang| self.languages.contains(lang)).copied().collect(),
            },
        }
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

/// The script that most letters of a text are of, by [`whatlang::detect_script`], which asks of each letter which one it
/// is of. Mostly more than half of all characters that may be letters are of one.
fn script(text: &str) -> Option<Script> {
    let all = most_letters(text);
    let is_most = |count: usize| count * 2 > all;
    if is_most(count_bytes(text, |byte, _| byte.is_ascii_alphabetic() || matches!(byte, 0xC3..=0xC9))) {
        Some(Script::Latin)
    } else if is_most(count_bytes(text, |byte, _| matches!(byte, 0xD0 | 0xD1))) {
        Some(Script::Cyrillic)
    } else if is_most(count_own("Arab", text)) {
        Some(Script::Arabic)
    } else {
        whatlang::detect_script(text)
    }
}

/// Which of the candidates `text` is most like.
pub(crate) fn likeliest(text: &str, candidates: &[Lang]) -> Option<Lang> {
    Detector::with_allowlist(candidates.to_vec()).detect_lang(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::words;

    #[test]
    fn subtags_are_in_order() {
        assert!(LANGUAGES.is_sorted_by_key(|(subtag, _)| subtag));
    }

    #[test]
    fn letters_of_a_script_of_its_own_are_of_one_language() {
        let teller = Teller::new();
        for lang in teller.languages.iter().copied() {
            let Some(script) = only_script(lang) else { continue };
            let is_own = |c: &char| count_own(script, &c.to_string()) > 0;
            for c in ('\0'..=char::MAX).filter(is_own) {
                assert_eq!(teller.candidates(&c.to_string()), [lang], "{c:?}");
            }
        }
        assert!(is_mostly_in("Thai", "คลิก OK แล้ว") && !is_mostly_in("Thai", "คลิก Harbor"));
    }

    #[test]
    fn scripts_are_as_the_library_has_them() {
        for letters in ["aéžŁ«.1 –жЯ", "عي،٠ a.پ–é", "жЯђa. «中ё", "αώกあ中한 a"]
        {
            words::each_random_text(letters, |text| {
                assert_eq!(script(text), whatlang::detect_script(text), "{text}");
            });
        }
    }
}
