//! What rules work out about source texts: once for each text, however many locales of an article have it.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use bitext::{Article, Document, Unit};

use super::english_words::Word;

/// What is known of a source text. Each part is worked out when a rule first asks for it, from the text and its masked
/// form alone, so it holds for every unit with the text. All places are bytes from the start of the text.
#[derive(Default)]
pub(crate) struct SourceFacts {
    /// The words of the masked text.
    pub(crate) words: OnceCell<Vec<Word>>,
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
    let mut numbers = HashMap::new();
    let documents = || article.documents.iter().map(|localized| &localized.document);
    let of_units: Vec<Vec<u32>> = documents().map(|document| numbered(document, &mut numbers)).collect();
    let texts: Rc<[SourceFacts]> = numbers.iter().map(|_| SourceFacts::default()).collect();
    for (document, of_units) in documents().zip(of_units) {
        document.notes.get_or_make(|| Sources { of_units, texts: Rc::clone(&texts) });
    }
}

/// What is known of the source text of a unit.
pub(crate) fn facts(document: &Document, unit: usize) -> &SourceFacts {
    let sources = document.notes.get_or_make(|| {
        let mut numbers = HashMap::new();
        let of_units = numbered(document, &mut numbers);
        Sources { of_units, texts: numbers.iter().map(|_| SourceFacts::default()).collect() }
    });
    &sources.texts[sources.of_units[unit] as usize]
}

/// The number of each unit's source text; new texts get the next ones.
fn numbered<'d>(document: &'d Document, numbers: &mut HashMap<&'d str, u32>) -> Vec<u32> {
    let number = |unit: &Unit| {
        let next = numbers.len() as u32;
        *numbers.entry(document.source(unit)).or_insert(next)
    };
    document.units.iter().map(number).collect()
}
