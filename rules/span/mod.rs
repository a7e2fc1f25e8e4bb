//! The bilingual markup itself.

pub(crate) mod empty;
pub(crate) mod in_code;
pub(crate) mod line_break;
pub(crate) mod malformed;
pub(crate) mod nested;
pub(crate) mod none;
pub(crate) mod unclosed;
pub(crate) mod uncovered_text;
pub(crate) mod unpaired;
