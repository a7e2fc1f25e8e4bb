//! Numbers: versions, figures that got lost.

pub(crate) mod missing;
pub(crate) mod version;
