//! One thing is called by one name.

pub(crate) mod name;
pub(crate) mod same_source;
