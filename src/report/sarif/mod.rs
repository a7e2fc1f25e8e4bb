//! SARIF 2.1.0, for code scanning and for viewers.
//!
//! Everything is written while it is made: a result lives as long as it takes to write it.

mod result;
mod rule;

use std::collections::BTreeMap;
use std::io::{self, Write};

use ::rules::Severity;
use serde::{Serialize, Serializer};

use super::Report;
use super::root::Root;
use super::visible::visible_lines;
use crate::engine::LocatedFinding;
use result::{Excerpts, Place, Shown};
use rule::Descriptor;

/// The most results that GitHub takes in one run.
pub(super) const MOST: usize = 25_000;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name of the root that relative URIs are relative to.
const ROOT: &str = "%SRCROOT%";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    invocations: [Invocation; 1],
    original_uri_base_ids: BTreeMap<&'static str, Base>,
    column_kind: &'static str,
    newline_sequences: [&'static str; 3],
    results: Results<'a>,
    properties: Counts,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<Descriptor<'a>>,
}

#[derive(Serialize)]
struct Base {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Place>,
}

/// What is counted and not listed.
#[derive(Serialize)]
struct Counts {
    suppressed: usize,
    baselined: usize,
    omitted: usize,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

impl Message {
    /// A message that quotes articles: none of it is a link, and nothing in it is hidden.
    fn new(text: &str) -> Self {
        let text = visible_lines(text);
        if !text.contains("](") {
            return Self { text };
        }
        Self { text: text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]") }
    }
}

/// The results of a run, made one by one.
struct Results<'a> {
    findings: &'a [&'a LocatedFinding],
    indices: &'a BTreeMap<&'a str, usize>,
    root: &'a Root,
    excerpts: Excerpts<'a>,
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.findings.iter().map(|finding| {
            let index = self.indices.get(&*finding.rule).copied();
            Shown::new(finding, index, self.root, &self.excerpts)
        }))
    }
}

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let root = Root::of(&report.current);
    let findings = most_severe(&report.outcome.findings, MOST);
    let rules = rule::of(&findings, report.rules);
    let indices = rules.iter().enumerate().map(|(index, rule)| (rule.id, index)).collect();
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: "loclint",
                semantic_version: env!("CARGO_PKG_VERSION"),
                information_uri: env!("CARGO_PKG_HOMEPAGE"),
                rules,
            },
        },
        invocations: [invocation(report, &root)],
        original_uri_base_ids: root.uri().map(|uri| (ROOT, Base { uri })).into_iter().collect(),
        column_kind: "utf16CodeUnits",
        newline_sequences: ["\r\n", "\n", "\r"],
        results: Results {
            findings: &findings,
            indices: &indices,
            root: &root,
            excerpts: Excerpts::new(report.files),
        },
        properties: Counts {
            suppressed: report.outcome.suppressed.total(),
            baselined: report.baseline.as_ref().map_or(0, |baseline| baseline.known),
            omitted: report.outcome.findings.len() - findings.len(),
        },
    };
    serde_json::to_writer(&mut *out, &Log { schema: SCHEMA, version: "2.1.0", runs: [run] })?;
    writeln!(out)
}

/// What a report of so many findings leaves out, in words.
pub(super) fn shortfall(findings: usize) -> Option<String> {
    (findings > MOST).then(|| {
        format!(
            "SARIF: only the {MOST} most severe of {findings} findings are in it, since code scanning takes no \
             more; \"--locale\" or \"--select\" make smaller runs of it"
        )
    })
}

fn invocation(report: &Report<'_>, root: &Root) -> Invocation {
    let unreadable = &report.outcome.unreadable;
    let short = shortfall(report.outcome.findings.len());
    let left_out = short.map(|text| Notification {
        level: "warning",
        message: Message::new(&text),
        locations: Vec::new(),
    });
    let unread = unreadable.iter().map(|file| Notification {
        level: "error",
        message: Message::new(&format!("cannot read the file: {}", file.reason)),
        locations: vec![Place::of_file(&file.path, root)],
    });
    Invocation {
        execution_successful: unreadable.is_empty(),
        tool_execution_notifications: left_out.into_iter().chain(unread).collect(),
    }
}

/// At most so many of the findings, in their order: all errors before any warning, and so on.
fn most_severe(findings: &[LocatedFinding], most: usize) -> Vec<&LocatedFinding> {
    let mut room = most;
    let mut quota = |severity: Severity| {
        let there = findings.iter().filter(|finding| finding.severity == severity).count().min(room);
        room -= there;
        there
    };
    let mut left =
        [Severity::Error, Severity::Warning, Severity::Info].map(|severity| (severity, quota(severity)));
    let mut kept = Vec::with_capacity(findings.len().min(most));
    for finding in findings {
        let quota = left.iter_mut().find(|(severity, left)| *severity == finding.severity && *left > 0);
        if let Some((_, left)) = quota {
            *left -= 1;
            kept.push(finding);
        }
    }
    kept
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_message_is_a_link() {
        let text = |text: &str| Message::new(text).text;
        assert_eq!(text("\"[x](https://example.com)\" \\ a"), "\"\\[x\\](https://example.com)\" \\\\ a");
        assert_eq!(text("list[0] and \\n"), "list[0] and \\n");
        assert_eq!(text("a\u{202e}b\nc"), "a<U+202E>b\nc");
    }
}
