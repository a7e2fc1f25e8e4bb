//! Documents against the English tree: what they were translated from, and what became of it.

pub(crate) mod commit;
pub(crate) mod hash;
pub(crate) mod missing;
pub(crate) mod orphan;
pub(crate) mod source_text;
pub(crate) mod stale;
