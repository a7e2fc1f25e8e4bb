//! The ids of units.

pub(crate) mod duplicate;
pub(crate) mod gap;
pub(crate) mod malformed;
pub(crate) mod mismatch;
pub(crate) mod order;
pub(crate) mod prefix;
pub(crate) mod start;
