//! The YAML block at the head of a document.

pub(crate) mod dates;
pub(crate) mod duplicate_key;
pub(crate) mod format;
pub(crate) mod invalid;
pub(crate) mod locale;
pub(crate) mod missing_key;
pub(crate) mod order;
pub(crate) mod translated;
pub(crate) mod untranslated;
