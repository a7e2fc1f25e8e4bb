//! Turns the byte spans of findings into lines and columns, and gives each finding its fingerprint.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use bitext::{Article, DocumentId, Position, SourceFile, Span};
use rayon::prelude::*;
use rules::{Applicability, Confidence, Edit, Finding, Fix, Place, Role, Severity, Work};
use sha1::{Digest, Sha1};

use super::Known;
use super::excerpt::{Excerpt, Texts};
use crate::files::path_order;
use crate::git::hex;

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
    /// Identifies the finding across runs: made of rule, subject and text, not of lines or unit ids. Equal ones are
    /// numbered.
    pub fingerprint: String,
    /// The article and locale that the fingerprint is of.
    pub subject: Subject,
    /// Places that help to understand it.
    pub related: Vec<LocatedRelated>,
    /// A way to mend it.
    pub fix: Option<LocatedFix>,
    /// Whether it is about the article in all locales that it has a place in.
    pub whole_article: bool,
    /// What mending it costs a translator.
    pub work: Option<Work>,
}

/// The article and locale of a finding, as they are called wherever the tree lies and whatever of it is reported on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// The path below the locale.
    pub article: String,
    /// `None` for a finding about the article in all locales, or between two of them.
    pub locale: Option<String>,
}

/// A stretch of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    /// The files that it has a place in, one for each place: its own and those of the others.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        let others = self.related.iter().filter(|related| related.role == Role::Place);
        others.map(|related| related.path.as_path()).chain([self.path.as_path()])
    }

    /// The fingerprint without the number that tells equal ones apart.
    pub fn plain_fingerprint(&self) -> &str {
        self.fingerprint.split('-').next().unwrap_or_default()
    }

    /// The order of reports.
    pub(super) fn order(left: &Self, right: &Self) -> Ordering {
        let place =
            path_order(&left.path, &right.path).then(left.range.span.start.cmp(&right.range.span.start));
        place.then_with(|| left.rule.cmp(&right.rule)).then_with(|| left.message.cmp(&right.message))
    }
}

/// A document with its path and its locale.
type There<'a> = (&'a Path, &'a str, &'a dyn Texts);

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
            return Some((known.path, known.locale.as_str(), &localized.document as &dyn Texts));
        }
        let mut english = article.source.iter().flat_map(|source| &source.texts).zip(texts);
        english
            .find(|(text, _)| text.id == id)
            .map(|(text, path)| (path.as_path(), "", &text.document as &dyn Texts))
    };
    locate(findings, known, &there)
}

/// Locates findings of corpus rules, for which documents have to be read again; `read` does that, and says whether they were
/// [exact](bitext::Document::is_exact). One document at a
/// time is at hand on each thread, and what findings say of it is kept.
pub(super) fn across_articles(
    mut findings: Vec<Finding>,
    known: &[Known<'_>],
    read: impl Fn(DocumentId, &Path) -> Option<(SourceFile, bool)> + Sync,
) -> Vec<LocatedFinding> {
    let mut wanted: BTreeMap<DocumentId, Vec<Span>> = BTreeMap::new();
    for finding in &findings {
        for place in finding.places() {
            wanted.entry(place.document).or_default().push(place.span);
        }
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
        wanted.entry(finding.place.document).or_default().extend(edits.map(|edit| edit.span));
    }
    let excerpt = |(id, spans): (DocumentId, Vec<Span>)| {
        let (file, is_exact) = read(id, known[id.0 as usize].path)?;
        Some((id, Excerpt::of(file, &spans, is_exact)))
    };
    // One at a time: some take much longer than others, and there is nothing else to do.
    let wanted: Vec<_> = wanted.into_iter().collect();
    let excerpts: Vec<_> = wanted.into_par_iter().with_max_len(1).filter_map(excerpt).collect();
    let excerpts: BTreeMap<DocumentId, Excerpt> = excerpts.into_iter().collect();
    let unit =
        |place: Place| excerpts.get(&place.document)?.unit_at(place.span.start).map(|unit| unit.target.id);
    for finding in &mut findings {
        finding.tell(|quote| excerpts.get(&quote.place().document)?.quoted(quote));
        // Facts know nothing of ids.
        finding.unit = finding.unit.or_else(|| unit(finding.place));
        for related in &mut finding.related {
            related.unit = related.unit.or_else(|| unit(related.place));
        }
    }
    let there = |id: DocumentId| {
        let known = &known[id.0 as usize];
        Some((known.path, known.locale.as_str(), excerpts.get(&id)? as &dyn Texts))
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
                range: document.range(related.place.span),
                unit: related.unit.map(|id| document.slice(id).to_string()),
                marks: related.marks.iter().map(|mark| document.range(*mark).span).collect(),
            })
        });
        let subject = subject(&finding, known);
        Some(LocatedFinding {
            fingerprint: fingerprint(&subject, &finding, own),
            subject,
            related: related.collect(),
            range: own.range(finding.place.span),
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
fn located_fix(document: &dyn Texts, fix: Fix) -> Option<LocatedFix> {
    let located = |edit: Edit| {
        let range = document.range(edit.span);
        (range.span.len() == edit.span.len()).then_some(LocatedEdit { range, replacement: edit.replacement })
    };
    let edits: Option<Vec<LocatedEdit>> = fix.edits.into_iter().map(located).collect();
    Some(LocatedFix { title: fix.title, applicability: fix.applicability, edits: edits? })
}

/// What a finding is of, whichever of its places it is reported at.
fn subject(finding: &Finding, known: &[Known<'_>]) -> Subject {
    let told_of = &known[finding.origin.unwrap_or(finding.place.document).0 as usize];
    if finding.whole_article || finding.tie {
        return Subject { article: told_of.shared_key.to_string(), locale: None };
    }
    Subject { article: told_of.stable_key.to_string(), locale: Some(told_of.locale.to_string()) }
}

/// The first 16 hex digits of a SHA-1 over rule, locale, article, the source text of the unit (but for a tie, which has
/// one on either side) and what the finding is about.
fn fingerprint(subject: &Subject, finding: &Finding, document: &dyn Texts) -> String {
    let unit = finding.unit.filter(|_| !finding.tie);
    let source = unit.map_or("", |id| document.source_of(id));
    let about = finding.identity.as_deref().unwrap_or_else(|| document.slice(finding.place.span));
    let locale = subject.locale.as_deref().unwrap_or_default();
    let digest =
        Sha1::digest([&finding.rule, locale, &subject.article, head(source), head(about)].join("\0"));
    hex(&digest[..8])
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

/// Brings findings into the order of reports; with the other threads, if this is one of several.
pub(super) fn sort(findings: &mut [LocatedFinding]) {
    if rayon::current_thread_index().is_some() {
        findings.par_sort_by(LocatedFinding::order);
    } else {
        findings.sort_by(LocatedFinding::order);
    }
}

/// Numbers the second and later of equal fingerprints, in the order of the report.
pub(super) fn number_equal_fingerprints(findings: &mut [LocatedFinding]) {
    let mut seen: HashMap<&str, u32> = HashMap::with_capacity(findings.len());
    let mut numbered = Vec::new();
    for (index, finding) in findings.iter().enumerate() {
        let nth = seen.entry(&finding.fingerprint).or_default();
        *nth += 1;
        if *nth > 1 {
            numbered.push((index, *nth));
        }
    }
    for (index, nth) in numbered {
        findings[index].fingerprint.push_str(&format!("-{nth}"));
    }
}
