//! The report for the browser: one file with everything in it, which loads nothing and sends nothing.
//!
//! Texts of articles are hostile until proven otherwise. They are in the page once, as JSON in a block that browsers do
//! not run, and the script puts them into the page as text nodes only. A content security policy allows the one
//! script and the one style sheet by their hashes, so that even a mistake here could not run what an article says.

mod data;
mod escape;
mod link;
mod sides;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use super::Report;
use data::Data;
use escape::{escaped, policy_hash, write_json};

pub use link::LinkTemplate;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
/// In this order they make one script, in a scope of its own.
const SCRIPTS: [&str; 4] = [
    include_str!("script/data.js"),
    include_str!("script/filter.js"),
    include_str!("script/card.js"),
    include_str!("script/list.js"),
];

/// What the page needs beside the findings.
#[derive(Clone, Debug)]
pub struct HtmlOptions {
    /// The heading of the page.
    pub title: String,
    /// The folder that the page will lie in, absolute, where links start.
    pub folder: PathBuf,
    /// Where links go instead.
    pub template: Option<LinkTemplate>,
    /// What each rule finds, in a sentence.
    pub summaries: BTreeMap<String, String>,
}

impl Default for HtmlOptions {
    fn default() -> Self {
        Self {
            title: "Localization report".into(),
            folder: PathBuf::new(),
            template: None,
            summaries: BTreeMap::new(),
        }
    }
}

pub(super) fn write(report: &Report<'_>, options: &HtmlOptions, out: &mut dyn Write) -> io::Result<()> {
    let (style, script) = (style(), script());
    let mut rest = PAGE;
    // What is filled in is not looked at again, so no text can pose as a part of the page.
    while let Some((before, name, after)) = next_slot(rest) {
        out.write_all(before.as_bytes())?;
        match name {
            "title" => write!(out, "{}", escaped(&options.title))?,
            "style-hash" => out.write_all(policy_hash(&style).as_bytes())?,
            "script-hash" => out.write_all(policy_hash(&script).as_bytes())?,
            "style" => out.write_all(style.as_bytes())?,
            "script" => out.write_all(script.as_bytes())?,
            "data" => write_json(&Data::of(report, options), out)?,
            "version" => out.write_all(env!("CARGO_PKG_VERSION").as_bytes())?,
            name => out.write_all(tables::part(name, report).as_bytes())?,
        }
        rest = after;
    }
    out.write_all(rest.as_bytes())
}

/// The text up to the next `{{name}}`, the name, and the text after it.
fn next_slot(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (name, after) = rest.split_once("}}")?;
    Some((before, name, after))
}

/// Browsers read CR LF as LF before they take a hash.
fn style() -> String {
    STYLE.replace("\r\n", "\n")
}

fn script() -> String {
    format!("'use strict';\n{{\n{}}}\n", SCRIPTS.join("\n")).replace("\r\n", "\n")
}
