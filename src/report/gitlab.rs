//! The code quality report of GitLab: an array of issues.

use std::io::{self, Write};

use ::rules::Severity;
use serde::{Serialize, Serializer};

use super::Report;
use super::root::Root;
use super::visible::visible;
use crate::engine::LocatedFinding;

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    /// Numbered where findings are equal, so it is unique.
    fingerprint: &'a str,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let root = Root::of(&report.current);
    let mut json = serde_json::Serializer::new(&mut *out);
    json.collect_seq(report.outcome.findings.iter().map(|finding| Shown(finding, &root)))?;
    writeln!(out)
}

struct Shown<'a>(&'a LocatedFinding, &'a Root);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(finding, root) = self;
        let issue = Issue {
            description: &visible(&finding.message),
            check_name: &finding.rule,
            fingerprint: &finding.fingerprint,
            // Of the five steps of GitLab; "blocker" and "critical" are for what breaks a product.
            severity: match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info => "info",
            },
            location: Location {
                path: root.path(&finding.path),
                lines: Lines { begin: finding.range.start.line, end: finding.range.end.line },
            },
        };
        issue.serialize(serializer)
    }
}
