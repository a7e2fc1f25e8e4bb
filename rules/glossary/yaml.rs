//! Glossaries in YAML.

use std::collections::HashSet;
use std::sync::Arc;

use bitext::{Entry, LineIndex, Locale, Scalar, Span, Value};

use super::{GlossaryError, GlossaryErrorKind as Kind, Origin, Status, Term, Translation};

const TERM_KEYS: [&str; 7] =
    ["term", "do-not-translate", "translations", "note", "case-sensitive", "exact", "evidence"];
const STATUS_KEYS: [&str; 4] = ["required", "preferred", "allowed", "forbidden"];

/// Reads the terms of a glossary in YAML; `name` is what messages call it.
///
/// # Errors
/// [`GlossaryError`] at the first thing that is no glossary.
pub fn read_yaml(text: &str, name: &str) -> Result<Vec<Term>, GlossaryError> {
    let (entries, error) = bitext::read_yaml(text);
    if let Some(error) = error {
        return Err(GlossaryError::new(
            error.span,
            Kind::Syntax(format!("not valid YAML: {}", error.message)),
        ));
    }
    let reader = Reader { text, name: name.into(), lines: LineIndex::new(text) };
    let mut terms = None;
    for entry in &entries {
        match (entry.key.text(text), &entry.value) {
            ("terms", Value::Sequence(_, items)) if terms.is_none() => {
                terms = Some(items.iter().map(|item| reader.term(item)).collect::<Result<Vec<_>, _>>()?);
            }
            ("terms", Value::Sequence(..)) => return Err(reader.twice(&entry.key)),
            // No value yet: an empty glossary.
            ("terms", Value::Scalar(scalar)) if scalar.text(text).is_empty() => terms = Some(Vec::new()),
            ("terms", other) => return Err(expected(other.span(), "a list of terms, each \"- term: ...\"")),
            (key, _) => return Err(GlossaryError::unknown_key(entry.key.span, key, &["terms"])),
        }
    }
    terms.ok_or(GlossaryError::new(Span::at(0), Kind::NoTerms("a list under the key \"terms\"")))
}

/// Reads terms that stand in another file, `items` of its text.
pub(crate) fn read_terms(items: &[Value], text: &str, name: &str) -> Result<Vec<Term>, GlossaryError> {
    let reader = Reader { text, name: name.into(), lines: LineIndex::new(text) };
    items.iter().map(|item| reader.term(item)).collect()
}

/// Reads the translations of a term, which stand on a line of their own, if nothing is wrong with them.
pub(super) fn read_translations(line: &str, term: &mut Term) -> Option<()> {
    let (entries, error) = bitext::read_yaml(line);
    let reader = Reader { text: line, name: "".into(), lines: LineIndex::new(line) };
    match (entries.as_slice(), error) {
        ([Entry { value: Value::Mapping(_, locales), .. }], None) => reader.locales(locales, term).ok(),
        _ => None,
    }
}

struct Reader<'a> {
    text: &'a str,
    name: Arc<str>,
    lines: LineIndex,
}

impl Reader<'_> {
    fn term(&self, item: &Value) -> Result<Term, GlossaryError> {
        let Value::Mapping(span, entries) = item else {
            return Err(expected(item.span(), "a term, such as \"- term: package source\""));
        };
        self.known(entries, &TERM_KEYS)?;
        let value = |key: &str| entries.iter().find(|entry| entry.key.text(self.text) == key);
        let Some(source) = value("term") else {
            return Err(expected(Span::at(span.start as usize), "the key \"term\" with the English term"));
        };
        let line = self.lines.position(self.text, source.key.span.start).line;
        let mut term = Term::new(self.words(&source.value)?, Origin { glossary: self.name.clone(), line });
        term.do_not_translate = self.flag(value("do-not-translate"))?;
        term.case_sensitive = self.flag(value("case-sensitive"))?;
        term.exact = self.flag(value("exact"))?;
        term.note = self.remark(value("note"))?;
        term.evidence = self.remark(value("evidence"))?;
        if let Some(translations) = value("translations") {
            let Value::Mapping(_, locales) = &translations.value else {
                return Err(expected(translations.value.span(), "locales with their translations"));
            };
            self.locales(locales, &mut term)?;
        }
        Ok(term)
    }

    /// Reads the translations into all locales.
    fn locales(&self, locales: &[Entry], term: &mut Term) -> Result<(), GlossaryError> {
        let mut seen = HashSet::new();
        for locale in locales {
            if !seen.insert(self.locale(locale, term)?) {
                return Err(self.twice(&locale.key));
            }
        }
        Ok(())
    }

    /// Reads the translations into one locale, and says which that is.
    fn locale(&self, entry: &Entry, term: &mut Term) -> Result<Locale, GlossaryError> {
        let tag = entry.key.text(self.text);
        let locale = Locale::parse(tag)
            .ok_or_else(|| GlossaryError::new(entry.key.span, Kind::NotALocale(tag.into())))?;
        match &entry.value {
            Value::Mapping(_, statuses) => {
                self.known(statuses, &STATUS_KEYS)?;
                for status in statuses {
                    let word = Status::parse(status.key.text(self.text)).unwrap_or(Status::Required);
                    self.texts(&status.value, &locale, word, term)?;
                }
            }
            short => self.texts(short, &locale, Status::Required, term)?,
        }
        Ok(locale)
    }

    /// Reads one text or a list of them.
    fn texts(
        &self,
        value: &Value,
        locale: &Locale,
        status: Status,
        term: &mut Term,
    ) -> Result<(), GlossaryError> {
        let items = match value {
            Value::Sequence(_, items) => items.iter().collect(),
            one => vec![one],
        };
        for item in items {
            let translation = Translation { locale: locale.clone(), status, text: self.words(item)? };
            term.add(translation).map_err(|kind| GlossaryError::new(item.span(), kind))?;
        }
        Ok(())
    }

    /// Every key is known and stands once.
    fn known(&self, entries: &[Entry], known: &[&'static str]) -> Result<(), GlossaryError> {
        for (at, entry) in entries.iter().enumerate() {
            let key = entry.key.text(self.text);
            if !known.contains(&key) {
                return Err(GlossaryError::unknown_key(entry.key.span, key, known));
            }
            if entries[..at].iter().any(|earlier| earlier.key.text(self.text) == key) {
                return Err(self.twice(&entry.key));
            }
        }
        Ok(())
    }

    fn words(&self, value: &Value) -> Result<String, GlossaryError> {
        let Some(scalar) = value.scalar() else { return Err(expected(value.span(), "a text")) };
        let words: Vec<&str> = scalar.text(self.text).split_whitespace().collect();
        if words.is_empty() {
            return Err(GlossaryError::new(value.span(), Kind::EmptyTerm));
        }
        Ok(words.join(" "))
    }

    fn remark(&self, entry: Option<&Entry>) -> Result<Option<String>, GlossaryError> {
        entry.map(|entry| self.words(&entry.value)).transpose()
    }

    fn flag(&self, entry: Option<&Entry>) -> Result<bool, GlossaryError> {
        let Some(entry) = entry else { return Ok(false) };
        match entry.value.scalar().map(|scalar| scalar.text(self.text)) {
            Some("true") => Ok(true),
            Some("false") => Ok(false),
            _ => Err(expected(entry.value.span(), "true or false")),
        }
    }

    fn twice(&self, key: &Scalar) -> GlossaryError {
        GlossaryError::new(key.span, Kind::Twice(key.text(self.text).into()))
    }
}

fn expected(span: Span, what: &'static str) -> GlossaryError {
    GlossaryError::new(span, Kind::Expected(what))
}
