use std::fmt;

use rules::glossary::GlossaryErrorKind;

/// Why a glossary cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlossaryFileError {
    /// The path, as messages show it.
    pub name: String,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong with the file of a glossary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It cannot be read; why.
    Unreadable(String),
    /// Its extension is that of no glossary.
    UnknownFormat,
    /// It is not UTF-8 from this byte on.
    NotUtf8(usize),
    /// Something in it is wrong.
    Refused {
        /// From 1 on.
        line: u32,
        /// In characters, from 1 on.
        column: u32,
        /// What it is.
        kind: GlossaryErrorKind,
    },
}

impl fmt::Display for GlossaryFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match &self.why {
            Why::Unreadable(reason) => write!(f, "cannot read the glossary \"{name}\": {reason}"),
            Why::UnknownFormat => write!(
                f,
                "cannot tell what kind of glossary \"{name}\" is; the name should end in .yml, .yaml, .csv, .tsv, .tbx or .xml"
            ),
            Why::NotUtf8(byte) => {
                write!(f, "the glossary \"{name}\" is not UTF-8 (byte {byte}); save it as UTF-8")
            }
            Why::Refused { line, column, kind } => write!(f, "{name}:{line}:{column}: {kind}"),
        }
    }
}

impl std::error::Error for GlossaryFileError {}
