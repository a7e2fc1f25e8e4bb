//! What documents are made of: sentences with slots, written for this project, one file a language.

use std::sync::LazyLock;

/// The parts of a text file, in the order of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// How an action is said alone, and after a condition.
    Sentence,
    Title,
    Description,
    Heading,
    Next,
    Fact,
    Condition,
    Action,
    Alert,
    Label,
    IntroTable,
    IntroSteps,
    IntroCode,
    IntroList,
    Column,
    Entry,
    Link,
    Alt,
}

/// How many sections there are.
const SECTIONS: usize = Section::Alt as usize + 1;

/// A language with its texts.
#[derive(Debug)]
pub(crate) struct Language {
    /// The folder of its documents, such as `cs-cz`.
    pub(crate) folder: &'static str,
    /// The same as `ms.contentlocale` has it.
    pub(crate) tag: &'static str,
    /// What stands between two sentences.
    pub(crate) blank: &'static str,
    sections: Vec<Vec<&'static str>>,
}

impl Language {
    fn read(folder: &'static str, tag: &'static str, file: &'static str) -> Self {
        let mut sections = Vec::with_capacity(SECTIONS);
        for line in file.lines() {
            if line.starts_with("# ") {
                sections.push(Vec::new());
            } else if let Some(section) = sections.last_mut() {
                section.push(line);
            }
        }
        let blank = if matches!(&folder[..2], "ja" | "zh") { "" } else { " " };
        Self { folder, tag, blank, sections }
    }

    /// The texts of a section.
    pub(crate) fn lines(&self, section: Section) -> &[&'static str] {
        &self.sections[section as usize]
    }
}

macro_rules! languages {
    ($($folder:literal $tag:literal $file:literal),+ $(,)?) => {
        vec![$(Language::read($folder, $tag, include_str!(concat!("../text/", $file, ".txt")))),+]
    };
}

/// The source language.
pub(crate) static ENGLISH: LazyLock<Language> =
    LazyLock::new(|| Language::read("en-us", "en-US", include_str!("../text/en.txt")));

/// The target languages: the first ones are in as many scripts as there are.
pub(crate) static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    languages![
        "cs-cz" "cs-CZ" "cs", "de-de" "de-DE" "de", "ja-jp" "ja-JP" "ja", "ru-ru" "ru-RU" "ru",
        "ko-kr" "ko-KR" "ko", "zh-cn" "zh-CN" "zh", "ar-sa" "ar-SA" "ar", "he-il" "he-IL" "he",
        "th-th" "th-TH" "th", "hi-in" "hi-IN" "hi", "el-gr" "el-GR" "el", "tr-tr" "tr-TR" "tr",
        "fr-fr" "fr-FR" "fr",
    ]
});

#[cfg(test)]
mod tests {
    use super::*;

    /// The slots of a text and its marks, in any order.
    fn fixed(text: &str) -> Vec<&str> {
        let mut parts: Vec<&str> = text.matches(['`', '*', '[', ']']).collect();
        parts.extend(text.split('{').skip(1).filter_map(|rest| rest.split('}').next()));
        parts.sort_unstable();
        parts
    }

    #[test]
    fn every_language_says_everything() {
        assert_eq!(ENGLISH.sections.len(), SECTIONS);
        for language in LANGUAGES.iter() {
            assert_eq!(language.sections.len(), SECTIONS, "{}", language.tag);
            for (english, own) in ENGLISH.sections.iter().zip(&language.sections) {
                assert_eq!(english.len(), own.len(), "{}: {own:?}", language.tag);
                for (english, own) in english.iter().zip(own) {
                    assert_eq!(fixed(english), fixed(own), "{}", language.tag);
                }
            }
        }
    }
}
