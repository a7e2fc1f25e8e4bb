//! What countries and regions are called, in English and in the language of a target.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use bitext::Locale;

pub(crate) use english::of_source;

use crate::support::likeness::{
    bare, count, fold, has_english, has_stems, has_word_start, inflected, long_words, resembles,
};
use crate::support::{inline, script};
use english::ENGLISH;

mod english;

/// Names from CLDR, by locale and region; its head says of which version.
static CLDR: &str = include_str!("../locales/territories.tsv");

/// Names that CLDR does not have, with the source of each.
static ALSO: &str = include_str!("../locales/territories-also.tsv");

/// A country or region: its column in the table.
pub(crate) type Territory = usize;

/// A territory that a text names, and where.
pub(crate) type Named = (Territory, Range<usize>);

/// The names of the territories in one language.
type Names = BTreeMap<Territory, Vec<String>>;

static CODES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let head = lines(CLDR).find_map(|line| line.strip_prefix("locale\t"));
    head.unwrap_or_default().split('\t').collect()
});

/// The lines of a table, found faster than the library does.
fn lines(table: &str) -> impl Iterator<Item = &str> {
    let (ends, mut from) = (memchr::memchr_iter(b'\n', table.as_bytes()), 0);
    ends.map(move |end| &table[std::mem::replace(&mut from, end + 1)..end])
}

/// The names in the rows of the locales that are asked for.
fn read(wanted: impl Fn(&str) -> bool) -> Names {
    let mut names = Names::new();
    for line in lines(CLDR).filter(|line| !line.starts_with('#')) {
        let Some((_, cells)) = line.split_once('\t').filter(|(row, _)| wanted(row)) else { continue };
        for (territory, cell) in cells.split('\t').enumerate().filter(|(_, cell)| !cell.is_empty()) {
            names.entry(territory).or_default().extend(cell.split('|').map(String::from));
        }
    }
    for line in lines(ALSO).filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(row), Some(code), Some(also)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let territory = CODES.iter().position(|other| *other == code);
        if let Some(territory) = territory.filter(|_| wanted(row)) {
            names.entry(territory).or_default().extend(also.split('|').map(String::from));
        }
    }
    names
}

/// The names of a locale, for asking which territories a target has.
pub(crate) struct Local {
    names: Names,
    /// Names that go by the same letters in many languages.
    common: Names,
    spaceless: bool,
}

static CACHE: LazyLock<RwLock<BTreeMap<String, Arc<Local>>>> = LazyLock::new(RwLock::default);

/// The names of a locale, those of all regions of its language; none if there is no data.
pub(crate) fn of(locale: &Locale) -> Arc<Local> {
    let cached = CACHE.read().unwrap_or_else(PoisonError::into_inner).get(locale.as_str()).cloned();
    cached.unwrap_or_else(|| {
        let names = Arc::new(Local::read(locale));
        let mut cache = CACHE.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(cache.entry(locale.as_str().to_string()).or_insert(names))
    })
}

impl Local {
    fn read(locale: &Locale) -> Self {
        let language = if locale.language() == "no" { "nb" } else { locale.language() };
        let script = locale.script().unwrap_or_default();
        let scripted = format!("{language}-{script}");
        // Names of the other script of Chinese or Serbian are none.
        let own = lines(CLDR).any(|line| line.starts_with(&scripted));
        let wanted = |row: &str| {
            if own {
                row.starts_with(&scripted)
            } else {
                row == language
                    || row.strip_prefix(language).is_some_and(|rest| rest.starts_with('-') && rest.len() == 3)
            }
        };
        Self { names: read(wanted), common: read(|row| row == "*"), spaceless: script::is_spaceless(locale) }
    }

    /// Whether there is data.
    pub(crate) fn is_known(&self) -> bool {
        !self.names.is_empty()
    }

    fn names(&self, territory: Territory) -> impl Iterator<Item = &str> {
        self.names.get(&territory).into_iter().flatten().map(|name| bare(name))
    }

    /// The places where the text has a name of the territory as CLDR writes it, but for an ending.
    pub(crate) fn exact(&self, territory: Territory, text: &str) -> Vec<Range<usize>> {
        let least = if self.spaceless { 2 } else { 4 };
        let names = self.names(territory).filter(|name| name.chars().count() >= least);
        let places = |name: &str| {
            if self.spaceless {
                text.match_indices(name).map(|(at, name)| at..at + name.len()).collect()
            } else {
                inflected(text, name)
            }
        };
        names.flat_map(places).collect()
    }

    /// Whether the text has something that may stand for the territory: the beginnings of the words of a name, in any
    /// case, half of its characters in scripts without blanks, its English name or its code.
    pub(crate) fn maybe(&self, territory: Territory, text: &str, source: &str) -> bool {
        let folded = fold(text);
        let common = self.common.get(&territory).into_iter().flatten();
        let local = self
            .names(territory)
            .chain(common.map(String::as_str))
            .any(|name| if self.spaceless { resembles(text, name) } else { has_stems(&folded, text, name) });
        let english = ENGLISH.names.get(&territory).into_iter().flatten();
        let code = CODES.get(territory).copied().unwrap_or_default();
        local
            || english.map(|name| bare(name)).any(|name| has_english(&folded, text, name))
            || count(text, code) > count(source, code)
    }

    /// The territories that the target names and the source does not, and where. `rest` is the source without the names
    /// in it: its words may explain more.
    pub(crate) fn others(
        &self,
        target: &str,
        rest: &str,
        named: &[Territory],
    ) -> Vec<(Territory, Vec<Range<usize>>)> {
        let rest = fold(rest);
        let explained = |territory: &Territory| {
            let english = ENGLISH.names.get(territory).into_iter().flatten();
            named.contains(territory)
                || english.flat_map(|name| long_words(name)).any(|word| {
                    let begin: String = fold(word).chars().take(4).collect();
                    has_word_start(&rest, &begin)
                })
        };
        let own: Vec<Range<usize>> = named.iter().flat_map(|own| self.exact(*own, target)).collect();
        // "Guinea" is a part of "Guinea-Bissau".
        let part = |range: &Range<usize>| {
            own.iter().any(|own| own.start < range.end && range.start < own.end)
                || named.iter().any(|own| self.names(*own).any(|name| name.contains(&target[range.clone()])))
        };
        let territories = self.names.keys().map(|territory| {
            let mut places = self.exact(*territory, target);
            places.retain(|range| !part(range));
            (*territory, places)
        });
        // Few have a place, so only those are explained.
        territories.filter(|(territory, places)| !places.is_empty() && !explained(territory)).collect()
    }

    /// The text without these territories, in capitals or, as an adjective, not.
    pub(crate) fn without(&self, others: &[(Territory, Vec<Range<usize>>)], text: &str) -> String {
        let hide = |text: &mut String, places: &[Range<usize>]| {
            for range in places {
                let hidden: String = std::iter::repeat_n(inline::MASK, range.len()).collect();
                text.replace_range(range.clone(), &hidden);
            }
        };
        let mut rest = text.to_string();
        for (territory, places) in others {
            hide(&mut rest, places);
            let lower: Vec<String> = self.names(*territory).map(str::to_lowercase).collect();
            for name in lower.iter().filter(|name| !self.spaceless && name.chars().count() >= 4) {
                let places = inflected(&rest, name);
                hide(&mut rest, &places);
            }
        }
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::english::named;
    use super::*;

    #[test]
    fn a_territory_in_other_languages() {
        let has = |tag: &str, english: &str, text: &str| {
            let local = of(&Locale::parse(tag).unwrap());
            let territory = named(&format!("{english}, Peru"))[0].0;
            !local.exact(territory, text).is_empty() || local.maybe(territory, text, "")
        };
        for (tag, english, text) in [
            ("cs-CZ", "Ukraine", "na Ukrajině"),
            ("cs-CZ", "Russia", "ruské zákony"),
            ("hu-HU", "Russia", "Minden orosz partner"),
            ("ru-RU", "South Africa", "в Южной Африке"),
            ("sv-SE", "Belarus", "i Vitryssland"),
            ("zh-TW", "Australia", "澳大利亞"),
            ("zh-TW", "Australia", "澳洲"),
            ("ja-JP", "Georgia", "グルジア"),
            ("de-DE", "Finland", "finnische Partner"),
            ("ar-SA", "Ukraine", "وأوكرانيا"),
            ("fi-FI", "Sweden", "Sweden (SE)"),
            ("pl-PL", "Sweden", "klienci (SE)"),
            ("pl-PL", "Germany", "w Niemczech"),
            ("pl-PL", "United Kingdom", "brytyjscy klienci"),
            ("cs-CZ", "Chad", "v Čadu"),
            ("cs-CZ", "United Kingdom", "v Británii"),
            ("fi-FI", "Netherlands", "Alankomaissa"),
            ("fi-FI", "United States", "USA:ssa"),
            ("tr-TR", "Germany", "Almanya'da"),
            ("el-GR", "Russia", "ρώσοι πελάτες"),
            ("ar-SA", "Sweden", "للسويد"),
            ("zh-CN", "China", "由世纪互联运营的 Azure"),
            ("vi-VN", "Italy", "khách hàng ở Ý"),
            ("ro-RO", "Netherlands", "clienți din Olanda"),
            ("ko-KR", "South Korea", "한국 고객"),
            ("de-DE", "France", "Französische Kunden"),
            ("de-DE", "Denmark", "Dänische Kunden"),
            ("de-DE", "Ireland", "Irische Kunden"),
            ("fr-FR", "Netherlands", "Les clients néerlandais"),
            ("es-ES", "Greece", "clientes griegos"),
            ("it-IT", "Germany", "I clienti tedeschi"),
            ("it-IT", "Poland", "le aziende polacche"),
            ("ru-RU", "Germany", "Немецкие клиенты"),
            ("sv-SE", "Sweden", "Svenska kunder"),
            ("pl-PL", "Denmark", "Duńscy klienci"),
            ("ar-SA", "Denmark", "في الدنمارك"),
            ("ar-SA", "Hungary", "وفي المجر"),
            ("ar-SA", "Iceland", "في أيسلندا"),
        ] {
            assert!(has(tag, english, text), "{tag} {english}: {text}");
        }
        assert!(!has("cs-CZ", "South Africa", "v Jižní Americe"));
        assert!(!has("sv-SE", "Puerto Rico", "Puerto Toronto"));
        assert!(!has("de-DE", "Denmark", "Schwedische Kunden"));
        assert!(!has("es-ES", "Poland", "clientes griegos"));
        assert!(!of(&Locale::parse("qu-PE").unwrap()).is_known());
    }
}
