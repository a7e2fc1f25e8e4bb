//! What must survive translation unchanged.

pub(crate) mod address;
pub(crate) mod altered;
pub(crate) mod case;
pub(crate) mod data_type;
pub(crate) mod file_name;
pub(crate) mod guid;
pub(crate) mod http_verb;
pub(crate) mod issue_number;
pub(crate) mod mixed_script;
pub(crate) mod path;
pub(crate) mod product_name;
pub(crate) mod switch;
pub(crate) mod transliterated;
