//! Reads glossaries from files: YAML, CSV and TBX.

mod cells;
mod csv;
mod error;
mod tbx;

use std::path::{Path, PathBuf};

use bitext::LineIndex;
use rules::glossary::{GlossaryError, Term, read_yaml};

pub use csv::read_csv;
pub use error::{GlossaryFileError, Why};
pub use tbx::read_tbx;

use crate::files::{Files, shown_path};

/// Reads all terms of these glossaries, in order. Messages show paths relative to `current`.
///
/// # Errors
/// [`GlossaryFileError`] for the first glossary that cannot be read.
pub fn read(paths: &[PathBuf], files: &Files, current: &Path) -> Result<Vec<Term>, GlossaryFileError> {
    let mut terms = Vec::new();
    for path in paths {
        let absolute = dunce::canonicalize(path).unwrap_or_else(|_| path.clone());
        let name = shown_path(&absolute, current);
        let own = read_one(path, &absolute, &name, files).map_err(|why| GlossaryFileError { name, why })?;
        terms.extend(own);
    }
    Ok(terms)
}

fn read_one(path: &Path, real: &Path, name: &str, files: &Files) -> Result<Vec<Term>, Why> {
    // A link is what it leads to.
    let read = reader(real).ok_or(Why::UnknownFormat)?;
    let bytes = files.bytes(path).map_err(Why::Unreadable)?;
    let text = String::from_utf8(bytes).map_err(|error| Why::NotUtf8(error.utf8_error().valid_up_to()))?;
    read(&text, name).map_err(|error| {
        let position = LineIndex::new(&text).position(&text, error.span.start);
        Why::Refused { line: position.line, column: position.column, kind: error.kind }
    })
}

type Reader = fn(&str, &str) -> Result<Vec<Term>, GlossaryError>;

/// The reader of a file, by its extension.
fn reader(path: &Path) -> Option<Reader> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    match &*extension {
        "yml" | "yaml" => Some(read_yaml),
        "csv" | "tsv" => Some(read_csv),
        "tbx" | "tbxm" | "xml" => Some(read_tbx),
        _ => None,
    }
}
