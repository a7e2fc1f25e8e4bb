//! Renders what a run found. Every format is a function of the findings.

mod concise;
mod diff;
mod files;
mod full;
mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod link;
mod page;
mod pieces;
mod reported;
mod root;
mod rules;
mod sarif;
mod score;
mod snippet;
mod statistics;
mod summary;
mod visible;

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use ::rules::{Applicability, Severity};

use crate::discover::{Plan, Skipped};
use crate::engine::{LocatedFinding, Outcome, RuleSet};
use crate::files::{Files, shown_path};

pub use diff::write_diff;
pub use files::show_files;
pub use full::FullOptions;
pub use html::{HtmlOptions, LinkTemplate};
pub(crate) use link::page_on_the_web;
pub use link::rule_page;
pub use page::explain;
pub use rules::{rules_json, rules_table};
pub use summary::summary_line;
pub(crate) use visible::{inert, visible};

use visible::Inert;

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Format {
    /// For people: what is wrong, where, both sides, what to do.
    Full,
    /// One line a finding: `path:line:column: severity[rule] message`.
    Concise,
    /// One JSON object with all findings and a summary.
    Json,
    /// One JSON object a line: each finding, then the summary.
    Jsonl,
    /// SARIF 2.1.0, for code scanning and viewers.
    Sarif,
    /// Workflow commands for GitHub Actions, which become annotations.
    Github,
    /// A code quality report for GitLab.
    Gitlab,
    /// JUnit XML, a test suite a document.
    Junit,
    /// A page for the browser, complete in itself: scores, a heat map, findings with both sides.
    Html,
}

impl Format {
    /// Whether people read it in a terminal. It may have colours then, and everything else that steers a terminal is made
    /// visible.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Full | Self::Concise)
    }
}

/// Everything that a report can tell about a run.
pub struct Report<'a> {
    /// What was to be read.
    pub plan: &'a Plan,
    /// What was found.
    pub outcome: &'a Outcome,
    /// Where the documents are read again from which findings quote.
    pub files: &'a Files,
    /// The rules that ran.
    pub rules: &'a RuleSet,
    /// How the English tree is called, if it was at hand.
    pub source: Option<&'a str>,
    /// Whether it has a history, so that hashes of older versions could be verified.
    pub source_has_history: bool,
    /// Whether a glossary was at hand, other than the one that comes with loclint.
    pub glossary: bool,
    /// What a baseline took out, if there is one.
    pub baseline: Option<BaselineUse>,
    /// The current folder, to which paths are shown relative.
    pub current: PathBuf,
    /// How long the run took.
    pub elapsed: Duration,
    /// Whether counts by rule and locale are wanted: instead of the findings in text formats, beside them in
    /// JSON.
    pub statistics: bool,
}

/// What became of a baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineUse {
    /// Its file, as it was named.
    pub name: String,
    /// Findings that it took out.
    pub known: usize,
    /// Entries with more findings than there are; `None` if the run cannot tell.
    pub stale: Option<usize>,
}

/// Counts of a report.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Findings by severity.
    pub errors: usize,
    /// Findings by severity.
    pub warnings: usize,
    /// Findings by severity.
    pub infos: usize,
    /// Findings with a safe fix.
    pub safe_fixes: usize,
    /// Findings with an unsafe fix.
    pub unsafe_fixes: usize,
    /// Articles with a finding.
    pub articles: usize,
    /// The locales that were looked at.
    pub locales: BTreeSet<String>,
    /// YAML files, which are counted only.
    pub yaml: usize,
    /// Files without a locale.
    pub no_locale: usize,
    /// Files that were named but are excluded.
    pub excluded: usize,
    /// Articles of which only one locale is at hand, so that there is nothing to compare.
    pub lonely: usize,
}

impl Report<'_> {
    /// A path as it is shown.
    pub fn path(&self, path: &Path) -> String {
        shown_path(path, &self.current)
    }

    /// The quality score of each locale, from 0 to 100, that has words to judge.
    pub fn scores(&self) -> Vec<(String, f64)> {
        let (_, locales) = score::scores(self.outcome);
        locales.into_iter().filter_map(|(locale, quality)| Some((locale, quality.score?))).collect()
    }

    /// Counts what the report holds.
    pub fn totals(&self) -> Totals {
        let findings = &self.outcome.findings;
        let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        let fixes = |wanted| {
            let applicability = |finding: &LocatedFinding| finding.fix.as_ref().map(|fix| fix.applicability);
            findings.iter().filter(|finding| applicability(finding) == Some(wanted)).count()
        };
        let skipped = |wanted| self.plan.skipped.iter().filter(|(_, why)| *why == wanted).count();
        let reported = self.plan.documents().filter(|document| document.reported);
        Totals {
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            infos: of(Severity::Info),
            safe_fixes: fixes(Applicability::Safe),
            unsafe_fixes: fixes(Applicability::Unsafe),
            articles: findings.iter().map(|finding| &finding.article).collect::<BTreeSet<_>>().len(),
            locales: reported.map(|document| document.locale.as_str().to_string()).collect(),
            yaml: skipped(Skipped::Yaml),
            no_locale: skipped(Skipped::NoLocale),
            excluded: skipped(Skipped::Excluded),
            lonely: self.plan.articles.iter().filter(|article| article.documents.len() == 1).count(),
        }
    }

    /// Writes the findings in a format.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write(&self, format: Format, full: &FullOptions, out: &mut dyn Write) -> io::Result<()> {
        match format {
            Format::Full | Format::Concise => {
                let mut lines = Inert::new(out);
                match format {
                    _ if self.statistics => statistics::write(self, &mut lines)?,
                    Format::Full => full::write(self, full, &mut lines)?,
                    _ => concise::write(self, &mut lines)?,
                }
                lines.finish()
            }
            Format::Json => json::write(self, out),
            Format::Jsonl => json::write_lines(self, out),
            Format::Sarif => sarif::write(self, out),
            Format::Github => github::write(self, out),
            Format::Gitlab => gitlab::write(self, out),
            Format::Junit => junit::write(self, out),
            Format::Html => self.write_html(&HtmlOptions::default(), out),
        }
    }

    /// Writes the page for the browser.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write_html(&self, options: &HtmlOptions, out: &mut dyn Write) -> io::Result<()> {
        html::write(self, options, out)
    }

    /// What a format leaves out, in words, if it cannot hold all findings.
    pub fn shortfall(&self, format: Format) -> Option<String> {
        (format == Format::Sarif).then(|| sarif::shortfall(self.outcome.findings.len())).flatten()
    }
}
