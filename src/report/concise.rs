use std::io::{self, Write};

use super::Report;

/// One line a finding: `path:line:column: severity[rule] message`.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.outcome.findings {
        let (path, start) = (report.path(&finding.path), finding.range.start);
        let (severity, rule) = (finding.severity, &finding.rule);
        writeln!(out, "{path}:{}:{}: {severity}[{rule}] {}", start.line, start.column, finding.message)?;
    }
    Ok(())
}
