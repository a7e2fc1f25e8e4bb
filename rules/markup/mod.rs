//! Markdown inside a unit, target against source.

pub(crate) mod bold_label;
pub(crate) mod code_changed;
pub(crate) mod empty_link;
pub(crate) mod glued_hyphen;
