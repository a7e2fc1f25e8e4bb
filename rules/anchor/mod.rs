//! The explicit anchors of headings.

pub(crate) mod missing;
pub(crate) mod slug;
