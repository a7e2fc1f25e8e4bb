//! Blanks, brackets and characters of the target.

pub(crate) mod apostrophe;
pub(crate) mod brackets;
pub(crate) mod double_space;
pub(crate) mod edge_space;
pub(crate) mod invisible;
