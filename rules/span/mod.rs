//! The bilingual markup itself.

pub(crate) mod unclosed;
pub(crate) mod unpaired;
