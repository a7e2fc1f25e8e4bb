use std::fmt;

use icu_locale::subtags::{Script, language};
use icu_locale::{Direction, LanguageIdentifier, LocaleDirectionality, LocaleExpander, TransformResult};

/// A BCP 47 locale tag in canonical case, such as `pl-PL`, `sr-Latn-RS` or `es-419`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale {
    tag: Box<str>,
    /// The length of the language subtag, which is asked for of every unit.
    language: u8,
    qualified: bool,
    script: Option<Script>,
}

impl Locale {
    /// Reads a tag in any case, with hyphens or underscores (`pl-pl`, `pt_BR`).
    ///
    /// `None` if it is not a well-formed tag or if CLDR does not know its language, so that
    /// folders such as `src` or `add-in` are not taken for locales.
    pub fn parse(tag: &str) -> Option<Self> {
        let well_sized = (2..=20).contains(&tag.len()) && tag.is_ascii();
        let id = LanguageIdentifier::try_from_str(&tag.replace('_', "-")).ok().filter(|_| well_sized)?;
        // CLDR knows Norwegian Bokmål as Norwegian only.
        let language = if id.language == language!("nb") { language!("no") } else { id.language };
        let mut language = LanguageIdentifier::from((language, None, None));
        let known = LocaleExpander::new_common().maximize(&mut language) == TransformResult::Modified;
        let qualified = id.script.is_some() || id.region.is_some();
        known.then(|| {
            let tag = id.to_string();
            let language = tag.find('-').unwrap_or(tag.len()) as u8;
            let script = LocaleExpander::new_common().get_likely_script(&id);
            Self { tag: tag.into(), language, qualified, script }
        })
    }

    /// The tag in canonical case.
    pub fn as_str(&self) -> &str {
        &self.tag
    }

    /// The language subtag, such as `pl`.
    #[inline]
    pub fn language(&self) -> &str {
        &self.tag[..usize::from(self.language)]
    }

    /// Whether somebody who names this tag means `locale`: the tag itself, or, where it is a language alone or a
    /// language in a script, all that has both. So `de` means `de-AT` too, and `zh-Hant` means `zh-TW`.
    pub fn means(&self, locale: &Self) -> bool {
        if self == locale {
            return true;
        }
        if self.language() != locale.language() {
            return false;
        }
        match self.tag.split_once('-') {
            None => true,
            Some((_, script)) => locale.script.is_some_and(|own| own.as_str() == script),
        }
    }

    /// Whether the language is English, in few steps: it is asked of every unit.
    #[inline]
    pub fn is_english(&self) -> bool {
        matches!(self.language().as_bytes(), b"en")
    }

    /// Whether the tag names a script or a region besides the language.
    pub fn is_qualified(&self) -> bool {
        self.qualified
    }

    /// The script that text in this locale is most likely written in, such as `Hant` for `zh-TW`
    /// (CLDR likely subtags).
    pub fn script(&self) -> Option<String> {
        self.script.map(|script| script.as_str().to_string())
    }

    /// Whether the locale's script runs from right to left.
    pub fn is_right_to_left(&self) -> bool {
        self.id()
            .is_some_and(|id| LocaleDirectionality::new_common().get(&id) == Some(Direction::RightToLeft))
    }

    fn id(&self) -> Option<LanguageIdentifier> {
        LanguageIdentifier::try_from_str(&self.tag).ok()
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.tag)
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_brought_to_canonical_case() {
        for (given, canonical) in [
            ("pl-pl", "pl-PL"),
            ("SR-LATN-rs", "sr-Latn-RS"),
            ("es-419", "es-419"),
            ("pt_br", "pt-BR"),
            ("ja", "ja"),
            ("nb-no", "nb-NO"),
            ("nn-no", "nn-NO"),
            ("he-il", "he-IL"),
            ("fil-ph", "fil-PH"),
        ] {
            assert_eq!(Locale::parse(given).unwrap().as_str(), canonical);
        }
    }

    #[test]
    fn words_that_are_no_languages_are_refused() {
        for word in
            ["docs", "sdk", "api", "src", "add-in", "how-to", "plug-in", "v1", "x", "", "node_modules"]
        {
            assert_eq!(Locale::parse(word), None, "{word}");
        }
    }

    #[test]
    fn a_language_means_its_locales_and_a_script_those_that_use_it() {
        let locale = |tag: &str| Locale::parse(tag).expect("a locale");
        for (named, other, is_meant) in [
            ("de", "de", true),
            ("de", "de-AT", true),
            ("de-DE", "de-AT", false),
            ("de-DE", "de", false),
            ("zh-Hant", "zh-TW", true),
            ("zh-Hant", "zh-CN", false),
            ("sr-Latn", "sr-Latn-RS", true),
            ("sr-Latn", "sr-Cyrl-RS", false),
            ("cs", "sk-SK", false),
        ] {
            assert_eq!(locale(named).means(&locale(other)), is_meant, "{named} {other}");
        }
    }

    #[test]
    fn script_and_direction_come_from_cldr() {
        assert_eq!(Locale::parse("zh-tw").unwrap().script().as_deref(), Some("Hant"));
        assert_eq!(Locale::parse("sr-latn-rs").unwrap().script().as_deref(), Some("Latn"));
        assert!(Locale::parse("ar-sa").unwrap().is_right_to_left());
        assert!(!Locale::parse("ru-ru").unwrap().is_right_to_left());
    }
}
