//! The language that the target is written in.

pub(crate) mod untranslated;
