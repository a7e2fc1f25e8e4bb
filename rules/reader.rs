//! Reads YAML files that users write, configurations and packs, with typed values, and knows the place of everything.

use std::fmt;

use bitext::{Entry, LineIndex, Locale, Scalar, Span, Style, Value};
use regex::Regex;

use crate::support::nearest::nearest_key;

/// A place in a file, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The file, as messages show it.
    pub file: String,
    /// From 1 on.
    pub line: u32,
    /// In characters, from 1 on.
    pub column: u32,
    /// The line, as it stands there.
    pub text: String,
    /// How many characters are to blame; at least one.
    pub len: usize,
    /// What is wrong, and how to mend it.
    pub message: String,
}

/// Why a file is refused; boxed, because it is rare and large.
pub type Refusal = Box<Refused>;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column, text, len, message } = self;
        writeln!(f, "{file}:{line}:{column}: {message}")?;
        let margin = " ".repeat(line.to_string().len());
        let (start, shown) = self.window();
        let before = *column as usize - 1 - start;
        // Tabs stay tabs, so that the marks stand under the text.
        let lead: String = shown.chars().take(before).map(|c| if c == '\t' { c } else { ' ' }).collect();
        let cut = |is_cut: bool| if is_cut { "…" } else { "" };
        let (left, right) = (start > 0, text.chars().count() > start + SHOWN);
        let marks = "^".repeat((*len).clamp(1, SHOWN.saturating_sub(before).max(1)));
        writeln!(f, "{margin} |")?;
        writeln!(f, "{line} | {}{shown}{}", cut(left), cut(right))?;
        write!(f, "{margin} | {}{lead}{marks}", if left { " " } else { "" })
    }
}

/// Of a line, so many characters are shown.
const SHOWN: usize = 160;

impl Refused {
    /// The part of the line that is shown, and the characters before it. A long line is shown round the mistake alone.
    fn window(&self) -> (usize, String) {
        let start = match self.text.chars().nth(SHOWN) {
            Some(_) => (self.column as usize - 1).saturating_sub(SHOWN / 2),
            None => 0,
        };
        (start, self.text.chars().skip(start).take(SHOWN).collect())
    }
}

impl std::error::Error for Refused {}

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
pub struct Reader<'a> {
    /// The text.
    pub text: &'a str,
    /// The file, as messages show it.
    pub file: &'a str,
    lines: LineIndex,
}

impl<'a> Reader<'a> {
    /// A reader of the text of a file, which messages call `file`.
    pub fn new(text: &'a str, file: &'a str) -> Self {
        Self { text, file, lines: LineIndex::new(text) }
    }

    /// The keys of the file.
    ///
    /// # Errors
    /// [`Refused`] at what is something else.
    pub fn entries(&self) -> Result<Vec<Entry>, Refusal> {
        let (entries, error) = bitext::read_yaml(self.text);
        match error {
            Some(error) => Err(self.refuse(error.span, error.message)),
            None => Ok(entries),
        }
    }

    /// What is wrong at a place of the file.
    pub fn refuse(&self, span: Span, message: impl Into<String>) -> Refusal {
        let start = self.lines.position(self.text, span.start);
        // Lines as the index has them: a lone CR ends one too.
        let before = &self.text[..span.start as usize];
        let from = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let line = self.text[from..].split(['\n', '\r']).next().unwrap_or_default();
        let to = (span.end as usize).min(from + line.len());
        let len = self.text.get(span.start as usize..to).map_or(1, |blamed| blamed.chars().count().max(1));
        Box::new(Refused {
            file: self.file.to_string(),
            line: start.line,
            column: start.column,
            text: line.to_string(),
            len,
            message: message.into(),
        })
    }

    /// What is wrong from a byte of a text on, shown there if the text stands in the file as it is.
    pub fn refuse_at(&self, scalar: &Scalar, at: usize, message: impl Into<String>) -> Refusal {
        let (content, text) = (scalar.content(), scalar.text(self.text));
        let is_as_written = content.slice(self.text) == text && at < text.len();
        let span = if is_as_written { content.part(at, text.len() - at) } else { scalar.span };
        self.refuse(span, message)
    }

    /// The place of something in the file.
    pub fn origin(&self, span: Span) -> Origin {
        Origin { file: self.file.to_string(), line: self.lines.position(self.text, span.start).line }
    }

    /// A value with the place of its key.
    pub fn sourced<T>(&self, value: T, entry: &Entry) -> Sourced<T> {
        Sourced { value, origin: self.origin(entry.key.span) }
    }

    /// The name of a key.
    pub fn key<'e>(&'e self, entry: &'e Entry) -> &'e str {
        entry.key.text(self.text)
    }

    /// Refuses keys that are not known, and keys given twice.
    ///
    /// # Errors
    /// [`Refused`] at what is something else.
    pub fn known(&self, entries: &[Entry], keys: &[&str]) -> Result<(), Refusal> {
        for (at, entry) in entries.iter().enumerate() {
            let name = self.key(entry);
            if !keys.contains(&name) {
                return Err(self.refuse(entry.key.span, unknown("key", name, keys)));
            }
            self.once(entries, at)?;
        }
        Ok(())
    }

    /// Refuses the key at `at` if it stands before too.
    ///
    /// # Errors
    /// [`Refused`] at what is something else.
    pub fn once(&self, entries: &[Entry], at: usize) -> Result<(), Refusal> {
        let name = self.key(&entries[at]);
        if entries[..at].iter().any(|before| self.key(before) == name) {
            return Err(
                self.refuse(entries[at].key.span, format!("\"{name}\" is given twice; keep one of them"))
            );
        }
        Ok(())
    }

    /// The entries of a mapping.
    ///
    /// # Errors
    /// [`Refused`] at what is something else.
    pub fn mapping<'e>(&self, value: &'e Value) -> Result<&'e [Entry], Refusal> {
        match value {
            Value::Mapping(_, entries) => Ok(entries),
            // A key whose lines are all commented out.
            Value::Scalar(scalar) if scalar.text(self.text).is_empty() => Ok(&[]),
            other => Err(self.refuse(other.span(), "here should be \"key: value\" lines")),
        }
    }

    /// A value that is not empty; `wanted` says what it should be.
    ///
    /// # Errors
    /// [`Refused`] at what is something else.
    pub fn scalar<'e>(&self, value: &'e Value, wanted: &str) -> Result<&'e Scalar, Refusal> {
        match value {
            Value::Scalar(scalar) if !scalar.text(self.text).is_empty() => Ok(scalar),
            other => Err(self.refuse(other.span(), format!("here should be {wanted}"))),
        }
    }

    /// A text.
    ///
    /// # Errors
    /// [`Refused`] at what is something else.
    pub fn text_of<'e>(&'e self, value: &'e Value) -> Result<&'e str, Refusal> {
        Ok(self.scalar(value, "a text")?.text(self.text))
    }

    /// A text, or a list of them, with their places.
    ///
    /// # Errors
    /// [`Refused`] at what is something else.
    pub fn texts<'e>(&'e self, value: &'e Value) -> Result<Vec<(&'e str, Span)>, Refusal> {
        match value {
            Value::Sequence(_, items) => {
                items.iter().map(|item| Ok((self.text_of(item)?, item.span()))).collect()
            }
            Value::Scalar(scalar) if scalar.text(self.text).is_empty() => Ok(Vec::new()),
            other => Ok(vec![(self.text_of(other)?, other.span())]),
        }
    }

    /// One of some words.
    ///
    /// # Errors
    /// [`Refused`] at what is something else.
    pub fn word<'e>(&'e self, value: &'e Value, words: &[&'static str]) -> Result<&'static str, Refusal> {
        let scalar = self.scalar(value, &format!("one of: {}", words.join(", ")))?;
        let text = scalar.text(self.text);
        let known = words.iter().find(|word| **word == text);
        known.copied().ok_or_else(|| self.refuse(scalar.span, unknown("value", text, words)))
    }

    /// What is no text: in quotes it would be one.
    fn plain<'e>(&'e self, value: &'e Value, wanted: &str) -> Result<&'e str, Refusal> {
        let scalar = self.scalar(value, wanted)?;
        match scalar.style {
            Style::Plain => Ok(scalar.text(self.text)),
            _ => Err(self.refuse(scalar.span, format!("here should be {wanted}, without quotes"))),
        }
    }

    /// Yes or no.
    ///
    /// # Errors
    /// [`Refused`] at what is something else.
    pub fn flag(&self, value: &Value) -> Result<bool, Refusal> {
        match self.plain(value, "true or false")? {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.refuse(value.span(), "here should be true or false")),
        }
    }

    /// A whole number, from 0 on.
    ///
    /// # Errors
    /// [`Refused`] at what is something else.
    pub fn number(&self, value: &Value) -> Result<usize, Refusal> {
        let wanted = "here should be a whole number, from 0 on";
        let text = self.plain(value, "a whole number, from 0 on")?;
        text.parse().map_err(|_| self.refuse(value.span(), wanted))
    }

    /// A locale, or a list of them.
    ///
    /// # Errors
    /// If a text is no locale.
    pub fn locales(&self, value: &Value) -> Result<Vec<Locale>, Refusal> {
        let locale = |(text, span): (&str, Span)| {
            let wrong =
                || self.refuse(span, "this is no locale; write it like \"pl-PL\", \"sr-Latn-RS\" or \"ja\"");
            Locale::parse(text).ok_or_else(wrong)
        };
        self.texts(value)?.into_iter().map(locale).collect()
    }

    /// A pattern (a regular expression).
    ///
    /// # Errors
    /// [`Refused`] at what is none, or at the byte in it that is wrong.
    pub fn pattern(&self, value: &Value) -> Result<Regex, Refusal> {
        let scalar = self.scalar(value, "a pattern")?;
        let compiled = crate::declarative::compile(scalar.text(self.text));
        compiled.map_err(|(at, why)| self.refuse_at(scalar, at, why))
    }

    /// A number from 0 to 100.
    ///
    /// # Errors
    /// [`Refused`] at what is something else.
    pub fn score(&self, value: &Value) -> Result<f64, Refusal> {
        let text = self.plain(value, "a number from 0 to 100")?;
        let number = text.parse().ok().filter(|number| (0.0..=100.0).contains(number));
        number.ok_or_else(|| self.refuse(value.span(), "here should be a number from 0 to 100"))
    }
}

/// The message for a name that is none of `known`.
pub fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    match nearest_key(name, known) {
        Some(meant) => format!("there is no {what} \"{name}\" here; did you mean \"{meant}\"?"),
        None => format!("there is no {what} \"{name}\" here; there is {}", known.join(", ")),
    }
}
