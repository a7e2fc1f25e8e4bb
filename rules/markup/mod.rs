//! Markdown inside a unit, target against source.

pub(crate) mod bold_label;
pub(crate) mod glued_hyphen;
