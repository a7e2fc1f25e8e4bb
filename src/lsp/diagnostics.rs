//! Findings as diagnostics.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ::rules::{Applicability, Role, Severity};
use bitext::Span;
use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString,
    Position, Range, TextEdit, Uri,
};
use serde_json::json;

use super::Refused;
use super::documents::{Documents, OpenDocument};
use super::position::{Encoding, Lines};
use super::uri::uri_of;
use crate::engine::{LocatedFinding, LocatedFix};
use crate::fix::only_crlf;
use crate::report::page_on_the_web;

/// The name under which editors show them.
pub(super) const SOURCE: &str = "loclint";

/// The findings of a document as diagnostics, in their order. Places in other documents are told if `related` says so.
pub(super) fn of(
    document: &OpenDocument,
    documents: &Documents,
    encoding: Encoding,
    related: bool,
) -> Vec<Diagnostic> {
    let lines = Lines::new(&document.text, encoding);
    let mut others = Others { documents, encoding, texts: BTreeMap::new() };
    let one = |finding: &LocatedFinding| Diagnostic {
        related_information: related.then(|| others.places(finding)),
        ..diagnostic(document, finding, &lines)
    };
    document.findings.iter().map(one).collect()
}

/// A finding without its other places.
pub(super) fn diagnostic(document: &OpenDocument, finding: &LocatedFinding, lines: &Lines<'_>) -> Diagnostic {
    let help = finding.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    let fix = finding.fix.as_ref().map(|fix| {
        let safe = fix.applicability == Applicability::Safe;
        json!({ "title": fix.title, "safe": safe, "edits": edits(&document.text, fix, lines) })
    });
    Diagnostic {
        range: lines.range(finding.range.span),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Info => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.rule.to_string())),
        code_description: page(&finding.rule),
        source: Some(SOURCE.into()),
        message: format!("{}{help}", finding.message),
        data: Some(json!({
            "fingerprint": finding.fingerprint,
            "confidence": finding.confidence.as_str(),
            "unit": finding.unit,
            "fix": fix,
        })),
        ..Diagnostic::default()
    }
}

/// Where editors lead who asks what a rule is about.
fn page(rule: &str) -> Option<CodeDescription> {
    page_on_the_web(rule).and_then(|address| Some(CodeDescription { href: address.parse().ok()? }))
}

/// The edits of a fix. What they put in has the line ends of the document.
pub(super) fn edits(text: &str, fix: &LocatedFix, lines: &Lines<'_>) -> Vec<TextEdit> {
    let crlf = only_crlf(text);
    let replacement = |put: &str| {
        if crlf { put.replace("\r\n", "\n").replace('\n', "\r\n") } else { put.to_string() }
    };
    let edits = fix.edits.iter();
    edits.map(|edit| TextEdit::new(lines.range(edit.range.span), replacement(&edit.replacement))).collect()
}

/// A mistake in a configuration, in a file that is not read again for it.
pub(super) fn of_configuration(refused: &Refused) -> Diagnostic {
    let position = |column: usize| Position::new(refused.line.saturating_sub(1), column as u32);
    let start = refused.column.saturating_sub(1) as usize;
    Diagnostic {
        range: Range::new(position(start), position(start + refused.characters)),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.into()),
        message: refused.message.clone(),
        ..Diagnostic::default()
    }
}

/// The other documents that findings point at, each read once.
struct Others<'a> {
    documents: &'a Documents,
    encoding: Encoding,
    texts: BTreeMap<PathBuf, Option<(Uri, String, u32)>>,
}

impl Others<'_> {
    fn places(&mut self, finding: &LocatedFinding) -> Vec<DiagnosticRelatedInformation> {
        let mut places = Vec::new();
        for related in &finding.related {
            let Some(location) = self.location(&related.path, related.range.span) else { continue };
            let what = match related.role {
                Role::Place => "here too",
                Role::Source => "the source side",
                Role::Evidence => "compare",
            };
            let message = if related.label.is_empty() { what.to_string() } else { related.label.clone() };
            let message = match &related.unit {
                Some(unit) if related.path != finding.path => format!("{message} ({unit})"),
                _ => message,
            };
            places.push(DiagnosticRelatedInformation { location, message });
        }
        places
    }

    /// `None` for files that are not on disk, such as those of a commit.
    fn location(&mut self, path: &Path, span: Span) -> Option<Location> {
        let known = self.texts.remove(path);
        let read = known.unwrap_or_else(|| self.read(path));
        let location = read.as_ref().map(|(uri, text, mark)| {
            let inside = |at: u32| at.saturating_sub(*mark) as usize;
            let span = Span::new(inside(span.start), inside(span.end));
            Location::new(uri.clone(), Lines::new(text, self.encoding).range(span))
        });
        self.texts.insert(path.to_path_buf(), read);
        location
    }

    /// The URI, the text without a byte order mark, and how long that is: editors do not count it.
    fn read(&self, path: &Path) -> Option<(Uri, String, u32)> {
        if let Some(open) = self.documents.of_path(path) {
            return Some((open.uri.clone(), open.text.clone(), 0));
        }
        let text = std::fs::read_to_string(path).ok()?;
        let without = text.strip_prefix('\u{feff}').unwrap_or(&text);
        Some((uri_of(path)?, without.to_string(), (text.len() - without.len()) as u32))
    }
}
