use bitext::{Article, Document, Localized};
use whatlang::Lang;

use crate::prelude::*;
use crate::support::{english_words as english, fold, language, source_run, yaml};

/// Its page is `untranslated.md`.
pub(crate) struct Untranslated;

/// The values that readers see in search results and tabs.
const KEYS: [&str; 2] = ["title", "description"];

/// So many siblings that translated a name tell that it was meant to be translated.
const MIN_SIBLINGS: usize = 3;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new(
        "front-matter/untranslated",
        include_str!("untranslated.md"),
        Severity::Warning,
        Scope::Article,
        "untranslated",
    )
}

impl ArticleRule for Untranslated {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        for at in 0..article.documents.len() {
            let localized = &article.documents[at];
            let is_translation = localized.document.provenance.source_hash.is_some();
            if !localized.reported
                || !is_translation
                || localized.locale.is_english()
                || !yaml::is_readable(&localized.document)
            {
                continue;
            }
            for key in KEYS {
                check(article, at, key, sink);
            }
        }
    }
}

fn check(article: &Article, at: usize, key: &str, sink: &mut Sink<'_>) {
    let localized = &article.documents[at];
    let Some(value) = value(&localized.document, key).filter(|value| value.contains(char::is_alphabetic))
    else {
        return;
    };
    let english = article.verified_source(at).and_then(|source| self::value(&source.document, key));
    let heading = heading(&localized.document, key);
    let known = english.or(heading.map(|(source, _)| source));
    let is_prose = || english::evidence(value).is_prose();
    let why = if known.is_some_and(|known| same_words(known, value)) {
        let others = translated_by(article, at, key, value);
        if !others.is_empty() {
            Some(format!("; {} translated it", words::list(&others)))
        } else if heading
            .is_some_and(|(source, target)| same_words(source, value) && !same_words(source, target))
        {
            Some(", but the heading was translated".into())
        } else {
            is_prose().then(String::new)
        }
    } else if value.is_ascii() && is_prose() && is_english(value, localized) {
        Some(String::new())
    } else {
        let run = english.and_then(|english| source_run::longest_in(english, value));
        run.map(|run| format!(", in part: {}", quote(&value[run.target])))
    };
    let Some(why) = why else { return };
    let message = format!("{} is left in English{why}: {}", quote(key), quote(value));
    let message = if why.starts_with(", in part") {
        format!("{} is left in English{why}", quote(key))
    } else {
        message
    };
    let finding = sink.report(localized, yaml::place(&localized.document, key), message);
    finding.identity(key).help(format!("translate it into {}", localized.locale));
    let source = article.verified_source(at).and_then(|source| {
        let span = yaml::entry(&source.document, key)?.value.span();
        Some(Place { document: source.id, span })
    });
    if let Some(place) = source {
        finding.related(Role::Source, "the English file", place, None);
    }
}

/// The text of a key on one line.
fn value<'a>(document: &'a Document, key: &str) -> Option<&'a str> {
    let scalar = yaml::entry(document, key)?.value.scalar()?;
    Some(scalar.text(document.file.text()).trim()).filter(|text| !text.is_empty())
}

/// The first heading, in English and in translation: mostly what the title says.
fn heading<'a>(document: &'a Document, key: &str) -> Option<(&'a str, &'a str)> {
    let heading = document.headings().first().filter(|_| key == "title")?;
    let [unit] = document.units.get(heading.units.clone())? else { return None };
    Some((document.source(unit), document.target(unit)))
}

fn same_words(one: &str, other: &str) -> bool {
    let words = |text| str::split_whitespace(text).map(str::to_lowercase);
    may_start_alike(one.trim_start(), other.trim_start()) && words(one).eq(words(other))
}

/// Whether two texts may begin with the same letter in lower case. Most do not.
fn may_start_alike(one: &str, other: &str) -> bool {
    // In lower case, letters of ASCII, and the only ones beyond it.
    let is_plain = |c: char| c.is_ascii() || matches!(c, '\u{212a}' | 'İ');
    match (one.chars().next(), other.chars().next()) {
        (Some(one), Some(other)) if one.is_ascii() && other.is_ascii() => one.eq_ignore_ascii_case(&other),
        (Some(one), Some(other)) => is_plain(one) == is_plain(other),
        _ => true,
    }
}

/// The siblings that have something else there, if nearly all do, so that the value is no name: enough of them, and
/// three in four.
fn translated_by(article: &Article, at: usize, key: &str, value: &str) -> Vec<String> {
    let own = &article.documents[at];
    let hash = ids::source_hash(&own.document);
    let others: Vec<&Localized> = article
        .documents
        .iter()
        .filter(|other| other.id != own.id && ids::source_hash(&other.document) == hash)
        .filter(|other| other.locale.language() != own.locale.language() && !other.locale.is_english())
        .collect();
    let differs = |other: &&&Localized| {
        self::value(&other.document, key).is_some_and(|theirs| fold::target(theirs).ne(fold::target(value)))
    };
    let differing: Vec<&&Localized> = others.iter().filter(differs).collect();
    if differing.len() < MIN_SIBLINGS || differing.len() * 4 < others.len() * 3 {
        return Vec::new();
    }
    differing.iter().map(|other| other.locale.to_string()).collect()
}

/// Whether prose is English rather than the language of the document.
fn is_english(value: &str, localized: &Localized) -> bool {
    match language::of(&localized.locale) {
        Some(own) if value.is_ascii() => {
            english::evidence(value).function >= 2
                && language::likeliest(value, &[own, Lang::Eng]) == Some(Lang::Eng)
        }
        _ => false,
    }
}
