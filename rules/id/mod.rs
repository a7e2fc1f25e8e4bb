//! The ids of units.

pub(crate) mod duplicate;
pub(crate) mod mismatch;
