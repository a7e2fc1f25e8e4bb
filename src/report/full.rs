//! The report for people, drawn by miette.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use ::rules::Severity;
use bitext::{Document, Span};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use super::Report;
use super::snippet::Snippet;
use crate::engine::LocatedFinding;
use crate::files::read_document;

/// How the full report is drawn.
#[derive(Clone, Copy, Debug)]
pub struct FullOptions {
    /// Width of the output in columns.
    pub width: usize,
    /// Whether line-drawing characters can be shown; ASCII otherwise.
    pub unicode: bool,
    /// How many findings are printed; the rest are counted.
    pub max_findings: usize,
}

/// Related places shown with a finding; the JSON report has all of them.
const MAX_RELATED: usize = 6;

pub(super) fn write(report: &Report<'_>, options: &FullOptions, out: &mut dyn Write) -> io::Result<()> {
    let theme = if options.unicode { GraphicalTheme::unicode() } else { GraphicalTheme::ascii() };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(options.width).with_links(false);
    let mut documents = Documents::default();
    let findings = &report.outcome.findings;
    for finding in findings.iter().take(options.max_findings) {
        let card = Card::new(report, finding, options.width, &mut documents);
        let mut text = String::new();
        handler.render_report(&mut text, &card).map_err(io::Error::other)?;
        out.write_all(text.as_bytes())?;
        writeln!(out)?;
    }
    if let Some(more) = findings.len().checked_sub(options.max_findings).filter(|more| *more > 0) {
        writeln!(out, "… and {more} more; \"--max-findings\" shows more of them, \"--format concise\" all")?;
    }
    Ok(())
}

/// Documents read again for their text; the engine has dropped them.
#[derive(Default)]
struct Documents {
    read: BTreeMap<PathBuf, Option<Document>>,
}

impl Documents {
    fn snippet(&mut self, path: &Path, span: Span, name: String, width: usize) -> Option<Snippet> {
        let document = self.read.entry(path.to_path_buf()).or_insert_with(|| read_document(path).ok());
        document.as_ref().map(|document| Snippet::new(document, span, name, width))
    }
}

/// A finding, or one of its related places, as miette wants it.
struct Card {
    title: String,
    code: Option<String>,
    severity: miette::Severity,
    help: Option<String>,
    snippet: Option<Snippet>,
    label: Option<String>,
    related: Vec<Card>,
}

impl Card {
    fn new(report: &Report<'_>, finding: &LocatedFinding, width: usize, documents: &mut Documents) -> Self {
        // Frame, gutter and line number take some of the width.
        let room = width.saturating_sub(12);
        let mut snippet = |path: &Path, span| documents.snippet(path, span, report.path(path), room);
        let related = finding.related.iter().take(MAX_RELATED).map(|related| Self {
            title: format!("{}: {}", related.role.as_str(), related.label),
            code: None,
            severity: miette::Severity::Advice,
            help: None,
            snippet: snippet(&related.path, related.range.span),
            label: Some(related.locale.clone()),
            related: Vec::new(),
        });
        let related = related.collect();
        let unit = finding.unit.as_ref().map(|id| format!(" unit {id}")).unwrap_or_default();
        Self {
            title: finding.message.clone(),
            code: Some(finding.rule.to_string()),
            severity: match finding.severity {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
                Severity::Info => miette::Severity::Advice,
            },
            help: finding.help.clone(),
            snippet: snippet(&finding.path, finding.range.span),
            label: Some(format!("{}{unit}", finding.locale)),
            related,
        }
    }
}

impl Diagnostic for Card {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.snippet.as_ref().map(|snippet| snippet as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let (at, len) = self.snippet.as_ref()?.mark;
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(self.label.clone(), (at, len)))))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        let cards = self.related.iter().map(|card| card as &dyn Diagnostic);
        (!self.related.is_empty()).then(|| Box::new(cards) as Box<dyn Iterator<Item = &dyn Diagnostic>>)
    }
}

impl fmt::Display for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)
    }
}

impl std::error::Error for Card {}
