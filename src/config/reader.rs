//! Reads a YAML file with typed values, and knows the place of everything.

use bitext::{Entry, LineIndex, Scalar, Span, Value};

use super::error::{ConfigError, Refused};
use super::keys::Key;

/// The place of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file, as messages show it.
    pub file: String,
    /// From 1 on.
    pub line: u32,
}

/// A setting with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The setting.
    pub value: T,
    /// Where it was made; `None` on the command line.
    pub origin: Origin,
}

/// The text of a file, and its name.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) file: &'a str,
    lines: LineIndex,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, file: &'a str) -> Self {
        Self { text, file, lines: LineIndex::new(text) }
    }

    /// The keys of the file.
    pub(super) fn entries(&self) -> Result<Vec<Entry>, ConfigError> {
        let (entries, error) = bitext::read_yaml(self.text);
        match error {
            Some(error) => Err(self.refuse(error.span, error.message)),
            None => Ok(entries),
        }
    }

    pub(super) fn refuse(&self, span: Span, message: impl Into<String>) -> ConfigError {
        let start = self.lines.position(self.text, span.start);
        let before = &self.text[..span.start as usize];
        let from = before.rfind('\n').map_or(0, |at| at + 1);
        let line = self.text[from..].lines().next().unwrap_or_default();
        let to = (span.end as usize).min(from + line.len());
        let len = self.text.get(span.start as usize..to).map_or(1, |blamed| blamed.chars().count().max(1));
        ConfigError::Refused(Box::new(Refused {
            file: self.file.to_string(),
            line: start.line,
            column: start.column,
            text: line.to_string(),
            len,
            message: message.into(),
        }))
    }

    pub(super) fn origin(&self, span: Span) -> Origin {
        Origin { file: self.file.to_string(), line: self.lines.position(self.text, span.start).line }
    }

    pub(super) fn sourced<T>(&self, value: T, entry: &Entry) -> Sourced<T> {
        Sourced { value, origin: self.origin(entry.key.span) }
    }

    pub(super) fn key<'e>(&'e self, entry: &'e Entry) -> &'e str {
        entry.key.text(self.text)
    }

    /// Refuses keys that are not known, and keys given twice.
    pub(super) fn known(&self, entries: &[Entry], keys: &[Key]) -> Result<(), ConfigError> {
        for (at, entry) in entries.iter().enumerate() {
            let name = self.key(entry);
            if !keys.iter().any(|key| key.name == name) {
                let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
                return Err(self.refuse(entry.key.span, unknown("key", name, &names)));
            }
            self.once(entries, at)?;
        }
        Ok(())
    }

    /// Refuses the key at `at` if it stands before too.
    pub(super) fn once(&self, entries: &[Entry], at: usize) -> Result<(), ConfigError> {
        let name = self.key(&entries[at]);
        if entries[..at].iter().any(|before| self.key(before) == name) {
            return Err(
                self.refuse(entries[at].key.span, format!("\"{name}\" is given twice; keep one of them"))
            );
        }
        Ok(())
    }

    pub(super) fn mapping<'e>(&self, value: &'e Value) -> Result<&'e [Entry], ConfigError> {
        match value {
            Value::Mapping(_, entries) => Ok(entries),
            // A key whose lines are all commented out.
            Value::Scalar(scalar) if scalar.text(self.text).is_empty() => Ok(&[]),
            other => Err(self.refuse(other.span(), "here should be \"key: value\" lines")),
        }
    }

    pub(super) fn scalar<'e>(&self, value: &'e Value, wanted: &str) -> Result<&'e Scalar, ConfigError> {
        match value {
            Value::Scalar(scalar) if !scalar.text(self.text).is_empty() => Ok(scalar),
            other => Err(self.refuse(other.span(), format!("here should be {wanted}"))),
        }
    }

    pub(super) fn text_of<'e>(&'e self, value: &'e Value) -> Result<&'e str, ConfigError> {
        Ok(self.scalar(value, "a text")?.text(self.text))
    }

    /// A text, or a list of them, with their places.
    pub(super) fn texts<'e>(&'e self, value: &'e Value) -> Result<Vec<(&'e str, Span)>, ConfigError> {
        match value {
            Value::Sequence(_, items) => {
                items.iter().map(|item| Ok((self.text_of(item)?, item.span()))).collect()
            }
            Value::Scalar(scalar) if scalar.text(self.text).is_empty() => Ok(Vec::new()),
            other => Ok(vec![(self.text_of(other)?, other.span())]),
        }
    }

    pub(super) fn word<'e>(
        &'e self,
        value: &'e Value,
        words: &[&'static str],
    ) -> Result<&'static str, ConfigError> {
        let scalar = self.scalar(value, &format!("one of: {}", words.join(", ")))?;
        let text = scalar.text(self.text);
        let known = words.iter().find(|word| **word == text);
        known.copied().ok_or_else(|| self.refuse(scalar.span, unknown("value", text, words)))
    }

    pub(super) fn flag(&self, value: &Value) -> Result<bool, ConfigError> {
        match self.scalar(value, "\"true\" or \"false\"")?.text(self.text) {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.refuse(value.span(), "here should be \"true\" or \"false\"")),
        }
    }

    pub(super) fn number(&self, value: &Value) -> Result<usize, ConfigError> {
        let wanted = "here should be a whole number, from 0 on";
        let text = self.scalar(value, "a whole number, from 0 on")?.text(self.text);
        text.parse().map_err(|_| self.refuse(value.span(), wanted))
    }

    /// A number from 0 to 100.
    pub(super) fn score(&self, value: &Value) -> Result<f64, ConfigError> {
        let text = self.scalar(value, "a number from 0 to 100")?.text(self.text);
        let number = text.parse().ok().filter(|number| (0.0..=100.0).contains(number));
        number.ok_or_else(|| self.refuse(value.span(), "here should be a number from 0 to 100"))
    }
}

/// The message for a name that is none of `known`.
pub(super) fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    let likeness = |known: &&str| strsim::jaro_winkler(&name.to_lowercase().replace(['_', ' '], "-"), known);
    let best = known.iter().map(|known| (likeness(known), *known)).max_by(|a, b| a.0.total_cmp(&b.0));
    match best.filter(|best| best.0 > 0.8) {
        Some((_, meant)) => format!("there is no {what} \"{name}\" here; did you mean \"{meant}\"?"),
        None => format!("there is no {what} \"{name}\" here; there is {}", known.join(", ")),
    }
}
