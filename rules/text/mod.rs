//! Blanks, brackets and characters of the target.

pub(crate) mod apostrophe;
pub(crate) mod brackets;
pub(crate) mod dotless_i;
pub(crate) mod double_space;
pub(crate) mod doubled_word;
pub(crate) mod edge_space;
pub(crate) mod half_capitals;
pub(crate) mod invisible;
pub(crate) mod length;
pub(crate) mod lowercase_start;
pub(crate) mod spacing;
pub(crate) mod split_sign;
pub(crate) mod split_word;
