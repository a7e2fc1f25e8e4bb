//! Short texts that stand alone, in a unit of their own or in bold, and their translations.

use std::collections::BTreeMap;

use super::of_locale;
use crate::support::{fold, inline};

/// The longest text that may be a term, in words and in characters.
const WORDS: usize = 4;
const CHARACTERS: usize = 40;

/// The longest translation of one, in characters.
const TRANSLATION: usize = 80;

/// How often each spelling was seen.
type Forms = BTreeMap<Box<str>, u32>;

/// A short text and its translations.
#[derive(Clone, Debug, Default)]
pub(super) struct Label {
    /// The source as it is written.
    pub(super) forms: Forms,
    /// By locale: translations, folded, as they are written.
    pub(super) translations: Vec<BTreeMap<Box<str>, Forms>>,
}

impl Label {
    pub(super) fn add(&mut self, source: &str, target: &str, locale: usize) {
        *self.forms.entry(source.into()).or_default() += 1;
        let folded: String = fold::target(&inline::masked(target)).collect();
        let forms = of_locale(&mut self.translations, locale).entry(folded.into()).or_default();
        *forms.entry(target.into()).or_default() += 1;
    }

    pub(super) fn merge(&mut self, other: Self) {
        add_all(&mut self.forms, other.forms);
        for (locale, theirs) in other.translations.into_iter().enumerate() {
            let ours = of_locale(&mut self.translations, locale);
            for (folded, forms) in theirs {
                add_all(ours.entry(folded).or_default(), forms);
            }
        }
    }
}

fn add_all(sums: &mut Forms, counts: Forms) {
    for (form, count) in counts {
        *sums.entry(form).or_default() += count;
    }
}

/// The most frequent spelling, and how often there is any.
pub(super) fn usual(forms: &Forms) -> (&str, u32) {
    let most = forms.iter().max_by_key(|(form, count)| (**count, std::cmp::Reverse(*form)));
    (most.map_or("", |(form, _)| form), forms.values().sum())
}

/// The short text of a unit with its translation: the whole unit, or the only bold in it.
pub(super) fn label<'t>(source: &'t str, target: &'t str) -> Option<(&'t str, &'t str)> {
    let whole = term(source).zip(translation(target));
    whole.or_else(|| {
        let only = |text: &'t str| match &inline::bold(text)[..] {
            [one] => Some(&text[one.clone()]),
            _ => None,
        };
        // Most units have no bold, and a look is cheaper than to parse.
        let bold = source.contains("**") && target.contains("**");
        let (source, target) = bold.then(|| only(source).zip(only(target))).flatten()?;
        term(source).zip(translation(target))
    })
}

/// A text without emphasis and end punctuation, if it is short words and nothing else.
fn term(text: &str) -> Option<&str> {
    let text = bare(text);
    let plain = |c: char| c.is_alphanumeric() || " '’/&.+#-".contains(c);
    let fits = text.chars().all(plain) && text.len() <= CHARACTERS && text.split(' ').count() <= WORDS;
    (fits && text.chars().filter(|c| c.is_alphabetic()).count() >= 3).then_some(text)
}

fn translation(text: &str) -> Option<&str> {
    let text = bare(text);
    let plain = |c: char| !c.is_control() && !"`[]<>*|".contains(c);
    let fits = text.chars().all(plain) && text.chars().count() <= TRANSLATION;
    (fits && text.chars().any(char::is_alphanumeric)).then_some(text)
}

fn bare(text: &str) -> &str {
    let around = |c: char| c.is_whitespace() || "*_\"“”„«»「」[]".contains(c);
    let end = |c: char| around(c) || ".:;,!?。：；，！？…".contains(c);
    text.trim_start_matches(around).trim_end_matches(end)
}
