//! What several rules share. No rule lives here.

pub(crate) mod cldr;
pub(crate) mod dates;
pub(crate) mod difference;
pub(crate) mod drift;
pub(crate) mod english;
pub(crate) mod english_words;
pub(crate) mod figures;
pub(crate) mod fold;
pub(crate) mod ids;
pub(crate) mod inline;
pub(crate) mod language;
pub(crate) mod likeness;
pub(crate) mod locale_data;
pub(crate) mod moved;
pub(crate) mod names;
pub(crate) mod nearest;
pub(crate) mod parts;
pub(crate) mod renderings;
pub(crate) mod script;
pub(crate) mod siblings;
pub(crate) mod source_run;
pub(crate) mod source_text;
pub(crate) mod territories;
pub(crate) mod words;
pub(crate) mod yaml;
