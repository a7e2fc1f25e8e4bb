//! Which language a text is in, told by its trigrams. Only between given candidates, and never of a few words.

use bitext::Locale;
use whatlang::{Detector, Lang};

/// The languages that documentation is translated into and that can be told apart, by language subtag.
const LANGUAGES: [(&str, Lang); 52] = [
    ("af", Lang::Afr),
    ("ar", Lang::Ara),
    ("az", Lang::Aze),
    ("be", Lang::Bel),
    ("bg", Lang::Bul),
    ("bn", Lang::Ben),
    ("ca", Lang::Cat),
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
    ("mr", Lang::Mar),
    ("nb", Lang::Nob),
    ("ne", Lang::Nep),
    ("nl", Lang::Nld),
    ("nn", Lang::Nob),
    ("no", Lang::Nob),
    ("pl", Lang::Pol),
    ("pt", Lang::Por),
    ("ro", Lang::Ron),
    ("ru", Lang::Rus),
    ("sk", Lang::Slk),
    ("sl", Lang::Slv),
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

/// Languages that are too close to each other to be told apart by their trigrams with certainty.
const CLOSE: [&[Lang]; 9] = [
    &[Lang::Ces, Lang::Slk],
    &[Lang::Dan, Lang::Nob, Lang::Swe],
    &[Lang::Hrv, Lang::Srp, Lang::Slv],
    &[Lang::Bul, Lang::Mkd],
    &[Lang::Rus, Lang::Bel],
    &[Lang::Spa, Lang::Por, Lang::Cat],
    &[Lang::Hin, Lang::Mar, Lang::Nep],
    &[Lang::Tur, Lang::Aze],
    &[Lang::Afr, Lang::Nld],
];

/// The language of a locale, if it is one that can be told.
pub(crate) fn of(locale: &Locale) -> Option<Lang> {
    LANGUAGES.iter().find(|(subtag, _)| *subtag == locale.language()).map(|(_, lang)| *lang)
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
        languages.dedup();
        Self { all: Detector::with_allowlist(languages) }
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
