//! The fast path for glossaries in YAML: lists of terms with a line for each key.

use std::sync::Arc;

use super::yaml::read_translations;
use super::{Origin, Term};

/// Reads the terms if every line is a comment, blank, or one of those that a glossary mostly has. `None` asks for the
/// YAML library; it says nothing about validity.
pub(super) fn terms(text: &str, name: &str) -> Option<Vec<Term>> {
    let name: Arc<str> = name.into();
    let (mut terms, mut seen) = (Vec::new(), false);
    for (line, number) in text.lines().zip(1..) {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        if !seen {
            seen = line == "terms:";
            seen.then_some(())?;
        } else if let Some(source) = line.strip_prefix("  - term: ") {
            let origin = Origin { glossary: Arc::clone(&name), line: number };
            terms.push(Term::new(scalar(source)?, origin));
        } else {
            let (key, value) = line.strip_prefix("    ")?.split_once(": ")?;
            let term: &mut Term = terms.last_mut()?;
            match key {
                "do-not-translate"
                    if value == "true" && term.translations.is_empty() && !term.do_not_translate =>
                {
                    term.do_not_translate = true;
                }
                "evidence" if term.evidence.is_none() => term.evidence = Some(scalar(value)?.into()),
                "translations" if term.translations.is_empty() => read_translations(line, term)?,
                _ => return None,
            }
        }
    }
    seen.then_some(terms)
}

/// A text on one line that says what it is, in quotes or without.
fn scalar(text: &str) -> Option<&str> {
    let is_plain = |text: &str| {
        text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" .,+-_/()".contains(&byte))
            && !text.contains("  ")
            && text.trim() == text
            && !text.is_empty()
    };
    match text.strip_prefix('"') {
        Some(quoted) => quoted.strip_suffix('"').filter(|text| is_plain(text)),
        None => {
            Some(text).filter(|text| is_plain(text) && text.starts_with(|c: char| c.is_ascii_alphanumeric()))
        }
    }
}
