//! The versioned JSON report; scripts depend on it.

use std::collections::BTreeSet;
use std::io::{self, Write};

use ::rules::Applicability;
use serde::Serialize;

use super::Report;
use super::pieces::{self, PIECE};
use super::statistics::Statistics;
use crate::engine::{LocatedEdit, LocatedFinding, LocatedFix, LocatedRelated};
use crate::fix::Fixed;

const VERSION: u32 = 1;

/// Bytes of a finding, about.
const USUAL: usize = 800;

// Lines and columns start at 1; columns are in characters; the end is exclusive. Every place spells its four numbers out:
// with a type for them that is flattened, findings take a tenth longer to write.

/// The report without its findings; the last line of JSON Lines.
#[derive(Serialize)]
struct Rest {
    version: u32,
    summary: Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    statistics: Option<Statistics>,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: &'a str,
    confidence: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    path: String,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    locale: &'a str,
    article: &'a str,
    unit: Option<&'a str>,
    fingerprint: &'a str,
    related: Vec<Related<'a>>,
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    role: &'a str,
    label: &'a str,
    path: String,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    unit: Option<&'a str>,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    applicability: &'static str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    replacement: &'a str,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    infos: usize,
    baselined: usize,
    stale_baseline: Option<usize>,
    fixable: Fixable,
    suppressed: usize,
    /// Entries of the configuration that suppress nothing any more, as `file:line`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    idle_suppressions: Vec<String>,
    articles: usize,
    articles_with_findings: usize,
    documents: usize,
    plain_documents: usize,
    units: usize,
    locales: Vec<String>,
    yaml_files: usize,
    files_without_locale: usize,
    articles_in_one_locale: usize,
    /// Files of the list that the run was limited to.
    #[serde(skip_serializing_if = "Option::is_none")]
    listed_files: Option<usize>,
    unreadable_files: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixed: Option<FixSummary>,
    source: Option<SourceSummary>,
}

#[derive(Serialize)]
struct SourceSummary {
    name: String,
    hashes: usize,
    verified_hashes: usize,
    stale_articles: usize,
    gone_articles: usize,
}

/// What `--fix` did.
#[derive(Serialize)]
struct FixSummary {
    findings: usize,
    files: Vec<FixedFile>,
    skipped: Vec<Skipped>,
    /// Articles whose fixes call for each other without end.
    unsettled_articles: Vec<String>,
}

#[derive(Serialize)]
struct FixedFile {
    path: String,
    findings: usize,
}

#[derive(Serialize)]
struct Skipped {
    path: String,
    reason: String,
}

#[derive(Serialize)]
struct Fixable {
    safe: usize,
    r#unsafe: usize,
}

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"version\":{VERSION},\"findings\":[")?;
    write_findings(report, b",", out)?;
    let rest = serde_json::to_string(&rest(report))?;
    let after_version = rest.find(',').map_or("", |comma| &rest[comma..]);
    writeln!(out, "]{after_version}")
}

/// The same as JSON Lines: the findings, each as it is in the report, then the rest of it.
pub(super) fn write_lines(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_findings(report, b"\n", out)?;
    let end = if report.outcome.findings.is_empty() { "" } else { "\n" };
    writeln!(out, "{end}{}", serde_json::to_string(&rest(report))?)
}

/// Writes all findings in their order, with `between` between them.
fn write_findings(report: &Report<'_>, between: &[u8], out: &mut dyn Write) -> io::Result<()> {
    pieces::write(&report.outcome.findings, out, |first, findings| {
        let mut piece = Vec::with_capacity(PIECE * USUAL);
        for (index, found) in findings.iter().enumerate() {
            if first + index > 0 {
                piece.extend_from_slice(between);
            }
            serde_json::to_writer(&mut piece, &finding(report, found))?;
        }
        Ok(piece)
    })
}

fn rest(report: &Report<'_>) -> Rest {
    let statistics = report.statistics.then(|| Statistics::of(report.outcome));
    Rest { version: VERSION, summary: summary(report), statistics }
}

fn finding<'a>(report: &Report<'_>, found: &'a LocatedFinding) -> Finding<'a> {
    Finding {
        rule: &found.rule,
        severity: found.severity.as_str(),
        confidence: found.confidence.as_str(),
        message: &found.message,
        help: found.help.as_deref(),
        path: report.path(&found.path),
        line: found.range.start.line,
        column: found.range.start.column,
        end_line: found.range.end.line,
        end_column: found.range.end.column,
        locale: &found.locale,
        article: &found.article,
        unit: found.unit.as_deref(),
        fingerprint: &found.fingerprint,
        related: found.related.iter().map(|place| related(report, place)).collect(),
        fix: found.fix.as_ref().map(fix),
    }
}

fn related<'a>(report: &Report<'_>, related: &'a LocatedRelated) -> Related<'a> {
    Related {
        role: related.role.as_str(),
        label: &related.label,
        path: report.path(&related.path),
        line: related.range.start.line,
        column: related.range.start.column,
        end_line: related.range.end.line,
        end_column: related.range.end.column,
        unit: related.unit.as_deref(),
    }
}

fn fix(fix: &LocatedFix) -> Fix<'_> {
    let applicability = match fix.applicability {
        Applicability::Safe => "safe",
        Applicability::Unsafe => "unsafe",
    };
    Fix { title: &fix.title, applicability, edits: fix.edits.iter().map(edit).collect() }
}

fn edit(LocatedEdit { range, replacement }: &LocatedEdit) -> Edit<'_> {
    Edit {
        line: range.start.line,
        column: range.start.column,
        end_line: range.end.line,
        end_column: range.end.column,
        replacement,
    }
}

fn summary(report: &Report<'_>) -> Summary {
    let (totals, counts) = (report.totals(), report.outcome.counts);
    let idle = report.outcome.idle_suppressions.iter();
    Summary {
        errors: totals.errors,
        warnings: totals.warnings,
        infos: totals.infos,
        baselined: report.baseline.as_ref().map_or(0, |baseline| baseline.known),
        stale_baseline: report.baseline.as_ref().and_then(|baseline| baseline.stale),
        fixable: Fixable { safe: totals.safe_fixes, r#unsafe: totals.unsafe_fixes },
        suppressed: report.outcome.suppressed.total(),
        idle_suppressions: idle.map(|origin| format!("{}:{}", origin.file, origin.line)).collect(),
        articles: counts.articles,
        articles_with_findings: totals.articles,
        documents: counts.documents,
        plain_documents: counts.plain,
        units: counts.units,
        locales: totals.locales.into_iter().collect(),
        yaml_files: totals.yaml,
        files_without_locale: totals.no_locale,
        articles_in_one_locale: totals.lonely,
        listed_files: report.plan.listed.map(|list| list.files),
        unreadable_files: report.outcome.unreadable.iter().map(|file| report.path(&file.path)).collect(),
        fixed: report.outcome.fixed.as_ref().map(|done| fixed(report, done)),
        source: report.source.map(|name| SourceSummary {
            name: name.to_string(),
            hashes: counts.hashes,
            verified_hashes: counts.verified,
            stale_articles: counts.stale,
            gone_articles: counts.gone,
        }),
    }
}

fn fixed(report: &Report<'_>, fixed: &Fixed) -> FixSummary {
    let files = fixed.files.iter();
    let skipped = fixed.skipped.iter();
    let unsettled: BTreeSet<&String> = fixed.unsettled.values().map(|one| &one.article).collect();
    FixSummary {
        findings: fixed.findings(),
        files: files
            .map(|(path, file)| FixedFile { path: report.path(path), findings: file.findings })
            .collect(),
        skipped: skipped
            .map(|(path, why)| Skipped { path: report.path(path), reason: why.reason.clone() })
            .collect(),
        unsettled_articles: unsettled.into_iter().cloned().collect(),
    }
}
