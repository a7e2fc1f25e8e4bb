//! loclint: a linter for localized documentation.
//!
//! The way of the data: [`discover`] finds the files and groups them into articles, [`source`] looks
//! up the English tree, [`engine`] reads and checks article by article, [`fix`] applies the fixes of findings,
//! [`suppression`] takes out what nobody wants to hear, [`baseline`] what is known, [`report`] renders the rest. [`terms`]
//! proposes a glossary. [`lsp`] serves editors. [`cli`] ties them to the command line. The document model and the rules are crates of their own.

pub mod baseline;
pub mod cli;
pub mod config;
pub mod discover;
pub mod engine;
pub mod files;
pub mod fix;
pub mod git;
pub mod glossary;
pub mod lsp;
pub mod packs;
pub mod report;
pub mod source;
pub mod suppression;
pub mod terms;

pub use {bitext, rules};
