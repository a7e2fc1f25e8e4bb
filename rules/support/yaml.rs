//! Values of front matter, for comparing documents.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use bitext::{Date, Document, Entry, FrontMatter, PROVENANCE_KEYS, Span, Value, parse_date};

use crate::front_matter::translated;

/// The keys whose values are translated (measured: all others are equal in 4,628 of 4,628 published documents).
pub(crate) const LOCALIZED: [&str; 3] = ["title", "description", "keywords"];

/// Whether a key belongs to the source: neither translated nor written by the publishing system.
fn is_source_key(key: &str) -> bool {
    !PROVENANCE_KEYS.contains(&key) && !LOCALIZED.contains(&key)
}

/// The entries of the source, in their order.
pub(crate) fn source_entries(document: &Document) -> impl Iterator<Item = &Entry> {
    let text = document.file.text();
    let entries = document.front_matter.iter().flat_map(|front| &front.entries);
    entries.filter(|entry| is_source_key(entry.key.text(text)))
}

/// The entry with this key.
pub(crate) fn entry<'a>(document: &'a Document, key: &str) -> Option<&'a Entry> {
    document.front_matter.as_ref()?.entry(document.file.text(), key)
}

/// The keys of the source, in their order.
pub(crate) fn source_keys(document: &Document) -> Vec<&str> {
    source_entries(document).map(|entry| entry.key.text(document.file.text())).collect()
}

/// Whether the block can be read; if not, that is the finding of `front-matter/invalid`.
pub(crate) fn is_readable(document: &Document) -> bool {
    document.front_matter.as_ref().is_some_and(|front| front.error.is_none())
}

/// The value of the key, or the first line of the block where the key is absent.
pub(crate) fn place(document: &Document, key: &str) -> Span {
    let value = |entry: &Entry| match &entry.value {
        value if value.span().is_empty() => entry.key.span,
        Value::Scalar(scalar) => scalar.content(),
        value => value.span(),
    };
    let fence = |front: &FrontMatter| Span { start: front.block.start, end: front.yaml.start };
    let absent = || document.front_matter.as_ref().map_or(Span::at(0), fence);
    entry(document, key).map_or_else(absent, value)
}

/// The date of a key, if it is one.
pub(crate) fn date(document: &Document, key: &str) -> Option<Date> {
    parse_date(entry(document, key)?.value.scalar()?.text(document.file.text()))
}

/// A document beside one whose keys and values it should have.
pub(crate) struct Beside<'d> {
    own: &'d Document,
    model: &'d Document,
    /// Whether keys that only `own` has are findings of `front-matter/translated`: what it lacks may be what they were.
    mistaken: OnceCell<bool>,
}

impl<'d> Beside<'d> {
    pub(crate) fn new(own: &'d Document, model: &'d Document) -> Self {
        Self { own, model, mistaken: OnceCell::new() }
    }

    /// Whether the value of a source key that differs, or the lack of the key, is reported anyway: a key or value that
    /// was translated, a date that is none, or one after the hand-off.
    pub(crate) fn is_other_rules(&self, key: &str) -> bool {
        let own = self.own;
        let possible = |date: Date| own.provenance.hand_off_date.is_none_or(|hand_off| date <= hand_off);
        let impossible =
            key == "ms.date" && entry(own, key).is_some() && !date(own, key).is_some_and(possible);
        impossible || translated::concerns(own, key) || (entry(own, key).is_none() && self.is_mistaken())
    }

    fn is_mistaken(&self) -> bool {
        let foreign = |key: &&str| entry(self.model, key).is_none();
        let mistaken = |key: &str| translated::concerns(self.own, key);
        *self.mistaken.get_or_init(|| source_keys(self.own).into_iter().filter(foreign).any(mistaken))
    }
}

/// Keys that both documents have and that stand in another order: the first of them here and there.
pub(crate) fn out_of_order<'a>(own: &'a Document, model: &'a Document) -> Option<(&'a str, &'a str)> {
    let shared = |document: &'a Document, other: &Document| {
        let mut seen = BTreeSet::new();
        let mut keys = source_keys(document);
        keys.retain(|key| entry(other, key).is_some() && seen.insert(*key));
        keys
    };
    let (own, model) = (shared(own, model), shared(model, own));
    own.into_iter().zip(model).find(|(own, model)| own != model)
}

/// Whether two values have the same texts in the same places. Then they are [`shown`] alike.
pub(crate) fn has_same_texts(value: &Value, text: &str, other: &Value, other_text: &str) -> bool {
    match (value, other) {
        (Value::Scalar(value), Value::Scalar(other)) => value.text(text) == other.text(other_text),
        (Value::Sequence(_, items), Value::Sequence(_, others)) => {
            let same = |(item, other)| has_same_texts(item, text, other, other_text);
            items.len() == others.len() && items.iter().zip(others).all(same)
        }
        _ => false,
    }
}

/// A value on one line, the same however it is written: quotes, indentation and the notation of lists do not
/// matter, and no value is the same as an empty one.
pub(crate) fn shown(value: &Value, text: &str) -> String {
    match value {
        Value::Scalar(scalar) => match scalar.text(text).trim() {
            "null" | "~" => String::new(),
            text => text.to_string(),
        },
        Value::Sequence(_, items) => {
            let items: Vec<String> = items.iter().map(|item| shown(item, text)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Mapping(_, entries) => {
            let entry = |entry: &Entry| format!("{}: {}", entry.key.text(text), shown(&entry.value, text));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        Value::Alias(span) => span.slice(text).to_string(),
    }
}
