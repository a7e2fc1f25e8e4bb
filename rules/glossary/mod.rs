//! Glossaries: how terms are to be translated, and which names are not.
//!
//! Values only, and the one reader that the names which come with loclint need, [`read_yaml`]. Files, CSV and TBX are
//! the program's.

mod error;
mod flat;
mod forms;
mod names;
mod occurrences;
mod yaml;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use bitext::{Locale, Localized, MASK};

pub use error::{GlossaryError, GlossaryErrorKind};
pub(crate) use forms::{How, Wanted, Words};
pub(crate) use names::{Broken, Case, has};
pub(crate) use occurrences::Occurrence;
pub(crate) use yaml::read_terms;
pub use yaml::read_yaml;

use occurrences::Index;

use crate::support::{known, sources};
use crate::{Seen, UnitView};

/// The names that come with loclint.
const SHIPPED: &str = include_str!("../packs/product-names.yml");

/// What the shipped names are called where a term's origin is told.
const SHIPPED_NAME: &str = "the names that come with loclint";

/// The identity of the last glossary that was made.
static LAST: AtomicU64 = AtomicU64::new(0);

static SHIPPED_GLOSSARY: LazyLock<Glossary> = LazyLock::new(|| Glossary::new(shipped_terms()));

fn shipped_terms() -> Vec<Term> {
    flat::terms(SHIPPED, SHIPPED_NAME).or_else(|| read_yaml(SHIPPED, SHIPPED_NAME).ok()).unwrap_or_default()
}

/// What is wanted of a translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Has to stand in the target where the term stands in the source.
    Required,
    /// Another is accepted, but this one is wanted.
    Preferred,
    /// Accepted.
    Allowed,
    /// Must not stand in the target where the term stands in the source.
    Forbidden,
}

/// A translation of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// Its locale; `pt` counts for `pt-BR` too, unless the term has translations into that.
    pub locale: Locale,
    /// What is wanted of it.
    pub status: Status,
    /// The text.
    pub text: String,
}

/// Where a term was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The glossary, as messages name it.
    pub glossary: Arc<str>,
    /// The line, from 1 on.
    pub line: u32,
}

/// A term of a glossary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The term in English.
    pub source: String,
    /// Whether it stays as it is in every locale.
    pub do_not_translate: bool,
    /// Whether it is the term only where it is written in this case. What is not translated always is.
    pub case_sensitive: bool,
    /// Whether endings make another word of it.
    pub exact: bool,
    /// What translators should know.
    pub note: Option<String>,
    /// Why it is in the glossary.
    pub evidence: Option<String>,
    /// Its translations, and what must not be one, see [`Term::add`].
    translations: Vec<Translation>,
    /// Where it was read.
    pub origin: Origin,
    /// What is said of each translation, so that one more is compared with those of the same text only.
    said: HashMap<(Locale, String), Vec<Status>>,
}

/// Terms, ready to be looked up in texts.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    terms: Vec<Term>,
    index: Index,
    /// The languages of translations, and what is wanted of those, a bit for each status.
    wanted: Vec<(String, u8)>,
    /// The same of all languages.
    wanted_of_any: u8,
    /// Tells it from others; copies have the same, and so have those without terms.
    identity: u64,
}

/// The terms of a glossary in a source text, in order: indexes and places.
pub(crate) struct Found {
    /// The identity of the glossary: a number, since a counter that all threads share is slow to go up and down.
    glossary: u64,
    places: Vec<(usize, Range<usize>)>,
}

impl Status {
    /// All of them, strictest first.
    pub const ALL: [Self; 4] = [Self::Required, Self::Preferred, Self::Allowed, Self::Forbidden];

    /// The word used in every format.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Preferred => "preferred",
            Self::Allowed => "allowed",
            Self::Forbidden => "forbidden",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

impl Term {
    /// A term without translations.
    pub fn new(source: impl Into<String>, origin: Origin) -> Self {
        Self {
            source: source.into(),
            do_not_translate: false,
            case_sensitive: false,
            exact: false,
            note: None,
            evidence: None,
            translations: Vec::new(),
            origin,
            said: HashMap::new(),
        }
    }

    /// Adds a translation.
    ///
    /// # Errors
    /// If it contradicts what the term says already.
    pub fn add(&mut self, mut translation: Translation) -> Result<(), GlossaryErrorKind> {
        // Some glossaries write a name that stays the same in every language.
        if self.do_not_translate && translation.text == self.source {
            translation.status = translation.status.max(Status::Allowed);
        }
        let status = translation.status;
        if self.do_not_translate && status < Status::Allowed {
            return Err(GlossaryErrorKind::TranslatedName(self.source.clone()));
        }
        let is_forbidden = |status: Status| status == Status::Forbidden;
        let said = self.said.entry((translation.locale.clone(), translation.text.clone())).or_default();
        if said.iter().any(|other| is_forbidden(*other) != is_forbidden(status)) {
            return Err(GlossaryErrorKind::Contradiction(translation.text));
        }
        // Told twice, it is one translation.
        if !said.contains(&status) {
            said.push(status);
            self.translations.push(translation);
        }
        Ok(())
    }

    /// Whether it came with loclint.
    pub fn is_shipped(&self) -> bool {
        &*self.origin.glossary == SHIPPED_NAME
    }

    /// Its translations into a locale: those for the locale itself or, where there are none, for its language with
    /// its script (`zh-Hant` for `zh-TW`), or for what is left of the tag when subtags are dropped from its end (BCP 47,
    /// lookup), as long as that is written in the same script.
    pub fn translations_into(&self, locale: &Locale) -> Vec<&Translation> {
        if self.translations.is_empty() {
            return Vec::new();
        }
        let script = locale.script();
        let with_script = script.as_deref().map(|script| format!("{}-{script}", locale.language()));
        let shorter = locale.as_str().rmatch_indices('-').map(|(at, _)| &locale.as_str()[..at]);
        let tags = std::iter::once(locale.as_str()).chain(with_script.as_deref()).chain(shorter);
        let found = tags.map(|tag| -> Vec<_> {
            self.translations.iter().filter(|translation| translation.locale.as_str() == tag).collect()
        });
        let is_same_script =
            |found: &Vec<&Translation>| found.first().is_some_and(|one| one.locale.script() == script);
        found.into_iter().find(is_same_script).unwrap_or_default()
    }

    /// Where the term comes from and what its note says, for the help of findings.
    pub(crate) fn described(&self) -> String {
        let Origin { glossary, line } = &self.origin;
        let place = if self.is_shipped() { glossary.to_string() } else { format!("{glossary}:{line}") };
        match &self.note {
            Some(note) => format!("{place}: {note}"),
            None => place,
        }
    }
}

impl Glossary {
    /// A glossary of these terms.
    pub fn new(mut terms: Vec<Term>) -> Self {
        // What stands for hidden bytes is part of no term.
        terms.retain(|term| !term.source.contains(MASK));
        for term in &mut terms {
            term.translations.retain(|translation| !translation.text.contains(MASK));
        }
        let index = Index::new(&terms);
        let translations = terms.iter().flat_map(|term| &term.translations);
        let mut wanted: BTreeMap<String, u8> = BTreeMap::new();
        for one in translations {
            *wanted.entry(one.locale.language().to_string()).or_default() |= bits(&[one.status]);
        }
        let wanted_of_any = wanted.values().fold(0, |all, wanted| all | wanted);
        let wanted = wanted.into_iter().collect();
        let identity = LAST.fetch_add(1, Ordering::Relaxed) + 1;
        Self { terms, index, wanted, wanted_of_any, identity }
    }

    /// The names that come with loclint.
    pub fn shipped() -> &'static Self {
        &SHIPPED_GLOSSARY
    }

    /// These terms, and the shipped names that are not among them.
    pub fn with_shipped(mut terms: Vec<Term>) -> Self {
        if terms.is_empty() {
            return Self::shipped().clone();
        }
        let shipped = Self::shipped().terms.iter();
        let missing: Vec<Term> = shipped
            .filter(|name| !terms.iter().any(|term| term.source.eq_ignore_ascii_case(&name.source)))
            .cloned()
            .collect();
        terms.extend(missing);
        Self::new(terms)
    }

    /// The terms, in the order they were given.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Whether a term has a translation of one of these statuses into the language of a locale; without any, there is
    /// nothing to look for.
    #[inline]
    pub(crate) fn has(&self, statuses: &[Status], locale: &Locale) -> bool {
        let bits = bits(statuses);
        self.wanted_of_any & bits != 0 && self.has_in(bits, locale)
    }

    fn has_in(&self, bits: u8, locale: &Locale) -> bool {
        self.wanted.iter().any(|(language, wanted)| wanted & bits != 0 && language == locale.language())
    }

    /// The sound units of a document whose source may have a term.
    pub(crate) fn units<'a>(&'a self, localized: &'a Localized) -> impl Iterator<Item = Seen<'a>> {
        let document = &localized.document;
        let mut with_capitals = known::with_capitals(document).map(|(at, _)| at).peekable();
        let units = document.units.iter().enumerate().filter(move |(at, unit)| {
            // What is masked starts no term.
            let may_start = || self.index.may_start_with(document.source(unit).as_bytes());
            (with_capitals.next_if_eq(at).is_some() || may_start()) && !unit.damaged
        });
        units.map(|(at, unit)| Seen::of(localized, at, unit))
    }

    /// The terms in the source of a unit, in order.
    pub(crate) fn in_unit<'g>(&'g self, unit: UnitView<'_>) -> Vec<Occurrence<'g>> {
        let facts = sources::of(unit);
        let find = || {
            let capitals = facts.capitals(unit.document(), unit.unit());
            self.index.find(&self.terms, unit.masked_source(), capitals)
        };
        let first = || Found { glossary: self.identity, places: find() };
        let found = facts.terms.get_or_init(first);
        let is_kept = found.glossary == self.identity;
        if is_kept && found.places.is_empty() {
            return Vec::new();
        }
        let occurrence = |(term, range): &(usize, Range<usize>)| Occurrence {
            term: &self.terms[*term],
            range: range.clone(),
        };
        if is_kept {
            found.places.iter().map(occurrence).collect()
        } else {
            // Of other glossaries, which packs have, nothing is kept.
            find().iter().map(occurrence).collect()
        }
    }

    /// The terms in `prose`, a masked source, in order.
    #[cfg(test)]
    pub(crate) fn occurrences(&self, prose: &str) -> Vec<Occurrence<'_>> {
        let capitals = crate::support::capitals::Capitals::of(prose);
        let found = self.index.find(&self.terms, prose, &capitals).into_iter();
        found.map(|(term, range)| Occurrence { term: &self.terms[term], range }).collect()
    }
}

/// A bit for each of some statuses.
#[inline]
fn bits(statuses: &[Status]) -> u8 {
    statuses.iter().fold(0, |bits, status| bits | 1 << *status as u8)
}

#[cfg(test)]
mod tests;
