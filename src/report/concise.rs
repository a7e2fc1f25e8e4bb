use std::io::{self, Write};

use super::Report;
use super::visible::visible;

/// One line a finding: `path:line:column: severity[rule] message`.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.outcome.findings {
        let (path, start) = (report.path(&finding.path), finding.range.start);
        let (path, message) = (visible(&path), visible(&finding.message));
        let (severity, rule) = (finding.severity, &finding.rule);
        writeln!(out, "{path}:{}:{}: {severity}[{rule}] {message}", start.line, start.column)?;
    }
    Ok(())
}
