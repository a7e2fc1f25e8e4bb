use std::fmt;

use bitext::Span;

use crate::support::nearest::nearest_key;

/// Why a glossary cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlossaryError {
    /// The place, in bytes of the file.
    pub span: Span,
    /// What is wrong there.
    pub kind: GlossaryErrorKind,
}

/// What is wrong with a glossary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GlossaryErrorKind {
    /// The file is no YAML, CSV or XML; what its library says.
    Syntax(String),
    /// The file has no terms where they are looked for; where that is.
    NoTerms(&'static str),
    /// A key, a column or an attribute that is not known.
    UnknownKey {
        /// What stands there.
        key: String,
        /// The one that was probably meant.
        meant: Option<String>,
        /// All that can stand there.
        known: Vec<&'static str>,
    },
    /// A key stands twice.
    Twice(String),
    /// Something else was expected; what.
    Expected(&'static str),
    /// A tag that is no locale.
    NotALocale(String),
    /// A word that is no status.
    NotAStatus(String),
    /// A word that is no status of TBX.
    NotATbxStatus(String),
    /// A term without a text.
    EmptyTerm,
    /// A term that stays as it is has a translation to be used.
    TranslatedName(String),
    /// One text is both wanted and forbidden.
    Contradiction(String),
    /// A row has more cells than the header.
    TooManyCells {
        /// In the row.
        cells: usize,
        /// In the header.
        columns: usize,
    },
}

impl GlossaryError {
    /// An error at a place.
    pub fn new(span: Span, kind: GlossaryErrorKind) -> Self {
        Self { span, kind }
    }

    /// The error for `key`, which is none of `known`.
    pub fn unknown_key(span: Span, key: &str, known: &[&'static str]) -> Self {
        let meant = nearest_key(key, known).map(str::to_string);
        Self::new(span, GlossaryErrorKind::UnknownKey { key: key.into(), meant, known: known.to_vec() })
    }
}

impl fmt::Display for GlossaryErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(reason) => write!(f, "{reason}"),
            Self::NoTerms(place) => write!(f, "there are no terms; they are read from {place}"),
            Self::UnknownKey { key, meant: Some(meant), .. } => {
                write!(f, "\"{key}\" is not known here; did you mean \"{meant}\"?")
            }
            Self::UnknownKey { key, meant: None, known } => {
                write!(f, "\"{key}\" is not known here; what can stand here: {}", known.join(", "))
            }
            Self::Twice(key) => write!(f, "\"{key}\" stands here twice; keep one"),
            Self::Expected(what) => write!(f, "expected {what}"),
            Self::NotALocale(tag) => {
                write!(f, "\"{tag}\" is not a locale; write it like \"pl\", \"pt-BR\" or \"zh-Hant\"")
            }
            Self::NotAStatus(word) => write!(
                f,
                "\"{word}\" is not a status; it can be required, preferred, allowed, forbidden or do-not-translate"
            ),
            Self::NotATbxStatus(word) => write!(
                f,
                "\"{word}\" is not a status; it can be preferredTerm-admn-sts, admittedTerm-admn-sts, deprecatedTerm-admn-sts or supersededTerm-admn-sts"
            ),
            Self::EmptyTerm => write!(f, "the term is empty; write the English term, or take the entry out"),
            Self::TranslatedName(term) => write!(
                f,
                "\"{term}\" is not to be translated, so it can have \"allowed\" and \"forbidden\" translations only"
            ),
            Self::Contradiction(text) => {
                write!(f, "\"{text}\" is both forbidden and accepted; decide for one")
            }
            Self::TooManyCells { cells, columns } => write!(
                f,
                "the row has {cells} cells, the header has {columns}; put cells that hold the delimiter in quotes"
            ),
        }
    }
}

impl fmt::Display for GlossaryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for GlossaryError {}
