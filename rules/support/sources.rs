//! What rules work out about source texts: once for each text, however many locales of an article have it.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use bitext::{Article, Document, Unit};

use super::territories::Named;
use super::tokens::Words;

/// What is known of a source text. Each part is worked out when a rule first asks for it, from the text and its masked
/// form alone, so it holds for every unit with the text. All places are bytes from the start of the text.
#[derive(Default)]
pub(crate) struct SourceFacts {
    /// The words of the masked text.
    pub(crate) words: OnceCell<Words>,
    /// The countries and regions that it names.
    pub(crate) territories: OnceCell<Vec<Named>>,
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
    let mut numbers = Numbers::default();
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
        let mut numbers = Numbers::default();
        Sources { of_units: numbers.of(document), texts: numbers.facts() }
    });
    &sources.texts[sources.of_units[unit] as usize]
}

/// The numbers of source texts.
#[derive(Default)]
struct Numbers<'d> {
    of_texts: HashMap<&'d str, u32>,
    /// The texts of the document before with their numbers: those of the next one are mostly the same, in the same order.
    last: Vec<(&'d str, u32)>,
}

impl<'d> Numbers<'d> {
    /// The number of each unit's source text; new texts get the next ones.
    fn of(&mut self, document: &'d Document) -> Vec<u32> {
        let number = |(at, unit): (usize, &Unit)| {
            let text = document.source(unit);
            if let Some((_, number)) = self.last.get(at).filter(|(other, _)| *other == text) {
                return (text, *number);
            }
            let next = self.of_texts.len() as u32;
            (text, *self.of_texts.entry(text).or_insert(next))
        };
        self.last = document.units.iter().enumerate().map(number).collect();
        self.last.iter().map(|(_, number)| *number).collect()
    }

    /// Room for what is known of each.
    fn facts(&self) -> Rc<[SourceFacts]> {
        self.of_texts.iter().map(|_| SourceFacts::default()).collect()
    }
}
