//! What is known about languages beyond CLDR, from `locales/<language>.yml`. A language without a file has no data,
//! and the rules that need some keep quiet there or fall back on its script.

use std::sync::{LazyLock, OnceLock};

use bitext::{ByteSet, Locale};
use regex::Regex;

use super::characters::Characters;

/// The data files, by language.
const FILES: [(&str, &str); 23] = [
    ("az", include_str!("../locales/az.yml")),
    ("cs", include_str!("../locales/cs.yml")),
    ("da", include_str!("../locales/da.yml")),
    ("de", include_str!("../locales/de.yml")),
    ("el", include_str!("../locales/el.yml")),
    ("es", include_str!("../locales/es.yml")),
    ("fi", include_str!("../locales/fi.yml")),
    ("fr", include_str!("../locales/fr.yml")),
    ("gl", include_str!("../locales/gl.yml")),
    ("hu", include_str!("../locales/hu.yml")),
    ("it", include_str!("../locales/it.yml")),
    ("ja", include_str!("../locales/ja.yml")),
    ("ko", include_str!("../locales/ko.yml")),
    ("nb", include_str!("../locales/nb.yml")),
    ("nl", include_str!("../locales/nl.yml")),
    ("pl", include_str!("../locales/pl.yml")),
    ("pt", include_str!("../locales/pt.yml")),
    ("ro", include_str!("../locales/ro.yml")),
    ("ru", include_str!("../locales/ru.yml")),
    ("sv", include_str!("../locales/sv.yml")),
    ("tr", include_str!("../locales/tr.yml")),
    ("vi", include_str!("../locales/vi.yml")),
    ("zh", include_str!("../locales/zh.yml")),
];

/// No noun of [`LocaleData::code_nouns`] is shorter, in bytes.
pub(crate) const SHORTEST_NOUN: usize = 3;

/// The data of one language. All words are in lower case.
#[derive(Debug, Default)]
pub(crate) struct LocaleData {
    /// Words that stand twice in a row in good sentences. With none of three characters or fewer, particles are not known.
    pub(crate) doubled_words: Vec<String>,
    /// Signs that typography puts a blank before.
    pub(crate) space_before: String,
    /// Opening and closing quotation marks, two characters each.
    pub(crate) quotes: Vec<String>,
    /// A word that lost its vowel, its apostrophe and a wrong blank, which is group 1.
    pub(crate) elision: Pattern,
    /// Particles that are joined to the word before them.
    pub(crate) particles: Vec<String>,
    /// A blank, group 1, before an apostrophe and an ending.
    pub(crate) detached_ending: Pattern,
    /// Case endings after names and code.
    pub(crate) endings_after_names: Vec<String>,
    /// Words for "and" and "or" that look like endings.
    pub(crate) joining_words: Vec<String>,
    /// Articles that stand before code with a noun behind it.
    pub(crate) articles: Vec<String>,
    /// Nouns that should stand before code.
    pub(crate) nouns: Vec<String>,
    /// English nouns that stand after code, each with its forms here, which stand before it.
    pub(crate) code_nouns: Vec<(String, Vec<String>)>,
    /// All forms of those, in alphabetical order.
    pub(crate) code_noun_forms: Vec<String>,
    /// The first bytes of those.
    pub(crate) code_noun_starts: ByteSet,
    /// Characters that only the simplified orthography of Chinese has.
    pub(crate) simplified: Characters,
    /// The same characters in the traditional orthography, which only that one has.
    pub(crate) traditional: Characters,
    /// What can follow the stem of a word, whole.
    pub(crate) endings: Pattern,
    /// Letters at the end of a stem that take each other's place before endings.
    pub(crate) stem_changes: Vec<(Vec<char>, Vec<char>)>,
    /// Whether words are joined to longer ones.
    pub(crate) compounds: bool,
}

/// A pattern that a language may have. It is compiled when it is first asked for, which takes longer than to check a
/// document.
#[derive(Debug, Default)]
pub(crate) struct Pattern {
    text: Option<String>,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// The pattern, if the language has it.
    pub(crate) fn get(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| self.text.as_ref().and_then(|text| Regex::new(text).ok())).as_ref()
    }

    /// Whether the language has it.
    pub(crate) fn is_there(&self) -> bool {
        self.text.is_some()
    }
}

/// Each language is read when it is first asked for.
static DATA: [OnceLock<LocaleData>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];

static NONE: LazyLock<LocaleData> = LazyLock::new(LocaleData::default);

/// The data of a locale's language.
pub(crate) fn of(locale: &Locale) -> &'static LocaleData {
    let at = FILES.iter().position(|(language, _)| *language == locale.language());
    at.map_or(&*NONE, |at| DATA[at].get_or_init(|| LocaleData::read(FILES[at].1)))
}

impl LocaleData {
    fn read(yaml: &str) -> Self {
        let entries = entries(yaml);
        let entry = |key: &str| {
            entries.iter().find(|(own, _)| *own == key).map_or(&[][..], |(_, values)| values.as_slice())
        };
        let list = |key: &str| -> Vec<String> { entry(key).iter().map(|item| (*item).to_string()).collect() };
        let signs = |key: &str| entry(key).first().copied().unwrap_or_default().to_string();
        let any = |key: &str| Some(list(key).join("|")).filter(|words| !words.is_empty());
        let pattern = |text: Option<String>| Pattern { text, compiled: OnceLock::new() };
        let code_nouns: Vec<(String, Vec<String>)> = entry("code-nouns")
            .iter()
            .filter_map(|item| {
                let (english, forms) = item.split_once(' ')?;
                Some((english.into(), forms.split(' ').map(String::from).collect()))
            })
            .collect();
        let mut code_noun_forms: Vec<_> = code_nouns.iter().flat_map(|(_, forms)| forms.clone()).collect();
        code_noun_forms.sort_unstable();
        let starts: Vec<u8> = code_noun_forms.iter().filter_map(|form| form.bytes().next()).collect();
        Self {
            doubled_words: list("doubled-words"),
            space_before: signs("space-before"),
            simplified: signs("simplified").chars().collect(),
            traditional: signs("traditional").chars().collect(),
            elision: pattern(
                any("elisions")
                    .map(|words| format!(r"(?i)(?:^|[\s(«“])(?:{words})['’]( +)[aeiouyhàâéèêëîïôûœìòù]")),
            ),
            quotes: list("quotes"),
            particles: list("particles"),
            detached_ending: pattern(
                any("apostrophe-endings")
                    .map(|endings| format!(r"[\p{{L}}\d)`*\]]([ \u{{a0}}]+)['’](?:{endings})\b")),
            ),
            endings_after_names: list("endings-after-names"),
            joining_words: list("joining-words"),
            articles: list("articles"),
            nouns: list("nouns"),
            code_nouns,
            code_noun_forms,
            code_noun_starts: ByteSet::of(&starts),
            endings: pattern(any("endings").map(|endings| format!("^(?:{endings})$"))),
            stem_changes: list("stem-changes")
                .iter()
                .filter_map(|change| change.split_once('/'))
                .map(|(one, other)| (one.chars().collect(), other.chars().collect()))
                .collect(),
            compounds: entry("compounds") == ["true"],
        }
    }
}

/// The keys of a data file, each with its values: a list on its line, one on the lines below it, or a single one. The
/// files have nothing that needs the YAML library, which takes longer; a test holds this to it.
fn entries(yaml: &str) -> Vec<(&str, Vec<&str>)> {
    let mut entries: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in yaml.lines().filter(|line| !line.starts_with('#')) {
        if let (Some(item), Some((_, values))) = (line.strip_prefix("  - "), entries.last_mut()) {
            values.push(item);
        } else if let Some((key, value)) = line.split_once(':') {
            let value = value.trim();
            let inner = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
            entries.push((key, items(inner.unwrap_or(value))));
        }
    }
    entries
}

/// Values with commas between, in quotes or without.
fn items(mut list: &str) -> Vec<&str> {
    let mut items = Vec::new();
    while !list.is_empty() {
        let quoted = list.strip_prefix('"').and_then(|list| list.split_once('"'));
        let (item, rest) = quoted.unwrap_or_else(|| list.split_once(',').unwrap_or((list, "")));
        items.push(item);
        list = rest.trim_start_matches([',', ' ']);
    }
    items
}

#[cfg(test)]
mod tests {
    use bitext::{FrontMatter, Value};

    use super::*;

    #[test]
    fn files_are_read_as_by_the_library() {
        for (language, yaml) in FILES {
            let text = format!("---\n{yaml}---\n");
            let front = FrontMatter::parse(&text).unwrap();
            let values = |value: &Value| -> Vec<String> {
                let one = |value: &Value| value.scalar().unwrap().text(&text).to_string();
                match value {
                    Value::Sequence(_, items) => items.iter().map(one).collect(),
                    value => vec![one(value)],
                }
            };
            let wanted: Vec<_> =
                front.entries.iter().map(|entry| (entry.key.text(&text), values(&entry.value))).collect();
            let read: Vec<_> = entries(yaml)
                .into_iter()
                .map(|(key, values)| (key, values.into_iter().map(String::from).collect::<Vec<_>>()))
                .collect();
            assert_eq!(read, wanted, "{language}");
        }
    }

    #[test]
    fn every_file_is_read_whole() {
        let keys = [
            "doubled-words",
            "space-before",
            "quotes",
            "elisions",
            "particles",
            "apostrophe-endings",
            "endings-after-names",
            "joining-words",
            "articles",
            "nouns",
            "code-nouns",
            "simplified",
            "traditional",
            "endings",
            "stem-changes",
            "compounds",
        ];
        for (language, yaml) in FILES {
            let text = format!("---\n{yaml}---\n");
            let front = FrontMatter::parse(&text).unwrap();
            assert_eq!(front.error, None, "{language}");
            for entry in &front.entries {
                assert!(keys.contains(&entry.key.text(&text)), "{language}: {}", entry.key.text(&text));
            }
            let data = LocaleData::read(yaml);
            let has = |key: &str| front.entry(&text, key).is_some();
            assert_eq!(has("elisions"), data.elision.get().is_some(), "{language}");
            assert_eq!(has("apostrophe-endings"), data.detached_ending.get().is_some(), "{language}");
            assert_eq!(
                (has("articles"), has("nouns")),
                (!data.articles.is_empty(), !data.nouns.is_empty()),
                "{language}"
            );
            assert_eq!(data.simplified.len(), data.traditional.len(), "{language}");
            assert_eq!(has("endings"), data.endings.get().is_some(), "{language}");
            assert_eq!(has("stem-changes"), !data.stem_changes.is_empty(), "{language}");
            assert_eq!(has("compounds"), data.compounds, "{language}");
            let is_hangul = |particle: &String| matches!(particle.as_bytes()[0], 0xea..=0xed);
            assert!(data.particles.iter().all(is_hangul), "text/split-word asks for no others: {language}");
            let forms = &data.code_noun_forms;
            assert!(forms.is_sorted() && forms.iter().all(|form| form.len() >= SHORTEST_NOUN), "{language}");
            assert!(yaml.starts_with("# "), "{language} says which language it is");
        }
    }

    #[test]
    fn a_locale_without_data_falls_back() {
        let data = of(&Locale::parse("et-EE").unwrap());
        assert!(data.doubled_words.is_empty() && !data.elision.is_there());
        assert_eq!(of(&Locale::parse("fr-CA").unwrap()).space_before, ";:!?");
    }
}
