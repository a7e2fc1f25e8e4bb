//! What rules work out about source texts: once for each text, however many locales of an article have it.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use bitext::{Article, Document, Unit};

use super::bits::Part;
use super::capitals::Capitals;
use super::known::{self, Known};
use super::network::Kind;
use super::script;
use super::shared_words::Letters;
use super::territories::Named;
use super::tokens::Words;
use crate::UnitView;
use crate::glossary::Found;
use crate::number::missing::Numbers;
use crate::number::version::Mention;

/// What is known of a source text. Each part is worked out when a rule first asks for it, from the text and its masked
/// form alone, so it holds for every unit with the text. All places are bytes from the start of the text.
#[derive(Default)]
pub(crate) struct SourceFacts {
    /// How many words it has, between blanks.
    count: OnceCell<usize>,
    /// Where capitals stand in the masked text.
    capitals: OnceCell<Capitals>,
    /// Whether a letter or digit follows a stop, both of ASCII.
    inner_stop: OnceCell<bool>,
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
    /// Names with a sign inside, each once, with how often it stands in the masked text.
    pub(crate) signed_names: OnceCell<Vec<(Range<usize>, usize)>>,
    /// Names of files, be they code or not, each with how often it stands before.
    pub(crate) file_names: OnceCell<Vec<(Range<usize>, usize)>>,
    /// GUIDs, be they code or not.
    pub(crate) guids: OnceCell<Vec<Range<usize>>>,
    /// Paths of interfaces.
    pub(crate) paths: OnceCell<Vec<Range<usize>>>,
    /// Switches, if it speaks of commands.
    pub(crate) switches: OnceCell<Vec<Range<usize>>>,
    /// Numbers, if it has any that a target has to have.
    pub(crate) numbers: OnceCell<Numbers>,
    /// Addresses in networks, but for those with a scheme.
    pub(crate) network: OnceCell<Vec<(Range<usize>, Kind)>>,
    /// Bare addresses.
    pub(crate) addresses: OnceCell<Vec<Range<usize>>>,
    /// Its bold runs.
    pub(crate) bold: OnceCell<Vec<Range<usize>>>,
    /// Where words stand beside code.
    pub(crate) after_code: OnceCell<Vec<usize>>,
    /// Versions, with the words before them.
    pub(crate) versions: OnceCell<Vec<Mention>>,
}

impl SourceFacts {
    /// Where capitals stand in the masked text.
    #[inline]
    pub(crate) fn capitals(&self, document: &Document, unit: &Unit) -> &Capitals {
        self.capitals.get_or_init(|| Capitals::of(Part::masked(document, &unit.source)))
    }

    /// Whether the text has a stop that ends no sentence.
    pub(crate) fn has_inner_stop(&self, source: &str) -> bool {
        let bytes = source.as_bytes();
        let goes_on = |stop: usize| bytes[stop + 1].is_ascii_alphanumeric();
        // The last byte is a stop of most texts, with which nothing goes on.
        let inner = bytes.split_last().map_or(bytes, |(_, inner)| inner);
        *self.inner_stop.get_or_init(|| memchr::memchr_iter(b'.', inner).any(goes_on))
    }
}

/// The source texts of a document, which may share them with other documents.
pub(crate) struct Sources {
    /// Of each unit, the index of its text.
    of_units: Vec<u32>,
    texts: Rc<[SourceFacts]>,
}

/// Lets the documents of an article share what is worked out about their source texts, which are mostly the same.
/// Without this every document keeps its own.
pub fn share_sources(article: &Article) {
    let documents = || article.documents.iter().map(|localized| &localized.document);
    if documents().all(|document| document.notes.get::<Known>().is_some()) {
        return;
    }
    let most = documents().map(|document| document.units.len()).max().unwrap_or_default();
    let mut numbers = Numbering::for_units(most);
    let of_units: Vec<Vec<u32>> = documents().map(|document| numbers.of(document)).collect();
    let texts = numbers.facts();
    for (document, of_units) in documents().zip(of_units) {
        document.notes.get_or_make(|| Known::with(Sources { of_units, texts: Rc::clone(&texts) }));
    }
}

/// Lets a document after an edit keep what is known of its source texts, if they are as they were.
pub fn keep_sources(before: &Document, after: &Document) {
    if have_same_texts(before, after) {
        let Sources { of_units, texts } = of_document(before);
        let sources = || Sources { of_units: of_units.clone(), texts: Rc::clone(texts) };
        after.notes.get_or_make(|| Known::with(sources()));
    }
}

/// The words of the source texts of a document.
pub fn source_word_count(document: &Document) -> usize {
    let sources = of_document(document);
    let words = |(index, unit): (usize, &Unit)| {
        *sources.facts(index).count.get_or_init(|| word_count(document.source(unit)))
    };
    document.units.iter().enumerate().map(words).sum()
}

/// How many words stand between blanks of ASCII.
fn word_count(text: &str) -> usize {
    // As the library tells them, but in a way that takes no branch: of the control characters no vertical tab.
    let is_blank = |byte: u8| {
        let (is_space, is_control) = (byte == b' ', byte.wrapping_sub(b'\t') < 5);
        let is_vertical = byte == b'\x0B';
        (is_control != is_vertical) | is_space
    };
    let ends = script::count_bytes(text, |byte, next| !is_blank(byte) & is_blank(next));
    ends + usize::from(text.bytes().next_back().is_some_and(|last| !is_blank(last)))
}

impl Sources {
    /// Those of a document by itself.
    pub(crate) fn of(document: &Document) -> Self {
        let mut numbers = Numbering::for_units(document.units.len());
        Self { of_units: numbers.of(document), texts: numbers.facts() }
    }

    /// What is known of the source text of a unit.
    #[inline]
    pub(crate) fn facts(&self, unit: usize) -> &SourceFacts {
        &self.texts[self.of_units[unit] as usize]
    }
}

/// What is known of the source text of a unit.
#[inline]
pub(crate) fn facts(document: &Document, unit: usize) -> &SourceFacts {
    of_document(document).facts(unit)
}

/// The same, of a unit that is seen.
#[inline]
pub(crate) fn of(unit: UnitView<'_>) -> &SourceFacts {
    unit.known().sources.facts(unit.index)
}

/// Whether the units of two documents have the same source texts, one by one.
pub(crate) fn are_same(own: &Document, other: &Document) -> bool {
    let (sources, there) = (of_document(own), of_document(other));
    if Rc::ptr_eq(&sources.texts, &there.texts) && sources.of_units == there.of_units {
        return true;
    }
    have_same_texts(own, other)
}

fn have_same_texts(own: &Document, other: &Document) -> bool {
    let text = |(own_unit, other_unit)| own.source(own_unit) == other.source(other_unit);
    own.units.len() == other.units.len() && own.units.iter().zip(&other.units).all(text)
}

/// The same of all units of a document, for asking for many.
#[inline]
pub(crate) fn of_document(document: &Document) -> &Sources {
    &known::of(document).sources
}

/// The numbers of source texts: what has the same number is the same text. The same text mostly has the same number.
struct Numbering<'d> {
    texts: Vec<&'d str>,
    /// Numbers of texts, each at one of the few slots from that of its sum on. A text that finds no room there gets a
    /// number each time: then some work is done twice, but nobody can write texts that take long to tell apart.
    slots: Vec<u32>,
    /// The numbers of the document before.
    before: Vec<u32>,
}

/// How many slots a text may have its number at.
const REACH: usize = 8;

/// No number.
const FREE: u32 = u32::MAX;

impl<'d> Numbering<'d> {
    /// No numbers yet, with room for so many.
    fn for_units(most: usize) -> Self {
        /// Slots for each unit, so that texts seldom share one.
        const ROOM: usize = 2;
        let slots = vec![FREE; (ROOM * most).next_power_of_two() + REACH];
        Self { texts: Vec::with_capacity(most), slots, before: Vec::new() }
    }

    /// The number of each unit's source text; new texts get the next ones.
    fn of(&mut self, document: &'d Document) -> Vec<u32> {
        let mut at = 0;
        let mut numbers = Vec::with_capacity(document.units.len());
        for unit in &document.units {
            let text = document.source(unit);
            let number = match self.near(text, at) {
                Some(skipped) => {
                    at += skipped + 1;
                    self.before[at - 1]
                }
                None => self.look_up(text, unit.source.print.sum()),
            };
            numbers.push(number);
        }
        self.before.clone_from(&numbers);
        numbers
    }

    /// How many units on from `at` the document before has the text: mostly none, but for what was lost or added on the way.
    #[inline]
    fn near(&self, text: &str, at: usize) -> Option<usize> {
        /// How many units the document before may have more in one place.
        const AHEAD: usize = 4;
        let near = self.before.get(at..)?;
        near.iter().take(AHEAD).position(|number| self.texts[*number as usize] == text)
    }

    fn look_up(&mut self, text: &'d str, sum: u64) -> u32 {
        let new = self.texts.len() as u32;
        let first = sum as usize & (self.slots.len() - REACH - 1);
        for slot in &mut self.slots[first..first + REACH] {
            if *slot == FREE {
                *slot = new;
                break;
            }
            if self.texts[*slot as usize] == text {
                return *slot;
            }
        }
        self.texts.push(text);
        new
    }

    fn facts(&self) -> Rc<[SourceFacts]> {
        self.texts.iter().map(|_| SourceFacts::default()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::words::each_random_text;

    #[test]
    fn words_are_counted_as_the_library_splits_them() {
        each_random_text("ab \t\u{b}\n\0é", |text| {
            let text = text.repeat(1 + text.len() % 17);
            assert_eq!(word_count(&text), text.split_ascii_whitespace().count(), "{text:?}");
        });
    }
}
