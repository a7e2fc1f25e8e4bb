//! What the target says, where that can be told from names.

pub(crate) mod territory;
