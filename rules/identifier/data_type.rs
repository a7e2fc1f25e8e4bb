use std::collections::BTreeMap;

use bitext::{Block, Localized, Unit};

use crate::prelude::*;

/// Its page is `data_type.md`.
pub(crate) struct DataType;

/// Types of values in descriptions of interfaces. Words that are also English, such as `number`, `date` and
/// `object`, are translated in other tables.
const TYPES: [&str; 14] = [
    "string", "boolean", "bool", "guid", "uuid", "int", "int32", "int64", "integer", "float", "datetime",
    "uint", "uri", "enum",
];

/// Of the longest of them.
const LONGEST: usize = 8;

pub(crate) fn info() -> RuleInfo {
    RuleInfo {
        confidence: crate::Confidence::Medium,
        its: "mistranslation".into(),
        ..RuleInfo::new(
            "identifier/data-type",
            include_str!("data_type.md"),
            Severity::Info,
            Scope::Document,
            "do-not-translate",
        )
    }
}

impl DocumentRule for DataType {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        let document = &localized.document;
        let mut translated: BTreeMap<&str, Vec<&Unit>> = BTreeMap::new();
        for (index, unit) in document.units.iter().enumerate().filter(|(_, unit)| !unit.damaged) {
            let Some(source) = short(document.source(unit)) else { continue };
            let known = known(source);
            let target = bare(document.target(unit));
            let Some(known) = known.filter(|_| !has_words(target, source)) else {
                continue;
            };
            if document.block(index) == Block::TableCell && !target.is_empty() {
                translated.entry(known).or_default().push(unit);
            }
        }
        for (known, units) in translated {
            let first = units[0];
            let message = match units.len() {
                1 => format!("the data type \"{known}\" is {} here", quote(document.target(first))),
                n => format!(
                    "the data type \"{known}\" is translated in {n} cells, as {}",
                    quote(document.target(first))
                ),
            };
            let source = Place { document: localized.id, span: first.source.text };
            let finding = sink.report(localized, first.target.text, message);
            finding
                .unit(first.target.id)
                .identity(known)
                .usually_keeps(known)
                .help("names of types are those of the programming interface: keep them in English")
                .related(Role::Source, "source", source, Some(first.source.id));
            for unit in &units[1..] {
                let place = Place { document: localized.id, span: unit.target.text };
                finding.related(Role::Place, "here too", place, Some(unit.target.id));
            }
        }
    }
}

/// The type that a text names, in any case.
fn known(text: &str) -> Option<&'static str> {
    TYPES.into_iter().find(|known| known.eq_ignore_ascii_case(text))
}

/// Whether a text is the name of a type.
pub(crate) fn is_type(text: &str) -> bool {
    known(text).is_some()
}

fn is_part(byte: u8) -> bool {
    !matches!(byte, b'*' | b'`' | b' ' | b'.')
}

/// A [`bare`] text, if it is no longer than the longest type: few are.
#[inline]
fn short(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let start = bytes.iter().position(|byte| is_part(*byte))?;
    let is_long = bytes.get(start + LONGEST..).is_some_and(|rest| rest.iter().any(|byte| is_part(*byte)));
    (!is_long).then(|| bare(text))
}

fn bare(text: &str) -> &str {
    let bytes = text.as_bytes();
    let start = bytes.iter().position(|byte| is_part(*byte)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|byte| is_part(*byte)).map_or(start, |last| last + 1);
    &text[start..end]
}

/// Whether a text has the words of another, in any case: `booleano` does not have `boolean`.
fn has_words(text: &str, words: &str) -> bool {
    let (text, words) = (text.to_lowercase(), words.to_lowercase());
    let part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(&words).any(|(at, _)| {
        !part(text[..at].chars().next_back()) && !part(text[at + words.len()..].chars().next())
    })
}
