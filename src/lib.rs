//! loclint: a linter for localized documentation.
//!
//! The way of the data: [`discover`] finds the files and groups them into articles, [`source`] looks
//! up the English tree, [`engine`] reads and checks article by article, [`report`] renders what was found. [`fix`] applies the fixes of
//! findings. [`cli`] ties them to the command line. The document model and the rules are crates of their own.

pub mod cli;
pub mod discover;
pub mod engine;
pub mod files;
pub mod fix;
pub mod git;
pub mod report;
pub mod source;

pub use {bitext, rules};
