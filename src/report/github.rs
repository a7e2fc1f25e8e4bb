//! Annotations for the log of GitHub Actions: workflow commands, one a finding.

use std::io::{self, Write};

use ::rules::Severity;

use super::Report;
use super::root::Root;
use super::visible::{visible, visible_lines};
use crate::engine::LocatedFinding;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let root = Root::of(&report.current);
    for finding in &report.outcome.findings {
        annotation(finding, &root, out)?;
    }
    Ok(())
}

fn annotation(finding: &LocatedFinding, root: &Root, out: &mut dyn Write) -> io::Result<()> {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let (start, end) = (finding.range.start, finding.range.end);
    write!(out, "::{command} file={},line={}", property(&root.path(&finding.path)), start.line)?;
    // GitHub refuses columns of a range with several lines.
    if start.line == end.line {
        write!(out, ",col={},endLine={},endColumn={}", start.column, end.line, end.column)?;
    } else {
        write!(out, ",endLine={}", end.line)?;
    }
    let help = finding.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    let message = data(&format!("{}{help}", visible(&finding.message)));
    writeln!(out, ",title={}::{message}", property(&finding.rule))
}

/// The message of a command. It ends with the line, so nothing in it can start another command.
fn data(text: &str) -> String {
    visible_lines(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which a comma or `::` would end.
fn property(text: &str) -> String {
    data(&visible(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_message_or_a_property() {
        assert_eq!(data("100 %\r\n::error::\u{1b}x"), "100 %25<U+000D>%0A::error::<U+001B>x");
        assert_eq!(property("a,b::c%0A\n.md"), "a%2Cb%3A%3Ac%250A<U+000A>.md");
    }
}
