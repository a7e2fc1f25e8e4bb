//! What rules work out about source texts: once for each text, however many locales of an article have it.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use bitext::{Article, Document};

use super::english_words::Word;
use crate::UnitView;
use crate::glossary::Found;
use crate::number::missing::Numbers;

/// What is known of a source text. Each part is worked out when a rule first asks for it, from the text and its masked
/// form alone, so it holds for every unit with the text. All places are bytes from the start of the text.
#[derive(Default)]
pub(crate) struct SourceFacts {
    /// The words of the masked text.
    pub(crate) words: OnceCell<Vec<Word>>,
    /// What corpus rules compare, if it is prose.
    pub(crate) folded: OnceCell<Option<u64>>,
    /// The terms of the first glossary that was asked for.
    pub(crate) terms: OnceCell<Found>,
    /// Names of several words.
    pub(crate) long_names: OnceCell<Vec<Range<usize>>>,
    /// Names with a capital inside, each once, in their order as texts.
    pub(crate) camel_names: OnceCell<Vec<Range<usize>>>,
    /// Names that can be spelt in Cyrillic letters.
    pub(crate) spelt_names: OnceCell<Vec<Range<usize>>>,
    /// Names with a sign inside, each once.
    pub(crate) signed_names: OnceCell<Vec<Range<usize>>>,
    /// Names of files, be they code or not.
    pub(crate) file_names: OnceCell<Vec<Range<usize>>>,
    /// GUIDs, be they code or not.
    pub(crate) guids: OnceCell<Vec<Range<usize>>>,
    /// Paths of interfaces.
    pub(crate) paths: OnceCell<Vec<Range<usize>>>,
    /// Switches, if it speaks of commands.
    pub(crate) switches: OnceCell<Vec<Range<usize>>>,
    /// Numbers, if it has any that a target has to have.
    pub(crate) numbers: OnceCell<Option<Box<Numbers>>>,
    /// Versions, each once.
    pub(crate) versions: OnceCell<Vec<Range<usize>>>,
}

/// The source texts of a document, which may share them with other documents.
struct Sources {
    /// Of each unit, the index of its text.
    of_units: Vec<u32>,
    texts: Rc<[SourceFacts]>,
}

/// Lets the documents of an article share what is worked out about their source texts, which are mostly the same.
/// Without this every document keeps its own.
pub fn share_sources(article: &Article) {
    let documents = || article.documents.iter().map(|localized| &localized.document);
    let Some(first) = documents().find(|document| !document.units.is_empty()) else { return };
    let mut numbers = Numbering { first, by_text: None, next: first.units.len() as u32 };
    let of_units: Vec<Vec<u32>> = documents().map(|document| numbers.of(document)).collect();
    let texts: Rc<[SourceFacts]> = (0..numbers.next).map(|_| SourceFacts::default()).collect();
    for (document, of_units) in documents().zip(of_units) {
        document.notes.get_or_make(|| Sources { of_units, texts: Rc::clone(&texts) });
    }
}

/// What is known of the source text of a unit.
pub(crate) fn facts(document: &Document, unit: usize) -> &SourceFacts {
    let sources = document.notes.get_or_make(|| Sources {
        of_units: (0..document.units.len() as u32).collect(),
        texts: document.units.iter().map(|_| SourceFacts::default()).collect(),
    });
    &sources.texts[sources.of_units[unit] as usize]
}

/// The same, of a unit that is seen.
pub(crate) fn of(unit: UnitView<'_>) -> &SourceFacts {
    facts(unit.document(), unit.index)
}

/// Numbers for source texts. Those of the first document with units are numbered by these.
struct Numbering<'d> {
    first: &'d Document,
    /// The numbers of all texts, for units that do not stand where the first document has them.
    by_text: Option<HashMap<&'d str, u32>>,
    next: u32,
}

impl<'d> Numbering<'d> {
    /// The number of each unit's source text; new texts get the next ones.
    fn of(&mut self, document: &'d Document) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(document.units.len());
        for (at, unit) in document.units.iter().enumerate() {
            let text = document.source(unit);
            if self.first.units.get(at).is_some_and(|unit| self.first.source(unit) == text) {
                numbers.push(at as u32);
                continue;
            }
            let by_text = self.by_text.get_or_insert_with(|| by_text(self.first));
            let number = *by_text.entry(text).or_insert(self.next);
            self.next = self.next.max(number + 1);
            numbers.push(number);
        }
        numbers
    }
}

fn by_text(document: &Document) -> HashMap<&str, u32> {
    let texts = document.units.iter().map(|unit| document.source(unit));
    texts.zip(0..).collect()
}
