//! Rules about a key of the front matter, and how their fixes write YAML.

use std::sync::Arc;

use bitext::{Document, Entry, FrontMatter as Block, Localized, Scalar, Span, Style, Value};

use super::check::{Written, finish, hits};
use super::{Definition, regions};
use crate::prelude::*;

/// A rule about a key of the front matter.
pub(super) struct FrontMatter {
    key: String,
    definition: Arc<Definition>,
}

impl FrontMatter {
    pub(super) fn new(key: String, definition: Arc<Definition>) -> Self {
        Self { key, definition }
    }
}

impl DocumentRule for FrontMatter {
    fn check(&self, localized: &Localized, sink: &mut Sink<'_>) {
        if !self.definition.locales.cover(&localized.locale) {
            return;
        }
        let document = &localized.document;
        for (region, scalar) in regions::of_key(document, &self.key, self.definition.raw) {
            for hit in hits(&self.definition, &region) {
                let written = hit.replacement.filter(|_| region.is_exact()).and_then(|replacement| {
                    let mut value = region.raw.to_string();
                    value.replace_range(hit.range, &replacement);
                    written(document, scalar, hit.span, replacement, &value)
                });
                let finding = sink.report(localized, hit.span, hit.message);
                finish(&self.definition, finding, hit.help, written);
            }
        }
    }
}

/// How a replacement has to be written so that the scalar has this value by then and nothing else changes: as it is, or else with the whole
/// scalar in quotes. `None` if neither can be.
fn written(
    document: &Document,
    scalar: &Scalar,
    span: Span,
    replacement: String,
    value: &str,
) -> Option<Written> {
    let as_it_is = (span, replacement.clone());
    let quoted = [single_quoted(value), double_quoted(value)].map(|text| (scalar.span, text));
    let needs_quotes = scalar.style == Style::Plain && is_typed(value);
    [as_it_is]
        .into_iter()
        .filter(|_| !needs_quotes)
        .chain(quoted)
        .find(|(span, text)| gives(document, scalar, (*span, text), value))
        .map(|(span, text)| Written { meant: replacement, span, text })
}

/// Whether the front matter is the same after an edit, but for a scalar that has this value.
fn gives(document: &Document, scalar: &Scalar, (span, text): (Span, &str), value: &str) -> bool {
    let file = document.file.text();
    let Some(front) = &document.front_matter else { return false };
    let Some(mut head) = file.get(..front.block.end as usize).map(String::from) else { return false };
    if head.get(span.range()).is_none() {
        return false;
    }
    head.replace_range(span.range(), text);
    let Some(after) = Block::parse(&head).filter(|after| after.error.is_none()) else { return false };
    let (mut wanted, mut there) = (Vec::new(), Vec::new());
    texts(&front.entries, file, Some((scalar.span, value)), &mut wanted);
    texts(&after.entries, &head, None, &mut there);
    front.error.is_none() && wanted == there
}

/// The texts of a block in their order, with the signs of what holds them. `instead` has another text than it has.
fn texts<'t>(entries: &'t [Entry], file: &'t str, instead: Option<(Span, &'t str)>, out: &mut Vec<&'t str>) {
    for entry in entries {
        out.push(entry.key.text(file));
        texts_of(&entry.value, file, instead, out);
    }
}

fn texts_of<'t>(value: &'t Value, file: &'t str, instead: Option<(Span, &'t str)>, out: &mut Vec<&'t str>) {
    match value {
        Value::Scalar(scalar) => match instead {
            Some((span, text)) if span == scalar.span => out.push(text),
            _ => out.push(scalar.text(file)),
        },
        Value::Alias(span) => out.extend(["*", span.slice(file)]),
        Value::Sequence(_, items) => {
            out.push("[");
            for item in items {
                texts_of(item, file, instead, out);
            }
            out.push("]");
        }
        Value::Mapping(_, entries) => {
            out.push("{");
            texts(entries, file, instead, out);
            out.push("}");
        }
    }
}

/// Whether readers take a plain scalar for nothing, a number or a truth value.
fn is_typed(text: &str) -> bool {
    let words = ["", "~", "null", "true", "false", "yes", "no", "on", "off"];
    words.iter().any(|word| text.trim().eq_ignore_ascii_case(word)) || text.trim().parse::<f64>().is_ok()
}

/// A text as YAML writes it in single quotes.
pub(super) fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn double_quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out += &format!("\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failure here is the report")]
mod tests {
    use bitext::SourceFile;

    use super::*;

    /// The front matter after `old` in its title or first keyword became `new`.
    fn put(yaml: &str, old: &str, new: &str) -> Option<String> {
        let text = format!("---\n{yaml}\n---\n\n# Maják\n");
        let document = Document::parse(SourceFile::from_bytes(text.clone().into_bytes()).unwrap());
        let regions = ["title", "keywords"].map(|key| regions::of_key(&document, key, true));
        let (region, scalar) = regions.into_iter().flatten().find(|(region, _)| region.raw.contains(old))?;
        let at = region.raw.find(old)?;
        let span = region.span(&(at..at + old.len()));
        let value = region.raw.replacen(old, new, 1);
        let written = written(&document, scalar, span, new.into(), &value)?;
        let mut text = text;
        text.replace_range(written.span.range(), &written.text);
        text.strip_prefix("---\n")?.strip_suffix("\n---\n\n# Maják\n").map(String::from)
    }

    #[test]
    fn values_are_what_was_meant() {
        for (before, old, new, after) in [
            ("title: Logowanie w Harbor", "Logowanie", "Wejście", "title: Wejście w Harbor"),
            ("title: Harbor – przegląd", " –", ":", "title: 'Harbor: przegląd'"),
            ("title: Logowanie do rejestru", "Logowanie", "# x", "title: '# x do rejestru'"),
            ("title: Logowanie w Harbor", "Logowanie", "\"Wejście\"", "title: '\"Wejście\" w Harbor'"),
            ("title: Praca w C", "w C", "w C #2", "title: 'Praca w C #2'"),
            ("title: 'Praca w C'", "w C", "na 'C'", "title: 'Praca na ''C'''"),
            ("title: \"Praca w C\"", "C", "\"C\"", "title: 'Praca w \"C\"'"),
            ("title: Praca w C", " w ", "\nw\n", "title: \"Praca\\nw\\nC\""),
            ("title: Nie", "Nie", "no", "title: 'no'"),
            ("title: Praca", "Praca", "", "title: ''"),
            ("keywords: [jeden, dwa]", "jeden", "raz, dwa", "keywords: ['raz, dwa', dwa]"),
            ("keywords:\n- jeden\n- dwa", "dwa", "dwa: trzy", "keywords:\n- jeden\n- 'dwa: trzy'"),
        ] {
            assert_eq!(put(before, old, new).as_deref(), Some(after), "{before}");
        }
    }

    #[test]
    fn a_block_that_cannot_be_read_is_left_alone() {
        assert_eq!(put("title: Praca\nx: a: b", "Praca", "Robota"), None);
    }
}
