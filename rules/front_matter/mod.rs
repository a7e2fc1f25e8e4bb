//! The YAML block at the head of a document.

pub(crate) mod invalid;
pub(crate) mod missing_key;
