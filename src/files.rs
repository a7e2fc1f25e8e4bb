//! Reading files and showing paths.

use std::path::Path;

use bitext::{Document, SourceFile};

/// Reads a document.
///
/// # Errors
/// A few words that say why it cannot be read.
pub fn read_document(path: &Path) -> Result<Document, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    SourceFile::from_bytes(bytes).map(Document::parse).map_err(|error| error.to_string())
}

/// A path as every output shows it: below `current`, the current folder, relative to it, else absolute;
/// always with `/`.
pub fn shown_path(path: &Path, current: &Path) -> String {
    let text = path.strip_prefix(current).unwrap_or(path).to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}
