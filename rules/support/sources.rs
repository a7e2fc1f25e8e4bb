//! What rules work out about source texts: once for each text, however many locales of an article have it.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use bitext::{Article, Document, Unit};

use super::shared_words::Letters;
use super::territories::Named;
use super::tokens::Words;
use crate::UnitView;
use crate::glossary::Found;
use crate::number::missing::Numbers;

/// What is known of a source text. Each part is worked out when a rule first asks for it, from the text and its masked
/// form alone, so it holds for every unit with the text. All places are bytes from the start of the text.
#[derive(Default)]
pub(crate) struct SourceFacts {
    /// The words of the masked text.
    pub(crate) words: OnceCell<Words>,
    /// The runs of letters of the masked text.
    pub(crate) letters: OnceCell<Letters>,
    /// The countries and regions that it names.
    pub(crate) territories: OnceCell<Vec<Named>>,
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
    /// Its bold runs.
    pub(crate) bold: OnceCell<Vec<Range<usize>>>,
    /// Where words stand beside code.
    pub(crate) after_code: OnceCell<Vec<usize>>,
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
    let mut numbers = Numbering::default();
    let documents = || article.documents.iter().map(|localized| &localized.document);
    let of_units: Vec<Vec<u32>> = documents().map(|document| numbers.of(document)).collect();
    let texts = numbers.facts();
    for (document, of_units) in documents().zip(of_units) {
        document.notes.get_or_make(|| Sources { of_units, texts: Rc::clone(&texts) });
    }
}

/// What is known of the source text of a unit.
pub(crate) fn facts(document: &Document, unit: usize) -> &SourceFacts {
    let sources = document.notes.get_or_make(|| {
        let mut numbers = Numbering::default();
        Sources { of_units: numbers.of(document), texts: numbers.facts() }
    });
    &sources.texts[sources.of_units[unit] as usize]
}

/// The same, of a unit that is seen.
pub(crate) fn of(unit: UnitView<'_>) -> &SourceFacts {
    facts(unit.document(), unit.index)
}

/// The numbers of source texts.
#[derive(Default)]
struct Numbering<'d> {
    of_texts: HashMap<&'d str, u32>,
    /// The text that followed each text where it was first seen.
    next: Vec<Option<(&'d str, u32)>>,
}

impl<'d> Numbering<'d> {
    /// The number of each unit's source text; new texts get the next ones.
    fn of(&mut self, document: &'d Document) -> Vec<u32> {
        let mut last: Option<u32> = None;
        let number = |unit: &Unit| {
            let text = document.source(unit);
            // Mostly the text that follows the last one elsewhere too.
            let next = last.and_then(|last| self.next[last as usize]);
            let number = match next.filter(|(next, _)| *next == text) {
                Some((_, number)) => number,
                None => self.look_up(text),
            };
            if let Some(last) = last {
                self.next[last as usize].get_or_insert((text, number));
            }
            last = Some(number);
            number
        };
        document.units.iter().map(number).collect()
    }

    fn look_up(&mut self, text: &'d str) -> u32 {
        let new = self.next.len() as u32;
        let number = *self.of_texts.entry(text).or_insert(new);
        if number == new {
            self.next.push(None);
        }
        number
    }

    fn facts(&self) -> Rc<[SourceFacts]> {
        self.next.iter().map(|_| SourceFacts::default()).collect()
    }
}
