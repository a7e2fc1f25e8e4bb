//! Turns the byte spans of findings into lines and columns, and gives each finding its fingerprint.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bitext::{Article, Document, DocumentId, Position, Span};
use rules::{Applicability, Confidence, Edit, Finding, Fix, Role, Severity, Work};
use sha1::{Digest, Sha1};

use super::Known;

/// A finding with everything that a report shows of it.
#[derive(Clone, Debug)]
pub struct LocatedFinding {
    /// The id of the rule.
    pub rule: Cow<'static, str>,
    /// The MQM error type of the rule.
    pub mqm: Cow<'static, str>,
    /// How bad it is.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The file, absolute.
    pub path: PathBuf,
    /// Where in the file.
    pub range: Range,
    /// The locale of the document.
    pub locale: String,
    /// The article of the document.
    pub article: String,
    /// The id of the unit.
    pub unit: Option<String>,
    /// Identifies the finding across runs: made of rule, locale, article and text, not of lines or unit ids.
    pub fingerprint: String,
    /// Places that help to understand it.
    pub related: Vec<LocatedRelated>,
    /// A way to mend it.
    pub fix: Option<LocatedFix>,
    /// Whether it is about the article in all locales that it has a place in.
    pub whole_article: bool,
    /// What mending it costs a translator.
    pub work: Option<Work>,
}

/// A stretch of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// In bytes of the file as it is written.
    pub span: Span,
    /// Where it starts.
    pub start: Position,
    /// Where it ends: just after the last character.
    pub end: Position,
}

/// A related place.
#[derive(Clone, Debug)]
pub struct LocatedRelated {
    /// What it has to do with the finding.
    pub role: Role,
    /// A few words.
    pub label: String,
    /// The file, absolute.
    pub path: PathBuf,
    /// The locale of the document.
    pub locale: String,
    /// Where in the file.
    pub range: Range,
    /// The id of the unit there.
    pub unit: Option<String>,
    /// The words in the place that matter, in bytes of the file; none if all do.
    pub marks: Vec<Span>,
}

/// A fix.
#[derive(Clone, Debug)]
pub struct LocatedFix {
    /// What it does.
    pub title: String,
    /// Whether it can be applied without looking.
    pub applicability: Applicability,
    /// Its edits.
    pub edits: Vec<LocatedEdit>,
}

/// An edit of a fix.
#[derive(Clone, Debug)]
pub struct LocatedEdit {
    /// What it replaces.
    pub range: Range,
    /// What it puts there.
    pub replacement: String,
}

impl LocatedFinding {
    /// The order of reports.
    pub(super) fn order(left: &Self, right: &Self) -> Ordering {
        let place = left.path.cmp(&right.path).then(left.range.span.start.cmp(&right.range.span.start));
        place.then_with(|| left.rule.cmp(&right.rule)).then_with(|| left.message.cmp(&right.message))
    }
}

/// A document with its path and its locale.
type There<'a> = (&'a Path, &'a str, &'a Document);

/// Locates findings whose documents are all at hand. `texts` are the paths of the article's English texts.
pub(super) fn in_article(
    article: &Article,
    findings: Vec<Finding>,
    known: &[Known<'_>],
    texts: &[PathBuf],
) -> Vec<LocatedFinding> {
    let there = |id: DocumentId| {
        let document = article.documents.iter().find(|localized| localized.id == id);
        if let Some(localized) = document {
            let known = &known[id.0 as usize];
            return Some((known.path, known.locale, &localized.document));
        }
        let mut english = article.source.iter().flat_map(|source| &source.texts).zip(texts);
        english.find(|(text, _)| text.id == id).map(|(text, path)| (path.as_path(), "", &text.document))
    };
    locate(findings, known, &there)
}

/// Locates findings of corpus rules, for which documents have to be read again; `read` does that.
pub(super) fn across_articles(
    findings: Vec<Finding>,
    known: &[Known<'_>],
    read: &dyn Fn(&Path) -> Option<Document>,
) -> Vec<LocatedFinding> {
    let mut documents: BTreeMap<DocumentId, Document> = BTreeMap::new();
    let places = findings.iter().flat_map(|finding| {
        std::iter::once(finding.place.document)
            .chain(finding.related.iter().map(|related| related.place.document))
    });
    for id in places {
        if !documents.contains_key(&id)
            && let Some(document) = read(known[id.0 as usize].path)
        {
            documents.insert(id, document);
        }
    }
    let there = |id: DocumentId| {
        let known = &known[id.0 as usize];
        Some((known.path, known.locale, documents.get(&id)?))
    };
    locate(findings, known, &there)
}

fn locate<'a>(
    findings: Vec<Finding>,
    known: &[Known<'_>],
    there: &dyn Fn(DocumentId) -> Option<There<'a>>,
) -> Vec<LocatedFinding> {
    let one = |finding: Finding| {
        let home = &known[finding.place.document.0 as usize];
        let (_, _, own) = there(finding.place.document)?;
        let related = finding.related.iter().filter_map(|related| {
            let (path, locale, document) = there(related.place.document)?;
            Some(LocatedRelated {
                role: related.role,
                label: related.label.clone(),
                path: path.to_path_buf(),
                locale: locale.to_string(),
                range: range(document, related.place.span),
                unit: related.unit.map(|id| document.slice(id).to_string()),
                marks: related.marks.iter().map(|mark| document.file.written_span(*mark)).collect(),
            })
        });
        Some(LocatedFinding {
            fingerprint: fingerprint(home, &finding, own),
            related: related.collect(),
            range: range(own, finding.place.span),
            unit: finding.unit.map(|id| own.slice(id).to_string()),
            path: home.path.to_path_buf(),
            locale: home.locale.to_string(),
            article: home.article.to_string(),
            fix: finding.fix.and_then(|fix| located_fix(own, fix)),
            rule: finding.rule,
            mqm: finding.mqm,
            severity: finding.severity,
            confidence: finding.confidence,
            message: finding.message,
            help: finding.help,
            whole_article: finding.whole_article,
            work: finding.work,
        })
    };
    findings.into_iter().filter_map(one).collect()
}

/// `None` if an edit would remove a comment that suppresses something.
fn located_fix(document: &Document, fix: Fix) -> Option<LocatedFix> {
    let located = |edit: Edit| {
        let range = range(document, edit.span);
        (range.span.len() == edit.span.len()).then_some(LocatedEdit { range, replacement: edit.replacement })
    };
    let edits: Option<Vec<LocatedEdit>> = fix.edits.into_iter().map(located).collect();
    Some(LocatedFix { title: fix.title, applicability: fix.applicability, edits: edits? })
}

fn range(document: &Document, span: Span) -> Range {
    let (file, span) = (&document.file, document.file.written_span(span));
    Range { span, start: file.written_position(span.start), end: file.written_position(span.end) }
}

/// The first 16 hex digits of a SHA-1 over rule, locale (unless it is about all of them), article (without the place of the tree), the source
/// text of the unit and what the finding is about.
fn fingerprint(home: &Known<'_>, finding: &Finding, document: &Document) -> String {
    let of_unit = |id: Span| {
        let unit = document.unit_at(id.start as usize);
        unit.filter(|unit| unit.target.id == id || unit.source.id == id)
    };
    let source = finding.unit.and_then(of_unit).map_or("", |unit| document.source(unit));
    let about = finding.identity.as_deref().unwrap_or_else(|| document.slice(finding.place.span));
    let locale = if finding.whole_article { "" } else { home.locale };
    let digest = Sha1::digest([&finding.rule, locale, home.stable_key, head(source), head(about)].join("\0"));
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The first bytes of a text: enough to recognise it, and bounded for a unit with thousands of findings.
fn head(text: &str) -> &str {
    const BYTES: usize = 1024;
    let mut end = text.len().min(BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Numbers the second and later of equal fingerprints, in the order of the report.
pub(super) fn number_equal_fingerprints(findings: &mut [LocatedFinding]) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for finding in findings {
        let nth = seen.entry(finding.fingerprint.clone()).or_default();
        *nth += 1;
        if *nth > 1 {
            finding.fingerprint.push_str(&format!("-{nth}"));
        }
    }
}
