//! Reading files and showing paths.

use std::path::Path;

use bitext::{Document, SourceFile};

/// What is read of a tree.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Larger files are not read, in bytes.
    pub max_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: 64 << 20 }
    }
}

impl Limits {
    /// Why a file is too large to be read, if it is.
    pub fn refuse(self, path: &Path) -> Option<String> {
        let bytes = path.metadata().ok()?.len();
        let limit = self.max_bytes;
        (bytes > limit).then(|| format!("it has {bytes} bytes, and \"--max-file-size\" allows {limit}"))
    }
}

/// Reads a document.
///
/// # Errors
/// A few words that say why it cannot be read.
pub fn read_document(path: &Path, limits: Limits) -> Result<Document, String> {
    if let Some(reason) = limits.refuse(path) {
        return Err(reason);
    }
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    SourceFile::from_bytes(bytes).map(Document::parse).map_err(|error| error.to_string())
}

/// A path as every output shows it: below `current`, the current folder, relative to it, else absolute;
/// always with `/`.
pub fn shown_path(path: &Path, current: &Path) -> String {
    let text = path.strip_prefix(current).unwrap_or(path).to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}
