//! Glossaries in CSV: a header, and a row for each translation.

use std::collections::HashMap;
use std::sync::Arc;

use bitext::{LineIndex, Locale, Span};
use rules::glossary::{GlossaryError, GlossaryErrorKind as Kind, Origin, Status, Term, Translation};

use super::cells::{Cell, rows};

/// What the columns are called; a column can also be called by a locale, and then holds its required translations.
const COLUMNS: [&str; 7] = ["term", "locale", "translation", "status", "case-sensitive", "exact", "note"];

/// The status of names that are not translated.
const DO_NOT_TRANSLATE: &str = "do-not-translate";

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    Named(&'static str),
    Locale(Locale),
}

/// Reads the terms of a glossary in CSV; `name` is what messages call it.
///
/// # Errors
/// [`GlossaryError`] at the first thing that is no glossary.
pub fn read_csv(text: &str, name: &str) -> Result<Vec<Term>, GlossaryError> {
    let rows = rows(text)?;
    let Some((header, rows)) = rows.split_first() else {
        return Err(GlossaryError::new(
            Span::at(0),
            Kind::NoTerms("rows under a header with the column \"term\""),
        ));
    };
    let columns = columns(header)?;
    let lines = LineIndex::new(text);
    let mut reader = Reader { columns, glossary: name.into(), terms: Vec::new(), places: HashMap::new() };
    for row in rows {
        reader.row(row, lines.position(text, row[0].span.start).line)?;
    }
    Ok(reader.terms)
}

fn columns(header: &[Cell<'_>]) -> Result<Vec<Column>, GlossaryError> {
    let mut columns = Vec::new();
    for cell in header {
        let name = cell.text.to_lowercase().replace(['_', ' '], "-");
        let named = COLUMNS.into_iter().find(|known| *known == name).map(Column::Named);
        let column = named.or_else(|| Locale::parse(&cell.text).map(Column::Locale));
        let column = column.ok_or_else(|| GlossaryError::unknown_key(cell.span, &cell.text, &COLUMNS))?;
        if columns.contains(&column) {
            return Err(GlossaryError::new(cell.span, Kind::Twice(cell.text.to_string())));
        }
        columns.push(column);
    }
    if columns.contains(&Column::Named("term")) {
        return Ok(columns);
    }
    let first = header.first().map_or(Span::at(0), |cell| cell.span);
    Err(GlossaryError::new(
        first,
        Kind::Expected("a header with the column \"term\", such as \"term,locale,translation,status\""),
    ))
}

struct Reader {
    columns: Vec<Column>,
    glossary: Arc<str>,
    terms: Vec<Term>,
    /// Where each term is in `terms`.
    places: HashMap<String, usize>,
}

impl Reader {
    fn row(&mut self, row: &[Cell<'_>], line: u32) -> Result<(), GlossaryError> {
        if let Some(extra) =
            row.get(self.columns.len()..).and_then(|rest| rest.iter().find(|cell| !cell.text.is_empty()))
        {
            let kind = Kind::TooManyCells { cells: row.len(), columns: self.columns.len() };
            return Err(GlossaryError::new(extra.span, kind));
        }
        let cell = |name| self.cell(row, name);
        let start = Span::at(row[0].span.start as usize);
        let term = cell("term").ok_or(GlossaryError::new(start, Kind::EmptyTerm))?;
        let (status, is_name) = cell("status").map_or(Ok((Status::Required, false)), status)?;
        let mut new = Term::new(words(&term.text), Origin { glossary: self.glossary.clone(), line });
        new.do_not_translate = is_name;
        new.case_sensitive = flag(cell("case-sensitive"))?;
        new.exact = flag(cell("exact"))?;
        new.note = cell("note").map(|cell| words(&cell.text));
        let translations = self.translations(row, status)?;
        self.add(new, translations)
    }

    /// The cell of a row in a column, if there is something in it.
    fn cell<'r, 't>(&self, row: &'r [Cell<'t>], name: &'static str) -> Option<&'r Cell<'t>> {
        let at = self.columns.iter().position(|column| *column == Column::Named(name))?;
        row.get(at).filter(|cell| !cell.text.is_empty())
    }

    /// The translations of a row: the one beside the locale, and those in the columns of locales.
    fn translations(
        &self,
        row: &[Cell<'_>],
        status: Status,
    ) -> Result<Vec<(Span, Translation)>, GlossaryError> {
        let of =
            |locale, cell: &Cell<'_>| (cell.span, Translation { locale, status, text: words(&cell.text) });
        let expected = |cell: &Cell<'_>, what| Err(GlossaryError::new(cell.span, Kind::Expected(what)));
        let mut translations = Vec::new();
        match (self.cell(row, "locale"), self.cell(row, "translation")) {
            (Some(tag), Some(cell)) => {
                let locale = Locale::parse(&tag.text);
                let unknown = || GlossaryError::new(tag.span, Kind::NotALocale(tag.text.to_string()));
                translations.push(of(locale.ok_or_else(unknown)?, cell));
            }
            (None, Some(cell)) => return expected(cell, "a locale beside the translation"),
            (Some(tag), None) => return expected(tag, "a translation beside the locale"),
            (None, None) => {}
        }
        for (column, cell) in self.columns.iter().zip(row).filter(|(_, cell)| !cell.text.is_empty()) {
            if let Column::Locale(locale) = column {
                translations.push(of(locale.clone(), cell));
            }
        }
        Ok(translations)
    }

    /// Adds a row to what earlier rows say about its term.
    fn add(&mut self, new: Term, translations: Vec<(Span, Translation)>) -> Result<(), GlossaryError> {
        let at = match self.places.get(&new.source) {
            None => {
                self.places.insert(new.source.clone(), self.terms.len());
                self.terms.push(new);
                self.terms.len() - 1
            }
            Some(&at) => {
                let term = &mut self.terms[at];
                term.do_not_translate |= new.do_not_translate;
                term.case_sensitive |= new.case_sensitive;
                term.exact |= new.exact;
                term.note = term.note.take().or(new.note);
                at
            }
        };
        for (span, translation) in translations {
            self.terms[at].add(translation).map_err(|kind| GlossaryError::new(span, kind))?;
        }
        Ok(())
    }
}

/// The status that a cell names, and whether the term is not translated.
fn status(cell: &Cell<'_>) -> Result<(Status, bool), GlossaryError> {
    let word = cell.text.to_lowercase().replace(['_', ' '], "-");
    if word == DO_NOT_TRANSLATE {
        return Ok((Status::Required, true));
    }
    let status = Status::parse(&word);
    status
        .map(|status| (status, false))
        .ok_or_else(|| GlossaryError::new(cell.span, Kind::NotAStatus(cell.text.to_string())))
}

fn flag(cell: Option<&Cell<'_>>) -> Result<bool, GlossaryError> {
    let Some(cell) = cell else { return Ok(false) };
    match &*cell.text.to_lowercase() {
        "true" | "yes" | "1" => Ok(true),
        "false" | "no" | "0" => Ok(false),
        _ => Err(GlossaryError::new(cell.span, Kind::Expected("true or false"))),
    }
}

/// A text on one line.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
