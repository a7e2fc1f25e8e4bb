//! Which language a text is in, told by its trigrams. Only between given candidates, and never of a few words.

use bitext::Locale;
use whatlang::{Detector, Lang, Script};

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
    languages: Vec<Lang>,
    all: Detector,
}

impl Teller {
    pub(crate) fn new() -> Self {
        let mut languages: Vec<Lang> = LANGUAGES.iter().map(|(_, lang)| *lang).collect();
        languages.sort_unstable_by_key(Lang::code);
        languages.dedup();
        Self { all: Detector::with_allowlist(languages.clone()), languages }
    }

    /// The languages that `text` can be told to be in, by the script that most of its letters are of.
    pub(crate) fn candidates(&self, text: &str) -> Vec<Lang> {
        match whatlang::detect_script(text) {
            None => Vec::new(),
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

/// Which of the candidates `text` is most like.
pub(crate) fn likeliest(text: &str, candidates: &[Lang]) -> Option<Lang> {
    Detector::with_allowlist(candidates.to_vec()).detect_lang(text)
}
