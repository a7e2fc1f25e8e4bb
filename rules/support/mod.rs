//! What several rules share. No rule lives here.

pub(crate) mod difference;
pub(crate) mod drift;
pub(crate) mod english;
pub(crate) mod ids;
pub(crate) mod inline;
pub(crate) mod locale_data;
pub(crate) mod moved;
pub(crate) mod nearest;
pub(crate) mod script;
pub(crate) mod siblings;
pub(crate) mod source_text;
pub(crate) mod words;
pub(crate) mod yaml;
