//! The locales of one article against each other, and documents against all others.

pub(crate) mod file_id;
pub(crate) mod source_version;
pub(crate) mod unit_ids;
