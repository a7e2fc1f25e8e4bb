//! loclint
