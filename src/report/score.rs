//! How good a translation is, in one number: the raw scoring model of MQM.
//!
//! Every place of a finding is an error. Its penalty points depend on its severity. The penalty per 1,000 words of the
//! source is the normed penalty total, and the overall quality score is 100 less the penalty points per 100 words.
//! Source: "The MQM Scoring Models", <https://themqm.org/error-types-2/the-mqm-scoring-models/>, "raw scoring model":
//! per-word penalty total = absolute penalty total / evaluation word count; overall quality score =
//! (1 − per-word penalty total) × maximum score value, which is 100.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;

use ::rules::Severity;
use serde::Serialize;

use crate::engine::{LocatedFinding, Outcome};

/// Penalty points of an error by MQM's severities: neutral, minor and major. Critical (25) is a judgement on what a
/// fault does to readers, which no rule can make.
fn penalty(severity: Severity) -> u64 {
    match severity {
        Severity::Info => 0,
        Severity::Warning => 1,
        Severity::Error => 5,
    }
}

/// The score of a document or a locale.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Quality {
    /// Words of the source: the evaluation word count.
    pub(super) words: usize,
    /// The absolute penalty total.
    pub(super) penalty: u64,
    /// The penalty per 1,000 words; null without words.
    pub(super) penalty_per_1000_words: Option<f64>,
    /// From 0 to 100; null without words.
    pub(super) score: Option<f64>,
    /// Errors and penalty by MQM error type.
    pub(super) error_types: BTreeMap<String, Errors>,
}

/// Errors of one type.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(super) struct Errors {
    errors: usize,
    penalty: u64,
}

/// The score of an article over all its locales that are reported, and in each of them.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct ArticleQuality {
    pub(super) article: String,
    #[serde(flatten)]
    pub(super) score: Quality,
    pub(super) locales: BTreeMap<String, Quality>,
}

impl Quality {
    fn count(&mut self, finding: &LocatedFinding) {
        let points = penalty(finding.severity);
        self.penalty += points;
        let errors = self.error_types.entry(finding.mqm.to_string()).or_default();
        errors.errors += 1;
        errors.penalty += points;
    }

    fn add(&mut self, other: &Self) {
        self.words += other.words;
        self.penalty += other.penalty;
        for (kind, errors) in &other.error_types {
            let sum = self.error_types.entry(kind.clone()).or_default();
            sum.errors += errors.errors;
            sum.penalty += errors.penalty;
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    fn rated(mut self) -> Self {
        if self.words > 0 {
            let per_word = self.penalty as f64 / self.words as f64;
            self.penalty_per_1000_words = Some(rounded(1000.0 * per_word));
            self.score = Some(rounded((100.0 * (1.0 - per_word)).max(0.0)));
        }
        self
    }
}

/// To two decimals.
fn rounded(value: f64) -> f64 {
    (100.0 * value).round() / 100.0
}

/// The scores of the articles that have a penalty, worst first, and of all locales.
pub(super) fn scores(outcome: &Outcome) -> (Vec<ArticleQuality>, BTreeMap<String, Quality>) {
    let mut by_path = by_document(outcome);
    let mut locales: BTreeMap<String, Quality> = BTreeMap::new();
    let mut articles: BTreeMap<&str, ArticleQuality> = BTreeMap::new();
    for document in &outcome.documents {
        let score = by_path.remove(document.path.as_os_str()).unwrap_or_default();
        locales.entry(document.locale.clone()).or_default().add(&score);
        let article = articles.entry(&document.article).or_default();
        article.score.add(&score);
        // A locale may have an article in two trees.
        article.locales.entry(document.locale.clone()).or_default().add(&score);
    }
    let articles = articles.into_iter().filter(|(_, article)| article.score.penalty > 0);
    let mut articles: Vec<ArticleQuality> = articles
        .map(|(article, scores)| ArticleQuality {
            article: article.to_string(),
            score: scores.score.rated(),
            locales: rated(scores.locales),
        })
        .collect();
    // Stable, so that equal ones stay in the order of their names.
    articles.sort_by(|left, right| worst(&left.score).total_cmp(&worst(&right.score)));
    (articles, rated(locales))
}

/// The score of everything together.
pub(super) fn whole(outcome: &Outcome) -> Quality {
    let (_, locales) = scores(outcome);
    let mut all = Quality::default();
    for score in locales.values() {
        all.add(score);
    }
    all.rated()
}

/// What to sort by: without words there is nothing to judge.
fn worst(score: &Quality) -> f64 {
    score.score.unwrap_or(f64::INFINITY)
}

fn rated(scores: BTreeMap<String, Quality>) -> BTreeMap<String, Quality> {
    scores.into_iter().map(|(name, score)| (name, score.rated())).collect()
}

impl ArticleQuality {
    /// The locale with the lowest score.
    pub(super) fn worst(&self) -> Option<(&str, &Quality)> {
        let locales = self.locales.iter().min_by(|left, right| worst(left.1).total_cmp(&worst(right.1)));
        locales.map(|(locale, score)| (locale.as_str(), score))
    }
}

/// By paths as they are spelt: part by part they take long to compare.
fn by_document(outcome: &Outcome) -> HashMap<&OsStr, Quality> {
    let mut by_path: HashMap<&OsStr, Quality> = HashMap::new();
    for document in &outcome.documents {
        by_path.entry(document.path.as_os_str()).or_default().words = document.words.unwrap_or(0);
    }
    for finding in &outcome.findings {
        for path in finding.paths() {
            if let Some(score) = by_path.get_mut(path.as_os_str()) {
                score.count(finding);
            }
        }
    }
    by_path
}
