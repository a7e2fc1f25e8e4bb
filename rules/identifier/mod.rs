//! What must survive translation unchanged.

pub(crate) mod file_name;
