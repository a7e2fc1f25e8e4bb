//! What documents say to loclint itself.

pub(crate) mod malformed;
pub(crate) mod unused;
