//! Markdown inside a unit, target against source.

pub(crate) mod alert_keyword;
pub(crate) mod bold_label;
pub(crate) mod bold_lost;
pub(crate) mod bold_moved;
pub(crate) mod code_changed;
pub(crate) mod code_displaced;
pub(crate) mod code_fused;
pub(crate) mod code_glued;
pub(crate) mod code_noun_order;
pub(crate) mod directive;
pub(crate) mod emptied_brackets;
pub(crate) mod emptied_list;
pub(crate) mod empty_link;
pub(crate) mod escape_residue;
pub(crate) mod glued_hyphen;
pub(crate) mod html;
pub(crate) mod link_glued;
pub(crate) mod link_moved;
pub(crate) mod link_syntax;
pub(crate) mod link_target;
pub(crate) mod link_text;
pub(crate) mod merge_conflict;
pub(crate) mod placeholder;
pub(crate) mod punctuation_in_bold;
pub(crate) mod space_before_punctuation;
