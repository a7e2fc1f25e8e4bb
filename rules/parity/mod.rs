//! The locales of one article against each other, and documents against all others.

pub(crate) mod anchors;
pub(crate) mod commit;
pub(crate) mod coverage;
pub(crate) mod file_id;
pub(crate) mod front_matter;
pub(crate) mod skeleton;
pub(crate) mod source_text;
pub(crate) mod source_version;
pub(crate) mod unit_ids;
