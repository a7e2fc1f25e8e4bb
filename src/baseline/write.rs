use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::{Baseline, VERSION};

/// The first line, but for its end.
#[derive(Serialize)]
struct Head<'a> {
    version: u64,
    paths: &'a BTreeSet<String>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    with: &'a BTreeSet<String>,
}

/// A line.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    pub(super) article: String,
    pub(super) locale: Option<String>,
    pub(super) rule: String,
    pub(super) fingerprint: String,
    pub(super) count: u32,
}

/// How the first line ends, in which the list begins.
pub(super) const OPEN: &str = ",\"findings\":[";

/// The last line. What stands before it ends with a comma in every line, so that lines can come and go without
/// touching others.
pub(super) const END: &str = "null]}";

impl Baseline {
    /// Writes the file: JSON, one entry a line, sorted, so that versions of it can be merged line by line.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let head = Head { version: VERSION, paths: &self.paths, with: &self.with };
        let head = serde_json::to_string(&head)?;
        writeln!(out, "{}{OPEN}", head.trim_end_matches('}'))?;
        for (entry, count) in &self.entries {
            let line = Line {
                article: entry.article.clone(),
                locale: entry.locale.clone(),
                rule: entry.rule.clone(),
                fingerprint: entry.fingerprint.clone(),
                count: *count,
            };
            writeln!(out, "{},", serde_json::to_string(&line)?)?;
        }
        writeln!(out, "{END}")
    }
}
