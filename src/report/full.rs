//! The report for people, drawn by miette.
//!
//! miette draws one source per diagnostic, shows whole lines and counts columns in bytes. So a finding's
//! places are laid one after the other into a text of their own, a [`Canvas`], which answers for each of
//! them with its own name and line number: target, source, siblings and the fixed text all stand in one
//! diagnostic, and drawing one costs the same in a small file and in a large one.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use ::rules::{Applicability, Role, Severity};
use bitext::{Document, Span};
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use super::Report;
use super::link::page_on_the_web;
use super::pieces::{self, PIECE};
use super::snippet::{Room, Snippet};
use super::visible::{visible, visible_lines};
use crate::engine::{LocatedFinding, LocatedFix, LocatedRelated, Range as FileRange};

/// How the full report is drawn.
#[derive(Clone, Copy, Debug)]
pub struct FullOptions {
    /// Width of the output in columns.
    pub width: usize,
    /// Whether line-drawing characters can be shown; ASCII otherwise.
    pub unicode: bool,
    /// Whether the ids of rules are links to their pages (OSC 8).
    pub links: bool,
    /// How many findings are printed; the rest are counted.
    pub max_findings: usize,
}

/// Related places shown with a finding; the JSON report has all of them.
const MAX_RELATED: usize = 6;

/// Columns that frame, gutter and line number take.
const FRAME: usize = 9;

pub(super) fn write(report: &Report<'_>, options: &FullOptions, out: &mut dyn Write) -> io::Result<()> {
    let theme = if options.unicode { GraphicalTheme::unicode() } else { GraphicalTheme::ascii() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(options.width)
        .with_links(false)
        .without_primary_span_start();
    let room = Room { width: options.width.saturating_sub(FRAME), unicode: options.unicode };
    let findings = grouped(&report.outcome.findings);
    let shown = &findings[..findings.len().min(options.max_findings)];
    pieces::write_each(&pieces_of(shown), out, |findings| {
        let mut artist = Artist { report, room, links: options.links, documents: BTreeMap::new() };
        let mut text = String::new();
        for finding in *findings {
            handler.render_report(&mut text, &artist.card(finding)).map_err(io::Error::other)?;
            text.push('\n');
        }
        Ok(text.into_bytes())
    })?;
    if let Some(more) = findings.len().checked_sub(options.max_findings).filter(|more| *more > 0) {
        let dots = if options.unicode { "…" } else { "..." };
        writeln!(
            out,
            "{dots} and {more} more: raise \"--max-findings\", or see all with \"--format concise\""
        )?;
    }
    Ok(())
}

/// The findings with those of one document and one rule together, in the order in which they first come.
fn grouped<'f>(findings: &'f [LocatedFinding]) -> Vec<&'f LocatedFinding> {
    // Paths as they are spelt: compared part by part, they take longer than the check.
    let mut first: HashMap<(&OsStr, &str), usize> = HashMap::new();
    let by_first = |(index, finding): (usize, &'f LocatedFinding)| {
        let key = (finding.path.as_os_str(), finding.rule.as_ref());
        (*first.entry(key).or_insert(index), finding)
    };
    let mut grouped: Vec<(usize, &LocatedFinding)> = findings.iter().enumerate().map(by_first).collect();
    grouped.sort_by_key(|(first, _)| *first);
    grouped.into_iter().map(|(_, finding)| finding).collect()
}

/// Findings that a thread shows at once, at most.
const MOST: usize = 32 * PIECE;

/// Cuts between documents: each thread reads those that it shows again.
fn pieces_of<'s, 'f>(findings: &'s [&'f LocatedFinding]) -> Vec<&'s [&'f LocatedFinding]> {
    let (mut pieces, mut start) = (Vec::new(), 0);
    for at in 1..=findings.len() {
        let path = |at: usize| findings.get(at).map(|finding| finding.path.as_os_str());
        let (len, same_document) = (at - start, path(at - 1) == path(at));
        if at == findings.len() || len >= MOST || (len >= PIECE && !same_document) {
            pieces.push(&findings[start..at]);
            start = at;
        }
    }
    pieces
}

/// Makes cards; reads the documents again that the engine has dropped.
struct Artist<'a> {
    report: &'a Report<'a>,
    room: Room,
    /// Whether rules are links to their pages.
    links: bool,
    documents: BTreeMap<PathBuf, Option<Document>>,
}

/// Documents kept at a time; findings come ordered by path, so few are wanted again.
const KEPT: usize = 32;

impl Artist<'_> {
    fn card(&mut self, finding: &LocatedFinding) -> Card {
        let mut canvas = Canvas::default();
        let unit = finding.unit.as_ref().map(|id| format!(" unit {id}")).unwrap_or_default();
        let label = format!("{}{unit}", finding.locale);
        let place = (&*finding.path, &finding.range);
        self.draw(&mut canvas, place, &[], &label, true);
        let shown: Vec<&LocatedRelated> =
            finding.related.iter().filter(|related| worth_showing(finding, related)).collect();
        for related in shown.iter().take(MAX_RELATED) {
            let own = related.role == Role::Source || related.label.contains(&related.locale);
            let label =
                if own { related.label.clone() } else { format!("{}: {}", related.locale, related.label) };
            self.draw(&mut canvas, (&related.path, &related.range), &related.marks, &label, false);
        }
        if let Some(more) = shown.len().checked_sub(MAX_RELATED).filter(|more| *more > 0) {
            canvas.note = Some(format!("{more} more related places are in the JSON report"));
        }
        if let Some(fix) = &finding.fix {
            self.preview(&mut canvas, &finding.path, fix);
        }
        let page = self.links.then(|| page_on_the_web(&finding.rule)).flatten();
        Card { finding: finding.clone(), canvas, page }
    }

    fn document(&mut self, path: &Path) -> Option<&Document> {
        if self.documents.len() >= KEPT && !self.documents.contains_key(path) {
            self.documents.clear();
        }
        self.documents
            .entry(path.to_path_buf())
            .or_insert_with(|| self.report.files.document(path).ok())
            .as_ref()
    }

    fn draw(
        &mut self,
        canvas: &mut Canvas,
        place: (&Path, &FileRange),
        marks: &[Span],
        label: &str,
        primary: bool,
    ) {
        let (path, range) = place;
        let (room, name) = (self.room, self.report.path(path));
        let Some(document) = self.document(path) else { return };
        let mut snippet = Snippet::new(document, range.span, marks, room);
        if !primary && snippet.is_marked_whole() {
            // A line under everything says nothing and pushes the label to the right.
            snippet.marks = vec![Range::default()];
        }
        let label = snippet.fitting(&visible(label), room);
        let name = format!("{}:{}:{}", visible(&name), range.start.line, range.start.column);
        canvas.add(&snippet, name, range.start.line, Some(&label), primary);
    }

    /// Shows the line as it will be.
    fn preview(&mut self, canvas: &mut Canvas, path: &Path, fix: &LocatedFix) {
        let (room, [edit, ..]) = (self.room, fix.edits.as_slice()) else { return };
        let Some(document) = self.document(path) else { return };
        let snippet = Snippet::replaced(document, edit.range.span, &edit.replacement, room);
        let kind = match fix.applicability {
            Applicability::Safe => "safe fix",
            Applicability::Unsafe => "unsafe fix",
        };
        canvas.add(&snippet, format!("{kind}: {}", visible(&fix.title)), edit.range.start.line, None, false);
    }
}

/// Whether a place tells something: a source that is the same line again, word for word, does not.
fn worth_showing(finding: &LocatedFinding, related: &LocatedRelated) -> bool {
    match related.role {
        Role::Source => finding.rule != "language/untranslated",
        // The same key of the front matter in other locales, which the message names.
        Role::Place => !finding.whole_article,
        Role::Evidence => true,
    }
}

/// The snippets of a finding in one text, with what each is called.
#[derive(Default)]
struct Canvas {
    text: String,
    parts: Vec<Part>,
    labels: Vec<LabeledSpan>,
    note: Option<String>,
}

struct Part {
    range: Range<usize>,
    name: String,
    line: usize,
}

impl Canvas {
    fn add(&mut self, snippet: &Snippet, name: String, line: u32, label: Option<&str>, primary: bool) {
        let start = self.text.len();
        self.text.push_str(&snippet.text);
        let end = self.text.len();
        // Parts must not touch, or a mark at the end of one would be taken for the start of the next.
        self.text.push('\n');
        self.parts.push(Part { range: start..end, name, line: line as usize - 1 });
        for (nth, mark) in snippet.marks.iter().enumerate() {
            let label = label.filter(|_| nth == 0).map(String::from);
            let span = (start + mark.start, mark.len());
            self.labels.push(if primary {
                LabeledSpan::new_primary_with_span(label, span)
            } else {
                LabeledSpan::new_with_span(label, span)
            });
        }
    }
}

impl SourceCode for Canvas {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset() + span.len();
        // A span over two parts is refused, which keeps miette from drawing them as one snippet.
        let holds = |part: &&Part| part.range.start <= span.offset() && end <= part.range.end;
        let part = self.parts.iter().find(holds).ok_or(MietteError::OutOfBounds)?;
        let data = &self.text.as_bytes()[part.range.clone()];
        let whole = SourceSpan::from((part.range.start, part.range.len()));
        Ok(Box::new(MietteSpanContents::new_named(part.name.clone(), data, whole, part.line, 0, 1)))
    }
}

/// A finding as miette wants it.
struct Card {
    finding: LocatedFinding,
    canvas: Canvas,
    /// The page to link to.
    page: Option<String>,
}

impl Diagnostic for Card {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let rule = &self.finding.rule;
        // Not by miette's own links, which show a blank or a word after the code.
        Some(match &self.page {
            Some(page) => Box::new(format!("\u{1b}]8;;{page}\u{1b}\\{rule}\u{1b}]8;;\u{1b}\\")),
            None => Box::new(rule),
        })
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        // The fix is shown with its title.
        let fix = self.finding.fix.as_ref().map(|fix| &fix.title);
        let help = self.finding.help.as_ref().filter(|help| fix != Some(*help));
        let lines = [help.map(String::as_str), self.canvas.note.as_deref()];
        let text = lines.into_iter().flatten().collect::<Vec<_>>().join("\n");
        (!text.is_empty()).then(|| Box::new(visible_lines(&text)) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.canvas)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.canvas.labels.iter().cloned()))
    }
}

impl fmt::Display for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible(&self.finding.message))
    }
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.finding.message)
    }
}

impl std::error::Error for Card {}
