//! loclint: a linter for localized documentation.
//!
//! The way of the data: [`discover`] finds the files and groups them into articles, [`source`] looks
//! up the English tree, [`engine`] reads and checks article by article, [`suppression`] takes out what nobody wants to
//! hear, [`report`] renders what was found. [`cli`] ties the three to the
//! command line. The document model and the rules are crates of their own.

pub mod cli;
pub mod discover;
pub mod engine;
pub mod files;
pub mod git;
pub mod report;
pub mod source;
pub mod suppression;

pub use {bitext, rules};
