//! The language that the target is written in.

pub(crate) mod gloss;
pub(crate) mod source_run;
pub(crate) mod untranslated;
pub(crate) mod wrong;
