//! JUnit XML: a test suite a document, a test case a finding.
//!
//! What CI systems compare and count is suites and cases. A suite a document makes "412 of 420 documents are sound" of it,
//! names the file in every list, and lets a document that was mended turn green. A case is called by rule and fingerprint and not
//! by line, since GitLab and Jenkins tell old failures from new ones by name, and drop all but the first of equal names.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use ::rules::Severity;

use super::Report;
use super::root::Root;
use super::visible::visible;
use crate::engine::LocatedFinding;

/// What is told of a document.
#[derive(Default)]
struct Suite<'a> {
    /// Locale and article.
    of: Option<(&'a str, &'a str)>,
    findings: Vec<&'a LocatedFinding>,
    /// Why it could not be read, or not whole.
    unreadable: Option<&'a str>,
}

impl Suite<'_> {
    /// The case that says that there is nothing to say.
    fn is_clean(&self) -> bool {
        self.findings.is_empty() && self.unreadable.is_none()
    }

    fn tests(&self) -> usize {
        self.findings.len() + self.errors() + usize::from(self.is_clean())
    }

    fn errors(&self) -> usize {
        usize::from(self.unreadable.is_some())
    }

    fn failures(&self) -> usize {
        self.findings.iter().filter(|finding| fails(finding)).count()
    }
}

/// An info is told, and passes.
fn fails(finding: &LocatedFinding) -> bool {
    finding.severity > Severity::Info
}

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let root = Root::of(&report.current);
    let mut suites: BTreeMap<&Path, Suite<'_>> = BTreeMap::new();
    for document in &report.outcome.documents {
        suites.entry(&document.path).or_default().of = Some((&document.locale, &document.article));
    }
    for finding in &report.outcome.findings {
        let suite = suites.entry(&finding.path).or_default();
        suite.of.get_or_insert((&finding.locale, &finding.article));
        suite.findings.push(finding);
    }
    for file in &report.outcome.unreadable {
        suites.entry(&file.path).or_default().unreadable = Some(&file.reason);
    }
    let suite = || suites.values();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"loclint\" tests=\"{}\" failures=\"{}\" errors=\"{}\">",
        suite().map(Suite::tests).sum::<usize>(),
        suite().map(Suite::failures).sum::<usize>(),
        suite().map(Suite::errors).sum::<usize>()
    )?;
    for (path, suite) in &suites {
        write_suite(&root.path(path), suite, out)?;
    }
    writeln!(out, "</testsuites>")
}

fn write_suite(path: &str, suite: &Suite<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (name, class) = (escaped(path), escaped(path.strip_suffix(".md").unwrap_or(path)));
    let (tests, failures, errors) = (suite.tests(), suite.failures(), suite.errors());
    writeln!(
        out,
        "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" file=\"{name}\">"
    )?;
    if let Some((locale, article)) = suite.of {
        writeln!(out, "    <properties>")?;
        for (key, value) in [("locale", locale), ("article", article)] {
            writeln!(out, "      <property name=\"{key}\" value=\"{}\"/>", escaped(value))?;
        }
        writeln!(out, "    </properties>")?;
    }
    if suite.is_clean() {
        writeln!(out, "    <testcase classname=\"{class}\" name=\"no findings\"/>")?;
    }
    if let Some(reason) = suite.unreadable {
        let reason = escaped(reason);
        writeln!(out, "    <testcase classname=\"{class}\" name=\"can be read\">")?;
        writeln!(out, "      <error type=\"unreadable\" message=\"{reason}\"/>")?;
        writeln!(out, "    </testcase>")?;
    }
    for finding in &suite.findings {
        write_case(path, &class, finding, out)?;
    }
    writeln!(out, "  </testsuite>")
}

fn write_case(path: &str, class: &str, finding: &LocatedFinding, out: &mut dyn Write) -> io::Result<()> {
    let (severity, rule) = (finding.severity, escaped(&finding.rule));
    writeln!(out, "    <testcase classname=\"{class}\" name=\"{rule} [{}]\">", finding.fingerprint)?;
    let text = text(path, finding);
    if fails(finding) {
        let message = escaped(&finding.message);
        writeln!(out, "      <failure type=\"{severity}\" message=\"{message}\">{text}</failure>")?;
    } else {
        writeln!(out, "      <system-out>{text}</system-out>")?;
    }
    writeln!(out, "    </testcase>")
}

/// What stands in the log of a case.
fn text(path: &str, finding: &LocatedFinding) -> String {
    let (start, severity, rule) = (finding.range.start, finding.severity, &finding.rule);
    let place = format!("{path}:{}:{}", start.line, start.column);
    let mut text = escaped(&format!("{place}: {severity}[{rule}] {}", finding.message)).into_owned();
    if let Some(unit) = &finding.unit {
        text += &format!("\nunit: {}", escaped(unit));
    }
    if let Some(help) = &finding.help {
        let lines: Vec<_> = help.split('\n').map(escaped).collect();
        text += &format!("\nhelp: {}", lines.join("\n"));
    }
    text
}

/// A text for XML, in attributes too. Characters that XML does not allow are shown by their code points.
fn escaped(text: &str) -> Cow<'_, str> {
    let text = visible(text);
    if !text.contains(['&', '<', '>', '"']) {
        return text;
    }
    let mut xml = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            c => xml.push(c),
        }
    }
    Cow::Owned(xml)
}
